"""Tokens that are written wrongly: most have a true signature, so that only their form tells."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from forging import (
    ProviderKeys,
    base64url,
    good_claims,
    good_header,
    packed,
    sealed,
    signed,
    valid,
)

from application.sign_in.openid import OpenIdSettings

Named = Iterator[tuple[str, str]]
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
INTRUDERS = {
    "=": "=",
    "==": "==",
    "a space": " ",
    "a newline": "\n",
    "CR LF": "\r\n",
    "a tab": "\t",
    "NUL": "\0",
    "+": "+",
    "a slash": "/",
    "%3D": "%3D",
    "é": "é",
    "a zero-width space": "\u200b",
    "an Arabic digit": "٣",
    "a full-width letter": "Ａ",
}
PLACES = ("start", "middle", "end")
PARTS = ("header", "payload", "signature")
NOT_OBJECTS: dict[str, str | bytes] = {
    "null": "null",
    "a list": "[]",
    "a number": "1",
    "a text": '"text"',
    "true": "true",
    "a space": " ",
    "garbage": b"\x00\x01\x02\xfe\xff",
    "not UTF-8": b'{"sub":"\xff"}',
    "XML": "<token/>",
    "CBOR": b"\xa1\x63sub\x61x",
    "deep lists": "[" * 2000 + "]" * 2000,
    "an open list": "[" * 3000,
}


def forged_forms(keys: ProviderKeys, settings: OpenIdSettings, now: datetime) -> Named:
    """Return them with their names."""
    claims = good_claims(settings, now)
    token = valid(keys, settings, now)
    yield from _intruders(keys, token)
    yield from _spare_bits(keys, claims)
    yield from _duplicates(keys, claims)
    yield from _wrong_json(keys, claims)
    yield from _wrong_parts(keys, token)
    yield from _sizes(keys, claims, token)


def _intruders(keys: ProviderKeys, token: str) -> Named:
    parts = token.split(".")
    for number, part in enumerate(PARTS):
        for place, at in zip(PLACES, (0, 9, len(parts[number])), strict=True):
            for name, intruder in INTRUDERS.items():
                changed = parts.copy()
                changed[number] = parts[number][:at] + intruder + parts[number][at:]
                text = ".".join(changed[:2])
                whole = f"{text}.{changed[2]}" if number == 2 else sealed(keys.rsa, "RS256", text)
                yield f"form: {name} at the {place} of the {part}", whole


def _spare_bits(keys: ProviderKeys, claims: dict[str, Any]) -> Named:
    """Return parts that decode to the same bytes as the parts of a valid token."""
    header, payload = (_with_spare(packed_text) for packed_text in (good_header(), claims))
    for bit in (1, 2, 3):
        yield (
            f"form: spare bits {bit} in the header",
            sealed(keys.rsa, "RS256", f"{_turned(header, bit)}.{payload}"),
        )
        yield (
            f"form: spare bits {bit} in the payload",
            sealed(keys.rsa, "RS256", f"{header}.{_turned(payload, bit)}"),
        )
        whole = sealed(keys.rsa, "RS256", f"{header}.{payload}")
        yield f"form: spare bits {bit} in the signature", _turned(whole, bit)


def _with_spare(part: dict[str, Any]) -> str:
    """Return the part, with blanks after the JSON that leave four bits to spare."""
    text = json.dumps(part).encode()
    return base64url(text + b" " * ((1 - len(text)) % 3))


def _turned(part: str, bits: int) -> str:
    return part[:-1] + ALPHABET[ALPHABET.index(part[-1]) ^ bits]


def _duplicates(keys: ProviderKeys, claims: dict[str, Any]) -> Named:
    header, payload = json.dumps(good_header()), json.dumps(claims)
    for name, more in {
        "alg none last": '"alg":"none"',
        "the same alg": '"alg":"RS256"',
        "HS256 last": '"alg":"HS256"',
        "kid": '"kid":"rsa"',
        "typ": '"typ":"JWT"',
        "kid, escaped": '"\\u006bid":"rsa"',
    }.items():
        for order, text in _both(header, more):
            yield f"twice in the header: {name}, {order}", signed(keys.rsa, "RS256", text, payload)
    for name, more in {
        "sub": '"sub":"demo-admin"',
        "the same sub": '"sub":"demo-head"',
        "sub, escaped": '"s\\u0075b":"demo-admin"',
        "iss": '"iss":"https://example.org"',
        "aud": '"aud":"another-system"',
        "exp": '"exp":1',
        "groups": '"groups":[]',
        "in depth": '"address":{"city":"a","city":"b"}',
        "in a list": '"list":[{"a":1,"a":2}]',
    }.items():
        for order, text in _both(payload, more):
            yield (
                f"twice in the payload: {name}, {order}",
                signed(keys.rsa, "RS256", good_header(), text),
            )


def _both(text: str, more: str) -> Iterator[tuple[str, str]]:
    yield "after", f"{text[:-1]},{more}}}"
    yield "before", f"{{{more},{text[1:]}"


def _wrong_json(keys: ProviderKeys, claims: dict[str, Any]) -> Named:
    good = json.dumps(claims)
    deep = '{"a":' * 400 + "1" + "}" * 400
    for name, text in {
        **NOT_OBJECTS,
        "a byte order mark": "\ufeff" + good,
        "UTF-16": good.encode("utf-16"),
        "UTF-32": good.encode("utf-32-le"),
        "a comma at the end": good[:-1] + ",}",
        "single quotes": good.replace('"', "'"),
        "a comment": good + "// ok",
        "two objects": good + good,
        "an open object": good[:-1],
        "NUL at the end": good + "\0",
        "a bare newline in a text": good[:-1] + ',"x":"a\nb"}',
        "a hexadecimal number": good[:-1] + ',"x":0x1F}',
        "a leading zero": good[:-1] + ',"x":007}',
        "NaN aside": good[:-1] + ',"x":NaN}',
        "Infinity aside": good[:-1] + ',"x":[Infinity]}',
        "a number of 5000 digits aside": good[:-1] + f',"x":{"7" * 5000}}}',
        "deep lists aside": good[:-1] + f',"x":{"[" * 400}{"]" * 400}}}',
        "lists of 20 aside": good[:-1] + f',"x":{"[" * 20}{"]" * 20}}}',
        "deep objects aside": good[:-1] + f',"x":{deep}}}',
        "in a list": f"[{good}]",
        "in a text": json.dumps(good),
    }.items():
        yield f"payload: {name}", signed(keys.rsa, "RS256", good_header(), text)
    for name, text in NOT_OBJECTS.items():
        yield f"header: {name}", signed(keys.rsa, "RS256", text, claims)
    inner = signed(keys.rsa, "RS256", good_header(), claims)
    nested = good_header(cty="JWT")
    yield "payload: a token", signed(keys.rsa, "RS256", nested, inner)
    yield "payload: a token in a text", signed(keys.rsa, "RS256", nested, json.dumps(inner))


def _wrong_parts(keys: ProviderKeys, token: str) -> Named:
    header, payload, seal = token.split(".")
    flat = {"protected": header, "payload": payload, "signature": seal}
    several = {"payload": payload, "signatures": [{"protected": header, "signature": seal}]}
    wrapped = packed({"alg": "RSA-OAEP", "enc": "A256GCM", "kid": "rsa"})
    yield from {
        "nothing": "",
        "one dot": ".",
        "two dots": "..",
        "a hundred dots": "." * 100,
        "the header alone": header,
        "no signature": f"{header}.{payload}",
        "an empty signature": f"{header}.{payload}.",
        "an empty header": f".{payload}.{seal}",
        "an empty payload": sealed(keys.rsa, "RS256", f"{header}."),
        "a dot at the end": token + ".",
        "a dot at the start": "." + token,
        "two dots in a row": f"{header}..{payload}.{seal}",
        "a fourth part": f"{token}.{seal}",
        "five parts as if encrypted": f"{wrapped}.{seal}.{header}.{payload}.{seal}",
        "five parts and no key": f"{wrapped}..{header}.{payload}.{seal}",
        "the order turned": f"{seal}.{payload}.{header}",
        "header and payload swapped": sealed(keys.rsa, "RS256", f"{payload}.{header}"),
        "twice the header": sealed(keys.rsa, "RS256", f"{header}.{header}"),
        "two tokens": token + token,
        "two tokens and a comma": f"{token},{token}",
        "a scheme before it": "Bearer " + token,
        "in quotes": f'"{token}"',
        "in angle brackets": f"<{token}>",
        "a byte order mark": "\ufeff" + token,
        "as JSON": json.dumps(flat),
        "as JSON with several signatures": json.dumps(several),
        "dots that look like dots": token.replace(".", "․"),
        "backwards": token[::-1],
        "in capitals": token.upper(),
        "in small letters": token.lower(),
        "encoded again": base64url(token.encode()),
    }.items()


def _sizes(keys: ProviderKeys, claims: dict[str, Any], token: str) -> Named:
    def of(size: int) -> str:
        return signed(keys.rsa, "RS256", good_header(), {**claims, "x": "y" * size})

    yield "size: 9 KB", of(9 * 1024)
    yield "size: 100 KB", of(100 * 1024)
    yield "size: 1 MB", of(1024 * 1024)
    header = good_header(x="y" * 9 * 1024)
    yield "size: a header of 9 KB", signed(keys.rsa, "RS256", header, claims)
    yield "size: a signature of 9 KB", token + "A" * 9 * 1024
    yield "size: a hundred thousand dots", "." * 100_000
