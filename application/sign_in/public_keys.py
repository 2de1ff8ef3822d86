"""The public keys in a key set of the provider (RFC 7517), each for its own algorithms only."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jwt import PyJWK, PyJWTError

# By type and curve: the algorithms, and the members of which the public key is made.
KINDS: Mapping[tuple[object, object], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("RSA", None): (("RS256", "PS256"), ("kty", "n", "e")),
    ("EC", "P-256"): (("ES256",), ("kty", "crv", "x", "y")),
    ("OKP", "Ed25519"): (("EdDSA",), ("kty", "crv", "x")),
}
PublicKeys = Mapping[tuple[str, str], PyJWK]


def read_keys(document: bytes) -> PublicKeys:
    """Return the keys by name and algorithm; what is none of ours to use is passed over."""
    keys: dict[tuple[str, str], PyJWK] = {}
    for jwk in json.loads(document)["keys"]:
        for key in _keys(jwk) if isinstance(jwk, dict) else ():
            keys.setdefault((jwk["kid"], key.algorithm_name), key)
    if not keys:
        raise ValueError("The provider has no key that can be used")
    return keys


def _keys(jwk: Mapping[str, Any]) -> Iterator[PyJWK]:
    if not isinstance(jwk.get("kid"), str) or not _for_signatures(jwk):
        return
    algorithms, members = KINDS.get((jwk.get("kty"), jwk.get("crv")), ((), ()))
    for algorithm in algorithms:
        if jwk.get("alg", algorithm) == algorithm:
            yield from _made({name: jwk.get(name) for name in members}, algorithm)


def _for_signatures(jwk: Mapping[str, Any]) -> bool:
    operations = jwk.get("key_ops", ["verify"])
    return (
        jwk.get("use", "sig") == "sig" and isinstance(operations, list) and "verify" in operations
    )


def _made(public: dict[str, Any], algorithm: str) -> Iterator[PyJWK]:
    """Return the key, unless it is broken or too short to be safe."""
    try:
        key = PyJWK(public, algorithm)
    except (PyJWTError, ArithmeticError, LookupError, TypeError, ValueError):
        return
    if key.Algorithm.check_key_length(key.key) is None:
        yield key
