"""A witness: looks at what the log shows, keeps it, and only then gives its signature away."""

from contextlib import suppress
from typing import Protocol

from msgspec import Struct

from application.audit.checkpoints import Checkpoint
from application.audit.keys import VerifyingKey
from application.audit.notes import NotANote, Note
from application.audit.witness_candidates import candidate
from application.audit.witness_folder import WitnessFolder
from application.audit.witness_judgement import judge
from application.audit.witness_memory import Memory
from application.audit.witness_proofs import read_proof
from application.audit.witness_refusals import WitnessAlarm


class ShownLog(Protocol):
    """What a log shows of itself, as texts that nobody has checked yet."""

    def checkpoint(self) -> str:
        """Return the newest signed note."""

    def hand_overs(self) -> str:
        """Return all hand-overs, one after another."""

    def consistency(self, old: int, new: int) -> str:
        """Return the proof from one size to the other, one hash a line."""


class Witnessed(Struct, frozen=True):
    """What was cosigned, and the line with the signature; ``before`` is what was seen last.

    ``is_known`` says that the log shows this witness's signature under it already.
    """

    checkpoint: Checkpoint
    line: str
    before: Checkpoint | None
    is_known: bool


def witness(folder: WitnessFolder, log: ShownLog, now: int) -> Witnessed:
    """Look at the log once, at so many seconds since 1970; refuse, or cosign what it shows."""
    with folder.locked():
        key, memory, known = folder.key(), folder.memory(), folder.policy().log
        try:
            offered = candidate(known, memory, log.checkpoint(), log.hand_overs())
            judge(memory, offered, _proof(memory, offered.checkpoint, log))
        except WitnessAlarm as alarm:
            alarm.facts["file"] = folder.keep_evidence(alarm)
            raise
        is_known = _is_known(memory, offered.note, key.verifying)
        note = _without(offered.note, key.name).cosigned(key, now)
        if not is_known:
            folder.keep(note, offered.hand_overs)
        return Witnessed(offered.checkpoint, note.lines[-1], memory.last, is_known)


def _proof(memory: Memory, new: Checkpoint, log: ShownLog) -> list[bytes]:
    last = memory.last
    if last is None or new.size <= last.size:
        return []
    return read_proof(log.consistency(last.size, new.size))


def _is_known(memory: Memory, offered: Note, key: VerifyingKey) -> bool:
    if memory.note is None or memory.note.text != offered.text:
        return False
    with suppress(NotANote):
        return offered.cosigned_at(key) is not None
    return False


def _without(note: Note, name: str) -> Note:
    lines = (line for line in note.lines if line.split(" ")[1] != name)
    return Note(note.text, tuple(lines))
