"""Cosignatures handed in by witnesses: kept where they are of one that is known, and fit."""

from collections.abc import Sequence

from application.audit.keys import VerifyingKey
from application.audit.notes import NotANote, Note, read_note
from application.persistence.published_log import PublishedLog
from domain.refusals import InvalidValue, Refusal


class InvalidCosignature(InvalidValue):
    """It is no cosignature, or does not fit the checkpoint."""

    code = "invalid-cosignature"


class WitnessUnknown(Refusal):
    """Nobody has named this witness to the service; ``witness`` is the name it gives itself."""

    code = "witness-unknown"


class CheckpointUnknown(Refusal):
    """The log has signed no checkpoint of this ``size``."""

    code = "checkpoint-unknown"


class Cosigning:
    """Takes cosignatures in, and shows the hand-overs by which witnesses follow the log's keys."""

    def __init__(self, log: PublishedLog, witnesses: Sequence[VerifyingKey]) -> None:
        self._log = log
        self._witnesses = witnesses

    def take_in(self, *, size: int, line: str) -> None:
        """Keep the line under the checkpoint of this size; the same again changes nothing."""
        note = self._log.checkpoint(size)
        if note is None:
            raise CheckpointUnknown(size=size)
        key = self._cosigned_by(read_note(note), line)
        self._log.add_cosignature(size, f"{key.name}+{key.id.hex()}", line)

    def hand_overs(self) -> str:
        """Return all hand-overs as text, with an empty line between them."""
        return "\n".join(self._log.hand_overs())

    def _cosigned_by(self, note: Note, line: str) -> VerifyingKey:
        try:
            cosigned = read_note(f"{note.text}\n{line}\n")
            found = [key for key in self._witnesses if cosigned.cosigned_at(key) is not None]
        except NotANote as error:
            raise InvalidCosignature("line", line) from error
        if (cosigned.text, len(cosigned.lines)) != (note.text, 1):
            raise InvalidCosignature("line", line)
        if not found:
            raise WitnessUnknown(witness=line.split(" ")[1])
        return found[0]
