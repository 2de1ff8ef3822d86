"""Whether a witness cosigns: the checkpoint is the log's own, and goes on from the last one."""

import base64
import binascii
from collections.abc import Sequence

from msgspec import Struct

from application.audit.acceptance import NotSigned, OtherLog, signed_checkpoint
from application.audit.checkpoints import Checkpoint, read_checkpoint
from application.audit.hand_overs import read_hand_over, read_notes, written
from application.audit.hashing import HASH_BYTES
from application.audit.keys import VerifyingKey
from application.audit.notes import NotANote, Note, read_note
from application.audit.proofs import shows_consistency
from application.audit.successions import tenures
from application.audit.witness_refusals import WitnessAlarm, WitnessRefusal


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


def candidate(log: VerifyingKey, memory: Memory, note: str, hand_overs: str) -> Candidate:
    """Read what the log says of itself; refuse what it has not signed."""
    try:
        read = read_note(note)
        passed_on = read_notes(hand_overs)
        signers = tenures(log, passed_on)
        _check_continued(memory, passed_on, note)
        return Candidate(read, signed_checkpoint(read, signers), passed_on)
    except OtherLog as error:
        raise WitnessRefusal("other-log", told=str(error)) from error
    except NotSigned as error:
        raise WitnessRefusal("not-signed", told=str(error)) from error
    except NotANote as error:
        raise WitnessRefusal("unreadable", told=str(error)) from error


def judge(memory: Memory, offered: Candidate, proof: Sequence[bytes]) -> None:
    """Raise an alarm unless the checkpoint goes on from the last one.

    ``proof`` shows it; it is empty where both have the same size, or nothing was seen before.
    """
    last, new = memory.last, offered.checkpoint
    _check_hand_overs(memory, offered)
    if last is None:
        return
    sizes = {"kept": last.size, "offered": new.size}
    evidence = _evidence(memory, offered, proof)
    if new.size < last.size:
        raise WitnessAlarm("log-shrunk", evidence, **sizes)
    if new.size == last.size and new.root != last.root:
        raise WitnessAlarm("log-forked", evidence, **sizes)
    if not shows_consistency(proof, last.size, last.root, new.size, new.root):
        raise WitnessAlarm("log-inconsistent", evidence, **sizes)


def read_proof(text: str) -> list[bytes]:
    """Read a proof, one hash in base64 a line; refuse what is none."""
    try:
        hashes = [base64.b64decode(line, validate=True) for line in text.split()]
    except (binascii.Error, ValueError) as error:
        raise WitnessRefusal("unreadable-proof") from error
    if any(len(each) != HASH_BYTES for each in hashes):
        raise WitnessRefusal("unreadable-proof")
    return hashes


def _check_continued(memory: Memory, offered: Sequence[Note], note: str) -> None:
    """Raise an alarm unless the hand-overs that were seen are still the first ones."""
    seen = [each.text for each in memory.hand_overs]
    if [each.text for each in offered][: len(seen)] != seen:
        evidence = {
            "hand-overs seen": written(memory.hand_overs),
            "hand-overs offered": written(offered),
            "offered": note,
        }
        raise WitnessAlarm("hand-overs-changed", evidence)


def _check_hand_overs(memory: Memory, offered: Candidate) -> None:
    """Raise an alarm where a hand-over has another root than the last checkpoint of its size."""
    last = memory.last
    for note in offered.hand_overs if last else ():
        said = read_hand_over(note).last
        if last and said.size == last.size and said.root != last.root:
            evidence = _evidence(memory, offered, ()) | {"hand-over": note.written}
            raise WitnessAlarm("log-forked", evidence, kept=last.size, offered=said.size)


def _evidence(memory: Memory, offered: Candidate, proof: Sequence[bytes]) -> dict[str, str]:
    return {
        "kept": memory.note.written if memory.note else "",
        "offered": offered.note.written,
        "proof": "".join(f"{base64.b64encode(each).decode()}\n" for each in proof),
        "hand-overs": written(offered.hand_overs),
    }
