"""A log in memory: sealed by the pure functions, and read like the one in the database."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from application.audit.checkpoints import Checkpoint
from application.audit.hashing import entry_hash, node_hash
from application.audit.heads import Branch, branches, head, heads_root
from application.audit.keys import COSIGNATURE, SigningKey
from application.audit.log_view import Span
from application.audit.logged import Logged, LoggedEvent, LoggedHeads
from application.audit.notes import Note
from application.audit.tree import root

ORIGIN = "log.example/front-office"
START = datetime(2026, 3, 2, 7, tzinfo=UTC)


def key(seed: int, name: str = ORIGIN, kind: int = 1) -> SigningKey:
    """Return a key made of a number."""
    return SigningKey(name, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32), kind)


KEY = key(1)
WITNESS = key(100, "witness.example/republic", COSIGNATURE)
POLICY = f"""\
# What the auditor has from the republican office.
log {KEY.verifying.vkey}
witness republic {WITNESS.verifying.vkey}
quorum republic
"""


def state_of(number: int, recorded_at: datetime) -> bytes:
    """Return the stored bytes of some event."""
    return json.dumps(
        {
            "recorded_at": recorded_at.isoformat().replace("+00:00", "Z"),
            "occurred_on": str(recorded_at.date()),
            "by": {"staff_id": "s-1", "role": "specialist", "office": "KZ-75"},
            "cause": f"request-{number}",
            "comment": "Звонили в организацию",
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


class MemoryLog:
    """A log that can be added to, sealed, and tampered with: all of its lists are open."""

    def __init__(self, signing: SigningKey = KEY, witnesses: Sequence[SigningKey] = ()) -> None:
        self.signing = signing
        self.witnesses = tuple(witnesses)
        self.logged: list[Logged] = []
        self.versions: dict[UUID, int] = {}
        self.notes: dict[int, Note] = {}
        self.handed_over: list[Note] = []
        self._nodes: dict[tuple[int, int], bytes] = {}

    # Making it.

    def add(self, case_id: UUID, *, minute: int | None = None, state: bytes | None = None) -> None:
        """Record the next event of a case, a minute after the one before unless said."""
        number = len(self.logged)
        moment = START + timedelta(minutes=number if minute is None else minute)
        version = self.versions.get(case_id, 0) + 1
        told = state_of(number, moment) if state is None else state
        event = LoggedEvent(number, 10 + 3 * number, case_id, version, "request.noted", told)
        self.logged.append(event)
        self.versions[case_id] = version

    def seal(self, seconds: int = 1_800_000_000) -> None:
        """Add the heads, sign a checkpoint and let the witnesses cosign it."""
        index = len(self.logged)
        self.logged.append(LoggedHeads(index, len(self.versions), heads_root(self.versions)))
        self.sign(seconds)

    def sign(self, seconds: int = 1_800_000_000) -> None:
        """Sign what is there, whatever that is."""
        size = len(self.logged)
        note = Checkpoint(self.signing.name, size, root(self.nodes, size)).note.signed(self.signing)
        for witness in self.witnesses:
            note = note.cosigned(witness, seconds)
        self.notes[size] = note

    def hand_over(self, to: SigningKey) -> None:
        """Give the log to another key, at the newest checkpoint."""
        at, old = self.checkpoint.note.text.split("\n"), self.signing
        keys = f"{old.verifying.vkey}\n{to.verifying.vkey}\n"
        text = f"kzrfo-handover-v1\n{at[0]}\n{at[1]} {at[2]}\n{keys}"
        self.handed_over.append(Note(text).signed(old).signed(to))
        self.signing = to

    def forget_hashes(self) -> None:
        """Make the tree anew, after the entries were changed."""
        self._nodes.clear()

    # Reading it.

    @property
    def checkpoint(self) -> Checkpoint:
        size = max(self.notes)
        origin, _, _ = self.notes[size].text.partition("\n")
        return Checkpoint(origin, size, root(self.nodes, size))

    def note_of(self, size: int) -> Note | None:
        return self.notes.get(size)

    def nodes(self, level: int, index: int) -> bytes:
        if (level, index) not in self._nodes:
            self._nodes[level, index] = (
                node_hash(self.nodes(level - 1, 2 * index), self.nodes(level - 1, 2 * index + 1))
                if level
                else entry_hash(self.logged[index].entry)
            )
        return self._nodes[level, index]

    def entries(self, spans: Iterable[Span]) -> Iterator[Logged]:
        for first, end in spans:
            yield from self.logged[first:end]

    def indexes_of(self, case_id: UUID) -> list[int]:
        return [each.index for each in self._events() if each.case_id == case_id]

    def index_of(self, case_id: UUID, version: int) -> int | None:
        found = (
            each.index
            for each in self._events()
            if (each.case_id, each.version) == (case_id, version)
        )
        return next(found, None)

    def last_version(self, case_id: UUID) -> int:
        return self.versions.get(case_id, 0)

    def branches(self, case_id: UUID) -> list[Branch]:
        versions = {each.case_id: each.version for each in self._events()}
        return branches([head(*each) for each in versions.items()], case_id)

    def recorded(self, start: datetime, end: datetime) -> Span:
        moments = [(each.index, recorded_at(each)) for each in self._events()]
        size = self.checkpoint.size
        first = next((index for index, moment in moments if moment >= start), size)
        last = max((index for index, moment in moments if moment < end), default=-1)
        before = max((index for index, _ in moments if index < first), default=0)
        behind = min((index for index, _ in moments if index > last), default=size - 1)
        return before, behind + 1

    def hand_overs(self) -> list[Note]:
        return self.handed_over

    def _events(self) -> Iterator[LoggedEvent]:
        sealed = self.logged[: max(self.notes)]
        return (each for each in sealed if isinstance(each, LoggedEvent))


def recorded_at(event: LoggedEvent) -> datetime:
    """Return when an event was recorded, as its state says."""
    return datetime.fromisoformat(json.loads(event.state)["recorded_at"])


def sealed_log(
    cases: int = 3, rounds: int = 4, witnesses: Sequence[SigningKey] = (WITNESS,)
) -> MemoryLog:
    """Return a log in which some cases have come on in turn, with a checkpoint after each turn."""
    log = MemoryLog(witnesses=witnesses)
    for turn in range(rounds):
        for number in range(cases):
            log.add(case(number), minute=turn * cases + number)
        log.seal(1_800_000_000 + turn * 60)
    return log


def case(number: int) -> UUID:
    """Return the id of a case, spread over the tree of ids as real ones are."""
    return UUID(int=(number + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 & (1 << 128) - 1, version=4)
