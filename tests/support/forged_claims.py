"""Tokens with a true signature that claim what must not be believed."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from forging import ProviderKeys, good_claims, good_header, signed

from application.sign_in.openid import OpenIdSettings

Named = Iterator[tuple[str, Any]]
MINUTE, HOUR, DAY, YEAR = 60, 3600, 86400, 365 * 86400
WRONG_MOMENTS = {
    "a text": '"1900000000"',
    "a date": '"2026-03-02T07:00:00Z"',
    "true": "true",
    "null": "null",
    "a list": "[1900000000]",
    "an object": '{"at":1900000000}',
    "empty": '""',
    "zero": "0",
    "negative": "-1",
    "NaN": "NaN",
    "Infinity": "Infinity",
    "minus Infinity": "-Infinity",
    "1e400": "1e400",
    "1e300": "1e300",
    "milliseconds": "1900000000000",
    "of 30 digits": "9" * 30,
    "of 3000 digits": "9" * 3000,
    "of 5000 digits": "9" * 5000,
}
WRONG_TEXTS = {
    "a number": 7,
    "true": True,
    "a list": ["demo-head"],
    "an object": {"name": "demo-head"},
    "null": None,
    "blank": "   ",
    "of 256 letters": "a" * 256,
    "with NUL": "demo\0head",
    "with a newline": "demo\nhead",
    "with half a surrogate": "demo\ud800",
    "with DEL": "demo\x7fhead",
}
WRONG_GROUPS = {
    "a text": "rfo-almaty-heads",
    "an object": {"rfo-almaty-heads": True},
    "a number": 1,
    "true": True,
    "null": None,
    "a list in a list": [["rfo-almaty-heads"]],
    "a list of numbers": [1],
    "a list with null": ["rfo-almaty-heads", None],
    "an empty name": [""],
    "a name with NUL": ["rfo-almaty-heads\0"],
    "a name with a newline": ["rfo-almaty-heads\n"],
    "a name of 256 letters": ["g" * 256],
}


def forged_claims(keys: ProviderKeys, settings: OpenIdSettings, now: datetime) -> Named:
    """Return them with their names."""
    good = good_claims(settings, now)
    payloads: dict[str, Any] = {}
    for name, changed in _changes(settings, int(now.timestamp())):
        payloads[name] = {**good, **changed}
    for claim in ("exp", "iat", "nbf"):
        for name, text in WRONG_MOMENTS.items():
            rest = {known: value for known, value in good.items() if known != claim}
            payloads[f"{claim} is {name}"] = f'{json.dumps(rest)[:-1]},"{claim}":{text}}}'
    for claim in ("exp", "iat", "iss", "aud", "sub"):
        payloads[f"no {claim}"] = {name: good[name] for name in good if name != claim}
    payloads["no claim at all"] = {}
    for name, payload in payloads.items():
        yield f"claims: {name}", signed(keys.rsa, "RS256", good_header(), payload)


def _changes(settings: OpenIdSettings, now: int) -> Named:
    yield from _times(now, settings.leeway)
    for name, issuer in _issuers(settings.issuer):
        yield f"issuer {name}", {"iss": issuer}
    for name, audience in _audiences(settings.audience, settings.issuer):
        yield f"audience {name}", {"aud": audience}
    for name, text in [*WRONG_TEXTS.items(), ("empty", "")]:
        yield f"sub {name}", {"sub": text}
    for name, text in WRONG_TEXTS.items():
        yield f"name {name}", {settings.name_claim: text}
    for name, groups in WRONG_GROUPS.items():
        yield f"groups {name}", {settings.groups_claim: groups}
    logout = "http://schemas.openid.net/event/backchannel-logout"
    yield "notice of a sign-out", {"events": {logout: {}}}


def _times(now: int, leeway: int) -> Named:
    for by in (0, 1, MINUTE, HOUR, DAY, 10 * YEAR):
        end = now - leeway - by
        yield f"expired by {by} s beyond the leeway", {"exp": end, "iat": end - HOUR}
    for by in (10 * MINUTE, HOUR, DAY, 10 * YEAR):
        later = now + leeway + by
        yield f"not valid for {by} s", {"nbf": later, "exp": now + HOUR}
        yield f"issued in {by} s", {"iat": later, "exp": later + HOUR}
    yield "ends as it begins", {"iat": now, "exp": now}
    yield "ends before it begins", {"iat": now, "exp": now - 1}
    for life in (DAY + HOUR, 30 * DAY, 10 * YEAR, 100 * YEAR):
        yield f"lives for {life} s", {"iat": now - 5, "exp": now - 5 + life}


def _issuers(issuer: str) -> Named:
    scheme, _, rest = issuer.partition("://")
    yield from {
        "with a slash": issuer + "/",
        "without its last letter": issuer[:-1],
        "in capitals": issuer.upper(),
        "by another scheme": ("http" if scheme == "https" else "https") + "://" + rest,
        "without a scheme": rest,
        "as a prefix": issuer + ".example.org",
        "with a path": issuer + "/realms/other",
        "with a query": issuer + "?",
        "with a fragment": issuer + "#",
        "as a user": f"{scheme}://{rest}@example.org",
        "with a user": f"{scheme}://admin@{rest}",
        "after another": f"https://example.org/{issuer}",
        "of another": "https://example.org",
        "after a space": " " + issuer,
        "before a space": issuer + " ",
        "before a newline": issuer + "\n",
        "with NUL": issuer + "\0",
        "with a zero-width space": issuer + "\u200b",
        "in percent": issuer.replace(":", "%3A"),
        "in a list": [issuer],
        "in an object": {"iss": issuer},
        "empty": "",
        "null": None,
        "a number": 1,
        "true": True,
    }.items()


def _audiences(audience: str, issuer: str) -> Named:
    yield from {
        "of another": "another-system",
        "of others": ["another-system", "a-third"],
        "empty": "",
        "an empty list": [],
        "in capitals": audience.upper(),
        "without its last letter": audience[:-1],
        "as a prefix": audience + "-admin",
        "with a slash": audience + "/",
        "before a space": audience + " ",
        "before a newline": audience + "\n",
        "with a zero-width space": audience + "\u200b",
        "in a text with a comma": f"{audience},another-system",
        "in a text with a space": f"{audience} another-system",
        "everybody": "*",
        "the issuer": issuer,
        "a list with a number": [audience, 1],
        "a list with null": [audience, None],
        "a list with true": [True, audience],
        "a list in a list": [[audience]],
        "in an object": {audience: True},
        "null": None,
        "a number": 1,
        "true": True,
    }.items()
