"""Who may sign for a log: the key that is known, and those it was handed over to, in order."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from application.audit.checkpoints import Checkpoint
from application.audit.hand_overs import HandOver, read_hand_over
from application.audit.keys import SIGNATURE, VerifyingKey
from application.audit.notes import NotANote, Note


class Tenure(Struct, frozen=True):
    """Between which checkpoints a key signs; the first key has no first, and the last no last."""

    key: VerifyingKey
    first: Checkpoint | None = None
    last: Checkpoint | None = None

    def holds_at(self, checkpoint: Checkpoint) -> bool:
        """Whether the key signs this checkpoint for the log."""
        size, ends = checkpoint.size, (self.first, self.last)
        if any(end is not None and end.size == size and end != checkpoint for end in ends):
            return False
        is_early = self.first is not None and size < self.first.size
        return not is_early and (self.last is None or size <= self.last.size)


def tenures(known: VerifyingKey, notes: Sequence[Note]) -> tuple[Tenure, ...]:
    """Return who signs from the known key on; fail where hand-overs do not follow each other.

    All hand-overs of the log are expected; the known key may be any of its keys.
    """
    chain = [read_hand_over(note) for note in notes]
    for each in chain:
        _check_keys(each, known.name)
    for one, other in pairwise(chain):
        _check_order(one, other)
    if not chain:
        return (Tenure(known),)
    keys = [chain[0].old, *(each.new for each in chain)]
    if len(set(keys)) < len(keys):
        raise NotANote("A key that was given up comes back.")
    if known not in keys:
        raise NotANote("The hand-overs are of other keys than the one that is known.")
    ends = [None, *(each.last for each in chain), None]
    own = keys.index(known)
    return tuple(
        Tenure(key, first, last)
        for key, first, last in zip(keys[own:], ends[own:-1], ends[own + 1 :], strict=True)
    )


def _check_keys(each: HandOver, origin: str) -> None:
    names = {each.last.origin, each.old.name, each.new.name}
    if names != {origin} or {each.old.kind, each.new.kind} != {SIGNATURE}:
        message = f"A hand-over is not of the log {origin}."
        raise NotANote(message)


def _check_order(one: HandOver, other: HandOver) -> None:
    if one.new != other.old:
        raise NotANote("A hand-over is missing, or comes out of order: its old key does not hold.")
    if one.last.size > other.last.size:
        message = f"The hand-over at size {other.last.size} comes after one at {one.last.size}."
        raise NotANote(message)
    if one.last.size == other.last.size and one.last.root != other.last.root:
        message = f"Two hand-overs at size {one.last.size} have different roots."
        raise NotANote(message)
