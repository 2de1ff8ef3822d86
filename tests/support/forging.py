"""How tokens are made, well or badly: keys of a provider, and the three parts of a token."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_ec_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as new_rsa_key
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm, get_default_algorithms

from application.sign_in.openid import OpenIdSettings

KIDS = {"RS256": "rsa", "PS256": "rsa", "ES256": "ec", "EdDSA": "ed"}


class ProviderKeys(NamedTuple):
    """The private keys of a provider, one of each kind, named `rsa`, `ec` and `ed`."""

    rsa: RSAPrivateKey
    ec: EllipticCurvePrivateKey
    ed: Ed25519PrivateKey

    def private_jwks(self) -> list[dict[str, Any]]:
        """Return the keys as a provider is set up with them."""
        return self._jwks(self.rsa, self.ec, self.ed)

    def public_jwks(self) -> dict[str, Any]:
        """Return the document that a provider publishes."""
        public = (self.rsa.public_key(), self.ec.public_key(), self.ed.public_key())
        return {"keys": self._jwks(*public)}

    def named(self, kid: str) -> Any:
        """Return one of the keys."""
        return getattr(self, kid)

    @staticmethod
    def _jwks(rsa: Any, ec: Any, ed: Any) -> list[dict[str, Any]]:
        made = {
            "rsa": RSAAlgorithm.to_jwk(rsa, as_dict=True),
            "ec": ECAlgorithm.to_jwk(ec, as_dict=True),
            "ed": OKPAlgorithm.to_jwk(ed, as_dict=True),
        }
        return [
            {"kid": kid, **{name: value for name, value in jwk.items() if name != "key_ops"}}
            for kid, jwk in made.items()
        ]


def make_keys() -> ProviderKeys:
    """Return new keys."""
    return ProviderKeys(
        new_rsa_key(65537, 2048), new_ec_key(SECP256R1()), Ed25519PrivateKey.generate()
    )


def base64url(raw: bytes) -> str:
    """Return the text of the bytes, as the parts of a token are written."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def packed(part: Mapping[str, Any] | str | bytes) -> str:
    """Return a part of a token: an object as JSON, anything else as it is."""
    if isinstance(part, Mapping):
        part = json.dumps(part, separators=(",", ":"))
    return base64url(part.encode() if isinstance(part, str) else part)


def signature(key: Any, alg: str, signed: str) -> bytes:
    """Return the signature of the text."""
    made: bytes = get_default_algorithms()[alg].sign(signed.encode(), key)
    return made


def signed(
    key: Any,
    alg: str,
    header: Mapping[str, Any] | str | bytes,
    payload: Mapping[str, Any] | str | bytes,
) -> str:
    """Return a token with a true signature, whatever its parts say."""
    return sealed(key, alg, f"{packed(header)}.{packed(payload)}")


def sealed(key: Any, alg: str, text: str) -> str:
    """Return the text of two parts with its signature."""
    return f"{text}.{base64url(signature(key, alg, text))}"


def good_header(alg: str = "RS256", **more: Any) -> dict[str, Any]:
    """Return the header of a valid token."""
    return {"typ": "JWT", "alg": alg, "kid": KIDS[alg], **more}


def good_claims(settings: OpenIdSettings, now: datetime, **more: Any) -> dict[str, Any]:
    """Return the claims of a valid token."""
    moment = int(now.timestamp())
    return {
        "iss": settings.issuer,
        "aud": settings.audience,
        "sub": "demo-head",
        "iat": moment - 5,
        "exp": moment + 600,
        settings.name_claim: "Демо Заведующая",
        settings.groups_claim: ["everybody", *settings.roles],
        **more,
    }


def valid(
    keys: ProviderKeys, settings: OpenIdSettings, now: datetime, alg: str = "RS256", **claims: Any
) -> str:
    """Return a token that is as it should be, but for the claims that are given."""
    key = keys.named(KIDS[alg])
    return signed(key, alg, good_header(alg), good_claims(settings, now, **claims))
