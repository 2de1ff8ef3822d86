"""What a token claims, checked by the clock that is given: by whom, for whom, who, how long."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar
from unicodedata import category

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from application.sign_in.answers import TokenRefused
from application.sign_in.settings import OpenIdSettings

LONGEST_LIFE = timedelta(days=1).total_seconds()

Moment = Annotated[float, Meta(gt=0, le=253_402_300_799)]  # The last second a date can tell.
Word = Annotated[str, Meta(min_length=1, max_length=255)]
Name = Annotated[str, Meta(max_length=255)]
Groups = Annotated[tuple[Word, ...], Meta(max_length=1000)]
T = TypeVar("T")


class Identity(Struct, frozen=True):
    """Who a token is about, as its issuer named them when it was issued."""

    issuer: str
    subject: str
    name: str | None
    groups: tuple[str, ...]
    told_at: datetime


class Claims(Struct, frozen=True):
    """The claims that every token has."""

    iss: str
    sub: Word
    aud: str | list[str]
    iat: Moment
    exp: Moment
    nbf: Moment | UnsetType = UNSET
    events: object = UNSET


def read_identity(claimed: Mapping[str, Any], settings: OpenIdSettings, now: datetime) -> Identity:
    """Return who the token is about, if it is for us and for now."""
    claims = msgspec.convert(claimed, Claims)
    _check_parties(claims, settings)
    _check_times(claims, now.timestamp(), settings.leeway)
    name = _optional(claimed, settings.name_claim, Name, "")
    groups = _optional(claimed, settings.groups_claim, Groups, ())
    for text in (claims.sub, name, *groups):
        _check_text(text)
    told_at = datetime.fromtimestamp(claims.iat, UTC)
    return Identity(claims.iss, claims.sub, name or None, groups, told_at)


def _optional(claimed: Mapping[str, Any], claim: str, kind: type[T], default: T) -> T:
    return msgspec.convert(claimed[claim], kind) if claim in claimed else default


def _check_parties(claims: Claims, settings: OpenIdSettings) -> None:
    audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if claims.iss != settings.issuer:
        raise TokenRefused("issuer")
    if settings.audience not in audience:
        raise TokenRefused("audience")
    if claims.events is not UNSET:
        raise TokenRefused("a notice and no sign-in")


def _check_times(claims: Claims, now: float, leeway: int) -> None:
    if now >= claims.exp + leeway:
        raise TokenRefused("expired")
    if now < claims.iat - leeway:
        raise TokenRefused("issued in the future")
    if claims.nbf is not UNSET and now < claims.nbf - leeway:
        raise TokenRefused("not valid yet")
    if not 0 < claims.exp - claims.iat <= LONGEST_LIFE:
        raise TokenRefused("lifetime")


def _check_text(text: str) -> None:
    """Refuse what no database takes and no person can see."""
    if text and not text.strip():
        raise TokenRefused("blank text")
    if any(category(character) in {"Cc", "Cs"} for character in text):
        raise TokenRefused("text with control characters")
