"""What has become of a verified organization, and of whoever vouched for it."""

from typing import Any

from drivers import ORGANIZATIONS, VERIFICATIONS, Refused, day
from pytest_bdd import given, parsers, then, when
from steps.desk import SPECIALIST, Desk
from steps.tables import coded
from steps.verifications import ALL_FOUND, organization_of

from application.use_cases.decisions import CheckInput, Decision
from domain.catalogue.codes import CheckOutcome, StandingStatus
from domain.organization_verification import checks


@given(parsers.parse('организация "{name}" признана по письму организации "{issuer}"'))
def verified_by_letter(desk: Desk, name: str, issuer: str) -> None:
    letter = checks.PartnerRecommendation(
        issuer_name=issuer,
        issuer_id=organization_of(desk, issuer),
        letter_date=day("20.02.2026"),
    )
    desk.begin(
        VERIFICATIONS,
        organization_id=organization_of(desk, name),
        checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=letter),),
        decision=Decision(findings=ALL_FOUND),
    )


@when(parsers.parse('признание организации "{name}" отозвано'))
def standing_revoked(desk: Desk, name: str) -> None:
    resting = desk.verification
    found = desk.driver.read(ORGANIZATIONS, desk.organizations[name])
    assert not isinstance(found, Refused), found
    own = desk.driver.read(VERIFICATIONS, found["verified"]["verification_id"])
    assert not isinstance(own, Refused), own
    desk.cases[VERIFICATIONS] = own
    desk.command(VERIFICATIONS, "revoke", reason="Волонтёрам начали платить")
    desk.cases[VERIFICATIONS] = resting


@then(parsers.parse('на письма организации "{issuer}" опирается проверка организации "{name}"'))
def rests_on_letters(desk: Desk, issuer: str, name: str) -> None:
    assert _listed(desk, rests_on=desk.organizations[issuer]) == [desk.organizations[name]]


@then(
    parsers.parse(
        'проверка организации "{name}" опирается на письмо автора, который потерял признание'
    )
)
def rests_on_lost(desk: Desk, name: str) -> None:
    assert _listed(desk, issuer_lost_standing="true") == [desk.organizations[name]]


@then("ни одна проверка не опирается на письмо автора, который потерял признание")
def nothing_rests_on_lost(desk: Desk) -> None:
    assert _listed(desk, issuer_lost_standing="true") == []


@then(parsers.parse("в проверке видно, что автор письма теперь считается: {standing}"))
def issuer_standing_now(desk: Desk, standing: str) -> None:
    (letter,) = desk.refresh(VERIFICATIONS)["letters"]
    assert letter["standing_now"]["status"] == coded(StandingStatus, standing)
    assert letter["issuer_lost_standing"]


@then(parsers.parse('организацию "{name}" просят проверить снова: изменилось имя'))
def asked_to_reverify(desk: Desk, name: str) -> None:
    shown = _verified(desk, name)
    assert (bool(shown["needs_reverification_since"]), shown["changed"]) == (True, ["name"])
    assert desk.organizations[name] in _to_reverify(desk)


@then(parsers.parse('организацию "{name}" не просят проверить снова'))
def not_asked_to_reverify(desk: Desk, name: str) -> None:
    assert _verified(desk, name)["needs_reverification_since"] is None
    assert desk.organizations[name] not in _to_reverify(desk)


def _verified(desk: Desk, name: str) -> Any:
    found = desk.driver.read(ORGANIZATIONS, desk.organizations[name])
    assert not isinstance(found, Refused), found
    return found["verified"]


def _to_reverify(desk: Desk) -> list[Any]:
    page = desk.driver.page(SPECIALIST, ORGANIZATIONS, needs_reverification="true")
    assert not isinstance(page, Refused), page
    return [row["id"] for row in page["items"]]


def _listed(desk: Desk, **filters: str) -> list[Any]:
    page = desk.driver.page(SPECIALIST, VERIFICATIONS, **filters)
    assert not isinstance(page, Refused), page
    return [row["organization_id"] for row in page["items"]]
