"""The tamper generator: what a thief hands to an auditor, seeded, with the signing key and without.

An attempt is a bundle and the auditor it is shown to: whom they trust, what they asked for, and
the checkpoint that they, or a witness, have kept from outside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from dishonest_log import (
    KEY,
    THIEF,
    WITNESS,
    About,
    Fact,
    Files,
    Log,
    files_of,
    key,
    renumbered,
    sealed,
    signed,
    state,
    written,
    zipped,
)
from second_verifier import Asked
from tampered_histories import TOPICS, Tampering

from application.audit.keys import COSIGNATURE
from application.audit.notes import Note

KINDS = ("case", "period", "log")
FAKE_WITNESS = key(4, WITNESS.name, COSIGNATURE)
TRUST = f"log {KEY.verifying.vkey}\nwitness republic {WITNESS.verifying.vkey}\n"


@dataclass(frozen=True)
class Auditor:
    """Who looks at a bundle, and what they have brought."""

    witnessed: bool
    earlier: bytes | None
    asked: Asked

    @property
    def policy(self) -> str:
        return TRUST + f"quorum {'republic' if self.witnessed else 'none'}\n"


@dataclass(frozen=True)
class Attempt:
    """A bundle that is shown to an auditor."""

    kind: str
    stolen: bool
    bundle: bytes
    auditor: Auditor


class World:
    """An honest log that has been sealed several times, and an auditor who was there once."""

    def __init__(self, seed: int) -> None:
        drawn = Random(seed)
        cases = [UUID(int=drawn.getrandbits(128)) for _ in range(drawn.randrange(3, 9))]
        count = drawn.randrange(18, 45)
        self.facts = renumbered(
            [
                Fact(3 * n, drawn.choice(cases), 0, drawn.choice(TOPICS), state(n, f"слова {n}"))
                for n in range(count)
            ]
        )
        self.cuts = sorted({*drawn.sample(range(8, count), 3), count})
        self.log = sealed(self.facts, self.cuts)
        self.sizes = list(self.log.maps)
        self.witnessed = drawn.random() < 0.3
        seen = drawn.randrange(1, len(self.cuts))
        self.seen_facts, self.seen_size = self.cuts[seen], self.sizes[seen]

    @property
    def size(self) -> int:
        return self.log.size

    def note(self, size: int) -> Note:
        return signed(self.log.text(size), witnessed=self.witnessed)

    def auditor(self, about: About, *, has_seen: bool = True, witnessed: bool = False) -> Auditor:
        asked = Asked(case=str(about.case) if about.case else None)
        if about.period:
            asked = Asked(None, *map(written, about.period))
        earlier = self.note(self.seen_size).written.encode() if has_seen else None
        return Auditor(witnessed, earlier, asked)

    def about(self, kind: str, at: int, since: int | None = None) -> About:
        """What an auditor would ask who has heard of the event at this place."""
        if kind == "case":
            return About(kind, case=self.facts[at].case, since=since)
        if kind == "period":
            moment, minute = self.facts[at].at, timedelta(minutes=1)
            return About(kind, period=(moment - minute, moment + minute), since=since)
        return About(kind, since=since)


def first_change(old: Sequence[Fact], new: Sequence[Fact]) -> int:
    """The place of the first event that is not what it was."""
    pairs = zip(old, new, strict=False)
    same = min(len(old), len(new))
    return next((n for n, (one, other) in enumerate(pairs) if one != other), same)


def tampered(
    world: World,
    how: Tampering,
    drawn: Random,
    *,
    stolen: bool,
    kind: str,
    before: int | None = None,
) -> tuple[Attempt, int]:
    """One tampering with the history, shown in a bundle, and the place of its first change."""
    at = drawn.randrange(1, before or world.seen_facts)
    facts = how(world.facts, drawn, at)
    changed = first_change(world.facts, facts)
    log = sealed(facts, [*world.cuts, len(facts)])
    about = world.about(kind, min(changed, len(world.facts) - 1), world.seen_size)
    if about.case and about.case not in {fact.case for fact in facts}:
        about = world.about("log", at, world.seen_size)
    show = with_the_key if stolen else without_the_key
    files = show(world, log, about, drawn)
    auditor = world.auditor(about, witnessed=world.witnessed)
    return Attempt(how.__name__, stolen, zipped(files), auditor), changed


def with_the_key(world: World, log: Log, about: About, drawn: Random) -> Files:
    """Everything signed anew; a witness that is not in it cannot be had."""
    text = log.text(log.size)
    if drawn.random() < 0.15:  # The thief becomes the log's next key, by the book.
        hand_over = _hand_over(log, drawn.choice(list(log.maps)), by_old=True)
        files = files_of(log, log.size, about, text.signed(THIEF))
        return {**files, "hand-overs/1": hand_over.written.encode()}
    note = text.signed(KEY)
    if world.witnessed and drawn.random() < 0.6:
        stale = Note(text.text, (*note.lines, world.note(world.size).lines[-1]))
        note = drawn.choice((stale, note.cosigned(FAKE_WITNESS, 1)))
    return files_of(log, log.size, about, note)


def without_the_key(world: World, log: Log, about: About, drawn: Random) -> Files:
    """Old signatures, none, or those of another key."""
    text, old = log.text(log.size), world.note(drawn.choice(world.sizes))
    files = files_of(log, log.size, about, text)
    notes = (
        old,
        Note(text.text, old.lines),
        text,
        signed(text, witnessed=False, by=THIEF),
        Note(text.text, (*text.signed(THIEF).lines, *old.lines)),
    )
    note = drawn.choice(notes)
    if drawn.random() < 0.2:
        note = text.signed(THIEF)
        files["hand-overs/1"] = _hand_over(log, log.size, by_old=False).written.encode()
    files["checkpoint"] = note.written.encode()
    if note is old and drawn.random() < 0.8:
        _fit_to(old, world, about, files, drawn)
    return files


def _fit_to(old: Note, world: World, about: About, files: Files, drawn: Random) -> None:
    """Say what the old checkpoint says, and take the true proofs if that helps."""
    size = int(old.text.split("\n")[1])
    true = files_of(world.log, size, about, old)
    files["manifest.json"] = true["manifest.json"]
    for name in ("proof", "heads", f"consistency/{about.since}"):
        if name in true and drawn.random() < 0.7:
            files[name] = true[name]


def _hand_over(log: Log, size: int, *, by_old: bool) -> Note:
    origin, number, root = log.text(size).text.splitlines()
    keys = f"{KEY.verifying.vkey}\n{THIEF.verifying.vkey}\n"
    note = Note(f"kzrfo-handover-v1\n{origin}\n{number} {root}\n{keys}").signed(THIEF)
    return note.signed(KEY) if by_old else note


def honest(seed: int) -> Iterator[Attempt]:
    """Bundles that nobody has tampered with, of every kind and size that the auditor takes."""
    world, drawn = World(seed), Random(seed)
    for size in [size for size in world.sizes if size >= world.seen_size]:
        for kind in KINDS:
            about = world.about(kind, drawn.randrange(world.cuts[0]), world.seen_size)
            bundle = zipped(files_of(world.log, size, about, world.note(size)))
            auditor = world.auditor(about, witnessed=world.witnessed)
            yield Attempt("untouched", stolen=False, bundle=bundle, auditor=auditor)
