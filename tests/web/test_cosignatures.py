"""Cosignatures of witnesses over HTTP: whose are taken in, and what becomes of them."""

import psycopg
import pytest
from cosigning import NOW, WITNESS, cosigned, publish
from shown_log import ALog, a_key, a_witness

from application.audit.hand_overs import read_notes

AUDITOR = "auditor@KZ"


@pytest.fixture
def log(services, database_url) -> ALog:
    made = ALog()
    publish(database_url, made)
    return made


def hand_in(caller, line, size=3, who=AUDITOR):
    body = {"size": size, "line": line}
    answer = caller.client.post(
        "/api/v1/audit/cosignatures", json=body, headers=caller.headers(who)
    )
    problem = answer.get_json() if answer.data else {}
    return answer.status_code, problem.get("code")


def kept(database_url):
    with psycopg.connect(database_url) as connection:
        return connection.execute("SELECT size, witness, line FROM log_cosignatures").fetchall()


def test_a_cosignature_is_kept_and_the_same_again_changes_nothing(caller, log, database_url):
    line, name = cosigned(log), f"{WITNESS.name}+{WITNESS.verifying.id.hex()}"
    for _ in range(2):
        assert hand_in(caller, line) == (204, None)
    assert kept(database_url) == [(3, name, line)]
    assert hand_in(caller, cosigned(log, seconds=NOW + 60)) == (204, None)
    assert kept(database_url) == [(3, name, line)]


@pytest.mark.parametrize("who", ["republican_head@KZ", "republican_specialist@KZ", "service@KZ-75"])
def test_a_witness_may_be_the_republican_office_or_a_program(caller, log, who):
    assert hand_in(caller, cosigned(log), who=who) == (204, None)


def test_a_checkpoint_that_there_is_not_is_told(caller, log):
    for size in (1, 4, 2**63 - 1):
        assert hand_in(caller, cosigned(log), size) == (409, "checkpoint-unknown")


@pytest.mark.parametrize("size", [0, -1, 2**63, "3", 3.5, True, None])
def test_what_is_no_size_is_refused(caller, log, size):
    assert hand_in(caller, cosigned(log), size) == (422, "validation-failed")


def test_a_witness_whom_the_service_does_not_know_is_told(caller, log, database_url):
    stranger = a_witness("stranger.example")
    namesake = a_witness(WITNESS.name)
    for key in (stranger, namesake):
        assert hand_in(caller, cosigned(log, key)) == (422, "witness-unknown")
    assert kept(database_url) == []


def test_what_does_not_fit_or_is_no_cosignature_is_refused(caller, log, database_url):
    line = cosigned(log)
    signed = log.note(key=a_key(WITNESS.name)).lines[-1]
    other = cosigned(ALog("x", "y", "z", key=log.key))
    wrong = (other, line[:-8], f"{line}\n{line}", f"{line} ", f"x\n\n{line}", "—", "— a b", "x")
    for each in wrong:
        status, code = hand_in(caller, each)
        expected = (204, None) if each == f"{line} " else (422, "invalid-cosignature")
        assert (status, code) == expected, each
    assert hand_in(caller, signed) == (422, "witness-unknown")
    assert [row[2] for row in kept(database_url)] == [line]


def test_hand_overs_are_shown_in_their_order(caller, log, database_url):
    answer = caller.get("/audit/hand-overs")
    assert (answer.status_code, answer.get_data(as_text=True)) == (200, "")
    for _ in range(3):
        log.hand_over()
    publish(database_url, log)
    answer = caller.get("/audit/hand-overs")
    assert answer.mimetype == "text/plain"
    assert list(read_notes(answer.get_data(as_text=True))) == log.passed_on
