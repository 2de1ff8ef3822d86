"""The log as proofs and bundles read it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.audit.checkpoints import Checkpoint
from application.audit.heads import Branch
from application.audit.logged import Logged
from application.audit.notes import Note

Span = tuple[int, int]


class LogView(Protocol):
    """The log as it was at one moment, up to its newest checkpoint; what lies behind is not seen."""

    @property
    def checkpoint(self) -> Checkpoint:
        """The newest checkpoint."""

    def note_of(self, size: int) -> Note | None:
        """Return the signed checkpoint of this size, with its cosignatures; none if none was signed."""

    def nodes(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree, as `application.audit.tree` asks for it."""

    def entries(self, spans: Iterable[Span]) -> Iterator[Logged]:
        """Yield the entries of these spans (first, end), in their order, a few at a time."""

    def indexes_of(self, case_id: UUID) -> Sequence[int]:
        """Return where the events of a case are, rising; nowhere for a case that is not there."""

    def index_of(self, case_id: UUID, version: int) -> int | None:
        """Return where an event is; none for one that is not sealed, or not there."""

    def last_version(self, case_id: UUID) -> int:
        """Return how far the case has come by now, sealed or not; 0 for one that is not there."""

    def branches(self, case_id: UUID) -> Sequence[Branch]:
        """Return the proof of the last version of a case that is there, deepest branch first."""

    def recorded(self, start: datetime, end: datetime) -> Span:
        """Return the span of what was recorded from ``start`` and before ``end``.

        The event before the first of them and the one behind the last are in it, where there are such.
        """

    def hand_overs(self) -> Sequence[Note]:
        """Return all notes by which the log was given to another key, in their order."""
