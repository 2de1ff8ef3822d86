"""A list of organizations is registered whole or not at all, and once however often it comes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from builders import NEIGHBOUR, a_group
from crashing import failing, quiet
from eventsourcing.persistence import OperationalError

from application.case_types import ORGANIZATION
from application.persistence import recorder
from application.streams import StaleCase
from application.use_cases.imports import ListedOrganization
from domain.actors import DateInFuture
from domain.organization.duplicates import DuplicateSuspected
from domain.rules.authority import OfficeForbidden

MANY = recorder._FEW * 4
# Letters that no two numbers share, so that no two names are near.
LETTERS = "абвгдежзик"


def name_of(number):
    return "".join(LETTERS[int(digit)] * 3 for digit in f"{number:03}")


def listed(row, name=None, **more):
    name = name or name_of(row)
    return ListedOrganization(**{"row": row, "told": name, "details": a_group(name=name), **more})


def many(count=MANY):
    return [listed(row) for row in range(2, count + 2)]


def outcomes(verdicts):
    return [
        type(each.refusal).__name__ if each.refusal else "new" if each.begun else "known"
        for each in verdicts
    ]


@pytest.fixture
def cases(office):
    return office.cases


def test_looking_a_list_over_records_nothing(office, cases):
    verdicts = cases.look_over(office.on(), many(3), quiet)

    assert outcomes(verdicts) == ["new"] * 3
    assert cases.count_events() == 0


def test_a_long_list_is_registered_in_one_transaction(office, cases, database_url):
    verdicts = cases.register_all(office.on(), many(), quiet)

    assert outcomes(verdicts) == ["new"] * MANY
    with psycopg.connect(database_url) as connection:
        ((transactions, positions),) = connection.execute(
            "SELECT count(DISTINCT xmin::text), max(notification_id) - min(notification_id) + 1"
            " FROM case_events"
        ).fetchall()
    assert (transactions, positions) == (1, MANY)
    assert cases.check_read_models(quiet) == []
    first = cases.case(ORGANIZATION, verdicts[0].id)
    assert first.state.details.name == name_of(2)
    assert first.events[0].cause == "test:2"


@pytest.mark.parametrize("table", ["case_events", "organizations", "sights"])
def test_a_failure_at_any_table_leaves_nothing_of_a_list(office, cases, database_url, table):
    with failing(database_url, table, "53100"), pytest.raises(OperationalError):
        cases.register_all(office.on(), many(), quiet)

    assert cases.count_events() == 0
    assert cases.check_read_models(quiet) == []


def test_one_refused_row_keeps_all_others_out(office, cases):
    rows = [*many(2), listed(9, occurred_on=office.on().today + timedelta(days=1))]
    verdicts = cases.register_all(office.on(), rows, quiet)

    assert outcomes(verdicts) == ["new", "new", DateInFuture.__name__]
    assert cases.count_events() == 0


def test_a_list_that_comes_again_is_known_and_its_news_are_registered(office, cases, clock):
    cases.register_all(office.on(), many(3), quiet)
    clock.now += timedelta(days=400)
    cases.forget_old_keys(clock())
    verdicts = cases.register_all(office.on(), many(4), quiet)

    assert outcomes(verdicts) == ["known"] * 3 + ["new"]
    assert cases.count_events() == 4


def test_a_list_is_known_by_what_it_tells_and_not_by_its_order(office, cases):
    rows = many(3)
    cases.register_all(office.on(), rows, quiet)
    moved = [listed(30 + place, row.told) for place, row in enumerate(reversed(rows))]

    assert outcomes(cases.register_all(office.on(), moved, quiet)) == ["known"] * 3


def test_an_organization_that_was_given_out_is_known_by_its_id(office, cases):
    known = office.group("Тёплый двор").id
    rows = [listed(2, "Тёплый двор", known_as=known), listed(3, "Соседи", known_as=UUID(int=7))]

    assert outcomes(cases.look_over(office.on(), rows, quiet)) == ["known", "new"]


def test_rows_that_look_alike_wait_for_a_decision(office, cases):
    rows = [listed(2, "Тёплый двор"), listed(3, "«Тёплый двор»"), listed(4, "Соседи")]
    first, second, _ = cases.register_all(office.on(), rows, quiet)

    assert isinstance(second.refusal, DuplicateSuspected)
    assert second.candidates == (first.id,)
    assert cases.count_events() == 0


def test_rows_that_say_the_same_are_told_apart_by_a_decision(office, cases):
    rows = [listed(2, "Двор"), listed(3, "Двор", not_duplicate="Другой двор, другие люди")]
    first, second = cases.register_all(office.on(), rows, quiet)

    assert first.id != second.id
    decided = cases.case(ORGANIZATION, second.id).events[0].not_duplicate
    assert (decided.ids, decided.reason) == ((first.id,), "Другой двор, другие люди")


def test_what_is_registered_already_has_to_be_told_apart_too(office, cases):
    there = office.group("Тёплый двор").id
    row = listed(2, "ТЁПЛЫЙ ДВОР")
    (refused,) = cases.look_over(office.on(), [row], quiet)
    assert refused.candidates == (there,)

    decided = listed(2, "ТЁПЛЫЙ ДВОР", not_duplicate="Другие люди")
    (verdict,) = cases.register_all(office.on(), [decided], quiet)
    assert cases.case(ORGANIZATION, verdict.id).events[0].not_duplicate.ids == (there,)


def test_what_is_in_the_list_and_registered_already_is_named_once(office, cases):
    (there,) = cases.register_all(office.on(), [listed(2, "Тёплый двор")], quiet)
    _, refused = cases.look_over(
        office.on(), [listed(2, "Тёплый двор"), listed(3, "«Тёплый двор»")], quiet
    )
    assert refused.candidates == (there.id,)


def test_a_list_is_of_the_own_office(office, cases):
    (verdict,) = cases.look_over(office.on(NEIGHBOUR), many(1), quiet)

    assert isinstance(verdict.refusal, OfficeForbidden)


def test_of_two_at_one_moment_one_registers_the_list(office, cases):
    def register(_):
        try:
            (told,) = set(outcomes(cases.register_all(office.on(), many(), quiet)))
        except StaleCase:
            told = "stale"
        return told

    with ThreadPoolExecutor(4) as together:
        told = list(together.map(register, range(4)))

    assert set(told) <= {"new", "known", "stale"}
    assert told.count("new") == 1
    assert cases.count_events() == MANY
    assert cases.check_read_models(quiet) == []
