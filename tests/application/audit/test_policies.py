"""Policies of auditors: how they read, and whose signatures they ask for."""

import pytest
from shown_log import ALog, a_key, a_witness

from application.audit.acceptance import NotSigned
from application.audit.notes import NotANote
from application.audit.policy_files import NotAPolicy, read_policy

LOG = ALog()
ONE, TWO, THREE = (a_witness(f"{name}.example") for name in ("one", "two", "three"))
WITNESSES = "".join(
    f"witness {key.name.partition('.')[0]} {key.verifying.vkey}\n" for key in (ONE, TWO, THREE)
)
HEAD = f"# Whom I believe.\n\nlog {LOG.key.verifying.vkey}   # The log.\n{WITNESSES}"


def accepted(quorum: str, *witnesses) -> bool:
    note = LOG.note()
    for key in witnesses:
        note = note.cosigned(key, 1_800_000_000)
    try:
        return read_policy(HEAD + quorum).accepted(note, ()) == LOG.head()
    except NotSigned:
        return False


def test_without_a_quorum_the_log_signs_alone():
    assert accepted("quorum none")
    with pytest.raises(NotSigned):
        read_policy(HEAD + "quorum none").accepted(LOG.note(key=a_key()), ())


def test_a_witness_can_be_asked_for():
    assert accepted("quorum one", ONE)
    assert not accepted("quorum one")
    assert not accepted("quorum one", TWO)


@pytest.mark.parametrize(("needed", "count"), [("all", 3), ("any", 1), ("2", 2)])
def test_a_group_agrees_when_as_many_have_cosigned(needed, count):
    quorum = f"group us {needed} one two three\nquorum us\n"
    for here in range(4):
        assert accepted(quorum, *(ONE, TWO, THREE)[:here]) == (here >= count)


def test_a_group_can_be_of_groups():
    quorum = "group pair all one two\ngroup us any pair three\nquorum us"
    assert accepted(quorum, ONE, TWO)
    assert accepted(quorum, THREE)
    assert not accepted(quorum, ONE)


def test_a_cosignature_that_does_not_fit_makes_the_note_invalid():
    [line] = LOG.note().cosigned(ONE, 7).lines[1:]
    other = LOG.note(2)
    spoilt = type(other)(other.text, (*other.lines, line))
    with pytest.raises(NotANote, match=r"one\.example"):
        read_policy(HEAD + "quorum one").accepted(spoilt, ())


def test_a_policy_follows_the_log_from_key_to_key():
    log = ALog()
    policy = read_policy(f"log {log.key.verifying.vkey}\nquorum none\n")
    for entry in "def":
        log.hand_over()
        log.add(entry)
        assert policy.accepted(log.note(), log.passed_on) == log.head()
    with pytest.raises(NotSigned):
        policy.accepted(log.note(), log.passed_on[:2])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "`log <vkey>` is missing"),
        (HEAD, "`quorum <name | none>` is missing"),
        (HEAD + "quorum", r"Line 7: `quorum"),
        (HEAD + "quorum nobody", "Line 7: nobody is no witness"),
        (HEAD + "quorum none\nquorum none", "Line 8: `quorum"),
        (HEAD + f"log {LOG.key.verifying.vkey}", "Line 7: `log"),
        ("lag x", "Line 1: `log <vkey> | witness"),
        ("log x", "Line 1: 'x' is no key"),
        (f"log {ONE.verifying.vkey}", "Line 1: .* key of a witness"),
        (f"witness one {LOG.key.verifying.vkey}", "Line 1: .* key of a log"),
        (f"witness none {ONE.verifying.vkey}", "Line 1: The name none is taken"),
        (HEAD + f"witness one {a_witness().verifying.vkey}", "Line 7: The name one is taken"),
        (HEAD + f"witness more {ONE.verifying.vkey}", "Line 7: more has the key of another"),
        (HEAD + "group us", "Line 7: `group"),
        (HEAD + "group us all", "Line 7: A group has members"),
        (HEAD + "group us all one one", "Line 7: A group has members, each of them once"),
        (HEAD + "group us all us", "Line 7: us is no witness"),
        (HEAD + "group us 3 one two", "Line 7: 3 of 2"),
        (HEAD + "group us 0 one two", "Line 7: 0 of 2"),
        (HEAD + "group us most one two", "Line 7: most of 2"),
        (HEAD + f"group us {'9' * 5000} one", "Line 7: "),
    ],
)
def test_what_is_no_policy_is_refused_by_its_line(text, told):
    with pytest.raises(NotAPolicy, match=told):
        read_policy(text)
