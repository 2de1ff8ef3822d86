"""Проверка пакета из журнала фронт-офиса. Checks a bundle of the front office's log.

    python3 verify.py bundle.zip --policy policy.txt [--checkpoint earlier] [--case ID]

Nothing but Python 3.9 is needed, and no network. What is checked is described in
docs/log-format.md; the numbers of its sections are in the headings below. The policy names the
keys that you trust: have it from the republican office, never from a bundle.

Exit codes: 0 verified, 1 refused (the reasons are printed), 2 it could not be tried at all.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
import zipfile
from datetime import datetime, timezone
from functools import reduce
from hashlib import sha256, sha512
from pathlib import Path
from struct import pack, unpack
from typing import Any, BinaryIO, Iterator, NamedTuple
from zlib import error as ZlibError  # noqa: N812  An exception, by its own module's name.

# ---- What goes wrong is named by a word of the table WORDS, at the end of this file ----


class Refused(Exception):  # noqa: N818  It is an answer.
    """The bundle does not show what it should."""

    def __init__(self, word: str, **facts: object) -> None:
        super().__init__(word)
        self.word = word
        self.facts = facts


class Unusable(Refused):
    """What the auditor brought cannot be used; nothing is said of the bundle."""


# ---- Ed25519 signatures (RFC 8032, section 5.1) ----

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
SQUARE_ROOT_OF_MINUS_1 = pow(2, (PRIME - 1) // 4, PRIME)
NOWHERE = (0, 1, 1, 0)
SIGNATURE_BYTES = 64


def point(encoded: bytes) -> Any:
    """Return the point that is encoded, or None; only the one right encoding is taken."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(CURVE * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * SQUARE_ROOT_OF_MINUS_1 % PRIME
    if y >= PRIME or (x * x - square) % PRIME or (sign and not x):
        return None
    x = x if x & 1 == sign else PRIME - x
    return x, y, 1, x * y % PRIME


def added(one: Any, other: Any) -> Any:
    """Return the sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0])
    b = (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * CURVE, 2 * one[2] * other[2]
    e, f, g, h = (each % PRIME for each in (b - a, d - c, d + c, b + a))
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def times(number: int, of: Any) -> Any:
    """Return a point, added to itself so many times."""
    found = NOWHERE
    while number:
        found = added(found, of) if number & 1 else found
        of, number = added(of, of), number >> 1
    return found


BASE = point(bytes([88]) + bytes([102]) * 31)


def signature_fits(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the signature is that of the key, over the text."""
    key, number = point(public), int.from_bytes(signature[32:], "little")
    nonce = point(signature[:32])
    if key is None or nonce is None or len(signature) != SIGNATURE_BYTES or number >= ORDER:
        return False
    if not times(8, key)[0]:  # With a key of so few multiples everything would be signed.
        return False
    digest = int.from_bytes(sha512(signature[:32] + public + text).digest(), "little") % ORDER
    one, other = times(number, BASE), added(nonce, times(digest, key))
    return all((one[i] * other[2] - other[i] * one[2]) % PRIME == 0 for i in (0, 1))


# ---- Keys, notes, checkpoints and hand-overs (section 4) ----

LOG, WITNESS = 1, 4
SECONDS_BYTES = 8
MOST_SIGNATURES = 100
LAST_SECOND = 253_402_300_799  # The end of the year 9999.
SIGNED = re.compile("— ([^ +\n]+) ([A-Za-z0-9+/]{8,2000}={0,2})")
HEAD = re.compile(r"([^\n]+)\n([1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n")
HAND_OVER = re.compile(
    r"kzrfo-handover-v1\n([^\n]+)\n([1-9][0-9]{0,17}) ([A-Za-z0-9+/]{43}=)\n([^\n]+)\n([^\n]+)\n"
)


def decoded(text: str) -> bytes:
    """Read base64; only the one right form of it is taken."""
    found = base64.b64decode(text, validate=True)
    if base64.b64encode(found).decode("ascii") != text:
        raise ValueError(text)
    return found


class Key(NamedTuple):
    """A key that verifies."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which its signatures are known."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]


def read_key(text: str, kind: int) -> Key:
    """Read a key: name+id+base64."""
    name, key_id, coded = text.split("+", 2)
    raw = decoded(coded)
    key = Key(name, kind, raw[1:])
    if raw[:1] != bytes([kind]) or key.id.hex() != key_id or point(key.public) is None:
        raise ValueError(text)
    return key


class Note(NamedTuple):
    """A signed text, under the name that problems are reported by."""

    name: str
    text: str
    signatures: list[tuple[str, bytes]]

    def time_signed(self, key: Key) -> int | None:
        """Return when the key signed: a witness tells the second, for the log it is 0."""
        own = [raw[4:] for name, raw in self.signatures if name == key.name and raw[:4] == key.id]
        times = [self._time_of(key, each) for each in own]
        return times[0] if times else None

    def _time_of(self, key: Key, signature: bytes) -> int:
        seconds, before = 0, ""
        if key.kind == WITNESS:
            seconds = int.from_bytes(signature[:SECONDS_BYTES], "big")
            before = f"cosignature/v1\ntime {seconds}\n"
            signature = signature[SECONDS_BYTES:]
        if not signature_fits(key.public, signature, (before + self.text).encode()):
            raise Refused("bad-signature", file=self.name, key=key.name)
        return min(seconds, LAST_SECOND)


def read_note(name: str, raw: bytes) -> Note:
    """Read a note: the text, an empty line, the signatures."""
    try:
        note = raw.decode("utf-8")
        text, _, lines = note.rpartition("\n\n")
        found = [SIGNED.fullmatch(line) for line in lines.split("\n")[:-1]]
        signatures = [(each[1], decoded(each[2])) for each in found]  # type: ignore[index]  # None is a TypeError.
    except (ValueError, TypeError):
        raise Refused("not-a-note", file=name) from None
    is_clean = not any(letter < " " and letter != "\n" for letter in note)
    if not text or not lines.endswith("\n") or not 0 < len(signatures) <= MOST_SIGNATURES:
        is_clean = False
    if not is_clean:
        raise Refused("not-a-note", file=name)
    return Note(name, text + "\n", signatures)


class Head(NamedTuple):
    """A checkpoint: how long the log is, its root, who signed and who cosigned when."""

    size: int
    root: bytes
    signed_by: Key
    cosigned: dict[str, int]


class HandOver(NamedTuple):
    """How the log went from one key to the next."""

    note: Note
    size: int
    root: bytes
    old: Key
    new: Key


def read_hand_over(note: Note, origin: str) -> HandOver:
    """Read a hand-over, and check that both keys have signed it."""
    try:
        named, size, root, *vkeys = HAND_OVER.fullmatch(note.text).groups()  # type: ignore[union-attr]  # None is an AttributeError.
        old, new = (read_key(vkey, LOG) for vkey in vkeys)
    except (ValueError, AttributeError):
        raise Refused("not-a-note", file=note.name) from None
    if {named, old.name, new.name} != {origin}:
        raise Refused("other-log", file=note.name, found=named, expected=origin)
    for key in (old, new):
        if note.time_signed(key) is None:
            raise Refused("not-signed", file=note.name, key=key.name)
    return HandOver(note, int(size), root_in(note, root), old, new)


def root_in(note: Note, text: str) -> bytes:
    """Read the root that a note tells."""
    try:
        return decoded(text)
    except ValueError:
        raise Refused("not-a-note", file=note.name) from None


# ---- The policy (section 5) ----


class Policy:
    """Whom the auditor trusts."""

    def __init__(self, text: str) -> None:
        self.logs: list[Key] = []
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum = ""
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                self._read(line.split("#")[0].split())
            except (ValueError, IndexError):
                raise Unusable("policy-line", line=number) from None
        if not self.logs or not self.quorum:
            raise Unusable("policy-short")
        self.log = self.logs[0]

    def _read(self, words: list[str]) -> None:
        if not words:
            return
        if words[0] == "log" and not self.logs and len(words) == 2:
            self.logs.append(read_key(words[1], LOG))
        elif words[0] == "witness" and len(words) == 3:
            name, key = self._free(words[1]), read_key(words[2], WITNESS)
            if key.public in {each.public for each in self.witnesses.values()}:
                raise ValueError(name)  # One witness under two names would count twice.
            self.witnesses[name] = key
        elif words[0] == "group":
            name, wanted, names = self._free(words[1]), words[2], [*map(self._known, words[3:])]
            number = {"all": len(names), "any": 1}.get(wanted) or int(wanted)
            if not 0 < number <= len(set(names)) == len(names):
                raise ValueError(name)
            self.groups[name] = number, names
        elif words[0] == "quorum" and not self.quorum and len(words) == 2:
            self.quorum = words[1] if words[1] == "none" else self._known(words[1])
        else:
            raise ValueError(words[0])

    def _free(self, name: str) -> str:
        if name == "none" or name in self.witnesses or name in self.groups:
            raise ValueError(name)
        return name

    def _known(self, name: str) -> str:
        if name not in self.witnesses and name not in self.groups:
            raise ValueError(name)
        return name

    def _enough(self, name: str, cosigned: dict[str, int]) -> bool:
        if name == "none" or name in cosigned:
            return True
        number, names = self.groups.get(name, (1, []))
        return sum(self._enough(each, cosigned) for each in names) >= number

    def accepted(self, note: Note, hand_overs: list[HandOver]) -> Head:
        """Return the checkpoint, when it is signed as the policy asks."""
        found = HEAD.fullmatch(note.text)
        if not found:
            raise Refused("not-a-note", file=note.name)
        if found[1] != self.log.name:
            raise Refused("other-log", file=note.name, found=found[1], expected=self.log.name)
        size, root = int(found[2]), root_in(note, found[3])
        signed_by = self._signed_by(note, size, root, hand_overs)
        times_signed = {name: note.time_signed(key) for name, key in self.witnesses.items()}
        cosigned = {name: time for name, time in times_signed.items() if time is not None}
        if not self._enough(self.quorum, cosigned):
            missing = sorted(set(self.witnesses) - set(cosigned))
            raise Refused("no-quorum", file=note.name, quorum=self.quorum, missing=missing)
        return Head(size, root, signed_by, cosigned)

    def _signed_by(self, note: Note, size: int, root: bytes, hand_overs: list[HandOver]) -> Key:
        """Return which of the log's keys signed, in the span of the log that was its own.

        Those before the key of the policy are not asked: they may be known for their theft.
        """
        keys = [each.old for each in hand_overs] + [hand_overs[-1].new if hand_overs else self.log]
        if self.log not in keys:
            raise Refused("key-not-in-chain", key=self.log.name)
        own = range(keys.index(self.log), len(keys))
        signed = [number for number in own if note.time_signed(keys[number]) is not None]
        for number in reversed(signed):
            ends = [*hand_overs[:number][-1:], *hand_overs[number:][:1]]
            is_in_turn = all(
                each.size <= size if each.new == keys[number] else size <= each.size
                for each in ends
            )
            if is_in_turn and all(root == each.root for each in ends if each.size == size):
                return keys[number]
        if signed:
            raise Refused("key-out-of-turn", file=note.name, size=size)
        raise Refused("not-signed", file=note.name, key=self.log.name)


# ---- The file: names, sizes, lines (section 6) ----

KIB, MIB = 1 << 10, 1 << 20
SIZES = {  # How many bytes a file may have, unpacked.
    re.compile(r"manifest\.json|checkpoint|heads"): 64 * KIB,
    re.compile(r"hand-overs/[1-9][0-9]?|consistency/[1-9][0-9]{0,17}"): 64 * KIB,
    re.compile(r"verify\.py"): MIB,
    re.compile(r"proof"): 1024 * MIB,
    re.compile(r"events\.ndjson"): 1 << 40,
}
LONGEST_LINE = 4 * MIB
MOST_PACKED = 100  # So many times smaller than its content is no honest file.
WAYS_TO_PACK = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
MOST_FILES, DIRECTORY_BYTES = 120, 64 * KIB
# What the library raises for a ZIP file that is damaged, or of a kind that it does not know.
NOT_READABLE = (
    zipfile.BadZipFile, EOFError, OSError, ZlibError, NotImplementedError, RuntimeError,
    UnicodeDecodeError,
)  # fmt: skip


class Bundle:
    """The files of a bundle: checked before anything of them is unpacked."""

    def __init__(self, file: BinaryIO) -> None:
        self.length = file.seek(0, 2)
        count = check_directory(file, self.length)
        self.archive = zipfile.ZipFile(file)
        self.files: dict[str, zipfile.ZipInfo] = {}
        packed, listed = 0, self.archive.infolist()
        if len(listed) != count or min((each.header_offset for each in listed), default=0):
            raise Refused("not-a-bundle")  # Also when something stands before its beginning.
        for each in listed:
            if each.filename in self.files:
                raise Refused("twice", file=each.filename)
            if each.orig_filename != each.filename:
                raise Refused("foreign-file", file=each.orig_filename)
            packed += each.compress_size
            self._check(each)
            self.files[each.filename] = each
        if packed > self.length:
            raise Refused("damaged", file="ZIP")

    def _check(self, each: zipfile.ZipInfo) -> None:
        limits = [size for name, size in SIZES.items() if name.fullmatch(each.filename)]
        if not limits:
            raise Refused("foreign-file", file=each.filename)
        if each.flag_bits & 1 or each.compress_type not in WAYS_TO_PACK:
            raise Refused("locked", file=each.filename)
        if each.file_size > min(limits[0], MOST_PACKED * each.compress_size + 64 * KIB):
            raise Refused("too-large", file=each.filename, size=each.file_size)

    def numbered(self, folder: str) -> list[tuple[int, str]]:
        """Return the files of a folder by their numbers."""
        names = (each.split("/") for each in self.files if each.startswith(folder + "/"))
        return sorted((int(name[1]), "/".join(name)) for name in names)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the content of a file, unpacked as it is asked for."""
        if name not in self.files:
            raise Refused("missing", file=name)
        left = self.files[name].file_size
        try:
            with self.archive.open(self.files[name]) as file:
                for piece in iter(lambda: file.read(MIB), b""):
                    left -= len(piece)
                    yield piece
        except NOT_READABLE:
            raise Refused("damaged", file=name) from None
        if left:
            raise Refused("damaged", file=name)

    def lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of a file with their numbers, without ever holding all of it."""
        number, rest = 0, b""
        for piece in self.pieces(name):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                number += 1
                yield number, line
            if len(rest) > LONGEST_LINE:
                raise Refused("line", file=name, line=number + 1, what="too long")
        if rest:
            raise Refused("line", file=name, line=number + 1, what="no line end")

    def whole(self, name: str) -> bytes:
        """Return a small file."""
        return b"".join(self.pieces(name))

    def hashes(self, name: str) -> Iterator[bytes]:
        """Yield the hashes of a proof."""
        return (read_hash(name, number, line) for number, line in self.lines(name))


def check_directory(file: BinaryIO, length: int) -> int:
    """Return how many files the end of the ZIP file tells of, before its directory is read."""
    file.seek(max(0, length - 98))
    tail = file.read().rjust(98, b"\0")
    records = [unpack("<HI", tail[86:92])]
    is_whole = tail[76:80] == b"PK\5\6" and tail[96:] == b"\0\0"
    if tail[56:60] == b"PK\6\7":  # A second record, of large files, stands before.
        records.append(unpack("<QQ", tail[32:48]))
        (place,) = unpack("<Q", tail[64:72])
        is_whole = is_whole and tail[:4] == b"PK\6\6" and place == length - 98
    if not is_whole or any(files > MOST_FILES or size > DIRECTORY_BYTES for files, size in records):
        raise Refused("not-a-bundle")
    return int(records[-1][0])


def read_hash(name: str, number: int, text: bytes) -> bytes:
    """Read a hash in base64."""
    try:
        found = decoded(text.decode("ascii"))
    except ValueError:
        found = b""
    if len(found) != 32:
        raise Refused("line", file=name, line=number, what="hash")
    return found


# ---- JSON: one flat object a line, and nothing that a reader could take for something else ----

UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FIELDS = {
    "index": int, "position": int, "version": int, "cases": int, "size": int,
    "case": str, "topic": str, "state": str, "state_base64": str, "root": str,
    "format": str, "origin": str, "kind": str, "from": str, "to": str, "made_at": str,
}  # fmt: skip

HEADS_FIELDS = {"index", "cases", "root"}
EVENT_FIELDS = {"index", "position", "case", "version", "topic", "state"}


def small(digits: str) -> int:
    """Read a whole number of the kind there are in a log."""
    if len(digits) > 19 or digits.startswith("-"):
        raise ValueError(digits)
    return int(digits)


def unlike(text: object) -> Any:
    """Refuse a fraction, and what is no number at all."""
    raise ValueError(text)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which no name comes twice and all values are as they should."""
    found = plain(pairs)
    for name, value in pairs:
        if type(value) is not FIELDS[name]:
            raise ValueError(name)
    return found


def plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which no name comes twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("twice")
    return found


parse = json.JSONDecoder(
    object_pairs_hook=once, parse_int=small, parse_float=unlike, parse_constant=unlike
).decode


def read_line(name: str, number: int, line: bytes) -> dict[str, Any]:
    """Read a line that is an object."""
    try:
        found = parse(line.decode("utf-8"))
    except (ValueError, KeyError, RecursionError) as error:
        raise Refused("line", file=name, line=number, what=str(error)) from None
    if type(found) is not dict:
        raise Refused("line", file=name, line=number, what="object")
    return found


class Entry(NamedTuple):
    """An entry of the log (section 1): of an event, or of the heads, which has a root."""

    number: int
    hash: bytes
    position: int = 0
    case: bytes = b""
    version: int = 0
    state: bytes = b""
    cases: int = 0
    root: bytes = b""


def read_entry(name: str, number: int, line: bytes) -> Entry:
    """Read an entry, and hash it as the log does."""
    told = read_line(name, number, line)
    try:
        if told.keys() == HEADS_FIELDS:
            return heads_entry(
                told["index"], told["cases"], read_hash(name, number, told["root"].encode())
            )
        return event_entry(told)
    except (ValueError, KeyError) as error:
        raise Refused("line", file=name, line=number, what=str(error)) from None


def heads_entry(index: int, cases: int, root: bytes) -> Entry:
    """Return the entry that says which case has come to which version."""
    fields = pack(">IQIQI", 8, index, 8, cases, 32) + root
    return Entry(index, sha256(b"\0kzrfo-heads-v1" + fields).digest(), cases=cases, root=root)


def event_entry(told: dict[str, Any]) -> Entry:
    """Return the entry of an event."""
    index, position, version = told["index"], told["position"], told["version"]
    if told.keys() == EVENT_FIELDS:
        state = told["state"].encode("utf-8")
    else:
        state = decoded(told["state_base64"])
    if not UUID.fullmatch(told["case"]) or len(told) != len(EVENT_FIELDS):
        raise ValueError("names")
    topic, case = told["topic"].encode("utf-8"), case_bytes(told["case"])
    where = pack(">IQI16sIQI", 8, position, 16, case, 8, version, len(topic))
    rest = topic + pack(">I", len(state)) + state
    hashed = sha256(b"\0kzrfo-event-v1" + where + rest).digest()
    return Entry(index, hashed, position, case, version, state)


def case_bytes(case: str) -> bytes:
    """Return the 16 bytes of a case's id."""
    return bytes.fromhex(case.replace("-", ""))


def case_text(case: bytes) -> str:
    """Return a case's id as it is written."""
    text = case.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


# ---- The tree over the entries (section 2) ----


def joined(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees that are neighbours."""
    return sha256(b"\1" + left + right).digest()


class Tree:
    """The tree, built from left to right; what is not in the bundle the proof stands for."""

    def __init__(self, proof: Iterator[bytes]) -> None:
        self.proof = proof
        self.done = 0
        self.subtrees: list[bytes] = []

    def fill(self, index: int) -> None:
        """Take the hashes of the largest subtrees that end before the entry."""
        while self.done < index:
            count = self.done & -self.done or 1 << index.bit_length()
            while self.done + count > index:
                count //= 2
            found = next(self.proof, None)
            if found is None:
                raise Refused("proof-short", before=index)
            self.add(found, count)

    def add(self, subtree: bytes, count: int = 1) -> None:
        """Add a complete subtree of so many entries, and join what has become complete."""
        self.subtrees.append(subtree)
        self.done += count
        number = self.done // count
        while not number & 1:
            last = self.subtrees.pop()
            self.subtrees[-1] = joined(self.subtrees[-1], last)
            number //= 2

    @property
    def root(self) -> bytes:
        """The root of what is there so far."""
        return reduce(lambda right, left: joined(left, right), self.subtrees[::-1])


def is_continued(proof: list[bytes], old: Head, new: Head) -> bool:
    """Whether the old log begins the new one (RFC 9162, section 2.1.4.2)."""
    place, last = old.size - 1, new.size - 1
    if place == last:
        return not proof and old.root == new.root
    while place & 1:
        place, last = place >> 1, last >> 1
    way = proof if place else [old.root, *proof]
    one = other = way[0] if way else b""
    for each in way[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            one, other = joined(each, one), joined(each, other)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            other = joined(other, each)
        place, last = place >> 1, last >> 1
    return not last and (one, other) == (old.root, new.root)


# ---- The map of heads: which case has come to which version (section 3) ----


HEAD_MARK = b"\0kzrfo-head-v1"
BRANCH_MARKS = [bytes((1, bit)) for bit in range(128)]


def root_above(branches: list[tuple[int, bytes]], case: bytes, version: int) -> bytes:
    """Return the root of the map in which the case ends with the version; nothing if out of order."""
    found, above = sha256(HEAD_MARK + case + pack(">Q", version)).digest(), 128
    for bit, other in branches:
        if not 0 <= bit < above:
            return b""
        is_right = int.from_bytes(case, "big") >> (127 - bit) & 1
        sides = other + found if is_right else found + other
        found, above = sha256(BRANCH_MARKS[bit] + sides).digest(), bit
    return found


class Heads:
    """The whole map, kept up event by event.

    A branch is a list of its bit, its two sides and its hash, which is None when something under
    it has changed; a case is its 16 bytes.
    """

    def __init__(self) -> None:
        self.versions: dict[bytes, int] = {}
        self.top: Any = None

    def put(self, case: bytes, version: int) -> None:
        """Let the case end with the version."""
        is_new = case not in self.versions
        self.versions[case] = version
        number, place = int.from_bytes(case, "big"), self.top
        while type(place) is list:
            place[3] = None
            place = place[1 + (number >> (127 - place[0]) & 1)]
        if is_new and place is None:
            self.top = case
        elif is_new:
            self._branch_off(case, 128 - (number ^ int.from_bytes(place, "big")).bit_length())

    def _branch_off(self, case: bytes, bit: int) -> None:
        """Put a branch where the case parts from all that are there."""
        number, place = int.from_bytes(case, "big"), self.top
        above, side = None, 0
        while type(place) is list and place[0] < bit:
            above, side = place, 1 + (number >> (127 - place[0]) & 1)
            place = place[side]
        is_right = number >> (127 - bit) & 1
        branch = [bit, place, case, None] if is_right else [bit, case, place, None]
        if above is None:
            self.top = branch
        else:
            above[side] = branch

    def root(self) -> bytes:
        """Return the root of the map as it is now."""
        return self._hash(self.top) if self.top else bytes(32)

    def _hash(self, place: Any) -> bytes:
        if type(place) is bytes:
            return sha256(HEAD_MARK + place + pack(">Q", self.versions[place])).digest()
        bit, one, other, known = place
        if known is None:
            # Nothing is done as often as this in a large log, so what is known is not asked for.
            left = (type(one) is list and one[3]) or self._hash(one)
            right = (type(other) is list and other[3]) or self._hash(other)
            known = place[3] = sha256(BRANCH_MARKS[bit] + left + right).digest()
        return bytes(known)


# ---- What the entries have to show, by the kind of the bundle (section 7, step 4) ----


class Problems:
    """What was found to be wrong, one after the other."""

    most = 20

    def __init__(self) -> None:
        self.found: list[Refused] = []
        self.position = -1

    def add(self, word: str, **facts: object) -> None:
        """Note a problem; of very many the first are enough."""
        self.found.append(Refused(word, **facts))
        if len(self.found) >= self.most:
            raise Refused("and-so-on")

    def check_position(self, entry: Entry) -> None:
        """Note when an event does not lie behind the one before."""
        if entry.position <= self.position:
            self.add("position", index=entry.number)
        self.position = entry.position

    def check_version(self, entry: Entry, before: int) -> None:
        """Note when an event is not the next one of its case."""
        if entry.version != before + 1:
            facts = {"index": entry.number, "version": entry.version, "expected": before + 1}
            self.add("version", case=case_text(entry.case), **facts)


class OfCase:
    """All events of one case, and that the last is the last."""

    def __init__(self, about: dict[str, Any], size: int, problems: Problems) -> None:
        self.size, self.problems = size, problems
        self.case, self.version = case_bytes(about["case"]), 0

    def event(self, entry: Entry) -> None:
        """Look at the next event."""
        if entry.case != self.case:
            names = {"case": case_text(entry.case), "expected": case_text(self.case)}
            self.problems.add("other-case", index=entry.number, **names)
        else:
            self.problems.check_version(entry, self.version)
            self.version = entry.version

    def heads(self, entry: Entry) -> None:
        """Look at the next heads entry."""
        if entry.number != self.size - 1:
            self.problems.add("extra-heads", index=entry.number)

    def finish(self, bundle: Bundle, last: Entry) -> tuple[str, dict[str, Any]]:
        """Look at the whole; return what is shown when nothing is wrong."""
        facts = {"case": case_text(self.case), "version": self.version}
        branches = [read_branch(*each) for each in bundle.lines("heads")]
        if root_above(branches, self.case, self.version) != last.root:
            self.problems.add("not-last", **facts)
        return "ok-case", facts


def read_branch(number: int, line: bytes) -> tuple[int, bytes]:
    """Read a line of the proof of a case's last version."""
    bit, _, other = line.partition(b" ")
    if not re.fullmatch(b"0|[1-9][0-9]{0,2}", bit):
        raise Refused("line", file="heads", line=number, what="bit")
    return int(bit), read_hash("heads", number, other)


class OfSpan:
    """Entries without a gap, in which the versions of each case follow one another."""

    def __init__(self, about: dict[str, Any], size: int, problems: Problems) -> None:
        self.about, self.size, self.problems = about, size, problems
        self.first, self.end, self.events = -1, 0, 0
        self.versions: dict[bytes, int] = {}

    def event(self, entry: Entry) -> None:
        """Look at the next event."""
        self._next(entry)
        # Of the versions before a period nothing is known.
        unknown = 0 if self.first == 0 else entry.version - 1
        self.problems.check_version(entry, self.versions.get(entry.case, unknown))
        self.put(entry.case, entry.version)
        self.events += 1

    def put(self, case: bytes, version: int) -> None:
        """Let the case have come to the version."""
        self.versions[case] = version

    def heads(self, entry: Entry) -> None:
        """Look at the next heads entry."""
        if entry.number != self.size - 1 or self.first < 0:
            self._next(entry)
        elif entry.number == self.end:
            self.end += 1

    def _next(self, entry: Entry) -> None:
        if self.first < 0:
            self.first = self.end = entry.number
        if entry.number != self.end:
            self.problems.add("gap", start=self.end, end=entry.number - 1)
        self.end = entry.number + 1


class OfLog(OfSpan):
    """All entries, with every map of heads made anew."""

    def __init__(self, about: dict[str, Any], size: int, problems: Problems) -> None:
        super().__init__(about, size, problems)
        self.map = Heads()
        self.versions = self.map.versions
        self.first = 0

    def put(self, case: bytes, version: int) -> None:
        """Let the case have come to the version, in the map too."""
        self.map.put(case, version)

    def heads(self, entry: Entry) -> None:
        """Compare a heads entry with the events before it."""
        self._next(entry)
        if (entry.cases, entry.root) != (len(self.versions), self.map.root()):
            self.problems.add("heads", index=entry.number)

    def finish(self, bundle: Bundle, last: Entry) -> tuple[str, dict[str, Any]]:
        """Return what is shown."""
        return "ok-log", {"events": self.events, "cases": len(self.versions)}


class OfPeriod(OfSpan):
    """What was recorded from one moment on and before another, and the events just outside."""

    def __init__(self, about: dict[str, Any], size: int, problems: Problems) -> None:
        super().__init__(about, size, problems)
        self.start, self.until = read_moment(about["from"]), read_moment(about["to"])
        self.within = 0
        self.edges: list[datetime] = []

    def event(self, entry: Entry) -> None:
        """Look at the next event, and when it was recorded."""
        super().event(entry)
        try:
            moment = read_moment(read_state(entry.state)["recorded_at"])
        except (ValueError, TypeError, LookupError, RecursionError):
            raise Refused("no-moment", index=entry.number) from None
        self.edges[1:] = [moment]
        self.within += self.start <= moment < self.until

    def finish(self, bundle: Bundle, last: Entry) -> tuple[str, dict[str, Any]]:
        """Look at the edges; return what is shown when nothing is wrong."""
        if self.first and not (self.edges and self.edges[0] < self.start):
            self.problems.add("edge-start", start=self.about["from"], index=self.first)
        if self.end != self.size and not (self.edges and self.edges[-1] >= self.until):
            self.problems.add("edge-end", end=self.about["to"], index=self.end - 1)
        facts = {"first": self.first, "last": self.end - 1, "within": self.within}
        return "ok-period", {**facts, "start": self.about["from"], "end": self.about["to"]}


def read_state(state: bytes) -> dict[str, Any]:
    """Read the JSON of an event, in which nobody can find two answers."""
    found = json.loads(
        state.decode("utf-8"), object_pairs_hook=plain, parse_int=str, parse_float=str
    )
    if type(found) is not dict:
        raise ValueError("object")
    return found


MOMENT = re.compile(
    "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.]([0-9]{1,6}))?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def read_moment(text: str) -> datetime:
    """Read a moment of RFC 3339, to the millionth of a second."""
    found = MOMENT.fullmatch(text)
    if not found:
        raise ValueError(text)
    zone = found[3].replace("Z", "+00:00")
    return datetime.fromisoformat(f"{found[1]}.{found[2] or '':0<6}{zone}")


# ---- All of it, in the order of section 7 ----

KINDS: dict[str, Any] = {"case": OfCase, "period": OfPeriod, "log": OfLog}
ABOUT = {"case": ["case"], "period": ["from", "to"]}


def read_manifest(bundle: Bundle) -> dict[str, Any]:
    """Read what the bundle says that it is."""
    told = read_line("manifest.json", 1, bundle.whole("manifest.json"))
    fields = {"format", "origin", "kind", "size", "made_at", *ABOUT.get(told.get("kind", ""), ())}
    is_case = UUID.fullmatch(told.get("case", "00000000-0000-0000-0000-000000000000"))
    try:
        moments = [read_moment(told[name]) for name in ("from", "to", "made_at") if name in told]
    except ValueError:
        moments = []
    is_whole = told.keys() == fields and moments and is_case and told["kind"] in KINDS
    if not is_whole or told["format"] != "kzrfo-bundle-v1":
        raise Refused("manifest")
    return told


def read_hand_overs(bundle: Bundle, origin: str) -> list[HandOver]:
    """Read how the log went from key to key, all of it from the first on."""
    found: list[HandOver] = []
    for number, name in bundle.numbered("hand-overs"):
        step = read_hand_over(read_note(name, bundle.whole(name)), origin)
        known = [step.old, *(each.old for each in found)]
        if number != len(found) + 1 or step.new in known or not follows(step, found[-1:]):
            raise Refused("hand-over-order", file=name)
        found.append(step)
    return found


def follows(step: HandOver, before: list[HandOver]) -> bool:
    """Whether a hand-over goes on from the one before, if there is one."""
    return all(
        step.old == last.new
        and (step.size > last.size or (step.size, step.root) == (last.size, last.root))
        for last in before
    )


def check_entries(bundle: Bundle, kind: Any, roots: dict[int, bytes], head: Head) -> Entry:
    """Read all entries, and make the root of them and of the proof; return the last one.

    ``roots`` are such as the auditor or a hand-over has, by the sizes of their trees.
    """
    tree = Tree(bundle.hashes("proof"))
    entry, same = Entry(-1, b""), 0
    for number, line in bundle.lines("events.ndjson"):
        before, entry = entry.number, read_entry("events.ndjson", number, line)
        if not before < entry.number < head.size:
            raise Refused("index", index=entry.number, before=before, size=head.size)
        tree.fill(entry.number)
        tree.add(entry.hash)
        if entry.root:
            kind.heads(entry)
        else:
            kind.event(entry)
            kind.problems.check_position(entry)
        if tree.done in roots and tree.root == roots[tree.done]:
            same = tree.done
        elif tree.done in roots:
            kind.problems.add("forked", size=tree.done)
    if entry.number != head.size - 1 or not entry.root:
        raise Refused("no-last", index=head.size - 1)
    if next(tree.proof, None) is not None:
        raise Refused("proof-long")
    if tree.root != head.root:
        kind.problems.add("root-since" if same else "root", same=same)
    return entry


def compare(bundle: Bundle, old: Head, new: Head, kind: str) -> None:
    """Check that the log is the one the auditor has seen before, and has only grown."""
    name = f"consistency/{old.size}"
    if name in bundle.files and not is_continued(list(bundle.hashes(name)), old, new):
        raise Refused("forked", size=old.size)
    # The root of the same size, or of any size in a whole log, was compared on the way.
    if name not in bundle.files and old.size < new.size and kind != "log":
        raise Refused("no-consistency", size=old.size)


def check_asked(about: dict[str, Any], options: argparse.Namespace) -> None:
    """Check that the bundle is about what the auditor asked for."""
    if options.case and about.get("case") != options.case.lower():
        raise Refused("asked-case", expected=options.case)
    for name, asked in (("from", options.start), ("to", options.until)):
        if asked and (name not in about or read_moment(about[name]) != read_moment(asked)):
            raise Refused("asked-period", name=name, expected=asked)


Shown = list[tuple[str, dict[str, Any]]]


def check(
    options: argparse.Namespace, bundle: Bundle, policy: Policy, earlier: Note | None, bad: Problems
) -> Shown:
    """Check the bundle; return the words for what it shows, if nothing is bad."""
    about, origin = read_manifest(bundle), policy.log.name
    hand_overs = read_hand_overs(bundle, origin)
    head = policy.accepted(read_note("checkpoint", bundle.whole("checkpoint")), hand_overs)
    if (about["origin"], about["size"]) != (origin, head.size):
        raise Refused("manifest")
    old = policy.accepted(earlier, hand_overs) if earlier else None
    roots = {each.size: each.root for each in hand_overs}
    roots.update({old.size: old.root} if old else {})
    if max(roots, default=0) > head.size:
        raise Refused("older", size=head.size, known=max(roots))
    if "heads" in bundle.files and about["kind"] != "case":
        raise Refused("foreign-file", file="heads")
    kind = KINDS[about["kind"]](about, head.size, bad)
    last = check_entries(bundle, kind, roots, head)
    shown = kind.finish(bundle, last)
    if old:
        compare(bundle, old, head, about["kind"])
    check_asked(about, options)
    clock: Shown = [("not-shown-clock", {})] if about["kind"] == "period" else []
    return [shown, *told_of(head, hand_overs, old), *clock]


def told_of(head: Head, hand_overs: list[HandOver], old: Head | None) -> Shown:
    """Return the words for who stands for the log, and for what is not shown."""
    signed = {"size": head.size, "key": head.signed_by.name, "hand_overs": len(hand_overs)}
    told: Shown = [("ok-signed", {**signed, "id": head.signed_by.id.hex()})]
    for name, seconds in sorted(head.cosigned.items()):
        at = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")
        told.append(("ok-cosigned", {"name": name, "at": at}))
    told.append(("ok-continues", {"size": old.size}) if old else ("ok-not-compared", {}))
    return [*told, ("not-shown-later", {}), ("not-shown-truth", {})] + (
        [] if head.cosigned else [("not-shown-alone", {})]
    )


# ---- The command ----


def printable(value: object) -> str:
    """Return a fact as it can be printed, whatever somebody has written into it."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "".join(letter if letter.isprintable() else "?" for letter in text[:120])


def said(word: str, facts: dict[str, Any], language: str) -> str:
    """Return the sentence for a word, in the language of the auditor."""
    rows = (row.split(" | ") for row in WORDS.strip().splitlines())
    texts = {key: sentences for key, *sentences in rows}
    return texts[word][LANGUAGES.index(language)].format(
        **{name: printable(fact) for name, fact in facts.items()}
    )


def command() -> argparse.ArgumentParser:
    """Return what the command line takes."""
    parser = argparse.ArgumentParser("verify.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bundle", help="пакет / the bundle, a ZIP file")
    parser.add_argument("--policy", required=True, help="файл с ключами / whom you trust")
    parser.add_argument(
        "--checkpoint", help="ваша прежняя контрольная точка / an earlier checkpoint"
    )
    parser.add_argument("--case", help="пакет должен быть об этом деле / the case you asked for")
    parser.add_argument("--from", dest="start", help="начало периода / since when, RFC 3339")
    parser.add_argument("--to", dest="until", help="конец периода / until when, RFC 3339")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    return parser


def opened(name: str) -> BinaryIO:
    """Open a file that the auditor named."""
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        raise Unusable("no-file", file=name, what=type(error).__name__) from None


def brought(name: str) -> bytes:
    """Read a small file that the auditor brought."""
    with opened(name) as file:
        return file.read(MIB)


def outcome(options: argparse.Namespace, bad: Problems) -> Shown:
    """Read what the auditor brought, and check the bundle by it."""
    policy = Policy(brought(options.policy).decode("utf-8-sig", "replace"))
    earlier = None
    if options.checkpoint:
        try:
            earlier = read_note(options.checkpoint, brought(options.checkpoint))
        except Refused as refused:  # It is the auditor's own.
            raise Unusable(refused.word, **refused.facts) from None
    for moment in filter(None, (options.start, options.until)):
        try:
            read_moment(moment)
        except ValueError:
            raise Unusable("not-a-moment", text=moment) from None
    with opened(options.bundle) as file:
        try:
            return check(options, Bundle(file), policy, earlier, bad)
        except Refused:
            raise
        except NOT_READABLE:
            raise Refused("not-a-bundle") from None
        except Exception as error:  # noqa: BLE001  Whatever a stranger thought of, it is refused.
            raise Refused("unreadable", what=type(error).__name__) from None


def main(arguments: list[str] | None = None) -> int:
    """Check a bundle, and say what came of it; return the exit code."""
    options, bad = command().parse_args(arguments), Problems()
    shown: Shown = []
    try:
        shown = outcome(options, bad)
    except Refused as refused:
        bad.found.append(refused)
    code = 2 if any(isinstance(each, Unusable) for each in bad.found) else bool(bad.found)
    shown = [(each.word, each.facts) for each in bad.found] or shown
    print(said(("verified", "refused", "unusable")[code], {}, options.language))
    for word, facts in shown:
        print(" -", said(word, facts, options.language))
    return int(code)


LANGUAGES = ("ru", "en", "kk")
# A line for each: the word | in Russian | in English | in Kazakh.
WORDS = """
verified | ПРОВЕРЕНО. Пакет показывает: | VERIFIED. The bundle shows: | ТЕКСЕРІЛДІ. Пакет мынаны көрсетеді:
refused | НЕ ПРОЙДЕНО. Пакету верить нельзя: | REFUSED. The bundle is not to be believed: | ҚАБЫЛДАНБАДЫ. Пакетке сенуге болмайды:
unusable | ПРОВЕРИТЬ НЕ УДАЛОСЬ, о пакете ничего не сказано: | NOT TRIED, nothing is said of the bundle: | ТЕКСЕРУ МҮМКІН БОЛМАДЫ, пакет туралы ештеңе айтылмайды:
ok-case | Дело {case}: все события, версии с 1 по {version}; ни одно не изменено, не вставлено и не пропущено. | Case {case}: all events, versions 1 to {version}; none was changed, put in or left out. | {case} ісі: барлық оқиға, 1-ден {version}-ге дейінгі нұсқалар; бірде-бірі өзгертілмеген, қосылмаған, қалдырылмаған.
ok-period | Период с {start} до {end}: записано событий: {within}; в пакете записи журнала {first}–{last} подряд, ни одна не изменена и не пропущена. | Period from {start} to {end}: events recorded: {within}; the bundle has entries {first} to {last} of the log without a gap, none was changed or left out. | {start} бастап {end} дейінгі кезең: тіркелген оқиға саны: {within}; пакетте журналдың {first}–{last} жазбалары түгел, бірде-бірі өзгертілмеген, қалдырылмаған.
ok-log | Весь журнал: событий: {events}, дел: {cases}; ни одно не изменено, не вставлено и не пропущено. | The whole log: events: {events}, cases: {cases}; none was changed, put in or left out. | Бүкіл журнал: оқиға саны: {events}, іс саны: {cases}; бірде-бірі өзгертілмеген, қосылмаған, қалдырылмаған.
ok-signed | Журнал (записей: {size}) подписан ключом {key} ({id}); передач ключа: {hand_overs}. | The log of {size} entries is signed by the key {key} ({id}); hand-overs of the key: {hand_overs}. | {size} жазбадан тұратын журналға {key} ({id}) кілтімен қол қойылған; кілт {hand_overs} рет тапсырылған.
ok-cosigned | Свидетель {name} подтвердил этот журнал {at}. | The witness {name} cosigned this log at {at}. | {name} куәгері бұл журналды {at} растаған.
ok-continues | Это тот же журнал, что в вашей прежней контрольной точке (записей: {size}): с тех пор он только рос. | It is the log of your earlier checkpoint ({size} entries), and has only grown since. | Бұл — бұрынғы бақылау нүктеңіздегі журнал ({size} жазба): содан бері ол тек өскен.
ok-not-compared | С прежней контрольной точкой не сравнивали: её дают в --checkpoint. | It was not compared with an earlier checkpoint: give one by --checkpoint. | Бұрынғы бақылау нүктесімен салыстырылған жоқ: ол --checkpoint арқылы беріледі.
not-shown-later | Не показано: что записано после этой контрольной точки. | Not shown: what was recorded after this checkpoint. | Көрсетілмейді: осы бақылау нүктесінен кейін не жазылғаны.
not-shown-truth | Не показано: верно ли то, что сотрудники записали; показано, что записано именно это и в этом порядке. | Not shown: whether what the staff recorded is true; shown is that it was recorded so, in this order. | Көрсетілмейді: қызметкерлер жазғанның рас-өтірігі; көрсетілетіні — дәл осы және осы ретпен жазылғаны.
not-shown-clock | Не показано: верно ли шли часы службы; время событий берётся из самих событий. | Not shown: whether the clocks of the service were right; the times of events are those in the events. | Көрсетілмейді: қызмет сағатының дұрыстығы; оқиғалардың уақыты оқиғалардың өзінен алынады.
not-shown-alone | Не показано: что другим показывают этот же журнал; его не подтвердил ни один свидетель. | Not shown: that others are shown this same log; no witness has cosigned it. | Көрсетілмейді: басқаларға да осы журналдың көрсетілетіні; оны бірде-бір куәгер растамаған.
no-file | Файл {file} не открывается ({what}). | The file {file} cannot be opened ({what}). | {file} файлы ашылмайды ({what}).
policy-line | В файле политики непонятна строка {line}. | Line {line} of the policy cannot be understood. | Саясат файлының {line}-жолы түсініксіз.
policy-short | В файле политики нужны строки log и quorum. | The policy needs the lines log and quorum. | Саясат файлында log және quorum жолдары керек.
not-a-moment | {text} — не время; нужно вида 2026-03-02T07:00:00Z. | {text} is no moment; write it like 2026-03-02T07:00:00Z. | {text} — уақыт емес; 2026-03-02T07:00:00Z түрінде жазыңыз.
not-a-bundle | Это не ZIP-файл пакета, или он обрезан или испорчен. | It is no ZIP file of a bundle, or it is cut short or damaged. | Бұл пакеттің ZIP-файлы емес, не ол қиылған немесе бүлінген.
unreadable | Пакет не читается ({what}): так его не пишет ни одна наша программа. | The bundle cannot be read ({what}): no program of ours writes one so. | Пакет оқылмайды ({what}): біздің бірде-бір бағдарлама оны бұлай жазбайды.
twice | Файл {file} есть в пакете дважды. | The file {file} is in the bundle twice. | {file} файлы пакетте екі рет бар.
foreign-file | В пакете посторонний файл {file}. | A file that does not belong into a bundle: {file}. | Пакетте бөгде файл бар: {file}.
locked | Файл {file} зашифрован или сжат необычным способом. | The file {file} is encrypted or packed in an unusual way. | {file} файлы шифрланған немесе әдеттен тыс сығылған.
too-large | Файл {file} распаковывается в {size} байт: столько в пакете не бывает. | The file {file} unpacks to {size} bytes: no bundle has so much. | {file} файлы {size} байтқа жазылады: пакетте мұндай болмайды.
missing | В пакете нет файла {file}. | There is no file {file} in the bundle. | Пакетте {file} файлы жоқ.
damaged | Файл {file} в пакете обрезан или испорчен. | The file {file} of the bundle is cut short or damaged. | Пакеттегі {file} файлы қиылған немесе бүлінген.
line | {file}, строка {line}: не того вида, что в описании формата ({what}). | {file}, line {line}: not of the form that is described ({what}). | {file}, {line}-жол: сипатталған түрге сай емес ({what}).
manifest | manifest.json: не того вида, что в описании формата, или говорит о другом журнале. | manifest.json is not of the form that is described, or speaks of another log. | manifest.json: сипатталған түрге сай емес немесе басқа журнал туралы айтады.
not-a-note | {file}: не подписанная записка того вида, что в описании формата. | {file} is no signed note of the form that is described. | {file}: сипатталған түрдегі қол қойылған жазба емес.
bad-signature | {file}: подпись ключа {key} не подходит; изменён текст или подпись. | {file}: the signature of {key} does not fit; the text or the signature was changed. | {file}: {key} кілтінің қолы сәйкес келмейді; мәтін не қол өзгертілген.
not-signed | {file}: нет подписи ключа {key}, которому вы доверяете. | {file} is not signed by the key {key} that you trust. | {file}: сіз сенетін {key} кілтінің қолы жоқ.
other-log | {file}: журнал {found}, а вы доверяете журналу {expected}. | {file} is of the log {found}, and you trust the log {expected}. | {file}: {found} журналы, ал сіз {expected} журналына сенесіз.
no-quorum | {file}: свидетелей мало (нужно: {quorum}); не подтвердили: {missing}. | {file}: too few witnesses (needed: {quorum}); not cosigned by: {missing}. | {file}: куәгерлер аз (керегі: {quorum}); растамағандар: {missing}.
key-not-in-chain | Ключа {key} из вашей политики нет среди ключей, переходивших друг к другу в этом пакете. | The key {key} of your policy is none of those that were handed over in this bundle. | Саясатыңыздағы {key} кілті осы пакетте бірінен біріне өткен кілттердің арасында жоқ.
key-out-of-turn | {file}: подписавший ключ не держал журнал, когда в нём было {size} записей. | {file}: the key that signed did not hold the log when it had {size} entries. | {file}: журналда {size} жазба болған кезде қол қойған кілт оны ұстамаған.
hand-over-order | {file}: передача ключа не продолжает предыдущую. | {file}: the hand-over does not follow the one before. | {file}: кілтті тапсыру алдыңғысын жалғастырмайды.
older | Пакет старее известного: в нём {size} записей журнала, а уже было {known}. | The bundle is older than what is known: {size} entries of the log, when there were {known} already. | Пакет белгіліден ескі: онда журналдың {size} жазбасы бар, ал {known} жазба болған.
forked | Журнал не продолжает тот, что подписан раньше (записей: {size}): его прошлое переписано. | The log does not continue the one that was signed before ({size} entries): its past was rewritten. | Журнал бұрын қол қойылғанды ({size} жазба) жалғастырмайды: оның өткені қайта жазылған.
no-consistency | Нет доказательства, что журнал продолжает тот, что вы видели (записей: {size}); возьмите пакет с since={size}. | There is no proof that the log continues your {size} entries; ask for a bundle with since={size}. | Журналдың сіздегі {size} жазбаны жалғастыратынына дәлел жоқ; since={size} бар пакет алыңыз.
index | Запись {index} не на месте: она после {before}, в журнале {size} записей. | Entry {index} is out of place: it comes after {before}, and the log has {size} entries. | {index}-жазба өз орнында емес: ол {before} кейін тұр, журналда {size} жазба бар.
gap | Пропущены записи журнала с {start} по {end}. | Entries {start} to {end} of the log are left out. | Журналдың {start}–{end} жазбалары қалдырылған.
position | Запись {index}: место в базе не больше, чем у предыдущего события. | Entry {index}: its position is not above that of the event before. | {index}-жазба: базадағы орны алдыңғы оқиғадан үлкен емес.
version | Дело {case}: ожидалось событие {expected}, а запись {index} — событие {version}; что-то пропущено, вставлено или переставлено. | Case {case}: event {expected} was expected, and entry {index} is event {version}; something was left out, put in or moved. | {case} ісі: {expected}-оқиға күтілді, ал {index}-жазба — {version}-оқиға; бірдеңе қалдырылған, қосылған не орны ауысқан.
other-case | Запись {index} — о деле {case}, а пакет о деле {expected}. | Entry {index} is of case {case}, and the bundle is about {expected}. | {index}-жазба {case} ісі туралы, ал пакет {expected} ісі туралы.
extra-heads | Запись {index} — карта последних версий, которой в пакете о деле не место. | Entry {index} is a map of last versions that has no place in the bundle of a case. | {index}-жазба — іс туралы пакетте орны жоқ соңғы нұсқалар картасы.
not-last | Дело {case}: не показано, что событие {version} последнее; конец дела отрезан, или доказательство изменено. | Case {case}: event {version} is not shown to be the last; its end was cut off, or the proof was changed. | {case} ісі: {version}-оқиғаның соңғы екені көрсетілмеген; істің соңы кесілген не дәлел өзгертілген.
heads | Запись {index}: карта последних версий не та, что получается из событий до неё. | Entry {index}: the map of last versions is not what the events before make. | {index}-жазба: соңғы нұсқалар картасы алдындағы оқиғалардан шығатыннан басқа.
no-moment | Запись {index}: в событии нет времени, когда оно записано. | Entry {index}: the event does not tell when it was recorded. | {index}-жазба: оқиғада тіркелген уақыты жоқ.
edge-start | Начало периода ({start}) не показано: перед записью {index} могли быть ещё события. | The start of the period ({start}) is not shown: there may be events of it before entry {index}. | Кезеңнің басы ({start}) көрсетілмеген: {index}-жазбаның алдында тағы оқиғалар болуы мүмкін.
edge-end | Конец периода ({end}) не показан: после записи {index} могли быть ещё события. | The end of the period ({end}) is not shown: there may be events of it behind entry {index}. | Кезеңнің соңы ({end}) көрсетілмеген: {index}-жазбадан кейін тағы оқиғалар болуы мүмкін.
no-last | В пакете нет последней записи журнала ({index}) — карты последних версий. | The last entry of the log ({index}), a map of last versions, is not in the bundle. | Пакетте журналдың соңғы жазбасы ({index}) — соңғы нұсқалар картасы жоқ.
proof-short | Доказательство короче, чем нужно для записей до {before}: строка или запись пропущена. | The proof is too short for what lies before entry {before}: a line or an entry was left out. | Дәлел {before}-жазбаға дейін жетпейді: жол немесе жазба қалдырылған.
proof-long | Доказательство длиннее, чем нужно для этих записей: строка лишняя или запись пропущена. | The proof is longer than these entries need: a line is too much, or an entry was left out. | Дәлел бұл жазбаларға керегінен ұзын: артық жол бар немесе жазба қалдырылған.
root | Записи и доказательство дают не тот корень, что подписан: хотя бы одна запись пакета изменена, подставлена или из другого журнала, или испорчено доказательство. Которая, по корню не видно. | Entries and proof do not give the root that was signed: at least one entry of the bundle was changed, replaced or is of another log, or the proof is spoiled. A root does not tell which. | Жазбалар мен дәлел қол қойылған түбірді бермейді: пакеттің кемінде бір жазбасы өзгертілген, ауыстырылған не басқа журналдан алынған, немесе дәлел бүлінген. Қайсысы екенін түбір айтпайды.
root-since | Подписанный корень не получается: изменена или подставлена запись {same} или одна из тех, что за ней; до неё всё сошлось с тем, что подписано раньше. | The signed root does not come out: entry {same} or one behind it was changed or replaced; all before is as it was signed earlier. | Қол қойылған түбір шықпайды: {same}-жазба немесе одан кейінгілердің бірі өзгертілген не ауыстырылған; оған дейінгісі бұрын қол қойылғанға сай.
and-so-on | И ещё; дальше не проверялось. | And more; what follows was not checked. | Және басқа да; әрі қарай тексерілген жоқ.
asked-case | Пакет не о деле {expected}. | The bundle is not about case {expected}. | Пакет {expected} ісі туралы емес.
asked-period | Пакет не о том периоде: --{name} {expected}. | The bundle is not about that period: --{name} {expected}. | Пакет ол кезең туралы емес: --{name} {expected}.
"""

if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
