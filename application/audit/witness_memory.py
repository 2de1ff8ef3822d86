"""What a witness has seen, and what it is offered next."""

from msgspec import Struct

from application.audit.checkpoints import Checkpoint, read_checkpoint
from application.audit.notes import Note


class Memory(Struct, frozen=True):
    """What a witness has seen: the last checkpoint that it cosigned, and all hand-overs."""

    note: Note | None = None
    hand_overs: tuple[Note, ...] = ()

    @property
    def last(self) -> Checkpoint | None:
        """What the last checkpoint says."""
        return None if self.note is None else read_checkpoint(self.note.text)


class Candidate(Struct, frozen=True):
    """A checkpoint that the log has signed; whether it goes on from the last one is still open."""

    note: Note
    checkpoint: Checkpoint
    hand_overs: tuple[Note, ...]
