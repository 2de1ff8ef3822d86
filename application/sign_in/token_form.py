"""The form of a token, looked at before anything is believed: stricter than the libraries."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from application.sign_in.answers import TokenRefused

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
TYPES = frozenset({"jwt", "at+jwt"})
# Members that bring keys or rules of the sender's own.
FORBIDDEN = frozenset({"crit", "jku", "jwk", "x5u", "x5c", "b64", "zip", "enc"})
MOST_CHARACTERS = 8192
MOST_DEPTH = 8
PARTS = 3

_PART = re.compile(r"[A-Za-z0-9_-]+")
_KEY_NAME = re.compile(r"[!-~]{1,256}")


class TokenForm(Struct, frozen=True):
    """What a token of the right form says; nothing of it is proved."""

    alg: str
    kid: str
    claims: Mapping[str, Any]


def read_form(token: object) -> TokenForm:
    """Return what the token says, if it is written as every honest issuer writes it."""
    header, payload, _ = (_decoded(part) for part in _parts(token))
    alg, kid = _checked_header(_json_object(header))
    return TokenForm(alg, kid, _json_object(payload))


def _parts(token: object) -> list[str]:
    if not isinstance(token, str) or len(token) > MOST_CHARACTERS:
        raise TokenRefused("too long, or no text")
    parts = token.split(".")
    if len(parts) != PARTS or not all(_PART.fullmatch(part) for part in parts):
        raise TokenRefused("not three parts in base64url")
    return parts


def _decoded(part: str) -> bytes:
    raw = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if urlsafe_b64encode(raw).rstrip(b"=") != part.encode():
        raise TokenRefused("base64url with bits to spare")
    return raw


def _json_object(raw: bytes) -> dict[str, Any]:
    value = json.loads(raw.decode(), object_pairs_hook=_unique, parse_constant=_no_number)
    if not isinstance(value, dict):
        raise TokenRefused("no JSON object")
    _check_depth(value, MOST_DEPTH)
    return value


def _unique(members: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(members)
    if len(value) != len(members):
        raise TokenRefused("a member twice")
    return value


def _no_number(_text: str) -> None:
    raise TokenRefused("no number of JSON")


def _check_depth(value: object, left: int) -> None:
    if left == 0:
        raise TokenRefused("too deep")
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        _check_depth(part, left - 1)


def _checked_header(header: Mapping[str, Any]) -> tuple[str, str]:
    alg, kid = header.get("alg"), header.get("kid")
    if not isinstance(alg, str) or alg not in ALGORITHMS:
        raise TokenRefused("algorithm")
    if not isinstance(kid, str) or not _KEY_NAME.fullmatch(kid):
        raise TokenRefused("name of the key")
    kind = header.get("typ", "JWT")
    if not isinstance(kind, str) or kind.lower() not in TYPES:
        raise TokenRefused("type")
    if not FORBIDDEN.isdisjoint(header):
        raise TokenRefused("a header of the sender's own")
    return alg, kid
