"""An auditor who wrote down the first key checks a bundle three keys later, by verify.py."""

import base64

import pytest
from bundling import Auditor, bundle_of
from memory_log import MemoryLog, case, key

from application.audit.bundles import part_of_case, whole_log
from application.audit.hand_overs import handed_over, written
from application.audit.notes import Note
from application.audit.tree import consistency
from application.audit.witness_folder import WitnessFolder
from application.audit.witnesses import witness

KEYS = [key(number) for number in range(1, 5)]
NOW = 1_800_000_000


class Shown:
    """A log in memory as it shows itself to a witness."""

    def __init__(self, log: MemoryLog) -> None:
        self._log = log

    def checkpoint(self) -> str:
        return self._log.notes[self._log.checkpoint.size].written

    def hand_overs(self) -> str:
        return written(self._log.handed_over)

    def consistency(self, old: int, new: int) -> str:
        hashes = consistency(self._log.nodes, old, new)
        return "".join(f"{base64.b64encode(each).decode()}\n" for each in hashes)


def sealed(log: MemoryLog, home: WitnessFolder) -> str:
    """Let a case go on and the log sign it; return the checkpoint as the witness cosigned it."""
    log.add(case(1))
    log.add(case(2))
    log.seal()
    seen = witness(home, Shown(log), NOW)
    note = log.notes[seen.checkpoint.size]
    log.notes[seen.checkpoint.size] = Note(note.text, (*note.lines, seen.line))
    return log.notes[seen.checkpoint.size].written


@pytest.fixture
def home(tmp_path) -> WitnessFolder:
    made = WitnessFolder(tmp_path / "witness")
    made.make("republic.example/witness", KEYS[0].verifying)
    return made


@pytest.fixture
def auditor(tmp_path, home) -> Auditor:
    """An auditor who knows the first key, and asks for the witness."""
    made = Auditor(tmp_path)
    vkey = home.key().verifying.vkey
    policy = f"log {KEYS[0].verifying.vkey}\nwitness republic {vkey}\nquorum republic\n"
    made.keep("policy", policy.encode())
    return made


@pytest.fixture
def log(home, auditor) -> MemoryLog:
    """A log that was handed over three times, and of which the auditor has the first checkpoint."""
    made = MemoryLog(KEYS[0])
    auditor.keep("earlier", sealed(made, home).encode())
    for following in KEYS[1:]:
        note = handed_over(made.checkpoint, made.signing, following)
        made.hand_over(following)
        assert made.handed_over[-1] == note
        sealed(made, home)
    return made


@pytest.mark.parametrize("part", [whole_log, lambda log: part_of_case(log, case(1))])
def test_the_auditor_checks_it_with_the_first_key_and_the_first_checkpoint(log, auditor, part):
    bundle = bundle_of(log, part(log), since=3)
    earlier = str(auditor.folder / "earlier")
    assert auditor.check(bundle, "--checkpoint", earlier).code == 0
    assert auditor.check(bundle).code == 0


def one_more(log, old, new, size=None):
    at = (
        log.checkpoint
        if size is None
        else log.checkpoint.__class__(log.signing.name, size, bytes(32))
    )
    return handed_over(at, old, new)


CHANGES = {
    "signed by the old key only": lambda log: [
        *log.handed_over[:2],
        Note(log.handed_over[2].text, log.handed_over[2].lines[:1]),
    ],
    "signed by the new key only": lambda log: [
        *log.handed_over[:2],
        Note(log.handed_over[2].text, log.handed_over[2].lines[1:]),
    ],
    "out of order": lambda log: [log.handed_over[each] for each in (1, 0, 2)],
    "one left out": lambda log: [log.handed_over[0], log.handed_over[2]],
    "all left out": lambda _: [],
    "the last left out": lambda log: log.handed_over[:2],
    "a falling size": lambda log: [*log.handed_over, one_more(log, KEYS[3], key(9), size=2)],
    "by a stranger": lambda log: [*log.handed_over, one_more(log, key(8), key(9))],
    "to a stranger by a stranger from the first": lambda log: [one_more(log, key(8), KEYS[3])],
}


@pytest.mark.parametrize("kind", CHANGES)
def test_hand_overs_that_are_not_the_logs_own_are_refused(log, auditor, kind):
    log.handed_over = CHANGES[kind](log)
    assert auditor.check(bundle_of(log, whole_log(log))).code == 1


def test_without_the_witness_the_quorum_is_missed(log, auditor):
    note = log.notes[log.checkpoint.size]
    log.notes[log.checkpoint.size] = Note(note.text, note.lines[:1])
    assert auditor.check(bundle_of(log, whole_log(log))).code == 1
