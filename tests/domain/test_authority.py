"""Who may do what: every command has its rule, and what has none nobody may do."""

import itertools
import re
from datetime import date
from pathlib import Path

import pytest
from builders import (
    COLLEAGUE,
    HEAD,
    NEIGHBOUR,
    ORGANIZATION_ID,
    OTHER_ID,
    REPUBLICAN,
    SPECIALIST,
    a_group,
    being_verified,
    escalated,
    filed,
    offered,
    on,
    registered,
    requested,
)
from people import actor
from specification import given

import domain
from application.case_types import (
    ANNOTATION,
    CALENDAR,
    CASE_TYPES,
    DOCUMENT,
    ORGANIZATION,
    REQUEST,
    STAFF,
    SUBJECT,
    VERIFICATION,
)
from domain.actors import Actor, Role, StaffId
from domain.annotation import Annotation
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.transfer import NotOfferedOffice
from domain.assistance_request.work import ASSIGNEES_WORK, AssignedToAnother
from domain.calendar_corrections import CalendarCorrections
from domain.catalogue.codes import EscalationStatus
from domain.escalation import Escalation, NotAddressedOffice, NotRaisingOffice
from domain.personal import Personal, person
from domain.rules.authority import (
    RULES,
    OfficeForbidden,
    RoleForbidden,
    check_office,
    check_role,
    refusal,
)
from domain.staff_account import StaffAccount
from domain.subject import Subject
from domain.subject.holds import Hold

AUDITOR, ADMINISTRATOR = actor("auditor@KZ"), actor("administrator@KZ")
PROGRAM = actor("service@KZ-75")
BEGINNINGS = {
    "register_organization",
    "request_verification",
    "request_help",
    "create_account",
    "upload_document",
    "annotate",
}
# What is asked before the service's own command, and what only a way in asks.
OF_THE_SERVICE, OF_A_WAY_IN = {"erase_again"}, {"decide_on_subject", "cosign"}
ANSWERS = {"acknowledge_escalation", "answer_escalation", "return_escalation"}
KINDS = {
    "taking in": {"register_organization", "request_help", "upload_document"},
    "work": {
        *("change_details", "log_contact", "mark_duplicate", "unmark_duplicate", "close"),
        *("request_verification", "record_check", "verify", "refuse", "withdraw", "revoke"),
        *("renew", "reopen", "escalate", "offer_transfer", "cancel_transfer"),
        *("assign", "ask_organization", "record_answer", "record_step", "extend_term"),
        *("help", "decline", "record_feedback", "link"),
    },
    "notes": {"note"},
    "decisions of heads": {"waive_verification"},
    "between offices": ANSWERS | {"recall_escalation", "accept_transfer", "decline_transfer"},
    "the service's own": {"expire", "erase_again"},
    "accounts": {
        *("create_account", "grant_role", "revoke_role", "change_post", "end_sessions"),
        *("close_account", "reopen_account", "reset_password", "unlock"),
    },
    "the calendar": {"correct_calendar"},
    "notes of auditors": {"annotate", "withdraw_annotation"},
    "reading notes of auditors": {"read_annotations"},
    "people": {"hold_subject", "release_subject", "erase_subject"},
    "people over HTTP": {"decide_on_subject"},
    "reading where people are": {"read_subject"},
    "reading erasures": {"read_erasure"},
    "reading cases": {"read_cases", "read_log"},
    "reading who works where": {"read_staff"},
    "reading accounts": {"read_accounts"},
    "reading who looked": {"read_reads", "read_proofs"},
    "reading the feed": {"read_feed"},
    "witnessing": {"cosign"},
    "reading what is for all": {"read_reference", "read_own_account"},
}
FOR_ALL = {"reading what is for all"}
AT_WORK = {
    *("taking in", "work", "notes", "between offices", "reading cases", "reading who works where"),
    *("reading where people are", *FOR_ALL),
}
OF_HEADS = {"decisions of heads", "people", "people over HTTP", "reading erasures"}
MAY = {
    Role.SPECIALIST: AT_WORK,
    Role.HEAD: AT_WORK | OF_HEADS,
    Role.REPUBLICAN_SPECIALIST: AT_WORK | {"reading the feed", "witnessing"},
    Role.REPUBLICAN_HEAD: {
        *(AT_WORK | OF_HEADS),
        *("the calendar", "reading the feed", "witnessing", "reading notes of auditors"),
    },
    Role.AUDITOR: {
        *("reading cases", "reading who works where", "reading accounts", "reading who looked"),
        *("reading where people are", "reading erasures"),
        *("notes of auditors", "reading notes of auditors", "reading the feed", "witnessing"),
        *FOR_ALL,
    },
    Role.ADMINISTRATOR: {
        *("accounts", "the calendar", "people", "reading who works where", "reading accounts"),
        *FOR_ALL,
    },
    Role.SERVICE: {
        *("taking in", "notes", "the service's own", "reading cases", "reading the feed"),
        *("witnessing", *FOR_ALL),
    },
}


def account(**changes):
    created = StaffAccount.create(
        on(ADMINISTRATOR),
        office="KZ-75",
        post="x",
        person=person(OTHER_ID, "x"),
        login=Personal(OTHER_ID, "login", "a.primerova"),
    )
    return given(STAFF, created).state().but(**changes)


FIRST = {
    ORGANIZATION: given(ORGANIZATION, registered(a_group())).state(),
    VERIFICATION: given(VERIFICATION, being_verified()).state(),
    REQUEST: given(REQUEST, requested()).state(),
    DOCUMENT: given(DOCUMENT, filed()).state(),
    STAFF: account(),
    CALENDAR: CalendarCorrections(),
    ANNOTATION: Annotation(office="KZ", author=AUDITOR.staff_id),
    SUBJECT: Subject(),
}
QUESTIONS = (None, *(Escalation("KZ-75", "KZ", status) for status in EscalationStatus))
DIFFERING = {
    ORGANIZATION: {},
    VERIFICATION: {"escalation": QUESTIONS, "renewed_by": (None, OTHER_ID)},
    REQUEST: {
        "escalation": QUESTIONS,
        "offer": (None, given(REQUEST, requested(), offered()).state().offer),
        "waived": (False, True),
        "lent": (frozenset(), frozenset({"стол"})),
    },
    DOCUMENT: {},
    STAFF: {"roles": (frozenset(), frozenset({Role.SPECIALIST})), "has_login": (True, False)},
    CALENDAR: {},
    ANNOTATION: {},
    SUBJECT: {"holds": ((), (Hold("KZ-75", "x", date(2026, 3, 2)),))},
}


def states(case_type):
    """Every state that differs in what the offered commands depend on."""
    first = FIRST[case_type]
    differing = {"status": type(first.status), **DIFFERING[case_type]}
    for values in itertools.product(*differing.values()):
        yield first.but(**dict(zip(differing, values, strict=True)))


def offered_by(case_type):
    return {command for state in states(case_type) for command in state.actions}


def required():
    """Every command that the source of the domain asks about before it is done."""
    source = "\n".join(
        path.read_text("utf-8") for path in Path(domain.__file__).parent.rglob("*.py")
    )
    asked = re.findall(r"(?:_?require\w*|_open_offer)\((?:on, )?\"(\w+)\"", source)
    checked = re.findall(r"authority.check_(?:role|office)\([\w.]+, \"(\w+)\"", source)
    return {*asked, *checked}


@pytest.mark.parametrize("case_type", CASE_TYPES, ids=lambda each: each.name)
def test_every_command_that_is_ever_offered_has_a_rule(case_type):
    assert offered_by(case_type) <= RULES.keys()


def test_every_command_that_is_ever_asked_about_has_a_rule_and_is_offered_or_a_beginning():
    everything = set().union(*(offered_by(each) for each in CASE_TYPES)) | BEGINNINGS
    everything |= OF_THE_SERVICE

    assert required() <= RULES.keys()
    assert required() == everything
    asked = {rule for rule in RULES if not rule.startswith("read_")}
    assert everything == asked - OF_A_WAY_IN


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", ["", "delete", "read", "Note", "request_hel"])
def test_what_has_no_rule_nobody_may_do(role, action):
    with pytest.raises(RoleForbidden) as refused:
        check_role(role, action)
    assert refused.value.facts == {"role": role, "roles": []}
    assert isinstance(refusal(Actor(StaffId("x"), role, "KZ-75"), action, "KZ-75"), RoleForbidden)


def test_every_rule_is_of_one_kind():
    named = [action for actions in KINDS.values() for action in actions]
    assert sorted(named) == sorted(RULES)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", Role)
def test_each_role_does_what_is_its_part_and_nothing_else(role, kind):
    allowed = {action for action in KINDS[kind] if role in RULES[action].roles}
    assert allowed == (KINDS[kind] if kind in MAY[role] else set())


def test_work_is_done_at_the_office_that_holds_the_case_and_answers_elsewhere_too():
    anywhere = {action for action, rule in RULES.items() if not rule.holder_only}
    reading = {rule for rule in RULES if rule.startswith("read_")}
    of_nobody = KINDS["the service's own"] | KINDS["people"] | OF_A_WAY_IN | {"correct_calendar"}
    of_nobody |= KINDS["notes of auditors"]
    assert anywhere == KINDS["between offices"] | KINDS["accounts"] | of_nobody | reading


@pytest.mark.parametrize("by", [NEIGHBOUR, REPUBLICAN, actor("head@KZ-19")])
@pytest.mark.parametrize("action", sorted(KINDS["work"] | KINDS["notes"]))
def test_another_office_does_not_work_on_the_case(by, action):
    refused = refusal(by, action, "KZ-75")

    assert isinstance(refused, OfficeForbidden)
    assert refused.facts == {"office": "KZ-75", "own": by.office}
    assert refusal(SPECIALIST, action, "KZ-75") is None


@pytest.mark.parametrize("action", sorted(BEGINNINGS - {"create_account", "annotate"}))
def test_a_case_is_begun_at_ones_own_office(action):
    check_office(SPECIALIST, action, "KZ-75")
    with pytest.raises(OfficeForbidden):
        check_office(SPECIALIST, action, "KZ-19")
    with pytest.raises(RoleForbidden):
        check_office(AUDITOR, action, "KZ")


def assigned(to):
    return AssistanceRequest.Assigned(**on().stamp, staff_id=to.staff_id)


def may(state, by):
    """What the caller may do to the case, of everything there is to do to it."""
    commands = offered_by(REQUEST)
    return {command for command in commands if state.refusal_to(by, command) is None}


ALL = KINDS["work"] & offered_by(REQUEST) | {"note"}
TO_HEADS = ALL | {"waive_verification"}


def test_a_request_that_is_given_to_nobody_is_everybodys_at_the_office():
    state = given(REQUEST, requested()).state()

    assert may(state, SPECIALIST) & TO_HEADS == ALL
    assert may(state, HEAD) & TO_HEADS == TO_HEADS
    assert may(state, PROGRAM) == {"note"}
    for by in (NEIGHBOUR, REPUBLICAN):
        assert may(state, by) & TO_HEADS == set()
    for by in (AUDITOR, ADMINISTRATOR):
        assert may(state, by) == set()


def test_a_request_that_is_given_to_somebody_is_worked_on_by_them_and_the_head():
    state = given(REQUEST, requested(), assigned(COLLEAGUE)).state()

    assert may(state, COLLEAGUE) & TO_HEADS == ALL
    assert may(state, HEAD) & TO_HEADS == TO_HEADS
    assert may(state, SPECIALIST) & TO_HEADS == ALL - ASSIGNEES_WORK
    for command in ASSIGNEES_WORK:
        refused = state.refusal_to(SPECIALIST, command)
        assert isinstance(refused, AssignedToAnother)
        assert refused.facts == {"staff_id": COLLEAGUE.staff_id}
    assert isinstance(state.refusal_to(NEIGHBOUR, "assign"), OfficeForbidden)


def test_a_request_that_has_ended_is_nobodys_in_particular():
    ended = AssistanceRequest.Withdrawn(**on().stamp, reason="x")
    state = given(REQUEST, requested(), assigned(COLLEAGUE), ended).state()
    assert may(state, SPECIALIST) & TO_HEADS == ALL


def test_an_accepted_request_is_no_longer_given_to_anybody():
    accepted = AssistanceRequest.TransferAccepted(
        **on(NEIGHBOUR).stamp, from_office="KZ-75", to_office="KZ-19"
    )
    state = given(REQUEST, requested(), assigned(COLLEAGUE), offered(), accepted).state()

    assert may(state, NEIGHBOUR) & TO_HEADS == ALL
    for by in (SPECIALIST, COLLEAGUE, HEAD):
        assert may(state, by) & TO_HEADS == set()


def test_an_offer_is_answered_by_whom_it_was_made_to_and_taken_back_by_the_other():
    state = given(REQUEST, requested(), assigned(COLLEAGUE), offered()).state()
    answers = {"accept_transfer", "decline_transfer"}

    assert may(state, NEIGHBOUR) & (TO_HEADS | answers) == answers
    for by in (SPECIALIST, HEAD, COLLEAGUE, REPUBLICAN):
        for answer in answers:
            assert isinstance(state.refusal_to(by, answer), NotOfferedOffice)
    assert isinstance(state.refusal_to(NEIGHBOUR, "cancel_transfer"), OfficeForbidden)
    assert state.refusal_to(SPECIALIST, "cancel_transfer") is None
    assert isinstance(state.refusal_to(AUDITOR, "accept_transfer"), RoleForbidden)


def test_a_question_is_answered_where_it_went_and_recalled_where_it_came_from():
    state = given(REQUEST, requested(), assigned(COLLEAGUE), escalated()).state()

    assert may(state, REPUBLICAN) & (TO_HEADS | ANSWERS) == ANSWERS
    for answer in ANSWERS:
        assert isinstance(state.refusal_to(SPECIALIST, answer), NotAddressedOffice)
        assert isinstance(state.refusal_to(AUDITOR, answer), RoleForbidden)
    assert state.refusal_to(SPECIALIST, "recall_escalation") is None
    for by in (REPUBLICAN, NEIGHBOUR):
        assert isinstance(state.refusal_to(by, "recall_escalation"), NotRaisingOffice)


def test_a_question_of_a_case_that_has_moved_is_recalled_by_either_office():
    accepted = AssistanceRequest.TransferAccepted(
        **on(NEIGHBOUR).stamp, from_office="KZ-75", to_office="KZ-19"
    )
    state = given(REQUEST, requested(), escalated(), offered(), accepted).state()
    for by in (SPECIALIST, NEIGHBOUR):
        assert state.refusal_to(by, "recall_escalation") is None


def test_the_commands_offered_to_a_caller_are_those_that_would_not_be_refused():
    state = given(REQUEST, requested(), assigned(COLLEAGUE), escalated(), offered()).state()
    for by in (SPECIALIST, COLLEAGUE, HEAD, NEIGHBOUR, REPUBLICAN, AUDITOR, PROGRAM):
        expected = [each for each in state.actions if state.refusal_to(by, each) is None]
        assert list(state.actions_of(by)) == expected
    assert state.organization_id == ORGANIZATION_ID
