"""The calendar of working days: it is corrected at the machine, however the cases are read."""

from collections.abc import Callable
from typing import Any

from drivers import REQUESTS, Refused, day
from people import actor
from phrases import EVENTS
from pytest_bdd import given, parsers, then, when
from steps.desk import HEAD, REPUBLICAN, SPECIALIST, Desk

from application.front_office import FrontOffice
from application.services import Services
from domain.actors import Occasion
from domain.refusals import Refusal

WHO = {
    "республиканский руководитель": f"republican_head@{REPUBLICAN}",
    "руководитель региона": HEAD,
}
KINDS = {"выходным": False, "рабочим": True}
_WHO, _KIND = f"(?P<who>{'|'.join(WHO)})", f"(?P<kind>{'|'.join(KINDS)})"
_DAY, _REASON = r"(?P<text>[\d.]+)", '"(?P<reason>.*)"'


def decide(
    desk: Desk, services: Services, who: str, command: Callable[[FrontOffice, Occasion], Any]
) -> None:
    """Give a command about the calendar; what is refused is the answer."""
    by = actor(WHO[who])
    try:
        command(services.front_office_of(by), services.occasion(by, cause="scenario"))
    except Refusal as refusal:
        desk.answer = Refused(refusal.code, refusal.facts)


@given(parsers.re(f"{_WHO} сделал {_DAY} {_KIND}: {_REASON}"))
@when(parsers.re(f"{_WHO} делает {_DAY} {_KIND}: {_REASON}"))
def corrected(desk: Desk, services: Services, who: str, text: str, kind: str, reason: str) -> None:
    decide(
        desk,
        services,
        who,
        lambda office, on: office.correct_day(
            on, day=day(text), is_working=KINDS[kind], reason=reason
        ),
    )


@when(parsers.re(f"{_WHO} снимает исправление {_DAY}: {_REASON}"))
def withdrawn(desk: Desk, services: Services, who: str, text: str, reason: str) -> None:
    decide(
        desk,
        services,
        who,
        lambda office, on: office.withdraw_correction(on, day=day(text), reason=reason),
    )


@then(parsers.parse("у календаря записано: {phrase}"))
def recorded(services: Services, phrase: str) -> None:
    assert EVENTS[services.front_office.corrections().events[-1].TOPIC] == phrase


@then("в списке у запроса тот же срок")
def listed(desk: Desk) -> None:
    page = desk.driver.page(SPECIALIST, REQUESTS)
    assert not isinstance(page, Refused)
    assert [row["due_on"] for row in page["items"]] == [desk.refresh(REQUESTS)["due_on"]]


@then(parsers.parse("на тот момент ответ нужно было дать до {due}"))
def due_then(desk: Desk, moment: Any, due: str) -> None:
    assert desk.read(REQUESTS, as_of=moment)["due_on"] == day(due).isoformat()
