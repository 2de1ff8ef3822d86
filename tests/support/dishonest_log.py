"""A server of the log that writes, signs and hands out whatever a thief wants.

It is made of the product's pure functions, but shares nothing with the product's writer of
bundles: an honest server's bundles are the bundles of the page, and a dishonest one's are as good
as a thief can make them.
"""

import base64
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from application.audit.checkpoints import Checkpoint
from application.audit.entries import event_entry, heads_entry
from application.audit.hashing import entry_hash, node_hash
from application.audit.heads import branches, head, heads_root
from application.audit.keys import COSIGNATURE, SigningKey
from application.audit.notes import Note
from application.audit.tree import consistency, proof_of_several, root

ORIGIN = "log.example/front-office"
START = datetime(2026, 3, 2, 7, tzinfo=UTC)
SECONDS = 1_800_000_000

Map = Mapping[UUID, int]
Files = dict[str, bytes]


def key(seed: int, name: str = ORIGIN, kind: int = 1) -> SigningKey:
    """A key made of a number."""
    return SigningKey(name, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32), kind)


KEY, WITNESS = key(1), key(2, "witness.example/republic", COSIGNATURE)
THIEF = key(3)


@dataclass(frozen=True)
class Fact:
    """An event, wherever in the log it stands."""

    position: int
    case: UUID
    version: int
    topic: str
    state: bytes

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(json.loads(self.state)["recorded_at"])

    def entry(self, _index: int) -> bytes:
        return event_entry(self.position, self.case, self.version, self.topic, self.state)

    def line(self, index: int) -> bytes:
        told = {"index": index, "position": self.position, "case": str(self.case)}
        told |= {"version": self.version, "topic": self.topic}
        return json.dumps({**told, "state": self.state.decode()}).encode() + b"\n"


@dataclass(frozen=True)
class Heads:
    """What a checkpoint says of all cases; the index is said as well, rightly or not."""

    cases: int
    root: bytes

    def entry(self, index: int) -> bytes:
        return heads_entry(index, self.cases, self.root)

    def line(self, index: int) -> bytes:
        told = {"index": index, "cases": self.cases, "root": coded(self.root)}
        return json.dumps(told).encode() + b"\n"


def coded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def lines(hashes: Sequence[bytes]) -> bytes:
    return "".join(f"{coded(each)}\n" for each in hashes).encode()


def written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def state(minute: int, words: str) -> bytes:
    """The stored bytes of some event."""
    at = written(START + timedelta(minutes=minute))
    return json.dumps({"recorded_at": at, "comment": words}, ensure_ascii=False).encode()


class Log:
    """A list of entries, the tree over it, and which map each heads entry is of."""

    def __init__(self) -> None:
        self.rows: list[Fact | Heads] = []
        self.maps: dict[int, Map] = {}
        self._nodes: dict[tuple[int, int], bytes] = {}

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def facts(self) -> list[Fact]:
        return [row for row in self.rows if isinstance(row, Fact)]

    def add(self, row: Fact | Heads) -> None:
        self._nodes[0, self.size] = entry_hash(row.entry(self.size))
        self.rows.append(row)

    def nodes(self, level: int, index: int) -> bytes:
        if (level, index) not in self._nodes:
            below = self.nodes(level - 1, 2 * index), self.nodes(level - 1, 2 * index + 1)
            self._nodes[level, index] = node_hash(*below)
        return self._nodes[level, index]

    def root(self, size: int) -> bytes:
        return root(self.nodes, size)

    def text(self, size: int) -> Note:
        return Checkpoint(ORIGIN, size, self.root(size)).note


def heads_of(facts: Sequence[Fact]) -> dict[UUID, int]:
    return {fact.case: fact.version for fact in facts}


def sealed(
    facts: Sequence[Fact], cuts: Sequence[int], told: Callable[[int, Map], Map] | None = None
) -> Log:
    """The log of these events, with a heads entry behind so many of them at each cut.

    ``told`` says which map is sealed instead of the true one, by the number of the cut.
    """
    log, begin = Log(), 0
    for number, cut in enumerate(sorted({min(cut, len(facts)) for cut in cuts})):
        for fact in facts[begin:cut]:
            log.add(fact)
        true = heads_of(facts[:cut])
        heads = told(number, true) if told else true
        log.add(Heads(len(heads), heads_root(heads)))
        log.maps[log.size] = heads
        begin = cut
    return log


def signed(note: Note, *, witnessed: bool, by: SigningKey = KEY) -> Note:
    """What the log's key signs and, if it is there, the witness."""
    whole = note.signed(by)
    return whole.cosigned(WITNESS, SECONDS) if witnessed else whole


@dataclass(frozen=True)
class About:
    """What a bundle is about, and from which size it shows that the log was only added to."""

    kind: str
    case: UUID | None = None
    period: tuple[datetime, datetime] | None = None
    since: int | None = None

    @property
    def manifest(self) -> dict[str, str]:
        found = {"kind": self.kind}
        if self.case:
            found["case"] = str(self.case)
        if self.period:
            found["from"], found["to"] = map(written, self.period)
        return found


def indexes(log: Log, size: int, about: About) -> list[int]:
    """Which entries a bundle has."""
    last = size - 1
    places = [(n, row) for n, row in enumerate(log.rows[:last]) if isinstance(row, Fact)]
    if about.kind == "case":
        return [n for n, row in places if row.case == about.case] + [last]
    if about.kind == "log" or about.period is None:
        return [*range(size)]
    begin, end = about.period
    first = next((n for n, row in places if row.at >= begin), size)
    final = max((n for n, row in places if row.at < end), default=-1)
    before = max((n for n, _ in places if n < first), default=0)
    behind = min((n for n, _ in places if n > final), default=last)
    return sorted({*range(before, behind + 1), last})


def files_of(log: Log, size: int, about: About, note: Note) -> Files:
    """The files of a bundle, each as an honest writer would write it for this log."""
    chosen = indexes(log, size, about)
    told = {"format": "kzrfo-bundle-v1", "origin": ORIGIN, **about.manifest, "size": size}
    found = {
        "manifest.json": json.dumps({**told, "made_at": "2026-04-01T00:00:00Z"}).encode(),
        "checkpoint": note.written.encode(),
        "proof": lines([*proof_of_several(log.nodes, chosen, size)]),
        "events.ndjson": b"".join(log.rows[n].line(n) for n in chosen),
    }
    if about.case:
        found["heads"] = heads_proof(log.maps[size], about.case)
    if about.since and about.since < size:
        found[f"consistency/{about.since}"] = lines(consistency(log.nodes, about.since, size))
    return found


def heads_proof(heads: Map, case: UUID) -> bytes:
    found = branches([head(*each) for each in heads.items()], case)
    return "".join(f"{bit} {coded(other)}\n" for bit, other in found).encode()


def zipped(files: Files) -> bytes:
    """The bundle as it is handed out."""
    into = io.BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return into.getvalue()


def renumbered(facts: Sequence[Fact]) -> list[Fact]:
    """The same events, with positions that rise and versions without gaps."""
    found: list[Fact] = []
    versions: dict[UUID, int] = {}
    for number, fact in enumerate(facts):
        versions[fact.case] = versions.get(fact.case, 0) + 1
        place = max(fact.position, found[-1].position + 1 if number else 0)
        found.append(replace(fact, position=place, version=versions[fact.case]))
    return found
