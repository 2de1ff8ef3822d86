"""The policy of an auditor: whose signatures make a checkpoint good (docs/log-format.md, 5)."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from application.audit.acceptance import NotSigned, signed_checkpoint
from application.audit.checkpoints import Checkpoint
from application.audit.keys import VerifyingKey
from application.audit.notes import Note
from application.audit.successions import tenures


class Group(Struct, frozen=True):
    """Witnesses and groups by their names, and how many of them have to agree."""

    needed: int
    members: tuple[str, ...]


class Policy(Struct, frozen=True):
    """The log's key, and the witnesses; without a quorum the log's own signature is enough."""

    log: VerifyingKey
    witnesses: Mapping[str, VerifyingKey]
    groups: Mapping[str, Group]
    quorum: str | None

    def accepted(self, note: Note, hand_overs: Sequence[Note]) -> Checkpoint:
        """Return what the note says, when it is signed and cosigned as the policy asks."""
        checkpoint = signed_checkpoint(note, tenures(self.log, hand_overs))
        if self.quorum is not None and not self._agrees(self.quorum, note):
            message = f"The witnesses of {self.quorum!r} have not cosigned it."
            raise NotSigned(message)
        return checkpoint

    def _agrees(self, name: str, note: Note) -> bool:
        if name in self.witnesses:
            return note.cosigned_at(self.witnesses[name]) is not None
        group = self.groups[name]
        return sum(self._agrees(each, note) for each in group.members) >= group.needed
