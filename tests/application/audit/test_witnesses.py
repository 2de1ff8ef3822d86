"""A witness: what it cosigns, what it refuses, and what it raises an alarm at."""

import subprocess
import sys

import pytest
from shown_log import ALog, a_key

from application.audit.checkpoints import read_checkpoint
from application.audit.hand_overs import handed_over
from application.audit.notes import Note, read_note
from application.audit.witness_folder import WitnessFolder
from application.audit.witness_refusals import WitnessAlarm, WitnessRefusal, WitnessUnusable
from application.audit.witnesses import witness

NOW = 1_800_000_000


@pytest.fixture
def log() -> ALog:
    return ALog()


@pytest.fixture
def folder(tmp_path, log) -> WitnessFolder:
    """A witness that has seen nothing yet."""
    made = WitnessFolder(tmp_path / "witness")
    made.make("auditor.example", log.first.verifying)
    return made


def last(folder: WitnessFolder) -> Note:
    note = folder.memory().note
    assert note is not None
    return note


def refused(folder: WitnessFolder, log, kind=WitnessRefusal) -> WitnessRefusal:
    """Return the refusal, after which the witness knows what it knew before."""
    before = folder.memory()
    with pytest.raises(kind) as told:
        witness(folder, log, NOW)
    assert folder.memory() == before
    return told.value


def test_a_witness_cosigns_what_it_sees_first_and_what_goes_on_from_there(folder, log):
    first = witness(folder, log, NOW)
    assert (first.checkpoint, first.before, first.is_known) == (log.head(), None, False)
    for size in range(4, 12):
        log.add(str(size))
        seen = witness(folder, log, NOW + size)
        note = read_note(f"{log.head().note.text}\n{seen.line}\n")
        assert note.cosigned_at(folder.key().verifying) == NOW + size
        assert seen.before == log.head(size - 1)
        assert read_checkpoint(last(folder).text) == log.head()


def test_the_checkpoint_is_kept_before_the_signature_is_given_away(folder, log, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(folder, "keep", full)
    with pytest.raises(OSError, match="No space"):
        witness(folder, log, NOW)


def test_what_shows_its_signature_already_is_not_signed_anew(folder, log):
    line = witness(folder, log, NOW).line
    assert not witness(folder, log, NOW + 5).is_known

    class Shown(ALog):
        def checkpoint(self) -> str:
            note = self.note()
            return Note(note.text, (*note.lines, line)).written

    before = last(folder)
    assert witness(folder, Shown(key=log.key), NOW + 9).is_known
    assert last(folder) == before


def test_a_witness_follows_the_log_from_key_to_key(folder, log):
    for entry in "defg":
        witness(folder, log, NOW)
        log.hand_over()
        log.add(entry)
    assert witness(folder, log, NOW).checkpoint == log.head()
    assert len(folder.memory().hand_overs) == 4


def test_a_log_that_shows_less_than_it_did_raises_an_alarm(folder, log):
    witness(folder, log.add("d"), NOW)
    alarm = refused(folder, ALog(key=log.key), WitnessAlarm)

    assert (alarm.code, alarm.facts["kept"], alarm.facts["offered"]) == ("log-shrunk", 4, 3)
    [name] = folder.alarms
    evidence = (folder.path / name).read_text()
    assert log.note().written in evidence
    assert ALog(key=log.key).note().written in evidence
    refused(folder, ALog(key=log.key), WitnessAlarm)
    assert folder.alarms == [name]


def test_a_log_of_the_same_size_and_other_content_raises_an_alarm(folder, log):
    witness(folder, log, NOW)
    other = ALog("a", "b", "C", key=log.key)
    alarm = refused(folder, other, WitnessAlarm)

    assert alarm.code == "log-forked"
    evidence = alarm.facts["file"].read_text()
    assert log.head().note.text in evidence
    assert other.note().written in evidence


@pytest.mark.parametrize("entries", [("a", "b", "C", "d"), ("A", "b", "c", "d", "e", "f", "g")])
def test_a_log_that_was_written_anew_raises_an_alarm(folder, log, entries):
    witness(folder, log, NOW)
    alarm = refused(folder, ALog(*entries, key=log.key), WitnessAlarm)
    assert alarm.code == "log-inconsistent"
    assert folder.alarms


class Answering(ALog):
    """A log that answers something else to one question."""

    def __init__(self, log: ALog, **answers: str) -> None:
        self.__dict__.update(log.__dict__)
        for question, answer in answers.items():
            setattr(self, question, lambda *_, told=answer: told)


@pytest.mark.parametrize(
    "proof", ["", "kpM=\n", "*\n", "A" * 43 + "=\n", ("A" * 43 + "=\n") * 500, "é"]
)
def test_a_proof_that_shows_nothing_is_refused(folder, log, proof):
    witness(folder, log, NOW)
    wrong = refused(folder, Answering(log.add("d", "e"), consistency=proof))
    assert wrong.code in {"log-inconsistent", "unreadable-proof"}


@pytest.mark.parametrize(
    "answer",
    [
        *("", "<html>", "{}", "\n\n", "\x00" * 50, "a\nb\nc\n\n— a AAAAAAAA\n", "— — —"),
        "cases.example\n3\nAAAA\n\n— cases.example AAAAAAAA\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(folder, log, answer):
    assert refused(folder, Answering(log, checkpoint=answer)).code == "unreadable"
    assert folder.alarms == []


def test_what_is_no_list_of_hand_overs_is_refused(folder, log):
    for answer in ("<html>", "kzrfo-handover-v1\n"):
        assert refused(folder, Answering(log, hand_overs=answer)).code == "unreadable"


def test_a_checkpoint_with_another_text_under_the_signature_is_refused(folder, log):
    text = log.checkpoint().replace("\n3\n", "\n4\n")
    assert refused(folder, Answering(log, checkpoint=text)).code == "unreadable"


def test_another_log_and_an_unknown_key_are_refused(folder, log):
    witness(folder, log, NOW)
    assert refused(folder, ALog(key=a_key("elsewhere"))).code == "other-log"
    assert refused(folder, ALog(key=a_key())).code == "not-signed"
    assert folder.alarms == []


def test_the_new_key_needs_its_hand_over_and_the_old_one_signs_no_more(folder, log):
    witness(folder, log, NOW)
    old = log.hand_over()
    log.add("d")
    assert refused(folder, Answering(log, hand_overs="")).code == "not-signed"
    stale = Answering(log, checkpoint=log.note(key=old).written)
    assert refused(folder, stale).code == "not-signed"


def test_hand_overs_that_were_exchanged_raise_an_alarm(folder, log):
    old = log.hand_over()
    witness(folder, log.add("d"), NOW)
    thief = a_key()
    forged = ALog("a", "b", "c", "d", "e", key=thief)
    forged.passed_on = [handed_over(forged.head(3), old, thief)]
    assert refused(folder, forged, WitnessAlarm).code == "hand-overs-changed"
    before = Answering(log, hand_overs="", checkpoint=log.note(3, old).written)
    assert refused(folder, before, WitnessAlarm).code == "hand-overs-changed"


def test_a_hand_over_with_another_root_than_was_seen_raises_an_alarm(folder, log):
    witness(folder, log, NOW)
    other = ALog("x", "b", "c", key=log.key)
    other.hand_over()
    log.passed_on, log.key = other.passed_on, other.key
    alarm = refused(folder, log.add("d"), WitnessAlarm)
    assert alarm.code == "log-forked"
    assert other.passed_on[0].written in alarm.facts["file"].read_text()


def test_a_witness_is_made_once_and_by_a_plain_name(folder, log, tmp_path):
    with pytest.raises(WitnessUnusable, match="witness-exists"):
        folder.make("other.example", log.key.verifying)
    for name in ("", "a b", "a+b", "a,b", "аудитор", "x" * 101):
        with pytest.raises(WitnessUnusable, match="witness-name"):
            WitnessFolder(tmp_path / "other").make(name, log.key.verifying)
    assert (folder.path / "key.json").stat().st_mode & 0o077 == 0


HOLDING = """
import sys
from pathlib import Path
from application.audit.witness_folder import WitnessFolder
with WitnessFolder(Path(sys.argv[1])).locked():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_at_once_do_not_share_a_folder(folder, log):
    command = [sys.executable, "-P", "-c", HOLDING, str(folder.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(WitnessUnusable, match="witness-busy"):
            witness(folder, log, NOW)
    assert witness(folder, log, NOW).checkpoint == log.head()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("key.json", "witness-key-spoilt"),
        ("policy", "witness-spoilt"),
        ("last-checkpoint", "witness-spoilt"),
        ("hand-overs", "witness-spoilt"),
    ],
)
def test_a_spoilt_folder_is_told_and_not_begun_anew(folder, log, name, code):
    witness(folder, log, NOW)
    for content in (b"nothing", b"\xff\xfe", b"no checkpoint\n\n\xe2\x80\x94 a AAAAAAAA\n"):
        (folder.path / name).write_bytes(content)
        with pytest.raises(WitnessUnusable) as told:
            witness(folder, log, NOW)
        assert told.value.code in {code, "witness-spoilt"}


def test_a_folder_without_a_witness_is_told(tmp_path, log):
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(WitnessUnusable, match="no-witness"):
            witness(WitnessFolder(path), log, NOW)
