"""Who sees a case and how much of it, who works on it, and who has looked."""

from typing import Any
from uuid import UUID, uuid5

from drivers import ACCOUNTS, LOOKS, ORGANIZATIONS, READER, REQUESTS, VERIFICATIONS, Refused
from people import People, staff_id
from phrases import EVENTS
from pytest_bdd import given, parsers, then, when
from steps.desk import ADMINISTRATOR, HEAD, SPECIALIST, Desk
from steps.offices import PEOPLE
from steps.organizations import a_contact, a_group, register
from steps.requests import TRAINING, ask
from steps.verifications import organization_of

from domain.personal import person

COLLEAGUE = f"{SPECIALIST}#colleague"
READERS = {
    **PEOPLE,
    "аудитор": READER,
    "администратор": ADMINISTRATOR,
    "руководитель": HEAD,
    "коллега": COLLEAGUE,
}
CASES = {
    "организацию": ORGANIZATIONS,
    "проверку": VERIFICATIONS,
    "запрос": REQUESTS,
    "учётную запись": ACCOUNTS,
}
WHO, CASE = f"(?P<who>{'|'.join(READERS)})", f"(?P<case>{'|'.join(CASES)})"


def read(desk: Desk, who: str, case: str) -> Any:
    """Let somebody read the case at hand."""
    collection = CASES[case]
    return desk.driver.read(collection, str(desk.cases[collection]["id"]), who=READERS[who])


def told(desk: Desk, who: str) -> list[str]:
    """Return what somebody reads in the history of the request at hand."""
    entries = desk.driver.history(REQUESTS, str(desk.request["id"]), who=READERS[who])
    return [EVENTS[str(each["event"])] for each in entries]


@when(parsers.re(f"{WHO} читает {CASE}"))
def reads(desk: Desk, who: str, case: str) -> None:
    desk.answer = read(desk, who, case)


@when(parsers.re(f"{WHO} читает список запросов"))
def reads_list(desk: Desk, who: str) -> None:
    desk.answer = desk.driver.page(READERS[who], REQUESTS)


@then("дело открывается")
def opens(desk: Desk) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer


@then(parsers.re(f"{WHO} (?P<whether>видит|не видит) {CASE} в списке"))
def sees_in_list(desk: Desk, who: str, whether: str, case: str) -> None:
    page = desk.driver.page(READERS[who], CASES[case])
    assert not isinstance(page, Refused), page
    listed = {row["id"] for row in page["items"]}
    assert (desk.cases[CASES[case]]["id"] in listed) is (whether == "видит")


@then(parsers.re(f"{WHO} видит запрос целиком"))
def sees_all(desk: Desk, who: str) -> None:
    assert told(desk, who) == told(desk, "аудитор")


@then(parsers.re(f"{WHO} видит запрос до события: (?P<phrase>.+)"))
def sees_until(desk: Desk, who: str, phrase: str) -> None:
    seen, whole = told(desk, who), told(desk, "аудитор")
    assert seen[-1] == phrase
    assert seen == whole[: len(seen)] != whole


@given(parsers.re(f'{WHO} сделал заметку в запросе: "(?P<text>.+)"'))
@when(parsers.re(f'{WHO} делает заметку в запросе: "(?P<text>.+)"'))
def noted(desk: Desk, who: str, text: str) -> None:
    found = read(desk, who, "запрос")
    assert not isinstance(found, Refused), found
    desk.cases[REQUESTS] = found
    desk.command(REQUESTS, "note", READERS[who], text=text)


@when(parsers.re(f'{WHO} спрашивает организацию: "(?P<question>.+)"'))
def asks(desk: Desk, who: str, question: str) -> None:
    desk.command(REQUESTS, "ask-organization", READERS[who], question=question)


@when(parsers.re(f'{WHO} закрывает организацию: "(?P<reason>.+)"'))
def closes(desk: Desk, who: str, reason: str) -> None:
    desk.command(ORGANIZATIONS, "close", READERS[who], reason=reason)


@given(
    parsers.parse('республиканский фронт-офис спросил фронт-офис Алматинской области: "{question}"')
)
@when(
    parsers.parse(
        'республиканский фронт-офис спрашивает фронт-офис Алматинской области: "{question}"'
    )
)
def asks_region(desk: Desk, question: str) -> None:
    who = PEOPLE["республиканский фронт-офис"]
    desk.command(REQUESTS, "escalate", who, question=question, to="KZ-19")


@when(parsers.re(f'{WHO} регистрирует группу "(?P<name>.+)" города Алматы'))
def registers_abroad(desk: Desk, who: str, name: str) -> None:
    desk.begin(ORGANIZATIONS, READERS[who], details=a_group(name))


@when(parsers.re(f"{WHO} принимает запрос волонтёра города Алматы"))
def asked_abroad(desk: Desk, who: str) -> None:
    someone = person(uuid5(UUID(int=3), "abroad"), "Пример Примеров", "+77000000008")
    place = {"region": "KZ-75", "district": "751710000"}
    ask(desk, TRAINING, who=READERS[who], volunteer=someone, **place)


@when(parsers.re(f'{WHO} начинает проверку организации "(?P<name>.+)"'))
def verifies_abroad(desk: Desk, who: str, name: str) -> None:
    desk.begin(VERIFICATIONS, READERS[who], organization_id=organization_of(desk, name))


@given("запрос поручен коллеге")
@when("запрос поручен коллеге")
def assigned_to_colleague(desk: Desk, people: People) -> None:
    assign(desk, str(people.account(COLLEAGUE)))


@when("запрос поручен сотруднику, которого нет")
def assigned_to_nobody(desk: Desk) -> None:
    assign(desk, str(staff_id("nobody@KZ-75")))


@when("запрос поручен специалисту другого региона")
def assigned_abroad(desk: Desk, people: People) -> None:
    assign(desk, str(people.account("specialist@KZ-19")))


@when("запрос поручен аудитору")
def assigned_to_auditor(desk: Desk, people: People) -> None:
    assign(desk, str(people.account(READER)))


@when("руководитель поручает запрос специалисту")
def assigned_by_head(desk: Desk) -> None:
    assign(desk, str(staff_id(SPECIALIST)), HEAD)


def assign(desk: Desk, account_id: str, who: str = SPECIALIST) -> None:
    """Give the request at hand to somebody."""
    desk.command(REQUESTS, "assign", who, staff_id=account_id)


@then("запрос никому не поручен")
def assigned_to_none(desk: Desk) -> None:
    assert desk.refresh(REQUESTS)["assigned_to"] is None


@given(parsers.parse('у группы "{name}" записано контактное лицо'))
def with_contact(desk: Desk, name: str) -> None:
    register(desk, a_group(name, contact_persons=(a_contact("Пример Примеров", "+77000000001"),)))


@when(parsers.re(f"{WHO} спрашивает, кто смотрел данные контактного лица"))
def asks_who_looked(desk: Desk, who: str) -> None:
    desk.answer = desk.driver.page(READERS[who], LOOKS, subject=contact_of(desk))


@then(parsers.re(f"аудитор (?P<whether>видит|не видит), что контактное лицо смотрел {WHO}"))
def was_looked_at(desk: Desk, whether: str, who: str) -> None:
    looked = {look["staff_id"] for look in looks(desk, subject=contact_of(desk))}
    assert (str(staff_id(READERS[who])) in looked) is (whether == "видит")


@then(parsers.re(f"аудитор (?P<whether>видит|не видит), что {WHO} смотрел контактное лицо"))
def has_looked(desk: Desk, whether: str, who: str) -> None:
    own = looks(desk, staff=str(staff_id(READERS[who])))
    people = {subject for look in own for subject in look["subjects"]}
    assert (contact_of(desk) in people) is (whether == "видит")


def looks(desk: Desk, **by: str) -> list[Any]:
    """Return the looks that an auditor finds."""
    page = desk.driver.page(READER, LOOKS, **by)
    assert not isinstance(page, Refused), page
    return list(page["items"])


def contact_of(desk: Desk) -> str:
    """Return who the contact person of the organization at hand is."""
    return str(desk.cases[ORGANIZATIONS]["contact_persons"][0]["person"]["subject_id"])
