"""A request: taken in, worked on, ended; nine kinds of help, each with its own details."""

from datetime import date
from typing import get_args

import pytest
from builders import (
    CALENDAR,
    HEAD,
    LIAISON,
    ORGANIZATION_ID,
    OTHER_ID,
    TODAY,
    TRAINING,
    VERIFICATION_ID,
    VERIFIED,
    known,
    on,
    requested,
)
from specification import given

from application.case_types import REQUEST
from domain.actors import DateInFuture
from domain.assistance_request import AssistanceRequest, details, outcomes, steps
from domain.assistance_request.asked import ApplicantMissing, Asked
from domain.assistance_request.details import DetailsOfAnotherHelpType, PeriodReversed
from domain.assistance_request.outcomes import OutcomeEmpty, OutcomeOfAnotherHelpType
from domain.catalogue.codes import (
    DeclineReason,
    Direction,
    GrantDocument,
    HelpType,
    LoanKind,
    MediaKind,
    PermitResult,
    RegistrationResult,
    Relation,
    RequestStatus,
    StandingStatus,
    StepKind,
    VolunteerGroup,
)
from domain.personal import person
from domain.phones import InvalidPhone
from domain.refusals import CommandNotAllowed
from domain.rules.authority import RoleForbidden
from domain.rules.eligibility import REQUIRES_VERIFICATION, OrganizationNotVerified
from domain.rules.emergency import MinorsInEmergencyWork
from domain.rules.terms import ExtensionOutOfRange
from domain.standing import NOT_VERIFIED, Standing
from domain.words import TextMissing

TOMORROW = date(2026, 3, 3)
ASKED = {
    HelpType.STATE_BODY_LIAISON: LIAISON,
    HelpType.PREMISES_AND_EQUIPMENT: details.PremisesAndEquipment(
        kind=LoanKind.PREMISES, needed="Зал", needed_from=TODAY, needed_until=TODAY
    ),
    HelpType.TRAINING: TRAINING,
    HelpType.REGISTRATION_ADVICE: details.RegistrationAdvice(question="Как?"),
    HelpType.GRANT_AND_REPORT_ADVICE: details.GrantAndReportAdvice(
        document=GrantDocument.REPORT, programme="Гранты"
    ),
    HelpType.GRANT_INFORMATION: details.GrantInformation(interests="Гранты"),
    HelpType.PARTNER_INFORMATION: details.PartnerInformation(looking_for="Партнёра"),
    HelpType.MEDIA_COVERAGE: details.MediaCoverage(event="Субботник"),
    HelpType.MEDIA_ATTRACTION: details.MediaAttraction(story="Берег"),
}
CAME_OF_IT = {
    HelpType.STATE_BODY_LIAISON: outcomes.StateBodyAnswered(
        state_body="Акимат", result=PermitResult.GRANTED, answered_on=TODAY
    ),
    HelpType.PREMISES_AND_EQUIPMENT: outcomes.LentOut(
        kind=LoanKind.PREMISES, item="Зал", lent_from=TODAY, lent_until=TODAY
    ),
    HelpType.TRAINING: outcomes.Trained(topic="Помощь", held_on=TODAY, participants=12),
    HelpType.REGISTRATION_ADVICE: outcomes.RegistrationAdvised(
        result=RegistrationResult.ADVISED, advice="Устав"
    ),
    HelpType.GRANT_AND_REPORT_ADVICE: outcomes.GrantAdvised(
        document=GrantDocument.REPORT, programme="Гранты"
    ),
    HelpType.GRANT_INFORMATION: outcomes.ProgrammesNamed(programmes=("Гранты",)),
    HelpType.PARTNER_INFORMATION: outcomes.PartnersIntroduced(introduced_to=(OTHER_ID,)),
    HelpType.MEDIA_COVERAGE: outcomes.Published(
        publications=(
            outcomes.Publication(outlet="Газета", media=MediaKind.RADIO, published_on=TODAY),
        )
    ),
    HelpType.MEDIA_ATTRACTION: outcomes.MediaInterested(contacted=("Газета",)),
}


def help_with(outcome, standing=VERIFIED):
    return lambda case: case.help(on(), outcome="Помогли", details=outcome, standing=standing)


def helped():
    return (
        given(REQUEST, requested())
        .when(help_with(CAME_OF_IT[HelpType.TRAINING]))
        .then(AssistanceRequest.Helped)
    )


def lent(item="Зал"):
    step = steps.Lent(loan_kind=LoanKind.PREMISES, item=item, lent_from=TODAY, lent_until=TODAY)
    return record(step)


def record(step, *before):
    asked = ASKED[next(iter(sorted(step.HELP_TYPES)))]
    return given(REQUEST, requested(asked), *before).when(
        lambda case: case.record_step(on(), summary="Сделано", details=step)
    )


@pytest.mark.parametrize("help_type", HelpType)
def test_every_kind_of_help_is_asked_for_and_given_with_its_own_details(help_type):
    story = given(REQUEST, requested(ASKED[help_type]))
    event = story.when(help_with(CAME_OF_IT[help_type])).then(AssistanceRequest.Helped)

    assert story.state().help_type is help_type
    assert (event.details.help_type, event.rule) == (help_type, "eligibility/2021")
    assert story.state(event).status is RequestStatus.HELPED


@pytest.mark.parametrize("help_type", HelpType)
def test_only_some_kinds_of_help_need_a_verified_organization(help_type):
    story = given(REQUEST, requested(ASKED[help_type])).when(
        help_with(CAME_OF_IT[help_type], NOT_VERIFIED)
    )
    if help_type in REQUIRES_VERIFICATION:
        story.then_refused(OrganizationNotVerified, standing="none", help_type=help_type.value)
    else:
        story.then(AssistanceRequest.Helped)


def test_the_catalogue_has_nine_kinds_of_details_and_outcomes():
    assert {struct.__struct_config__.tag for struct in get_args(details.AnyRequestDetails)} == set(
        HelpType
    )
    assert {struct.__struct_config__.tag for struct in get_args(outcomes.AnyOutcome)} == set(
        HelpType
    )
    assert {struct.__struct_config__.tag for struct in get_args(steps.AnyStep)} == set(StepKind)


@pytest.mark.parametrize(
    ("outcome", "refusal"),
    [
        (CAME_OF_IT[HelpType.MEDIA_COVERAGE], OutcomeOfAnotherHelpType),
        (outcomes.Trained(topic="x", held_on=TOMORROW, participants=1), DateInFuture),
    ],
)
def test_an_outcome_of_another_kind_or_of_tomorrow_is_refused(outcome, refusal):
    given(REQUEST, requested()).when(help_with(outcome)).then_refused(refusal)


@pytest.mark.parametrize(
    ("outcome", "refusal"),
    [
        (outcomes.ProgrammesNamed(programmes=()), OutcomeEmpty),
        (outcomes.PartnersIntroduced(introduced_to=()), OutcomeEmpty),
        (outcomes.Published(publications=()), OutcomeEmpty),
        (outcomes.MediaInterested(contacted=()), OutcomeEmpty),
        (
            outcomes.Published(
                publications=(
                    outcomes.Publication(outlet="x", media=MediaKind.RADIO, published_on=TOMORROW),
                )
            ),
            DateInFuture,
        ),
        (
            outcomes.StateBodyAnswered(
                state_body="x", result=PermitResult.REFUSED, answered_on=TOMORROW
            ),
            DateInFuture,
        ),
        (
            outcomes.GrantAdvised(
                document=GrantDocument.REPORT, programme="x", submitted_on=TOMORROW
            ),
            DateInFuture,
        ),
        (
            outcomes.LentOut(
                kind=LoanKind.EQUIPMENT, item="x", lent_from=TOMORROW, lent_until=TODAY
            ),
            PeriodReversed,
        ),
    ],
)
def test_an_outcome_that_names_nothing_or_cannot_be_is_refused(outcome, refusal):
    given(REQUEST, requested(ASKED[outcome.help_type])).when(help_with(outcome)).then_refused(
        refusal
    )


def test_details_belong_to_the_kind_of_help_asked_for_and_a_period_runs_forward():
    with pytest.raises(DetailsOfAnotherHelpType):
        requested(LIAISON, help_type=HelpType.TRAINING)
    with pytest.raises(PeriodReversed):
        requested(
            details.PremisesAndEquipment(
                kind=LoanKind.PREMISES, needed="x", needed_from=TOMORROW, needed_until=TODAY
            )
        )


def test_a_request_is_made_by_one_organization_or_by_one_volunteer():
    volunteer = person(OTHER_ID, "Пример Примеров", "8 700 000 00 09")
    values = {
        "region": "KZ-75",
        "district": "751710000",
        "help_type": HelpType.TRAINING,
        "subject": "x",
        "description": "x",
        "channel": "visit",
        "details": TRAINING,
    }

    def asked(**more):
        return AssistanceRequest.request(on(), number="", asked=Asked(**{**values, **more}))

    event = asked(volunteer=volunteer)
    assert event.volunteer.phone.value == "+77000000009"
    assert REQUEST.evolve.fold([event]).organization_id is None
    for applicants in ({}, {"organization": known(), "volunteer": volunteer}):
        with pytest.raises(ApplicantMissing):
            asked(**applicants)
    with pytest.raises(InvalidPhone):
        asked(volunteer=person(OTHER_ID, "x", "12"))
    with pytest.raises(TextMissing):
        asked(subject=" ", volunteer=volunteer)


@pytest.mark.parametrize(
    ("direction", "participants", "refused"),
    [
        (Direction.UMIT, (), True),
        (Direction.UMIT, (VolunteerGroup.MINORS,), True),
        (Direction.UMIT, (VolunteerGroup.GENERAL,), False),
        (Direction.AYALA, (), False),
        (None, (), False),
    ],
)
def test_nobody_under_18_takes_part_in_emergency_work(direction, participants, refused):
    mixed = known(volunteer_groups=(VolunteerGroup.MINORS, VolunteerGroup.GENERAL))
    values = {"organization": mixed, "direction": direction, "participants": participants}
    if refused:
        with pytest.raises(MinorsInEmergencyWork):
            requested(**values)
    else:
        assert requested(**values).participants == participants


def test_the_first_step_or_assignment_begins_the_work():
    story = given(REQUEST, requested())
    assigned = story.when(lambda case: case.assign(on(), staff_id="a")).then(
        AssistanceRequest.Assigned
    )
    step = record(steps.OtherStep()).then(AssistanceRequest.StepRecorded)

    assert story.state(assigned).status is RequestStatus.IN_PROGRESS
    assert story.state(assigned).assigned_to == "a"
    assert story.state(step).status is RequestStatus.IN_PROGRESS


@pytest.mark.parametrize(
    "step",
    [
        steps.LetterSent(state_body="x", sent_on=TODAY),
        steps.AnswerReceived(state_body="x", received_on=TODAY, content="x"),
        steps.Lent(loan_kind=LoanKind.PREMISES, item="x", lent_from=TODAY, lent_until=TODAY),
        steps.TrainingHeld(topic="x", held_on=TODAY, participants=1),
        steps.AdviceGiven(advice="x"),
        steps.ProgrammesSent(programmes=("x",)),
        steps.IntroductionMade(organization_id=OTHER_ID),
        steps.PublicationAppeared(outlet="x", media=MediaKind.RADIO, published_on=TODAY),
        steps.MediaContacted(outlet="x", interested=False),
        steps.OtherStep(),
    ],
)
def test_a_step_belongs_to_its_kinds_of_help_and_to_no_other(step):
    assert record(step).then(AssistanceRequest.StepRecorded).details.kind is step.kind
    for help_type in set(HelpType) - step.HELP_TYPES:
        given(REQUEST, requested(ASKED[help_type])).when(
            lambda case: case.record_step(on(), summary="x", details=step)
        ).then_refused(steps.StepOfAnotherHelpType, kind=step.kind.value)


@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        (steps.LetterSent(state_body="x", sent_on=TOMORROW), DateInFuture),
        (steps.AnswerReceived(state_body="x", received_on=TOMORROW, content="x"), DateInFuture),
        (steps.TrainingHeld(topic="x", held_on=TOMORROW, participants=1), DateInFuture),
        (
            steps.PublicationAppeared(outlet="x", media=MediaKind.RADIO, published_on=TOMORROW),
            DateInFuture,
        ),
        (
            steps.Lent(loan_kind=LoanKind.PREMISES, item="x", lent_from=TOMORROW, lent_until=TODAY),
            PeriodReversed,
        ),
        (steps.ItemReturned(item="x", returned_on=TODAY), steps.ItemNotLent),
        (steps.IntroductionMade(organization_id=ORGANIZATION_ID), steps.IntroducedToItself),
    ],
)
def test_a_step_that_cannot_be_is_refused(step, refusal):
    record(step).then_refused(refusal)


def test_what_was_lent_can_come_back_even_after_the_request_has_ended():
    loan = lent().then(AssistanceRequest.StepRecorded)
    asked = requested(ASKED[HelpType.PREMISES_AND_EQUIPMENT])
    ended = (
        given(REQUEST, asked, loan)
        .when(help_with(CAME_OF_IT[HelpType.PREMISES_AND_EQUIPMENT]))
        .then(AssistanceRequest.Helped)
    )
    story = given(REQUEST, asked, loan, ended)

    returned = story.when(
        lambda case: case.record_step(
            on(), summary="Вернули", details=steps.ItemReturned(item="Зал", returned_on=TODAY)
        )
    ).then(AssistanceRequest.StepRecorded)
    assert "record_step" not in story.state(returned).actions
    story.when(
        lambda case: case.record_step(on(), summary="x", details=steps.OtherStep())
    ).then_refused(CommandNotAllowed, state="helped")
    record(steps.ItemReturned(item="Зал", returned_on=TOMORROW), loan).then_refused(DateInFuture)


def test_while_the_organization_is_asked_nothing_is_helped():
    asked = (
        given(REQUEST, requested())
        .when(lambda case: case.ask_organization(on(), question="Сколько?"))
        .then(AssistanceRequest.OrganizationAsked)
    )
    story = given(REQUEST, requested(), asked)

    assert story.state().status is RequestStatus.WAITING_FOR_ORGANIZATION
    story.when(help_with(CAME_OF_IT[HelpType.TRAINING])).then_refused(
        CommandNotAllowed, state="waiting_for_organization"
    )
    assigned = story.when(lambda case: case.assign(on(), staff_id="a")).then(
        AssistanceRequest.Assigned
    )
    assert story.state(assigned).status is RequestStatus.WAITING_FOR_ORGANIZATION
    answered = story.when(lambda case: case.record_answer(on(), answer="Десять")).then(
        AssistanceRequest.AnswerRecorded
    )
    assert story.state(answered).status is RequestStatus.IN_PROGRESS


def test_a_decline_has_a_reason_in_words():
    story = given(REQUEST, requested())
    reason = DeclineReason.OUTSIDE_POWERS
    event = story.when(
        lambda case: case.decline(on(), reason_code=reason, explanation="Не можем")
    ).then(AssistanceRequest.Declined)

    assert story.state(event).status is RequestStatus.DECLINED
    story.when(lambda case: case.decline(on(), reason_code=reason, explanation=" ")).then_refused(
        TextMissing, field="explanation"
    )


ENDED = ("reopen", "record_feedback", "note", "link")


def test_an_ended_request_is_reopened_with_a_new_clock_or_stays_ended():
    story = given(REQUEST, requested(), helped())
    assert story.state().actions == ENDED
    story.when(help_with(CAME_OF_IT[HelpType.TRAINING])).then_refused(
        CommandNotAllowed, command="help", allowed=ENDED
    )
    later = date(2026, 4, 1)
    reopened = story.when(lambda case: case.reopen(on(day=later), reason="Ещё раз")).then(
        AssistanceRequest.Reopened
    )

    assert story.state(reopened).clock.started_on == later
    feedback = story.when(
        lambda case: case.record_feedback(on(), resolved=True, feedback="Спасибо")
    ).then(AssistanceRequest.FeedbackRecorded)
    assert feedback.resolved


def test_a_withdrawn_request_and_an_open_one_take_notes_and_links():
    withdrawn = (
        given(REQUEST, requested())
        .when(lambda case: case.withdraw(on(), reason="Передумали"))
        .then(AssistanceRequest.Withdrawn)
    )
    for events in ((requested(),), (requested(), withdrawn)):
        story = given(REQUEST, *events)
        story.when(lambda case: case.note(on(), text="x")).then(AssistanceRequest.Noted)
        story.when(lambda case: case.link(on(), case_id=OTHER_ID, relation=Relation.RELATED)).then(
            AssistanceRequest.Linked
        )


def test_the_head_may_waive_the_verification_in_one_case():
    story = given(REQUEST, requested(LIAISON))
    story.when(lambda case: case.waive_verification(on(), reason="x")).then_refused(
        RoleForbidden, role="specialist"
    )
    waived = story.when(lambda case: case.waive_verification(on(HEAD), reason="Знаем")).then(
        AssistanceRequest.VerificationWaived
    )

    assert waived.rule == "eligibility/2021"
    given(REQUEST, requested(LIAISON), waived).when(
        help_with(CAME_OF_IT[HelpType.STATE_BODY_LIAISON], NOT_VERIFIED)
    ).then(AssistanceRequest.Helped)
    assert "waive_verification" not in story.state(waived).actions


def learn(standing, *events):
    return given(REQUEST, *events).when(lambda case: case.learn_standing(on(), standing))


def test_an_open_request_learns_that_its_organization_was_verified_or_no_longer_is():
    verified = learn(VERIFIED, requested()).then(AssistanceRequest.Verified)
    assert (verified.verification_id, verified.valid_until) == (VERIFICATION_ID, date(2028, 3, 2))

    revoked = Standing(StandingStatus.REVOKED, VERIFICATION_ID)
    lost = learn(revoked, requested(), verified).then(AssistanceRequest.VerificationLost)
    assert lost.standing == "revoked"
    gone = learn(NOT_VERIFIED, requested(), verified).then(AssistanceRequest.VerificationLost)
    assert gone.verification_id == VERIFICATION_ID


def test_what_is_known_already_is_not_recorded_again():
    learn(NOT_VERIFIED, requested()).then()
    learn(VERIFIED, requested(organization=known(VERIFIED))).then()
    learn(VERIFIED, requested(), helped()).then()


def test_a_term_is_extended_with_a_reason_and_by_no_more_than_two_months():
    def extend(until, reason="Ждём тренера"):
        return given(REQUEST, requested()).when(
            lambda case: case.extend_term(on(), until=until, reason=reason, calendar=CALENDAR)
        )

    event = extend(date(2026, 5, 27)).then(AssistanceRequest.TermExtended)
    assert event.rule == "terms/2021"
    for until in (date(2026, 3, 27), date(2026, 5, 28)):
        extend(until).then_refused(ExtensionOutOfRange, latest=date(2026, 5, 27))
    extend(date(2026, 5, 27), " ").then_refused(TextMissing)
