"""What comes of it: the state of a case, what was recorded, and what was refused."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from drivers import ACCOUNTS, DOCUMENTS, ORGANIZATIONS, REQUESTS, SUBJECTS, VERIFICATIONS, Refused
from phrases import EVENTS, REFUSALS
from pytest_bdd import given, parsers, then, when
from steps.desk import Desk
from steps.tables import coded

from domain.catalogue.codes import OrganizationStatus, RequestStatus, VerificationStatus

CASES = {
    "организации": ORGANIZATIONS,
    "проверке": VERIFICATIONS,
    "запросе": REQUESTS,
    "документе": DOCUMENTS,
    "учётной записи": ACCOUNTS,
    "деле человека": SUBJECTS,
}


def recorded(desk: Desk, collection: str) -> list[str]:
    """Return what was recorded in the case at hand, in the words of the features."""
    case_id = str(desk.cases[collection]["id"])
    return [EVENTS[str(entry["event"])] for entry in desk.driver.history(collection, case_id)]


@then(parsers.parse('запрос в состоянии "{status}"'))
def request_status(desk: Desk, status: str) -> None:
    assert desk.refresh(REQUESTS)["status"] == coded(RequestStatus, status)


@then(parsers.parse('проверка в состоянии "{status}"'))
def verification_status(desk: Desk, status: str) -> None:
    assert desk.refresh(VERIFICATIONS)["status"] == coded(VerificationStatus, status)


@then(parsers.parse('организация в состоянии "{status}"'))
def organization_status(desk: Desk, status: str) -> None:
    assert desk.refresh(ORGANIZATIONS)["status"] == coded(OrganizationStatus, status)


@then(parsers.parse("в {case} записано: {phrase}"))
def was_recorded(desk: Desk, case: str, phrase: str) -> None:
    assert recorded(desk, CASES[case])[-1] == phrase


@then(parsers.parse("вся история в {case}:"))
def whole_history(desk: Desk, case: str, datatable: list[list[str]]) -> None:
    assert recorded(desk, CASES[case]) == [row[0] for row in datatable]


@then(parsers.parse('у организации "{name}" записано: {phrase}'))
def recorded_of(desk: Desk, name: str, phrase: str) -> None:
    entries = desk.driver.history(ORGANIZATIONS, desk.organizations[name])
    assert EVENTS[str(entries[-1]["event"])] == phrase


@then(parsers.parse("отказ: {phrase}"))
def refused(desk: Desk, phrase: str) -> None:
    assert isinstance(desk.answer, Refused), desk.answer
    assert REFUSALS[desk.answer.code] == phrase, desk.answer


@then(parsers.parse("отказ: {phrase}, и названо, что возможно"))
def refused_with_what_is_possible(desk: Desk, phrase: str) -> None:
    refused(desk, phrase)
    assert isinstance(desk.answer, Refused)
    assert desk.answer.facts["state"]
    assert desk.answer.facts["allowed"]


@then(parsers.parse("в {case} ничего не изменилось"))
def nothing_changed(desk: Desk, case: str) -> None:
    before = desk.cases[CASES[case]]
    assert desk.read(CASES[case])["version"] == before["version"]


@given("запомнен этот момент", target_fixture="moment")
@when("запомнен этот момент", target_fixture="moment")
def moment_kept(clock: Any) -> Any:
    now = clock()
    clock.now += timedelta(minutes=1)
    return now


@then(parsers.parse('на тот момент запрос был в состоянии "{status}"'))
def status_then(desk: Desk, moment: Any, status: str) -> None:
    assert desk.read(REQUESTS, as_of=moment)["status"] == coded(RequestStatus, status)


@then(parsers.parse('в версии {version:d} запрос был в состоянии "{status}"'))
def status_at_version(desk: Desk, version: int, status: str) -> None:
    found = desk.read(REQUESTS, version=version)
    assert (found["version"], found["status"]) == (version, coded(RequestStatus, status))


@then("в каждом событии названы сотрудник, роль, фронт-офис, день и время записи")
def every_event_says_who(desk: Desk) -> None:
    entries = desk.driver.history(REQUESTS, str(desk.request["id"]))
    assert all(_says_who(entry) for entry in entries)


def _says_who(entry: Mapping[str, Any]) -> bool:
    by = entry["by"]
    return bool(
        by["staff_id"]
        and by["role"]
        and by["office"]
        and entry["occurred_on"]
        and entry["recorded_at"]
    )


@when(parsers.parse("читают версию {version:d} запроса"))
def read_version(desk: Desk, version: int) -> None:
    desk.answer = desk.driver.read(REQUESTS, str(desk.request["id"]), version=version)


@then("событие произошло раньше, чем записано")
def happened_before(desk: Desk) -> None:
    entry = desk.driver.history(REQUESTS, str(desk.request["id"]))[-1]
    assert str(entry["occurred_on"]) < str(entry["recorded_at"])[:10]


@then(parsers.parse("в прежней проверке записано: {phrase}"))
def recorded_in_the_last(desk: Desk, phrase: str) -> None:
    entries = desk.driver.history(VERIFICATIONS, str(desk.verification["renews"]))
    assert EVENTS[str(entries[-1]["event"])] == phrase
