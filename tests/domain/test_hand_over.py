"""What passes between offices: an open question survives, a transfer waits for its answer."""

import pytest
from builders import (
    NEIGHBOUR,
    PLACES,
    REPUBLICAN,
    SPECIALIST,
    TODAY,
    escalated,
    offered,
    on,
    requested,
)
from specification import given

from application.case_types import REQUEST
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.outcomes import Trained
from domain.assistance_request.transfer import (
    NotOfferedOffice,
    TransferPending,
    TransferToSameOffice,
)
from domain.catalogue.codes import DeclineReason, EscalationStatus
from domain.escalation import (
    EscalationOpen,
    EscalationPathMissing,
    NotAddressedOffice,
    NotRaisingOffice,
)
from domain.places import UnknownOffice
from domain.refusals import CommandNotAllowed
from domain.rules.authority import OfficeForbidden
from domain.standing import NOT_VERIFIED
from domain.words import TextMissing

HELD = Trained(topic="x", held_on=TODAY, participants=1)
ENDINGS = [
    lambda case: case.help(on(), outcome="x", details=HELD, standing=NOT_VERIFIED),
    lambda case: case.decline(on(), reason_code=DeclineReason.NOT_POSSIBLE_NOW, explanation="x"),
    lambda case: case.withdraw(on(), reason="x"),
]


def asked():
    return given(REQUEST, requested(), escalated())


def test_a_question_goes_from_a_region_to_the_republican_office_and_back_only():
    story = given(REQUEST, requested())
    event = story.when(lambda case: case.escalate(on(), question="Как быть?")).then(
        AssistanceRequest.Escalated
    )

    assert (event.from_office, event.to_office, event.direction) == ("KZ-75", "KZ", "to_republican")
    for to in ("KZ-19", "KZ-75"):
        story.when(lambda case, to=to: case.escalate(on(), question="x", to=to)).then_refused(
            EscalationPathMissing, to_office=to
        )
    story.when(lambda case: case.escalate(on(), question=" ")).then_refused(TextMissing)


def test_the_republican_office_may_ask_a_region():
    republican = given(REQUEST, requested()).state().but(office="KZ")
    event = republican.escalate(on(REPUBLICAN), question="Что у вас?", to="KZ-75")

    assert event.direction == "to_region"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_request_does_not_end_while_its_question_is_open(ending):
    asked().when(ending).then_refused(EscalationOpen, to_office="KZ")


@pytest.mark.parametrize(
    "command",
    [
        lambda case: case.assign(on(), staff_id="a"),
        lambda case: case.ask_organization(on(), question="x"),
        lambda case: case.note(on(), text="x"),
        lambda case: case.offer_transfer(on(), to_office="KZ-19", reason="x", places=PLACES),
        lambda case: case.acknowledge_escalation(on(REPUBLICAN)),
    ],
)
def test_an_open_question_survives_every_other_command(command):
    story = asked().when(command)
    assert story.state(*story._happened()).escalation is not None


def test_only_the_office_that_was_asked_acknowledges_answers_and_returns():
    commands = (
        lambda case, by: case.acknowledge_escalation(on(by)),
        lambda case, by: case.answer_escalation(on(by), answer="x"),
        lambda case, by: case.return_escalation(on(by), reason="x"),
    )
    for command in commands:
        asked().when(lambda case, c=command: c(case, SPECIALIST)).then_refused(
            NotAddressedOffice, to_office="KZ"
        )
        assert asked().when(lambda case, c=command: c(case, REPUBLICAN))._happened()


def test_only_the_office_that_asked_or_holds_the_case_recalls():
    asked().when(lambda case: case.recall_escalation(on(REPUBLICAN))).then_refused(
        NotRaisingOffice, from_office="KZ-75"
    )
    recalled = (
        asked()
        .when(lambda case: case.recall_escalation(on()))
        .then(AssistanceRequest.EscalationRecalled)
    )
    assert asked().state(recalled).escalation is None
    moved = asked().state().but(office="KZ-19")
    assert moved.recall_escalation(on(NEIGHBOUR))


def test_a_question_is_acknowledged_once_and_then_answered_or_returned():
    seen = (
        asked()
        .when(lambda case: case.acknowledge_escalation(on(REPUBLICAN)))
        .then(AssistanceRequest.EscalationAcknowledged)
    )
    story = given(REQUEST, requested(), escalated(), seen)

    assert story.state().escalation.status is EscalationStatus.ACKNOWLEDGED
    story.when(lambda case: case.acknowledge_escalation(on(REPUBLICAN))).then_refused(
        CommandNotAllowed
    )
    returned = story.when(
        lambda case: case.return_escalation(on(REPUBLICAN), reason="Уточните")
    ).then(AssistanceRequest.EscalationReturned)
    assert story.state(returned).escalation is None
    given(REQUEST, requested()).when(
        lambda case: case.answer_escalation(on(REPUBLICAN), answer="x")
    ).then_refused(CommandNotAllowed, command="answer_escalation")


def test_an_acknowledgement_out_of_nowhere_changes_nothing_on_replay():
    seen = AssistanceRequest.EscalationAcknowledged(**on().stamp)
    assert given(REQUEST, requested(), seen).state().escalation is None


def test_a_transfer_moves_the_request_when_it_is_accepted_and_not_before():
    story = given(REQUEST, requested(), offered())
    accepted = story.when(lambda case: case.accept_transfer(on(NEIGHBOUR))).then(
        AssistanceRequest.TransferAccepted
    )

    assert story.state().office == "KZ-75"
    assert (story.state(accepted).office, story.state(accepted).offer) == ("KZ-19", None)


def test_an_offer_is_declined_by_the_one_office_and_cancelled_by_the_other():
    story = given(REQUEST, requested(), offered())
    declined = story.when(
        lambda case: case.decline_transfer(on(NEIGHBOUR), reason="Нет людей")
    ).then(AssistanceRequest.TransferDeclined)
    cancelled = story.when(lambda case: case.cancel_transfer(on())).then(
        AssistanceRequest.TransferCancelled
    )

    assert (story.state(declined).offer, story.state(cancelled).offer) == (None, None)
    story.when(lambda case: case.accept_transfer(on())).then_refused(NotOfferedOffice)
    story.when(lambda case: case.decline_transfer(on(), reason="x")).then_refused(NotOfferedOffice)
    story.when(lambda case: case.cancel_transfer(on(NEIGHBOUR))).then_refused(OfficeForbidden)


def test_a_request_is_offered_to_another_office_that_exists():
    def offer(to):
        return given(REQUEST, requested()).when(
            lambda case: case.offer_transfer(on(), to_office=to, reason="x", places=PLACES)
        )

    assert offer("KZ").then(AssistanceRequest.TransferOffered).to_office == "KZ"
    offer("KZ-75").then_refused(TransferToSameOffice)
    offer("KZ-00").then_refused(UnknownOffice)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_request_does_not_end_while_it_is_on_offer(ending):
    given(REQUEST, requested(), offered()).when(ending).then_refused(
        TransferPending, to_office="KZ-19"
    )
