"""Keys that follow each other, and an auditor who knows the first one only."""

import pytest
from shown_log import ORIGIN, ALog, a_key, a_witness

from application.audit.acceptance import NotSigned, OtherLog, signed_checkpoint
from application.audit.hand_overs import HandOver, handed_over, read_hand_over, read_notes, written
from application.audit.keys import SigningKey
from application.audit.notes import NotANote, Note
from application.audit.successions import tenures


def three_times_handed_over():
    log = ALog()
    keys = [log.key]
    for entry in "def":
        log.hand_over()
        log.add(entry)
        keys.append(log.key)
    return log, keys


def test_an_auditor_with_the_first_key_follows_three_hand_overs():
    log, keys = three_times_handed_over()
    signers = tenures(keys[0].verifying, read_notes(log.hand_overs()))

    assert signed_checkpoint(log.note(), signers) == log.head(6)
    for size, key in ((3, 0), (4, 1), (5, 2)):
        assert signed_checkpoint(log.note(size, keys[key]), signers) == log.head(size)


def test_an_auditor_may_have_any_key_of_the_log():
    log, keys = three_times_handed_over()
    for key in keys:
        signers = tenures(key.verifying, log.passed_on)
        assert signed_checkpoint(log.note(), signers).size == 6
    with pytest.raises(NotSigned):
        signed_checkpoint(log.note(3, keys[0]), tenures(keys[1].verifying, log.passed_on))


def test_a_key_that_gave_the_log_away_signs_no_later_checkpoint():
    log, keys = three_times_handed_over()
    signers = tenures(keys[0].verifying, log.passed_on)
    for key, size in ((0, 4), (0, 6), (1, 5), (1, 2), (3, 4)):
        with pytest.raises(NotSigned, match="does not hold"):
            signed_checkpoint(log.note(size, keys[key]), signers)


def test_where_the_log_was_handed_over_only_that_root_is_signed():
    log, keys = three_times_handed_over()
    signers = tenures(keys[0].verifying, log.passed_on)
    other = ALog(*"abX", key=keys[0]).note()
    for key in keys[:2]:
        assert signed_checkpoint(log.note(3, key), signers).size == 3
        with pytest.raises(NotSigned, match="does not hold"):
            signed_checkpoint(Note(other.text).signed(key), signers)


def test_a_stranger_and_another_log_are_told_apart():
    log, keys = three_times_handed_over()
    signers = tenures(keys[0].verifying, log.passed_on)
    with pytest.raises(NotSigned, match="No known key"):
        signed_checkpoint(log.note(key=a_key()), signers)
    with pytest.raises(OtherLog, match="elsewhere"):
        signed_checkpoint(ALog(key=a_key("elsewhere")).note(), signers)


def between(old: SigningKey, new: SigningKey, *signers: SigningKey) -> Note:
    note = HandOver(ALog(key=old).head(), old.verifying, new.verifying).note
    for key in signers:
        note = note.signed(key)
    return note


def test_a_hand_over_has_to_be_signed_by_both():
    old, new, stranger = a_key(), a_key(), a_key()
    assert read_hand_over(between(old, new, new, old)).new == new.verifying
    for signers, missing in (((old,), "new"), ((new,), "old"), ((old, stranger), "new"), ((), "")):
        with pytest.raises(NotANote, match=f"The {missing}"):
            read_hand_over(between(old, new, *signers))


def one_more(log: ALog, **how) -> list[Note]:
    given = {"last": log.head(), "old": log.key, "new": a_key()} | how
    return [*log.passed_on, handed_over(**given)]


CHANGES = {
    "out of order": lambda log: [log.passed_on[each] for each in (1, 0, 2)],
    "one left out": lambda log: [log.passed_on[0], log.passed_on[2]],
    "twice": lambda log: [*log.passed_on, log.passed_on[2]],
    "falling size": lambda log: one_more(log, last=log.head(4)),
    "other root of the same size": lambda log: one_more(log, last=ALog(*"xyzde").head()),
    "back to an old key": lambda log: one_more(log, new=log.first),
    "to itself": lambda log: one_more(log, new=log.key),
    "by a stranger": lambda log: one_more(log, old=a_key()),
    "to a key of another name": lambda log: one_more(log, new=a_key("elsewhere")),
    "of another log": lambda log: one_more(log, last=ALog(key=a_key("elsewhere")).head(3)),
    "to the key of a witness": lambda log: one_more(log, new=a_witness(ORIGIN)),
    "of other keys only": lambda log: one_more(log, old=a_key())[-1:],
}


@pytest.mark.parametrize("kind", CHANGES)
def test_hand_overs_that_do_not_follow_each_other_are_refused(kind):
    log, keys = three_times_handed_over()
    with pytest.raises(NotANote):
        tenures(keys[0].verifying, CHANGES[kind](log))


def test_hand_overs_read_as_they_were_written():
    log, _ = three_times_handed_over()
    assert list(read_notes(log.hand_overs())) == log.passed_on
    assert read_notes("") == ()
    for text in ("nothing\n", f"nothing\n{log.hand_overs()}", log.hand_overs()[:-40]):
        with pytest.raises(NotANote):
            tenures(log.first.verifying, read_notes(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("handover-v1", "handover-v2"),
        (ORIGIN, "elsewhere"),
        ("\n3 ", "\n03 "),
        ("\n3 ", "\n\N{ARABIC-INDIC DIGIT THREE} "),
        ("+", "-"),
    ],
)
def test_what_is_no_hand_over_is_refused(old, new):
    log = ALog()
    log.hand_over()
    [note] = log.passed_on
    with pytest.raises(NotANote):
        read_hand_over(Note(note.text.replace(old, new), note.lines))


def test_the_form_is_the_one_that_is_published():
    log = ALog()
    old = log.hand_over()
    lines = written(log.passed_on).split("\n")
    assert lines[:2] == ["kzrfo-handover-v1", ORIGIN]
    assert lines[2].startswith("3 ")
    assert lines[3:6] == [old.verifying.vkey, log.key.verifying.vkey, ""]
    assert [line[:2] for line in lines[6:]] == ["— ", "— ", ""]
