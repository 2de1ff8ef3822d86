"""A verification: checked in five ways, decided by named rules, renewed."""

from datetime import date

import pytest
from builders import (
    ORGANIZATION_ID,
    OTHER_ID,
    REPUBLICAN,
    SYSTEM,
    TODAY,
    being_verified,
    on,
    registered,
)
from specification import given

from application.case_types import VERIFICATION
from domain.actors import DateInFuture
from domain.catalogue.codes import (
    BeneficiaryResult,
    Channel,
    CheckOutcome,
    Finding,
    RefusalGround,
    VerificationMethod,
    VerificationStatus,
)
from domain.escalation import EscalationOpen
from domain.months import months_after
from domain.organization.evolution import evolve
from domain.organization.organization import OrganizationNotActive
from domain.organization_verification import OrganizationVerification
from domain.organization_verification import checks as ways
from domain.organization_verification.verification import VerificationAlreadyOpen
from domain.personal import person
from domain.refusals import CommandNotAllowed
from domain.rules.sufficiency import EvidenceInsufficient, FindingsAgainst
from domain.rules.validity import ValidityOutOfRange
from domain.words import TextMissing

FOUND = dict.fromkeys(Finding, True)
CONFIRMED, DENIED, OPEN = CheckOutcome.CONFIRMED, CheckOutcome.DENIED, CheckOutcome.INCONCLUSIVE
LOOK_UP = ways.PlatformRegistration(qazvolunteer_id="QV-1")
VISIT = ways.SiteVisit(place="берег", visited_on=TODAY, observed="Уборка")
LETTER = ways.PartnerRecommendation(issuer_name="Дом", letter_date=TODAY)


def check(outcome=CONFIRMED, details=LOOK_UP):
    story = given(VERIFICATION, being_verified()).when(
        lambda case: case.record_check(on(), outcome=outcome, details=details)
    )
    return story.then(OrganizationVerification.CheckRecorded)


def verify(*events, **more):
    return given(VERIFICATION, being_verified(), *events).when(
        lambda case: case.verify(on(), findings=FOUND, **more)
    )


def verified():
    return verify(check()).then(OrganizationVerification.Verified)


def experience(*results):
    someone = person(OTHER_ID, "Пример Примеров")
    return ways.PastExperience(
        report="Отчёт",
        beneficiaries=tuple(
            ways.Beneficiary(person=someone, contacted_via=Channel.PHONE, result=result)
            for result in results
        ),
    )


@pytest.mark.parametrize(
    ("details", "method"),
    [
        (LOOK_UP, VerificationMethod.PLATFORM_REGISTRATION),
        (experience(BeneficiaryResult.CONFIRMED), VerificationMethod.PAST_EXPERIENCE),
        (LETTER, VerificationMethod.PARTNER_RECOMMENDATION),
        (
            ways.NetworkRecommendation(issuer_name="Сеть", letter_date=TODAY),
            VerificationMethod.NETWORK_RECOMMENDATION,
        ),
        (VISIT, VerificationMethod.SITE_VISIT),
    ],
)
def test_each_of_the_five_ways_can_confirm(details, method):
    assert check(details=details).details.method is method
    assert verify(check(details=details)).then(OrganizationVerification.Verified).rests_on == (1,)


@pytest.mark.parametrize(
    ("outcome", "details", "refusal"),
    [
        (CONFIRMED, experience(), ways.BeneficiaryNotConfirmed),
        (CONFIRMED, experience(BeneficiaryResult.UNREACHABLE), ways.BeneficiaryNotConfirmed),
        (CONFIRMED, experience(BeneficiaryResult.DENIED), ways.BeneficiaryNotConfirmed),
        (CONFIRMED, ways.PastExperience(report=" "), TextMissing),
        (CONFIRMED, ways.PlatformRegistration(qazvolunteer_id=" "), TextMissing),
        (OPEN, ways.PartnerRecommendation(issuer_name="", letter_date=TODAY), TextMissing),
        (OPEN, ways.SiteVisit(place="", visited_on=TODAY, observed="x"), TextMissing),
        (OPEN, ways.SiteVisit(place="x", visited_on=TODAY, observed=""), TextMissing),
        (
            OPEN,
            ways.SiteVisit(place="x", visited_on=date(2026, 3, 3), observed="x"),
            DateInFuture,
        ),
        (
            OPEN,
            ways.NetworkRecommendation(issuer_name="x", letter_date=date(2026, 3, 3)),
            DateInFuture,
        ),
    ],
)
def test_a_check_that_shows_nothing_is_not_recorded(outcome, details, refusal):
    given(VERIFICATION, being_verified()).when(
        lambda case: case.record_check(on(), outcome=outcome, details=details)
    ).then_refused(refusal)


def test_an_experience_nobody_confirmed_may_be_recorded_as_what_it_is():
    assert check(OPEN, experience(BeneficiaryResult.UNREACHABLE)).outcome is OPEN
    assert check(DENIED, ways.PastExperience(report="")).outcome is DENIED


@pytest.mark.parametrize(
    ("outcomes", "confirmed"),
    [
        ([], 0),
        ([(OPEN, LOOK_UP)], 0),
        ([(DENIED, LOOK_UP)], 0),
        ([(CONFIRMED, VISIT), (DENIED, LOOK_UP)], 1),
        ([(CONFIRMED, LOOK_UP), (DENIED, LOOK_UP)], 1),
    ],
)
def test_too_little_evidence_or_an_unanswered_denial_does_not_verify(outcomes, confirmed):
    events = [check(outcome, details) for outcome, details in outcomes]
    refusal = verify(*events).then_refused(EvidenceInsufficient, confirmed=confirmed)
    assert refusal.facts["rule"] == "sufficiency/2021"


def test_a_denial_is_answered_by_a_later_confirmation_in_the_same_way():
    event = verify(check(DENIED), check(OPEN, VISIT), check(CONFIRMED)).then(
        OrganizationVerification.Verified
    )

    assert (event.rests_on, event.rule) == ((3,), "sufficiency/2021")


@pytest.mark.parametrize("finding", Finding)
def test_against_any_principle_an_organization_is_not_verified(finding):
    for findings in ({**FOUND, finding: False}, {k: v for k, v in FOUND.items() if k != finding}):
        given(VERIFICATION, being_verified(), check()).when(
            lambda case, found=findings: case.verify(on(), findings=found)
        ).then_refused(FindingsAgainst, findings=[finding.value])


@pytest.mark.parametrize(
    ("asked", "until"),
    [(None, date(2028, 3, 2)), (date(2026, 3, 3), date(2026, 3, 3)), (date(2028, 3, 2),) * 2],
)
def test_a_verification_holds_for_two_years_or_less(asked, until):
    event = verify(check(), valid_until=asked).then(OrganizationVerification.Verified)
    assert event.valid_until == until


@pytest.mark.parametrize("asked", [date(2026, 3, 2), date(2028, 3, 3)])
def test_no_verification_ends_at_once_or_after_more_than_two_years(asked):
    verify(check(), valid_until=asked).then_refused(ValidityOutOfRange, latest=date(2028, 3, 2))


def test_two_years_after_a_leap_day_is_the_last_of_february():
    assert months_after(date(2024, 2, 29), 24) == date(2026, 2, 28)


def test_a_refusal_says_on_what_ground_and_why():
    story = given(VERIFICATION, being_verified())
    event = story.when(
        lambda case: case.refuse(on(), ground=RefusalGround.PAID, reason=" Платят ")
    ).then(OrganizationVerification.Refused)

    assert (event.ground, event.reason) == (RefusalGround.PAID, "Платят")
    assert story.state(event).status is VerificationStatus.REFUSED
    story.when(lambda case: case.refuse(on(), ground=RefusalGround.PAID, reason=" ")).then_refused(
        TextMissing, field="comment"
    )


def test_only_one_verification_of_an_active_organization_goes_on_at_a_time():
    active = evolve.fold([registered()])
    begin = OrganizationVerification.request
    with pytest.raises(VerificationAlreadyOpen):
        begin(
            on(),
            organization_id=ORGANIZATION_ID,
            organization=active,
            number="",
            already_open=OTHER_ID,
        )
    with pytest.raises(OrganizationNotActive):
        closed = evolve.fold([registered(), active.close(on(), reason="x")])
        begin(on(), organization_id=ORGANIZATION_ID, organization=closed, number="")


@pytest.mark.parametrize("decide", ["verify", "refuse", "withdraw"])
def test_no_decision_is_taken_while_a_question_is_open(decide):
    commands = {
        "verify": lambda case: case.verify(on(), findings=FOUND),
        "refuse": lambda case: case.refuse(on(), ground=RefusalGround.PAID, reason="x"),
        "withdraw": lambda case: case.withdraw(on(), reason="x"),
    }
    asked = (
        given(VERIFICATION, being_verified(), check())
        .when(lambda case: case.escalate(on(), question="Как быть?"))
        .then(OrganizationVerification.Escalated)
    )
    story = given(VERIFICATION, being_verified(), check(), asked)
    story.when(commands[decide]).then_refused(EscalationOpen, to_office="KZ")
    answered = story.when(lambda case: case.answer_escalation(on(REPUBLICAN), answer="Так")).then(
        OrganizationVerification.EscalationAnswered
    )
    assert (
        given(VERIFICATION, being_verified(), check(), asked, answered)
        .when(commands[decide])
        ._happened()
    )


def test_a_verified_organization_can_be_revoked_and_renewed_once():
    story = given(VERIFICATION, being_verified(), check(), verified())
    assert story.state().actions == ("revoke", "expire", "renew")

    renewed = story.when(lambda case: case.renew(on(), renewed_by=OTHER_ID)).then(
        OrganizationVerification.Renewed
    )
    assert story.state(renewed).actions == ("revoke", "expire")
    revoked = story.when(lambda case: case.revoke(on(), reason="Платят")).then(
        OrganizationVerification.Revoked
    )
    assert story.state(revoked).actions == ()


def test_a_verification_expires_the_day_after_its_last_and_can_be_renewed_then():
    story = given(VERIFICATION, being_verified(), check(), verified())
    last, after = date(2028, 3, 2), date(2028, 3, 3)

    story.when(lambda case: case.expire(on(SYSTEM, day=last))).then_refused(
        CommandNotAllowed, command="expire"
    )
    expired = story.when(lambda case: case.expire(on(SYSTEM, day=after))).then(
        OrganizationVerification.Expired
    )
    assert story.state(expired).actions == ("renew",)


def test_a_decided_verification_takes_no_more_checks():
    story = given(VERIFICATION, being_verified(), check(), verified())
    story.when(lambda case: case.record_check(on(), outcome=CONFIRMED, details=VISIT)).then_refused(
        CommandNotAllowed, state="verified", command="record_check"
    )


def test_a_withdrawn_verification_allows_nothing():
    story = given(VERIFICATION, being_verified())
    withdrawn = story.when(lambda case: case.withdraw(on(), reason="Передумали")).then(
        OrganizationVerification.Withdrawn
    )
    assert story.state(withdrawn).actions == ()
