"""Whether what a witness is offered is the log's own at all."""

from collections.abc import Sequence

from application.audit.acceptance import NotSigned, OtherLog, signed_checkpoint
from application.audit.hand_overs import read_notes, written
from application.audit.keys import VerifyingKey
from application.audit.notes import NotANote, Note, read_note
from application.audit.successions import tenures
from application.audit.witness_memory import Candidate, Memory
from application.audit.witness_refusals import WitnessAlarm, WitnessRefusal


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
