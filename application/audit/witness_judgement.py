"""Whether a witness cosigns: what it is offered goes on from what it has seen."""

import base64
from collections.abc import Sequence

from application.audit.hand_overs import read_hand_over, written
from application.audit.proofs import shows_consistency
from application.audit.witness_memory import Candidate, Memory
from application.audit.witness_refusals import WitnessAlarm


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
