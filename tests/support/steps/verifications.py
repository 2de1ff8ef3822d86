"""Verifications: checks in the five ways, and what is decided on them."""

from typing import Any
from uuid import UUID, uuid5

from drivers import ORGANIZATIONS, VERIFICATIONS, day
from pytest_bdd import given, parsers, then, when
from steps.desk import Desk
from steps.tables import coded, made

from application.use_cases.decisions import CheckInput, Decision
from domain.catalogue.codes import (
    BeneficiaryResult,
    Channel,
    CheckOutcome,
    Finding,
    RefusalGround,
    StandingStatus,
    VerificationMethod,
)
from domain.organization_verification import checks
from domain.personal import person

DETAILS: dict[VerificationMethod, type[checks.CheckDetails]] = {
    VerificationMethod.PLATFORM_REGISTRATION: checks.PlatformRegistration,
    VerificationMethod.PAST_EXPERIENCE: checks.PastExperience,
    VerificationMethod.PARTNER_RECOMMENDATION: checks.PartnerRecommendation,
    VerificationMethod.NETWORK_RECOMMENDATION: checks.NetworkRecommendation,
    VerificationMethod.SITE_VISIT: checks.SiteVisit,
}
ALL_FOUND = dict.fromkeys(Finding, True)
VISIT = checks.SiteVisit(place="берег", visited_on=day("01.03.2026"), observed="Уборка берега")


def organization_of(desk: Desk, name: str) -> UUID:
    """Return the id of an organization by its name."""
    return UUID(desk.organizations[name])


@given(parsers.parse('фронт-офис проверяет организацию "{name}"'))
@when(parsers.parse('фронт-офис проверяет организацию "{name}"'))
def being_verified(desk: Desk, name: str) -> None:
    desk.begin(VERIFICATIONS, organization_id=organization_of(desk, name))


@given(parsers.parse('организация "{name}" проверена'))
@when(parsers.parse('организация "{name}" проверена'))
def verified_at_once(desk: Desk, name: str) -> None:
    desk.begin(
        VERIFICATIONS,
        organization_id=organization_of(desk, name),
        checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=VISIT),),
        decision=Decision(findings=ALL_FOUND),
    )


@given(parsers.parse('проверка способом "{method}" дала результат "{outcome}":'))
@when(parsers.parse('проверка способом "{method}" дала результат "{outcome}":'))
def checked(desk: Desk, method: str, outcome: str, datatable: Any) -> None:
    struct = DETAILS[coded(VerificationMethod, method)]
    desk.command(
        VERIFICATIONS,
        "record-check",
        outcome=coded(CheckOutcome, outcome),
        details=made(struct, datatable),
    )


@when(parsers.parse('отчёт "{report}" проверен, бенефициар ответил: {result}'))
def experience_checked(desk: Desk, report: str, result: str) -> None:
    experience(desk, report, coded(BeneficiaryResult, result))


@when(parsers.parse('специалист считает опыт подтверждённым одним отчётом "{report}"'))
def report_alone(desk: Desk, report: str) -> None:
    experience(desk, report)


def experience(desk: Desk, report: str, *results: BeneficiaryResult, **more: Any) -> None:
    """Record what came of a report, and of those who were asked about it."""
    asked = person(uuid5(UUID(int=2), report), "Бенефициар Примеров")
    beneficiaries = tuple(
        checks.Beneficiary(person=asked, contacted_via=Channel.PHONE, result=result)
        for result in results
    )
    desk.command(
        VERIFICATIONS,
        "record-check",
        outcome=CheckOutcome.CONFIRMED,
        details=checks.PastExperience(report=report, beneficiaries=beneficiaries),
        **more,
    )


@when(parsers.parse('получено письмо организации "{issuer}" от {date}'))
def letter_of_registered(desk: Desk, issuer: str, date: str) -> None:
    letter = checks.PartnerRecommendation(
        issuer_name=issuer, issuer_id=organization_of(desk, issuer), letter_date=day(date)
    )
    desk.command(VERIFICATIONS, "record-check", outcome=CheckOutcome.CONFIRMED, details=letter)


@given("организация признана волонтёрской")
@when("специалист признаёт организацию волонтёрской")
def verified(desk: Desk) -> None:
    desk.command(VERIFICATIONS, "verify", findings=ALL_FOUND)


@when(parsers.parse("специалист признаёт организацию волонтёрской до {until}"))
def verified_until(desk: Desk, until: str) -> None:
    desk.command(VERIFICATIONS, "verify", findings=ALL_FOUND, valid_until=day(until))


@when(parsers.parse('специалист признаёт организацию, хотя не соблюдено "{finding}"'))
def verified_against(desk: Desk, finding: str) -> None:
    found = {**ALL_FOUND, coded(Finding, finding): False}
    desk.command(VERIFICATIONS, "verify", findings=found)


@given(parsers.parse('организации отказано в признании, "{ground}": "{words}"'))
@when(parsers.parse('специалист отказывает в признании, "{ground}": "{words}"'))
def refused(desk: Desk, ground: str, words: str) -> None:
    desk.command(VERIFICATIONS, "refuse", ground=coded(RefusalGround, ground), reason=words)


@when(parsers.parse('специалист прекращает проверку: "{reason}"'))
def withdrawn(desk: Desk, reason: str) -> None:
    desk.command(VERIFICATIONS, "withdraw", reason=reason)


@when(parsers.parse('признание отозвано: "{reason}"'))
def revoked(desk: Desk, reason: str) -> None:
    desk.command(VERIFICATIONS, "revoke", reason=reason)


@given("начата новая проверка вслед за этой")
@when("начата новая проверка вслед за этой")
def renewed(desk: Desk) -> None:
    desk.command(VERIFICATIONS, "renew")


@when("сервис отмечает истёкшие проверки")
def expired(desk: Desk, services: Any) -> None:
    services.tidy_up()
    desk.refresh(VERIFICATIONS)


@then(parsers.parse('организация "{name}" считается: {standing}'))
def standing_is(desk: Desk, name: str, standing: str) -> None:
    found = desk.driver.read(ORGANIZATIONS, desk.organizations[name])
    assert isinstance(found, dict)
    assert found["verified"]["status"] == coded(StandingStatus, standing)


@then(parsers.parse("признание действует по {until}"))
def valid_until(desk: Desk, until: str) -> None:
    assert desk.verification["valid_until"] == day(until).isoformat()


@then(parsers.parse("решение опирается на проверок: {number:d}"))
def rests_on(desk: Desk, number: int) -> None:
    assert len(desk.verification["verified"]["rests_on"]) == number


@then(parsers.parse("в проверке видно, что автор письма тогда считался: {standing}"))
def issuer_standing(desk: Desk, standing: str) -> None:
    known = desk.verification["checks"][-1]["issuer_standing"]
    assert known["status"] == coded(StandingStatus, standing)
