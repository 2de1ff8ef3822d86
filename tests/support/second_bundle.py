"""Reading a bundle, written from docs/log-format.md alone: part of the second verifier."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from second_notes import decoded, number
from second_tree import Event, Heads, Refused, refuse

MOST_BYTES = 64 << 20  # Of all files of a bundle; the page leaves the bound to the verifier.
MOST_FILES = 1000
FIXED = {"manifest.json", "events.ndjson", "checkpoint", "proof", "heads", "verify.py"}
NUMBERED = re.compile(r"(hand-overs|consistency)/[1-9][0-9]{0,18}", re.ASCII)
ENCRYPTED = 0x1
STATED = {"case": {"case"}, "period": {"from", "to"}, "log": set[str]()}
MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,30}))?(Z|[+-]\d\d:\d\d)", re.ASCII)

Moment = tuple[datetime, Fraction]


class Manifest(NamedTuple):
    origin: str
    kind: str
    size: int
    case: bytes | None
    period: tuple[Moment, Moment] | None


def files(content: bytes) -> dict[str, bytes]:
    """Everything in the bundle by its name; the code in it is not looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            _check_names(listed)
            _check_places(content, listed)
            read = [each for each in listed if each.filename != "verify.py"]
            found = {each.filename: _read(archive, each) for each in read}
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError) as error:
        refuse(f"the file is no bundle: {error}")
    except (ValueError, RuntimeError, UnicodeError) as error:
        refuse(f"the file is no bundle: {error}")
    needed = {"manifest.json", "events.ndjson", "checkpoint", "proof"} - set(found)
    if needed:
        refuse(f"the bundle lacks {', '.join(sorted(needed))}")
    return found


def _check_names(listed: Sequence[zipfile.ZipInfo]) -> None:
    if len(listed) > MOST_FILES:
        refuse("the bundle has more files than a bundle can have")
    names = [each.filename for each in listed]
    for each in listed:
        name = each.orig_filename
        if name not in FIXED and not NUMBERED.fullmatch(name):
            refuse(f"a bundle has no file {name[:80]!r}")
        if each.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            refuse(f"{name} is packed in a way that a bundle does not use")
        if each.flag_bits & ENCRYPTED:
            refuse(f"{name} is encrypted")
    if len(set(names)) < len(names):
        refuse("the bundle has a file twice")


def _check_places(content: bytes, listed: Sequence[zipfile.ZipInfo]) -> None:
    """The page leaves open whether something may stand around a ZIP file; here it may not."""
    end = content[-22:]
    if end[:4] != b"PK\5\6" or end[20:] != bytes(2):
        refuse("something stands behind the end of the bundle")
    if int.from_bytes(end[10:12], "little") != len(listed):
        refuse("the bundle has another number of files than it says")
    if min((each.header_offset for each in listed), default=0):
        refuse("something stands before the beginning of the bundle")
    if sum(each.compress_size for each in listed) > len(content):
        refuse("the files of the bundle lie over one another")
    if sum(each.file_size for each in listed) > MOST_BYTES:
        refuse(f"the bundle has more than {MOST_BYTES} bytes")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as opened:
        content = opened.read(MOST_BYTES)
    if len(content) != info.file_size:
        refuse(f"{info.filename} is longer or shorter than the bundle says")
    return content


def _object(text: str, what: str) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            refuse(f"{what} says a thing twice")
        return found

    try:
        found = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        refuse(f"{what} is no JSON")
    if not isinstance(found, dict):
        refuse(f"{what} is no JSON object")
    return found


def _text(content: bytes, what: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        refuse(f"{what} is no UTF-8")


def lines(content: bytes, what: str) -> list[str]:
    """The lines of a file, each with its end."""
    text = _text(content, what)
    if text and not text.endswith("\n"):
        refuse(f"{what} ends within a line")
    return text.split("\n")[:-1]


def hashes(content: bytes, what: str) -> list[bytes]:
    try:
        return [decoded(line, 32) for line in lines(content, what)]
    except Refused as refused:
        refuse(f"{what}: {refused}")


def branches(content: bytes) -> list[tuple[int, bytes]]:
    found = []
    for line in lines(content, "heads"):
        d, _, other = line.partition(" ")
        found.append((number(d), decoded(other, 32)))
    return found


def _number(row: Mapping[str, Any], name: str, what: str) -> int:
    value = row[name]
    if type(value) is not int or not 0 <= value < 1 << 63:
        refuse(f"{what}: {name} is no number")
    return value


def _string(row: Mapping[str, Any], name: str, what: str) -> str:
    value = row[name]
    if not isinstance(value, str) or any("\ud800" <= letter <= "\udfff" for letter in value):
        refuse(f"{what}: {name} is no text")
    return value


def case_id(text: str) -> bytes:
    try:
        found = UUID(text)
    except ValueError:
        refuse(f"{text[:80]!r} is no case")
    if str(found) != text:
        refuse(f"{text[:80]!r} is no case as it is written")
    return found.bytes


def entries(content: bytes) -> list[Event | Heads]:
    rows = enumerate(lines(content, "events.ndjson"), 1)
    return [_entry(line, f"line {n} of events.ndjson") for n, line in rows]


def _entry(line: str, what: str) -> Event | Heads:
    row = _object(line, what)
    if set(row) == {"index", "cases", "root"}:
        index, cases = _number(row, "index", what), _number(row, "cases", what)
        return Heads(index, cases, decoded(_string(row, "root", what), 32))
    if set(row) - {"state", "state_base64"} != {"index", "position", "case", "version", "topic"}:
        refuse(f"{what} says other things than an entry has")
    if len(row) != 6:
        refuse(f"{what} needs one state")
    if "state" in row:
        state = _string(row, "state", what).encode()
    else:
        state = decoded(_string(row, "state_base64", what))
    return Event(
        _number(row, "index", what),
        _number(row, "position", what),
        case_id(_string(row, "case", what)),
        _number(row, "version", what),
        _string(row, "topic", what),
        state,
    )


def moment(text: str) -> Moment:
    """A moment of RFC 3339, exactly."""
    found = MOMENT.fullmatch(text)
    if not found:
        refuse(f"{text[:80]!r} is no moment")
    try:
        second = datetime.fromisoformat(found[1] + found[3].replace("Z", "+00:00"))
        utc = second.astimezone(UTC)
    except (ValueError, OverflowError):
        refuse(f"{text[:80]!r} is no moment")
    digits = found[2] or "0"
    return utc, Fraction(int(digits), 10 ** len(digits))


def recorded_at(event: Event) -> Moment:
    """When the event was recorded, which stands in its state."""
    what = f"the state of entry {event.index}"
    state = _object(_text(event.state, what), what)
    if "recorded_at" not in state:
        refuse(f"{what} does not say when it was recorded")
    return moment(_string(state, "recorded_at", what))


def manifest(content: bytes) -> Manifest:
    what = "manifest.json"
    row = _object(_text(content, what), what)
    if row.get("format") != "kzrfo-bundle-v1":
        refuse("the bundle is of another format than kzrfo-bundle-v1")
    kind = row.get("kind")
    if not isinstance(kind, str) or kind not in STATED:
        refuse("the bundle is of no kind")
    if set(row) != {"format", "origin", "kind", "size", "made_at"} | STATED[kind]:
        refuse(f"{what} says other things than it should")
    moment(_string(row, "made_at", what))
    case = case_id(_string(row, "case", what)) if kind == "case" else None
    period = None
    if kind == "period":
        period = moment(_string(row, "from", what)), moment(_string(row, "to", what))
    return Manifest(_string(row, "origin", what), kind, _number(row, "size", what), case, period)
