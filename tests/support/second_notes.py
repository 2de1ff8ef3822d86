"""Keys, signed notes, hand-overs and the policy, written from docs/log-format.md alone."""

import base64
import binascii
import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from second_tree import refuse

LOG, WITNESS = 0x01, 0x04
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
MOST_SIGNATURES = 100


def decoded(text: str, length: int | None = None) -> bytes:
    """Standard base64 with padding, in its one right form."""
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        refuse("what should be base64 is not")
    if base64.b64encode(content).decode() != text:
        refuse("base64 is not in its one right form")
    if length is not None and len(content) != length:
        refuse(f"{len(content)} bytes stand where {length} should")
    return content


def number(text: str) -> int:
    if not NUMBER.fullmatch(text):
        refuse("what should be a number is not")
    return int(text)


class Key(NamedTuple):
    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        hashed = self.name.encode() + b"\x0a" + bytes([self.kind]) + self.public
        return hashlib.sha256(hashed).digest()[:4]

    def fits(self, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def key(vkey: str, kind: int) -> Key:
    parts = vkey.split("+", 2)
    if len(parts) != 3 or not NAME.fullmatch(parts[0]):
        refuse(f"{vkey[:80]!r} is no key")
    content = decoded(parts[2], 33)
    found = Key(parts[0], content[0], content[1:])
    if found.kind != kind or found.id.hex() != parts[1]:
        refuse(f"the key of {parts[0]!r} has another kind or id than it says")
    return found


class Note(NamedTuple):
    text: str
    signatures: Sequence[tuple[str, bytes, bytes]]  # Name, key id, what follows it.

    def signers(self, known: Iterable[Key]) -> set[Key]:
        """Who of the known has signed; a known key's signature that does not fit is refused."""
        by_name = {(each.name, each.id): each for each in known}
        found = set()
        for name, key_id, rest in self.signatures:
            signer = by_name.get((name, key_id))
            if signer is None:
                continue
            if not self._fits(signer, rest):
                refuse(f"the signature of {name!r} does not fit")
            found.add(signer)
        return found

    def _fits(self, signer: Key, rest: bytes) -> bool:
        text = self.text.encode()
        if signer.kind == LOG:
            return len(rest) == 64 and signer.fits(rest, text)
        seconds = int.from_bytes(rest[:8], "big")
        stated = f"cosignature/v1\ntime {seconds}\n".encode() + text
        return len(rest) == 72 and signer.fits(rest[8:], stated)


def note(content: bytes) -> Note:
    try:
        whole = content.decode()
    except UnicodeDecodeError:
        refuse("a signed note is no UTF-8")
    if re.search(r"[\x00-\x09\x0b-\x1f]", whole):
        refuse("a signed note has control characters")
    text, between, after = whole.rpartition("\n\n")
    if not between or not text or not after.endswith("\n"):
        refuse("a signed note has no text or no signatures")
    lines = after[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        refuse("a signed note has more signatures than anybody needs")
    return Note(text + "\n", [_signature(line) for line in lines])


def _signature(line: str) -> tuple[str, bytes, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not NAME.fullmatch(parts[1]):
        refuse("a line of a signed note is no signature")
    content = decoded(parts[2])
    if len(content) < 5:
        refuse("a signature of a note is too short")
    return parts[1], content[:4], content[4:]


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    note: Note


def checkpoint(content: bytes) -> Checkpoint:
    read = note(content)
    lines = read.text[:-1].split("\n")
    if len(lines) != 3 or not lines[0]:
        refuse("the text of a checkpoint has other lines than origin, size and root")
    return Checkpoint(lines[0], number(lines[1]), decoded(lines[2], 32), read)


class HandOver(NamedTuple):
    size: int
    root: bytes
    old: Key
    new: Key


def hand_over(content: bytes, origin: str) -> HandOver:
    read = note(content)
    lines = read.text[:-1].split("\n")
    if len(lines) != 5 or lines[0] != "kzrfo-handover-v1" or " " not in lines[2]:
        refuse("a hand-over has other lines than it should")
    size, _, root = lines[2].partition(" ")
    found = HandOver(number(size), decoded(root, 32), key(lines[3], LOG), key(lines[4], LOG))
    if not lines[1] == origin == found.old.name == found.new.name:
        refuse("a hand-over is of another log")
    if read.signers({found.old, found.new}) != {found.old, found.new}:
        refuse("a hand-over is not signed by both keys")
    return found


class Holding(NamedTuple):
    """A key of the log, and the sizes of the checkpoints that it may sign."""

    key: Key
    first: int
    last: int | None

    def may_sign(self, size: int) -> bool:
        return self.first <= size and (self.last is None or size <= self.last)


def holdings(trusted: Key, hand_overs: Sequence[HandOver]) -> list[Holding]:
    """Who holds the trusted key follows from it on; what was before is checked as well."""
    for before, after in itertools.pairwise(hand_overs):
        if before.new != after.old or before.size > after.size:
            refuse("the hand-overs do not follow one another")
        if before.size == after.size and before.root != after.root:
            refuse("two hand-overs at one size have two roots")
    if not hand_overs:
        return [Holding(trusted, 0, None)]
    keys = [hand_overs[0].old, *(each.new for each in hand_overs)]
    sizes = [0, *(each.size for each in hand_overs)]
    if len(set(keys)) < len(keys):  # The page does not say whether a key may come back.
        refuse("a key that was given up comes back")
    if trusted not in keys:
        refuse("the hand-overs do not begin with, or come to, the key of the policy")
    all_of_them = [Holding(*each) for each in zip(keys, sizes, [*sizes[1:], None], strict=True)]
    return all_of_them[keys.index(trusted) :]


class Policy(NamedTuple):
    log: Key
    witnesses: Mapping[str, Key]
    groups: Mapping[str, tuple[int, Sequence[str]]]
    quorum: str

    def is_met(self, signers: set[Key]) -> bool:
        met = {name: key in signers for name, key in self.witnesses.items()}
        for name, (needed, members) in self.groups.items():
            met[name] = sum(met[member] for member in members) >= needed
        return self.quorum == "none" or met[self.quorum]


def policy(text: str) -> Policy:
    rows = [row for line in text.splitlines() if (row := line.partition("#")[0].split())]
    logs = [key(row[1], LOG) for row in rows if row[0] == "log" and len(row) == 2]
    quorums = [row[1] for row in rows if row[0] == "quorum" and len(row) == 2]
    witnesses: dict[str, Key] = {}
    groups: dict[str, tuple[int, Sequence[str]]] = {}
    for row in rows:
        if row[0] == "witness" and len(row) == 3:
            witnesses[_fresh(row[1], witnesses, groups)] = key(row[2], WITNESS)
        elif row[0] == "group" and len(row) > 3:
            _fresh(row[1], witnesses, groups)
            groups[row[1]] = _group(row, {*witnesses, *groups})
        elif row[0] not in {"log", "quorum"} or len(row) != 2:
            refuse(f"the policy has a line that says nothing: {' '.join(row)[:80]!r}")
    if len(logs) != 1 or len(quorums) != 1:
        refuse("the policy needs one log and one quorum")
    if quorums[0] not in {"none", *witnesses, *groups}:
        refuse(f"the policy does not know its quorum {quorums[0]!r}")
    if len(set(witnesses.values())) < len(witnesses):
        refuse("the policy has a witness twice")
    return Policy(logs[0], witnesses, groups, quorums[0])


def _fresh(name: str, *taken: Iterable[str]) -> str:
    if name == "none" or any(name in names for names in taken):
        refuse(f"the policy uses the name {name!r} twice")
    return name


def _group(row: Sequence[str], known: set[str]) -> tuple[int, Sequence[str]]:
    members = row[3:]
    if not known.issuperset(members) or len(set(members)) < len(members):
        refuse(f"the group {row[1]!r} has members that are unknown or named twice")
    counts = {"all": str(len(members)), "any": "1"}
    needed = number(counts.get(row[2], row[2]))
    if not 1 <= needed <= len(members):
        refuse(f"the group {row[1]!r} cannot have {needed} members")
    return needed, members
