"""Tokens whose signature, key or algorithm is not the provider's."""

import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA1, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from forging import (
    KIDS,
    ProviderKeys,
    base64url,
    good_claims,
    good_header,
    make_keys,
    packed,
    signature,
    signed,
    valid,
)

from application.sign_in.openid import OpenIdSettings

Named = Iterator[tuple[str, str]]
NONES = ("none", "None", "NONE", "nOnE", "none ", " none", "none\0", "nonе", "", "null")
WRONG_ALGS: dict[str, Any] = {
    "in small letters": "rs256",
    "with a space": "RS256 ",
    "with NUL": "RS256\0",
    "RSA256": "RSA256",
    "SHA256": "SHA256",
    "RSA-OAEP": "RSA-OAEP",
    "dir": "dir",
    "a list": ["RS256"],
    "an object": {"RS256": True},
    "a number": 256,
    "true": True,
    "null": None,
    "several": "RS256,none",
    "in Cyrillic": "RЅ256",
}
WRONG_HEADERS: dict[str, dict[str, Any]] = {
    "crit of a known claim": {"crit": ["exp"]},
    "crit, empty": {"crit": []},
    "crit, a text": {"crit": "exp"},
    "crit, null": {"crit": None},
    "crit of an unknown": {"crit": ["demo"], "demo": True},
    "b64 false": {"b64": False, "crit": ["b64"]},
    "b64 true": {"b64": True},
    "jku": {"jku": "https://example.org/jwks.json"},
    "jku on this machine": {"jku": "http://127.0.0.1/jwks.json"},
    "x5u": {"x5u": "https://example.org/key.pem"},
    "x5c": {"x5c": ["MIIB"]},
    "x5c, a text": {"x5c": "MIIB"},
    "zip": {"zip": "DEF"},
    "enc": {"enc": "A256GCM"},
}
WRONG_TYPES: dict[str, Any] = {
    "of an encrypted token": "JWE",
    "of a sign-out": "logout+jwt",
    "of a proof": "dpop+jwt",
    "of an event": "secevent+jwt",
    "of a refresh token": "rt+jwt",
    "with a space": "JWT ",
    "empty": "",
    "null": None,
    "a number": 1,
    "true": True,
    "a list": ["JWT"],
}
WRONG_KIDS: dict[str, Any] = {
    "null": None,
    "empty": "",
    "a number": 1,
    "true": True,
    "a list": ["rsa"],
    "an object": {"kid": "rsa"},
    "in capitals": "RSA",
    "after a space": " rsa",
    "before a space": "rsa ",
    "before a newline": "rsa\n",
    "before NUL": "rsa\0",
    "in percent": "%72sa",
    "in Cyrillic": "rsа",
    "a path": "/dev/null",
    "a path upwards": "../../../../dev/null",
    "a path to the key": "./rsa",
    "SQL": "x' UNION SELECT 'key' --",
    "SQL that is true": "' OR '1'='1",
    "a shell": "rsa|id",
    "a shell after a semicolon": "rsa;id",
    "an address": "https://example.org/key",
    "a file": "file:///dev/null",
    "a look-up": "${jndi:ldap://example.org/a}",
    "a template": "{{7*7}}",
    "of 257 letters": "k" * 257,
    "of 4000 letters": "k" * 4000,
    "unknown": "demo-unknown",
}


def forged_signatures(keys: ProviderKeys, settings: OpenIdSettings, now: datetime) -> Named:
    """Return them with their names."""
    claims = good_claims(settings, now)
    yield from _without(claims, valid(keys, settings, now))
    yield from _with_a_public_key(keys, claims, settings)
    yield from _of_others(claims, keys)
    yield from _confused(keys, claims)
    yield from _headers(keys, claims)
    yield from _broken(keys, claims, valid(keys, settings, now))
    yield from _elliptic(keys, claims)
    yield from _changed(keys, settings, now)


def _without(claims: Mapping[str, Any], token: str) -> Named:
    stolen = token.split(".")[2]
    for alg in NONES:
        text = f"{packed({'typ': 'JWT', 'alg': alg, 'kid': 'rsa'})}.{packed(claims)}"
        yield f"alg {alg!r} and no signature", text + "."
        yield f"alg {alg!r} and another's signature", f"{text}.{stolen}"
    yield "alg 'none' and no kid", f"{packed({'alg': 'none'})}.{packed(claims)}."
    yield "alg 'none' and a signature of nothing", f"{packed({'alg': 'none'})}.{packed(claims)}.AA"


def _with_a_public_key(
    keys: ProviderKeys, claims: Mapping[str, Any], settings: OpenIdSettings
) -> Named:
    """Return tokens sealed with what everybody knows, as if it were a shared secret."""
    public = keys.rsa.public_key()
    modulus = public.public_numbers().n
    raw = modulus.to_bytes(256)
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    jwk = keys.public_jwks()["keys"][0]
    for name, secret in {
        "the public key in PEM": pem,
        "the public key in PEM without the last newline": pem.strip(),
        "the public key in PKCS1": public.public_bytes(Encoding.PEM, PublicFormat.PKCS1),
        "the public key in DER": public.public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        ),
        "the public key as JWK": json.dumps(jwk, separators=(",", ":")).encode(),
        "the modulus": raw,
        "the modulus in base64": base64url(raw).encode(),
        "the modulus in digits": str(modulus).encode(),
        "an empty key": b"",
        "the name of the key": b"rsa",
        "the audience": settings.audience.encode(),
        "secret": b"secret",
    }.items():
        for alg, digest in (("HS256", "sha256"), ("HS384", "sha384"), ("HS512", "sha512")):
            text = f"{packed({'typ': 'JWT', 'alg': alg, 'kid': 'rsa'})}.{packed(claims)}"
            seal = hmac.digest(secret, text.encode(), digest)
            yield f"{alg} with {name}", f"{text}.{base64url(seal)}"
    text = f"{packed(good_header())}.{packed(claims)}"
    seal = hmac.digest(pem, text.encode(), "sha256")
    yield "RS256 in name, HS256 in truth", f"{text}.{base64url(seal)}"


def _of_others(claims: Mapping[str, Any], keys: ProviderKeys) -> Named:
    others = make_keys()
    for alg, kid in KIDS.items():
        key = others.named(kid)
        yield f"another's key for {alg}", signed(key, alg, good_header(alg), claims)
        unknown = good_header(alg) | {"kid": "another"}
        yield f"another's key for {alg} with a name of its own", signed(key, alg, unknown, claims)
    for jwk in others.public_jwks()["keys"]:
        alg = next(alg for alg, kid in KIDS.items() if kid == jwk["kid"])
        header = good_header(alg, jwk=jwk)
        yield (
            f"another's key for {alg}, brought along",
            signed(others.named(jwk["kid"]), alg, header, claims),
        )
    short = generate_private_key(65537, 1024)
    yield "another's short key", signed(short, "RS256", good_header(), claims)
    own = good_header(jwk=keys.public_jwks()["keys"][0])
    yield "the provider's own key, brought along", signed(keys.rsa, "RS256", own, claims)


def _confused(keys: ProviderKeys, claims: Mapping[str, Any]) -> Named:
    """Return true signatures under the name of a key of another type."""
    for alg, own in KIDS.items():
        for kid in sorted({*KIDS.values()} - {own}):
            header = good_header(alg) | {"kid": kid}
            yield f"{alg} by the name of {kid}", signed(keys.named(own), alg, header, claims)
    for said, true in (("RS256", "PS256"), ("PS256", "RS256")):
        yield f"{said} in name, {true} in truth", signed(keys.rsa, true, good_header(said), claims)
    for alg in ("RS384", "RS512", "PS384", "PS512"):
        header = good_header() | {"alg": alg}
        yield f"{alg}, which is not agreed", signed(keys.rsa, alg, header, claims)
    for alg in ("ES384", "ES512", "ES256K", "ESP256"):
        header = good_header("ES256") | {"alg": alg}
        yield f"{alg} by a key of P-256", signed(keys.ec, "ES256", header, claims)


def _headers(keys: ProviderKeys, claims: Mapping[str, Any]) -> Named:
    headers: dict[str, Mapping[str, Any]] = {}
    for name, alg in WRONG_ALGS.items():
        headers[f"alg {name}"] = good_header() | {"alg": alg}
    for name, kid in WRONG_KIDS.items():
        headers[f"kid {name}"] = good_header() | {"kid": kid}
    for name, kind in WRONG_TYPES.items():
        headers[f"typ {name}"] = good_header() | {"typ": kind}
    for name, more in WRONG_HEADERS.items():
        headers[name] = good_header(**more)
    headers["no alg"] = {"typ": "JWT", "kid": "rsa"}
    headers["no kid"] = {"typ": "JWT", "alg": "RS256"}
    headers["nothing"] = {}
    for name, header in headers.items():
        yield f"header: {name}", signed(keys.rsa, "RS256", header, claims)


def _broken(keys: ProviderKeys, claims: Mapping[str, Any], token: str) -> Named:
    text, _, _ = token.rpartition(".")
    true = signature(keys.rsa, "RS256", text)
    number, modulus = int.from_bytes(true), keys.rsa.public_key().public_numbers().n
    seals = {
        f"byte {at} turned": true[:at] + bytes([true[at] ^ 1]) + true[at + 1 :]
        for at in (0, 1, 17, 64, 127, 128, 200, 254, 255)
    }
    for by in (1, 2, 16, 128, 255):
        seals[f"cut by {by} bytes"] = true[:-by]
        seals[f"without its first {by} bytes"] = true[by:]
    seals |= {
        "twice": true + true,
        "backwards": true[::-1],
        "nothing but zeros": bytes(256),
        "nothing but ones": b"\xff" * 256,
        "the number one": (1).to_bytes(256),
        "the modulus": modulus.to_bytes(256),
        "a zero before it": b"\0" + true,
        "a zero after it": true + b"\0",
        "the modulus added": (number + modulus).to_bytes(257),
        "taken from the modulus": (modulus - number).to_bytes(256),
        "with SHA-1": keys.rsa.sign(text.encode(), PKCS1v15(), SHA1()),
        "with SHA-512": keys.rsa.sign(text.encode(), PKCS1v15(), SHA512()),
        "of the payload alone": signature(keys.rsa, "RS256", packed(claims)),
        "of the header alone": signature(keys.rsa, "RS256", packed(good_header())),
        "of both without the dot": signature(keys.rsa, "RS256", text.replace(".", "")),
    }
    for name, seal in seals.items():
        yield f"signature: {name}", f"{text}.{base64url(seal)}"


def _elliptic(keys: ProviderKeys, claims: Mapping[str, Any]) -> Named:
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    text = f"{packed(good_header('ES256'))}.{packed(claims)}"
    true = signature(keys.ec, "ES256", text)
    r, s = int.from_bytes(true[:32]), int.from_bytes(true[32:])
    pairs = {
        "r and s zero": (0, 0),
        "r zero": (0, s),
        "s zero": (r, 0),
        "r and s one": (1, 1),
        "r the order": (order, s),
        "s the order": (r, order),
        "r and s the order": (order, order),
        "r and s swapped": (s, r),
        "r turned": (r ^ 1, s),
        "s turned": (r, s ^ 1),
    }
    seals = {
        name: first.to_bytes(32) + second.to_bytes(32) for name, (first, second) in pairs.items()
    }
    seals |= {
        "in DER": encode_dss_signature(r, s),
        "in DER, zero": encode_dss_signature(0, 0),
        "cut": true[:-1],
        "one byte longer": true + b"\0",
        "of 96 bytes": true + true[:32],
        "r alone": true[:32],
    }
    for name, seal in seals.items():
        yield f"ES256: {name}", f"{text}.{base64url(seal)}"
    yield from _edwards(keys, claims)


def _edwards(keys: ProviderKeys, claims: Mapping[str, Any]) -> Named:
    order = 2**252 + 27742317777372353535851937790883648493
    text = f"{packed(good_header('EdDSA'))}.{packed(claims)}"
    true = signature(keys.ed, "EdDSA", text)
    point, scalar = true[:32], int.from_bytes(true[32:], "little")
    for name, seal in {
        "zero": bytes(64),
        "the neutral point": (1).to_bytes(32, "little") + bytes(32),
        "the order added": point + (scalar + order).to_bytes(32, "little"),
        "the point turned": bytes([point[0] ^ 1]) + true[1:],
        "the scalar turned": point + bytes([true[32] ^ 1]) + true[33:],
        "cut": true[:-1],
        "one byte longer": true + b"\0",
        "halves swapped": true[32:] + true[:32],
    }.items():
        yield f"EdDSA: {name}", f"{text}.{base64url(seal)}"


def _changed(keys: ProviderKeys, settings: OpenIdSettings, now: datetime) -> Named:
    """Return tokens of which a part was changed after it was signed."""
    header, _, seal = valid(keys, settings, now).split(".")
    claims = good_claims(settings, now)
    for name, change in {
        "another person": {"sub": "demo-admin"},
        "more groups": {settings.groups_claim: ["administrators"]},
        "no groups": {settings.groups_claim: []},
        "a longer life": {"exp": claims["exp"] + 3600},
        "a list as audience": {"aud": [settings.audience]},
        "one claim more": {"admin": True},
    }.items():
        yield f"changed: {name}", f"{header}.{packed(claims | change)}.{seal}"
    yield "changed: blanks", f"{header}.{packed(json.dumps(claims, indent=1))}.{seal}"
    for name, other in {
        "no typ": {"alg": "RS256", "kid": "rsa"},
        "typ of an access token": good_header() | {"typ": "at+jwt"},
        "PS256": good_header("PS256"),
        "one member more": good_header(x=1),
    }.items():
        yield f"changed: header with {name}", f"{packed(other)}.{packed(claims)}.{seal}"
    elsewhere = valid(keys, settings, now, sub="demo-specialist").split(".")
    yield "changed: another's signature", ".".join((header, packed(claims), elsewhere[2]))
