"""Whether a checkpoint is signed by a key that may sign it."""

from collections.abc import Sequence

from application.audit.checkpoints import Checkpoint, read_checkpoint
from application.audit.notes import NotANote, Note
from application.audit.successions import Tenure


class OtherLog(NotANote):
    """It is a checkpoint of another log."""


class NotSigned(NotANote):
    """No key that is known has signed it, or one that held the log at another size."""


def signed_checkpoint(note: Note, signers: Sequence[Tenure]) -> Checkpoint:
    """Return what the note says, when a key that holds the log at its size has signed it."""
    checkpoint, origin = read_checkpoint(note.text), signers[0].key.name
    if checkpoint.origin != origin:
        message = f"It is a checkpoint of {checkpoint.origin!r}, and not of {origin!r}."
        raise OtherLog(message)
    signed = [each for each in signers if note.is_signed_by(each.key)]
    if not signed:
        message = f"No known key of {origin!r} has signed it."
        raise NotSigned(message)
    if not any(each.holds_at(checkpoint) for each in signed):
        message = f"The key that signed it does not hold the log at size {checkpoint.size}."
        raise NotSigned(message)
    return checkpoint
