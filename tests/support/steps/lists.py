"""Lists: what is found in them, in which order, and what is taken away as a table."""

from typing import Any

from drivers import ORGANIZATIONS, QUESTIONS, READER, REQUESTS, VERIFICATIONS, Refused, day
from people import staff_id
from pytest_bdd import given, parsers, then, when
from steps.access import READERS, WHO, looks
from steps.desk import SPECIALIST, Desk
from steps.organizations import a_group, register
from steps.verifications import ALL_FOUND, VISIT, organization_of

from application.use_cases.decisions import CheckInput, Decision
from domain.catalogue.codes import CheckOutcome

LISTS = {
    "организаций": ORGANIZATIONS,
    "проверок": VERIFICATIONS,
    "запросов": REQUESTS,
    "вопросов": QUESTIONS,
}
LIST = f"(?P<what>{'|'.join(LISTS)})"
BOXES = {"ждущие ответа": "incoming", "вернувшиеся": "came_back"}


def shown(desk: Desk, who: str, collection: str, **asked: Any) -> list[Any]:
    """Return the rows of a list as somebody reads it."""
    page = desk.driver.page(who, collection, **asked)
    assert not isinstance(page, Refused), page
    return list(page["items"])


@given(parsers.parse("фронт-офис знает группы: {names}"))
def known_groups(desk: Desk, names: str) -> None:
    for name in names.split("; "):
        register(desk, a_group(name))
        assert not isinstance(desk.answer, Refused), desk.answer


@given(parsers.parse('группа "{name}" известна и под названием "{name_kk}"'))
def known_by_two_names(desk: Desk, name: str, name_kk: str) -> None:
    register(desk, a_group(name, name_kk=name_kk))


@given(parsers.parse('организация "{name}" признана волонтёрской до {until}'))
def verified_until(desk: Desk, name: str, until: str) -> None:
    desk.begin(
        VERIFICATIONS,
        organization_id=organization_of(desk, name),
        checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=VISIT),),
        decision=Decision(findings=ALL_FOUND, valid_until=day(until)),
    )


@then(parsers.parse('по словам "{words}" находится группа: {name}'))
def found(desk: Desk, words: str, name: str) -> None:
    rows = shown(desk, SPECIALIST, ORGANIZATIONS, q=words)
    assert [row["name"] for row in rows] == [name]


@then(parsers.parse('по словам "{words}" никто не находится'))
def nobody_found(desk: Desk, words: str) -> None:
    assert shown(desk, SPECIALIST, ORGANIZATIONS, q=words) == []


@then("по концу своего номера находится запрос")
def found_by_number(desk: Desk) -> None:
    number = str(desk.request["number"]).rpartition("/")[2]
    (row,) = shown(desk, SPECIALIST, REQUESTS, q=number)
    assert row["id"] == desk.request["id"]


@then(parsers.parse("группы по названию: {names}"))
def by_name(desk: Desk, names: str) -> None:
    rows = shown(desk, SPECIALIST, ORGANIZATIONS, order="name")
    assert [row["name"] for row in rows] == names.split("; ")


@then(parsers.parse("в ближайшие {days:d} дней заканчивается признание: {names}"))
def expires(desk: Desk, days: int, names: str) -> None:
    rows = shown(desk, SPECIALIST, VERIFICATIONS, expires_within=days, order="valid_until")
    told = [row["organization_name"] for row in rows]
    assert told == ([] if names == "ничьё" else names.split("; "))


@then(parsers.re(rf"{WHO} видит (?P<box>{'|'.join(BOXES)}) вопросы: (?P<told>.+)"))
def in_box(desk: Desk, who: str, box: str, told: str) -> None:
    rows = shown(desk, READERS[who], QUESTIONS, box=BOXES[box])
    assert [row["question"] for row in rows] == ([] if told == "нет" else [told.strip('"')])


@then(parsers.re(rf'{WHO} видит в вернувшемся вопросе: "(?P<words>.+)"'))
def came_back_with(desk: Desk, who: str, words: str) -> None:
    (row,) = shown(desk, READERS[who], QUESTIONS, box="came_back")
    assert row["words"] == words


@when(parsers.re(f"{WHO} выгружает список {LIST} в таблицу"))
def exports(desk: Desk, who: str, what: str) -> None:
    answer = desk.driver.export(READERS[who], LISTS[what])
    desk.answer = answer if isinstance(answer, Refused) else {"ids": answer}


@when(parsers.re(f'{WHO} выгружает в таблицу организации по словам "(?P<words>.+)"'))
def exports_found(desk: Desk, who: str, words: str) -> None:
    answer = desk.driver.export(READERS[who], ORGANIZATIONS, q=words)
    desk.answer = answer if isinstance(answer, Refused) else {"ids": answer}


@then(parsers.re("в таблице (?P<whether>есть|нет) запроса?$"))
def request_in_table(desk: Desk, whether: str) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer
    assert (str(desk.request["id"]) in desk.answer["ids"]) is (whether == "есть")


@then(parsers.parse("в таблице группы: {names}"))
def groups_in_table(desk: Desk, names: str) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer
    wanted = {desk.organizations[name] for name in names.split("; ")}
    assert set(desk.answer["ids"]) == wanted


@then(parsers.re(f"аудитор видит, что {WHO} выгружал список {LIST}"))
def on_record(desk: Desk, who: str, what: str) -> None:
    own = looks(desk, staff=str(staff_id(READERS[who])))
    taken = [look["asked"]["list"] for look in own if look["kind"] == "export"]
    assert taken == [LISTS[what]]
    assert READERS[who] != READER
