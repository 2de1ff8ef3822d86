"""What has changed between two versions of a case, and its history on paper."""

from typing import Any

from drivers import LOOKS, READER, REQUESTS, Refused
from people import staff_id
from phrases import EVENTS
from pytest_bdd import then, when
from pytest_bdd.parsers import parse
from pytest_bdd.parsers import re as matching
from steps.access import READERS, WHO
from steps.desk import Desk

FIELDS = {"состояние": "status", "исполнитель": "assigned_to"}


def compare(desk: Desk, who: str, **ends: Any) -> None:
    """Let somebody compare the request at hand with itself."""
    request_id = str(desk.request["id"])
    desk.answer = desk.driver.changes(REQUESTS, request_id, who=READERS[who], **ends)


@when(matching(rf"{WHO} сравнивает версии (?P<first>\d+) и (?P<last>\d+) запроса"))
def compared(desk: Desk, who: str, first: str, last: str) -> None:
    compare(desk, who, from_version=int(first), to_version=int(last))


@when(matching(f"{WHO} сравнивает запрос на тот момент и теперь"))
def compared_since(desk: Desk, who: str, moment: Any) -> None:
    compare(desk, who, from_moment=moment)


@then(parse("изменилось только: {fields}"))
def changed(desk: Desk, fields: str) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer
    assert set(desk.answer["fields"]) == {FIELDS[each] for each in fields.split(", ")}


@then("ничего не изменилось")
def unchanged(desk: Desk) -> None:
    assert desk.answer == {"fields": [], "events": []}


@then(parse("изменило это: {phrase}"))
def by_event(desk: Desk, phrase: str) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer
    assert [EVENTS[each] for each in desk.answer["events"]] == [phrase]


@when(matching(f'{WHO} печатает историю запроса: "(?P<purpose>.+)"'), target_fixture="page")
def printed(desk: Desk, who: str, purpose: str) -> str:
    return desk.driver.printed(REQUESTS, str(desk.request["id"]), who=READERS[who], purpose=purpose)


@then("на листе есть номер запроса")
def has_number(desk: Desk, page: str) -> None:
    assert str(desk.request["number"]) in page


@then(parse('на листе есть "{words}"'))
def has_words(page: str, words: str) -> None:
    assert words in page


@then(parse('на листе нет "{words}"'))
def has_no_words(page: str, words: str) -> None:
    assert words not in page


@then(matching(f"аудитор видит, что историю запроса унёс {WHO}"))
def was_taken_away(desk: Desk, who: str) -> None:
    page = desk.driver.page(READER, LOOKS, case_id=desk.request["id"])
    assert not isinstance(page, Refused), page
    assert ("export", str(staff_id(READERS[who]))) in {
        (row["kind"], row["staff_id"]) for row in page["items"]
    }
