"""Organizations that look alike, and two records of one organization."""

from typing import Any
from uuid import UUID

from drivers import ORGANIZATIONS, REQUESTS, VERIFICATIONS, Refused
from pytest_bdd import given, parsers, then, when
from steps.desk import OBLAST, SPECIALIST, Desk
from steps.organizations import MEDEU, a_group, an_organization, register

from domain.organization import OrganizationDetailsChange
from domain.organization.duplicates import NotDuplicate

OBLAST_DISTRICT = "191000000"
REASONS = {"похоже название": "name", "тот же БИН": "bin"}


@when(
    parsers.parse('фронт-офис Алматинской области регистрирует организацию "{name}" с БИН {bin_}')
)
def registers_elsewhere(desk: Desk, name: str, bin_: str) -> None:
    there = an_organization(name, bin_, region=OBLAST, district=OBLAST_DISTRICT)
    desk.begin(ORGANIZATIONS, f"specialist@{OBLAST}", details=there)


@then(parsers.parse('похожей названа "{name}", потому что {reason}'))
def candidate_is(desk: Desk, name: str, reason: str) -> None:
    assert isinstance(desk.answer, Refused)
    (candidate,) = desk.answer.facts["candidates"]
    assert (candidate["id"], candidate["name"]) == (desk.organizations[name], name)
    assert candidate["reasons"] == [REASONS[reason]]


@then("ничего о чужой записи не сказано")
def nothing_told(desk: Desk) -> None:
    assert isinstance(desk.answer, Refused)
    told = str(desk.answer.facts)
    hidden = (*desk.organizations, *desk.organizations.values(), MEDEU)
    assert not [each for each in hidden if each in told]


@given(parsers.parse('фронт-офис решил, что новая группа "{name}" — другая: "{reason}"'))
def decided_not_duplicate(desk: Desk, name: str, reason: str) -> None:
    register(desk, a_group(name))
    decides_not_duplicate(desk, name, reason)


@when(parsers.parse('фронт-офис решает, что "{name}" — другая группа: "{reason}"'))
def decides_not_duplicate(desk: Desk, name: str, reason: str) -> None:
    assert isinstance(desk.answer, Refused)
    ids = tuple(UUID(each["id"]) for each in desk.answer.facts["candidates"])
    register(desk, a_group(name), not_duplicate=NotDuplicate(ids, reason))


@when(parsers.parse('фронт-офис решает, что имя "{name}" у двух разных групп: "{reason}"'))
def decides_on_change(desk: Desk, name: str, reason: str) -> None:
    assert isinstance(desk.answer, Refused)
    ids = tuple(UUID(each["id"]) for each in desk.answer.facts["candidates"])
    change = OrganizationDetailsChange(name=name)
    decided = NotDuplicate(ids, reason)
    desk.command(ORGANIZATIONS, "change", changes=change, not_duplicate=decided)


@given(parsers.parse('организация отмечена как дубликат организации "{name}"'))
@when(parsers.parse('организация отмечена как дубликат организации "{name}"'))
def marked_duplicate(desk: Desk, name: str) -> None:
    other = UUID(desk.organizations[name])
    desk.command(
        ORGANIZATIONS, "mark-duplicate", duplicate_of=other, reason="Один и тот же телефон"
    )


@when(parsers.parse('организация "{one}" отмечена как дубликат организации "{name}"'))
def another_marked_duplicate(desk: Desk, one: str, name: str) -> None:
    found = desk.driver.read(ORGANIZATIONS, desk.organizations[one], who=SPECIALIST)
    assert not isinstance(found, Refused), found
    desk.cases[ORGANIZATIONS] = found
    marked_duplicate(desk, name)


@when("отметка о дубликате снята")
def unmarked_duplicate(desk: Desk) -> None:
    desk.command(ORGANIZATIONS, "unmark-duplicate", reason="Разные люди")


@then(parsers.parse('названо, что вместо неё ведётся "{name}"'))
def survivor_is(desk: Desk, name: str) -> None:
    assert isinstance(desk.answer, Refused)
    assert desk.answer.facts["survivor"] == desk.organizations[name]


@then(parsers.parse('запрос принят от организации "{name}" вместо "{named}"'))
def asked_instead(desk: Desk, name: str, named: str) -> None:
    request = desk.request
    assert request["organization"]["id"] == desk.organizations[name]
    assert request["instead_of"] == desk.organizations[named]


@then(parsers.parse('проверяется организация "{name}" вместо "{named}"'))
def verified_instead(desk: Desk, name: str, named: str) -> None:
    verification = desk.cases[VERIFICATIONS]
    assert verification["organization_id"] == desk.organizations[name]
    assert verification["instead_of"] == desk.organizations[named]


@then(parsers.parse('среди запросов организации "{name}" есть этот запрос'))
def listed_with(desk: Desk, name: str) -> None:
    assert desk.request["id"] in _requests_of(desk, name)


@then(parsers.parse('среди запросов организации "{name}" нет этого запроса'))
def not_listed_with(desk: Desk, name: str) -> None:
    assert desk.request["id"] not in _requests_of(desk, name)


def _requests_of(desk: Desk, name: str) -> list[Any]:
    page = desk.driver.page(SPECIALIST, REQUESTS, organization_id=desk.organizations[name])
    assert not isinstance(page, Refused), page
    return [row["id"] for row in page["items"]]
