"""Bundles whose ZIP file is in order, and whose files are not: each by its name."""

import json
from collections.abc import Callable, Iterator
from random import Random

from dishonest_log import Files, lines, zipped

LONG = 300_000
DEEP = b"[" * 100_000
# JSON may have white space around it.
HARMLESS = {("manifest.json", f"an empty line at the {end}") for end in ("beginning", "end")}
Change = Callable[[bytes], bytes]


def contents(honest: Files) -> Iterator[tuple[str, bytes]]:
    """Yield all of them, made of an honest bundle of a case with a consistency proof."""
    for name in honest:
        if name != "verify.py":
            for what, content in _of_any_file(honest[name]):
                if (name, what) not in HARMLESS:
                    yield f"{name}: {what}", zipped({**honest, name: content})
    for name, changes in (
        ("events.ndjson", _events(honest["events.ndjson"])),
        ("manifest.json", _manifest(honest["manifest.json"])),
        ("checkpoint", _notes(honest["checkpoint"])),
        ("proof", _hashes(honest["proof"])),
        ("heads", [*_hashes(honest["heads"]), *_branches(honest["heads"])]),
    ):
        for what, content in changes:
            yield f"{name}: {what}", zipped({**honest, name: content})
    yield from _numbers(honest)


def _of_any_file(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "no UTF-8", content[:20] + b"\xff\xfe" + content[20:]
    yield "a byte order mark", b"\xef\xbb\xbf" + content
    yield "UTF-16", content.decode().encode("utf-16")
    yield "an empty line at the beginning", b"\n" + content
    yield "an empty line at the end", content + b"\n\n"
    yield "a NUL at the end", content + b"\0"
    yield "half of it", content[: len(content) // 2]
    yield "twice", content + content
    yield "a long line", b"a" * LONG + b"\n" + content
    yield "many short lines", b"a\n" * LONG
    yield "deep JSON", DEEP
    yield "a page of HTML", b"<!DOCTYPE html><title>404</title>\n"


def _lines(content: bytes, change: Change) -> bytes:
    first, rest = content.split(b"\n", 1)
    return change(first) + b"\n" + rest


def _events(content: bytes) -> Iterator[tuple[str, bytes]]:
    for what, change in _json_lines():
        yield what, _lines(content, change)
    yield "the end of the last line is not there", content.rstrip(b"\n")
    yield "lines turned round", b"\n".join(content.rstrip(b"\n").split(b"\n")[::-1]) + b"\n"
    yield "a number of a case in capitals", _lines(content, lambda row: _raised(row, "case"))
    yield "all in one line", content.replace(b"\n", b" ") + b"\n"


def _raised(row: bytes, name: str) -> bytes:
    told = json.loads(row)
    return json.dumps({**told, name: told[name].upper()}).encode()


def _json_lines() -> Iterator[tuple[str, Change]]:
    values = {
        "NaN": b"NaN",
        "Infinity": b"Infinity",
        "minus": b"-1",
        "a fraction": b"0.0",
        "an exponent": b"0e0",
        "true": b"true",
        "null": b"null",
        "a text": b'"0"',
        "a list": b"[0]",
        "2 to the 63rd": b"9223372036854775808",
        "2 to the 64th": b"18446744073709551616",
        "a number of 100,000 digits": b"1" * 100_000,
        "a zero before it": b"00",
        "deep JSON": DEEP + b"]" * 100_000,
    }
    for what, value in values.items():
        for name in ("index", "position", "version"):
            yield f"{name} is {what}", lambda row, name=name, value=value: _set(row, name, value)
    for name in ("case", "topic", "state"):
        for what, value in (
            ("a number", b"1"),
            ("null", b"null"),
            ("half a character", rb'"\ud800"'),
            ("a list", b'["a"]'),
            ("empty", b'""'),
            ("long", b'"' + b"a" * LONG + b'"'),
        ):
            yield f"{name} is {what}", lambda row, name=name, value=value: _set(row, name, value)
    for what, more in (
        ("a name twice", b'"index":0,'),
        ("a name more", b'"note":"a",'),
        ("two states", b'"state_base64":"",'),
        ("no name", b'"":0,'),
    ):
        yield what, lambda row, more=more: b"{" + more + row[1:]
    yield "a list", lambda row: b"[" + row + b"]"
    yield "two objects", lambda row: row + row
    yield "a comment", lambda row: row + b" // a"
    yield "a comma too many", lambda row: row[:-1] + b",}"
    yield "cut", lambda row: row[:-5]


def _set(row: bytes, name: str, value: bytes) -> bytes:
    told = json.loads(row)
    return json.dumps({**told, name: "#"}).encode().replace(b'"#"', value)


def _manifest(content: bytes) -> Iterator[tuple[str, bytes]]:
    told = json.loads(content)
    for name, value in (
        ("format", "kzrfo-bundle-v2"),
        ("format", None),
        ("origin", "log.example/other"),
        ("kind", "log"),
        ("kind", "whole"),
        ("kind", ["case"]),
        ("case", told["case"].upper()),
        ("case", "../../etc/passwd"),
        ("case", "{" + told["case"] + "}"),
        ("size", str(told["size"])),
        ("size", told["size"] + 1),
        ("size", float(told["size"])),
        ("size", -1),
        ("made_at", "yesterday"),
        ("made_at", "2026-02-30T00:00:00Z"),
        ("made_at", "2026-04-01T00:00:00"),
        ("made_at", "2026-04-01T00:00:00+99:99"),
        ("made_at", None),
        ("from", "2026-04-01T00:00:00Z"),
        ("more", 1),
    ):
        yield f"{name} is {value!r}"[:60], json.dumps({**told, name: value}).encode()
    for name in told:
        rest = {other: value for other, value in told.items() if other != name}
        yield f"{name} is not there", json.dumps(rest).encode()
    yield "a name twice", content.replace(b"{", b'{"size": 1, ', 1)


def _notes(content: bytes) -> Iterator[tuple[str, bytes]]:
    text, _, signatures = content.rpartition(b"\n\n")
    origin, size, root = text.split(b"\n")
    line = signatures.split(b"\n")[0]
    yield "no signatures", text + b"\n\n"
    yield "no empty line", text + b"\n" + signatures
    yield "two empty lines", text + b"\n\n\n" + signatures
    yield "with CRLF", content.replace(b"\n", b"\r\n")
    yield "a line more", text + b"\nmore\n\n" + signatures
    yield "a zero before the size", b"\n".join((origin, b"0" + size, root, b"", signatures))
    yield "a size of 0", b"\n".join((origin, b"0", root, b"", signatures))
    yield "a minus", b"\n".join((origin, b"-" + size, root, b"", signatures))
    yield "a long size", b"\n".join((origin, b"9" * 10_000, root, b"", signatures))
    yield "a short root", b"\n".join((origin, size, root[4:], b"", signatures))
    yield (
        "a space in the root",
        b"\n".join((origin, size, root[:4] + b" " + root[4:], b"", signatures)),
    )
    yield "a hyphen", content.replace("—".encode(), b"-")
    yield "another name", text + b"\n\n" + line.replace(origin, b"log.example/other") + b"\n"
    yield "ten thousand signatures", text + b"\n\n" + (line + b"\n") * 10_000
    yield "a signature cut", text + b"\n\n" + line[:-40] + b"\n"
    yield "a signature of 4 bytes", text + b"\n\n" + line.rpartition(b" ")[0] + b" AAAAAAA=\n"
    yield "a long signature", text + b"\n\n" + line[:-4] + b"AAAA" * 30_000 + b"\n"
    wrong = line[:-6] + (b"AAAA" if line[-6:-2] != b"AAAA" else b"BBBB") + line[-2:]
    yield "a second signature that does not fit", content + wrong + b"\n"
    yield "a control character", content + b"\xe2\x80\x94 a\x07b AAAAAAAA\n"
    yield "another ending of base64", _ended_otherwise(content)


def _ended_otherwise(content: bytes) -> bytes:
    """The same bytes in base64 of which the bits that say nothing are not zero."""
    at = content.index(b"=") - 1
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = letters[letters.index(content[at]) + 1]
    return content[:at] + bytes([other]) + content[at + 1 :]


def _hashes(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "ten thousand invented hashes", lines([Random(n).randbytes(32) for n in range(10_000)])
    yield "ten thousand more hashes", content + (content.split(b"\n")[0] + b"\n") * 10_000
    yield "with CRLF", content.replace(b"\n", b"\r\n")
    yield "without the end of the last line", content.rstrip(b"\n")
    yield "spaces behind", content.replace(b"\n", b" \n")
    yield "without padding", content.replace(b"=", b"")
    yield "in the other alphabet", content.replace(b"+", b"-").replace(b"/", b"_") + b"-_" * 22
    yield "in hex", b"00" * 32 + b"\n" + content
    yield "a line of 31 bytes", b"A" * 42 + b"==\n" + content
    yield "an empty line between", content.replace(b"\n", b"\n\n", 1)
    yield "another ending of base64", _ended_otherwise(content)


def _branches(content: bytes) -> Iterator[tuple[str, bytes]]:
    bit = content.split(b" ")[0]
    for other in (b"-1", b"128", b"255", b"0" + bit, b"+" + bit, b"9" * 5000, "١".encode(), b""):
        yield f"a bit {other[:9]!r}", other + content[len(bit) :]
    yield "a tab", content.replace(b" ", b"\t")
    yield "two spaces", content.replace(b" ", b"  ")


def _numbers(honest: Files) -> Iterator[tuple[str, bytes]]:
    note = honest["checkpoint"]
    for name in ("hand-overs/1", "hand-overs/2", "hand-overs/99"):
        yield f"{name} is a checkpoint", zipped({**honest, name: note})
        yield f"{name} is empty", zipped({**honest, name: b""})
    for name in [name for name in honest if name.startswith("consistency/")]:
        for what, content in _hashes(honest[name]):
            yield f"{name}: {what}", zipped({**honest, name: content})
        yield f"{name} is a folder", zipped({**honest, f"{name}/1": b""})
