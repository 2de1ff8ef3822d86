"""An auditor folds the histories anew, or tries another version of a rule on them."""

from typing import Any

import psycopg
import pytest
from backing_up import quiet
from builders import PLACES
from drivers import VERIFICATIONS, Refused
from msgspec import structs
from people import staff_id
from pytest_bdd import given, parsers, then, when
from replaying import replayed, unwatched
from steps.desk import Desk
from steps.organizations import a_group, register
from steps.verifications import ALL_FOUND, VISIT, organization_of

from application.case_types import REQUEST, VERIFICATION
from application.replay.divergences import Divergence, Kind
from application.replay.replaying import replay
from application.use_cases.decisions import CheckInput, Decision
from application.what_if.decisions import OtherDecision
from application.what_if.rules import RULES
from application.what_if.walking import WhatIf, what_if
from domain.catalogue.codes import CheckOutcome, HelpType
from domain.organization_verification.checks import PlatformRegistration
from web import what_if_report
from web.second_process import second_process


class Audit:
    """What an auditor has found last."""

    def __init__(self) -> None:
        self.divergences: tuple[Divergence, ...] = ()
        self.tried: WhatIf


@pytest.fixture
def audit() -> Audit:
    """An auditor who has found nothing yet."""
    return Audit()


@pytest.fixture
def owner(database_url: str) -> Any:
    """What changes the database past the service."""

    def execute(statement: str, *values: Any) -> None:
        with psycopg.connect(database_url) as connection:
            assert connection.execute(statement, values).rowcount == 1

    return execute


_EVENT = "WHERE originator_id = %s AND originator_version = %s"


@given("в списке запросов исправлен срок ответа")
def other_term(desk: Desk, owner: Any) -> None:
    owner("UPDATE requests SET due_on = due_on + 1 WHERE id = %s", desk.request["id"])


@given("из списка запросов строка убрана")
def row_gone(desk: Desk, owner: Any) -> None:
    owner("DELETE FROM requests WHERE id = %s", desk.request["id"])


@given("запрос показан фронт-офису, который его не видит")
def shown_to_another(desk: Desk, owner: Any) -> None:
    owner("INSERT INTO sights (case_id, office) VALUES (%s, 'KZ-19')", desk.request["id"])


@given("у учётной записи подменён признак для входа")
def other_login(owner: Any) -> None:
    owner("UPDATE staff SET login_key = repeat('0', 64) WHERE id = %s", _specialist())


@given("у поручения запроса подменён записанный рядом фронт-офис")
def other_office(desk: Desk, owner: Any) -> None:
    owner(f"UPDATE case_events SET office = 'KZ-19' {_EVENT}", desk.request["id"], 2)


@given("поручение запроса испорчено")
def damaged(desk: Desk, owner: Any) -> None:
    owner(f"UPDATE case_events SET state = '{{' {_EVENT}", desk.request["id"], 2)


@given("принятие запроса пропало из истории")
def gone(desk: Desk, owner: Any) -> None:
    owner(f"DELETE FROM case_events {_EVENT}", desk.request["id"], 1)


@when("аудитор складывает истории заново")
def folded(audit: Audit, database_url: str, settings: Any) -> None:
    audit.divergences = replayed(database_url, settings.key_file).divergences


@when("аудитор складывает истории заново здесь и на другой машине")
def folded_twice(audit: Audit, database_url: str, settings: Any) -> None:
    found = replay(database_url, settings.key_file, second_process, unwatched)
    assert found.elsewhere.is_other_than(found.here)
    audit.divergences = found.divergences


@when("списки построены заново")
def rebuilt(services: Any) -> None:
    services.front_office.rebuild_read_models(quiet)


@then("расхождений нет")
def nothing_diverges(audit: Audit) -> None:
    assert audit.divergences == ()


CASES = {"запрос": "request", "учётная запись": "staff"}


@then(
    parsers.re(
        r'расходится только (?P<case>[^:]+): в списке "(?P<table>\w+)" поле "(?P<field>\w+)"'
    )
)
def field_diverges(desk: Desk, audit: Audit, case: str, table: str, field: str) -> None:
    (found,) = audit.divergences
    assert (found.kind, found.table, found.field) == (Kind.FIELD, table, field)
    assert found.case_type == CASES[case]
    assert str(found.case_id) == (desk.request["id"] if case == "запрос" else _specialist())
    assert found.number == (desk.request["number"] if case == "запрос" else None)


@then(
    parsers.re(
        r'расходится только запрос: в списке "(?P<table>\w+)" (?P<what>нет строки|лишняя строка)'
    )
)
def row_diverges(desk: Desk, audit: Audit, table: str, what: str) -> None:
    kinds = {"нет строки": Kind.ROW_MISSING, "лишняя строка": Kind.ROW_EXTRA}
    _only(desk, audit, kinds[what], table=table)


@then("показано, что в списке и что даёт история")
def both_shown(desk: Desk, audit: Audit) -> None:
    (found,) = audit.divergences
    assert found.replayed == desk.request["due_on"]
    assert found.live > found.replayed


@then("сами значения не показаны")
def hidden(audit: Audit) -> None:
    (found,) = audit.divergences
    assert (found.is_hidden, found.live, found.replayed) == (True, None, None)


@then(parsers.parse('расходится только запрос: у события {version:d} поле "{field}"'))
def event_diverges(desk: Desk, audit: Audit, version: int, field: str) -> None:
    _only(desk, audit, Kind.OFFICE, version=version, field=field)


@then(parsers.parse("расходится только запрос: событие {version:d} не читается"))
def event_unread(desk: Desk, audit: Audit, version: int) -> None:
    _only(desk, audit, Kind.UNDECODABLE, version=version)


@then(parsers.parse("расходится только запрос: события {version:d} нет на месте"))
def event_gone(desk: Desk, audit: Audit, version: int) -> None:
    _only(desk, audit, Kind.VERSION_GAP, version=version)


def _only(desk: Desk, audit: Audit, kind: Kind, **more: Any) -> None:
    (found,) = audit.divergences
    assert (found.kind, str(found.case_id)) == (kind, desk.request["id"])
    assert {name: getattr(found, name) for name in more} == more


def _specialist() -> str:
    return str(staff_id("specialist@KZ-75"))


@given(parsers.parse('группа "{name}" проверена двумя способами'))
def verified_twice(desk: Desk, name: str) -> None:
    register(desk, a_group(name))
    look_up = PlatformRegistration(qazvolunteer_id="QV-1")
    desk.begin(
        VERIFICATIONS,
        organization_id=organization_of(desk, name),
        checks=tuple(
            CheckInput(outcome=CheckOutcome.CONFIRMED, details=each) for each in (VISIT, look_up)
        ),
        decision=Decision(findings=ALL_FOUND),
    )
    assert not isinstance(desk.answer, Refused), desk.answer


@pytest.fixture
def trial(audit: Audit, database_url: str, services: Any) -> Any:
    """What tries a rule with other parameters."""

    def with_parameters(name: str, **parameters: Any) -> None:
        rule = RULES[name]
        version = structs.replace(rule.standard, version=f"{name}/draft", **parameters)
        keys = services.front_office.surroundings.keys.now()
        audit.tried = what_if(database_url, keys, PLACES, rule, version, unwatched)

    return with_parameters


@when(parsers.parse("примеряют правило о доказательствах: подтверждений нужно {number:d}"))
def other_evidence(trial: Any, number: int) -> None:
    trial("sufficiency", confirmations=number)


@when(parsers.parse("примеряют правило о сроке признания: месяцев {number:d}"))
def other_validity(trial: Any, number: int) -> None:
    trial("validity", months=number)


@when(parsers.parse("примеряют правило о сроках: рабочих дней {number:d}"))
def other_days(trial: Any, number: int) -> None:
    trial("terms", working_days=number)


@when("примеряют правило о том, кому помогают: только проверенным — обучение")
def other_help(trial: Any) -> None:
    trial("eligibility", requires_verification=frozenset({HelpType.TRAINING}))


@then("ни одно решение не было бы иным")
def none_other(audit: Audit) -> None:
    assert audit.tried.considered > 0
    assert audit.tried.items == ()


@then("иными были бы решения:")
def others(audit: Audit, services: Any, datatable: list[list[str]]) -> None:
    """The words are those that people read, or part of them."""
    assert len(audit.tried.items) == len(datatable) - 1
    for each, (name, was, would_be, why) in zip(audit.tried.items, datatable[1:], strict=True):
        told = what_if_report.row(each)
        assert _organization(services, each) == name
        assert was in told["was"]
        assert would_be in told["would_be"]
        assert why in told["why"]


def _organization(services: Any, found: OtherDecision) -> str:
    case_type = VERIFICATION if found.topic.startswith("verification.") else REQUEST
    first = services.front_office.case(case_type, found.case_id).events[0]
    return str(getattr(first, "organization_name", None) or first.organization.name)
