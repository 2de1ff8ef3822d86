"""What auditors note about cases, and who reads it."""

from uuid import UUID

from drivers import ANNOTATIONS, REQUESTS, Refused
from phrases import EVENTS
from pytest_bdd import given, then, when
from pytest_bdd.parsers import parse
from pytest_bdd.parsers import re as matching
from steps.access import READERS
from steps.desk import REPUBLICAN, Desk

WRITERS = {
    **READERS,
    "другой аудитор": f"auditor@{REPUBLICAN}#2",
    "республиканский руководитель": f"republican_head@{REPUBLICAN}",
}
_WHO, _TEXT = f"(?P<who>{'|'.join(WRITERS)})", '"(?P<text>.*)"'
_STATES = {"in_force": "annotation.added", "withdrawn": "annotation.withdrawn"}


@given(matching(f"{_WHO} записал к запросу: {_TEXT}"))
@when(matching(f"{_WHO} пишет к запросу: {_TEXT}"))
def annotated(desk: Desk, who: str, text: str) -> None:
    desk.begin(ANNOTATIONS, WRITERS[who], case_id=UUID(str(desk.request["id"])), text=text)


@when(matching(rf"{_WHO} пишет к версии (?P<version>\d+) запроса: {_TEXT}"))
def annotated_at(desk: Desk, who: str, version: str, text: str) -> None:
    case_id = UUID(str(desk.request["id"]))
    desk.begin(ANNOTATIONS, WRITERS[who], case_id=case_id, version=int(version), text=text)


@when(matching(f"{_WHO} пишет к делу, которого нет: {_TEXT}"))
def annotated_nothing(desk: Desk, who: str, text: str) -> None:
    desk.begin(ANNOTATIONS, WRITERS[who], case_id=UUID(int=4), text=text)


@when(matching(f'{_WHO} снимает примечание: "(?P<reason>.+)"'))
def withdrawn(desk: Desk, who: str, reason: str) -> None:
    desk.command(ANNOTATIONS, "withdraw", WRITERS[who], reason=reason)


@when(matching(f"{_WHO} читает примечания к запросу"))
def asked(desk: Desk, who: str) -> None:
    desk.answer = desk.driver.page(WRITERS[who], ANNOTATIONS, case_id=desk.request["id"])


@then(matching(f"{_WHO} читает в примечаниях к запросу: {_TEXT}"))
def reads(desk: Desk, who: str, text: str) -> None:
    page = desk.driver.page(WRITERS[who], ANNOTATIONS, case_id=desk.request["id"])
    assert not isinstance(page, Refused), page
    assert [row["text"] for row in page["items"]] == [text]
    assert {row["case_type"] for row in page["items"]} == {"request"}
    assert REQUESTS in desk.cases


@then(parse("о примечании записано: {phrase}"))
def was_noted(desk: Desk, phrase: str) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer
    found = desk.driver.read(ANNOTATIONS, str(desk.cases[ANNOTATIONS]["id"]))
    assert not isinstance(found, Refused), found
    assert EVENTS[_STATES[str(found["status"])]] == phrase
