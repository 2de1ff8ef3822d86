"""People: held, released, erased, and what is left of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drivers import ACCOUNTS, ORGANIZATIONS, SUBJECTS, Refused, day
from people import staff_id
from pytest_bdd import given, parsers, then, when
from steps.access import READERS, contact_of
from steps.desk import ADMINISTRATOR, HEAD, OBLAST, REPUBLICAN, SPECIALIST, Desk
from steps.organizations import a_contact, a_group, register

from domain.catalogue.codes import ErasureGround

DECIDING = {
    "руководитель Алматинской области": f"head@{OBLAST}",
    "республиканский руководитель": f"republican_head@{REPUBLICAN}",
    "руководитель": HEAD,
    "специалист": SPECIALIST,
    "администратор": ADMINISTRATOR,
    "аудитор": READERS["аудитор"],
}
WHO, REASON = f"(?P<who>{'|'.join(DECIDING)})", '"(?P<reason>.*)"'
UNTIL = r"(?: до (?P<until>[\d.]+))?"
PLACES = {
    "события дел": "events",
    "ключ человека": "keys",
    "список организаций": "organizations",
    "документы": "documents",
    "журналы сервиса": "logs",
}
SAME = ("Пример Примеров", "+77000000001")


def decide(desk: Desk, who: str, subject_id: str, name: str, **body: Any) -> None:
    """Read what was decided about a person, and decide; what is refused is the answer."""
    found = desk.driver.read(SUBJECTS, subject_id, who=DECIDING[who])
    if isinstance(found, Refused):
        desk.answer = found
        return
    desk.cases[SUBJECTS] = found
    desk.command(SUBJECTS, name, DECIDING[who], **body)


@given(parsers.re(f"{WHO} удалил данные контактного лица: {REASON}"))
@when(parsers.re(f"{WHO} удаляет данные контактного лица: {REASON}"))
def erased(desk: Desk, who: str, reason: str) -> None:
    ground = ErasureGround.CONSENT_WITHDRAWN
    decide(desk, who, contact_of(desk), "erase", ground=ground, reason=reason)


@when(parsers.re(f"{WHO} удаляет данные сотрудника: {REASON}"))
def staff_erased(desk: Desk, who: str, reason: str) -> None:
    ground, account_id = ErasureGround.PURPOSE_REACHED, str(desk.cases[ACCOUNTS]["id"])
    decide(desk, who, account_id, "erase", ground=ground, reason=reason)


@given(parsers.re(f"{WHO} удержал данные контактного лица{UNTIL}: {REASON}"))
@when(parsers.re(f"{WHO} удерживает данные контактного лица{UNTIL}: {REASON}"))
def held(desk: Desk, who: str, until: str | None, reason: str) -> None:
    last = {"until": day(until)} if until else {}
    decide(desk, who, contact_of(desk), "hold", reason=reason, **last)


@when(parsers.re(f"{WHO} снимает удержание: {REASON}"))
def released(desk: Desk, who: str, reason: str) -> None:
    decide(desk, who, contact_of(desk), "release", reason=reason)


@given("то же контактное лицо записано у группы Алматинской области")
def known_elsewhere(desk: Desk) -> None:
    at_hand = desk.cases[ORGANIZATIONS]
    place = {"region": OBLAST, "district": "191000000"}
    details = a_group("Степной двор", contact_persons=(a_contact(*SAME),), **place)
    desk.begin(ORGANIZATIONS, f"specialist@{OBLAST}", details=details)
    assert not isinstance(desk.answer, Refused), desk.answer
    desk.cases[ORGANIZATIONS] = at_hand


@when(parsers.parse('то же контактное лицо записывают у группы "{name}"'))
def recorded_again(desk: Desk, name: str) -> None:
    register(desk, a_group(name, contact_persons=(a_contact(*SAME),)))


@given("республиканский фронт-офис выгрузил историю организации")
def exported(desk: Desk) -> None:
    case_id = str(desk.cases[ORGANIZATIONS]["id"])
    desk.driver.export_history(READERS["республиканский фронт-офис"], ORGANIZATIONS, case_id)


@then("в организации нет ни имени, ни телефона контактного лица")
def nobody_is_left(desk: Desk) -> None:
    person: Mapping[str, Any] = desk.read(ORGANIZATIONS)["contact_persons"][0]["person"]
    assert (person["name"], person["phone"]) == (None, None)
    assert UUID(str(person["subject_id"]))


@then("отчёт об удалении говорит:")
def report_says(desk: Desk, datatable: list[list[str]]) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer
    told = {each["place"]: each["outcome_title"] for each in desk.answer["places"]}
    assert {place: told[PLACES[place]] for place, _ in datatable} == dict(datatable)


@then("отчёт называет, что данные унёс республиканский фронт-офис")
def report_names(desk: Desk) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer
    who = str(staff_id(READERS["республиканский фронт-офис"]))
    assert [each["staff_id"] for each in desk.answer["exports"]] == [who]


@then(parsers.parse('в отказе названы слова "{words}"'))
def refusal_tells(desk: Desk, words: str) -> None:
    assert isinstance(desk.answer, Refused)
    assert desk.answer.facts["reason"] == words
