"""Read models are exact: made anew from the streams they come out the same."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import psycopg
import pytest
from builders import TODAY, TRAINING
from office import Office, ref

from application.read_models.lists import REQUESTS, ListQuery
from domain.assistance_request import details, steps
from domain.catalogue.codes import LoanKind

ROOM = details.PremisesAndEquipment(
    kind=LoanKind.PREMISES, needed="Зал", needed_from=TODAY, needed_until=TODAY
)
LENT = steps.Lent(loan_kind=LoanKind.PREMISES, item="Зал", lent_from=TODAY, lent_until=TODAY)


NAMES = ("Парус", "Компас", "Маяк", "Родник", "Журавль", "Огонёк", "Ковчег", "Пламя")


def quiet(_):
    pass


@pytest.fixture
def busy(office: Office) -> Office:
    """An office with cases that have rows in every read model."""
    organization = office.organization()
    office.verified(organization.id)
    request = office.request(organization.id, TRAINING)
    office.cases.escalate(request.case_type, ref(request), office.on(), question="Как быть?")
    lent = office.request(office.group("Двор").id, ROOM)
    office.cases.record_step(ref(lent), office.on(), summary="Зал", details=LENT)
    return office


def test_what_was_written_live_equals_what_the_streams_give(busy):
    assert busy.cases.check_read_models(quiet) == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE requests SET status = 'helped' WHERE help_type = 'training'", {True, False}),
        ("DELETE FROM loans", {False}),
        ("UPDATE standings SET valid_until = NULL", {True, False}),
        (
            """INSERT INTO escalations SELECT case_id, 2, seen_by, case_type, number, from_office, to_office,
            direction, question, status, words, search_text, raised_at, updated_at FROM escalations""",
            {True},
        ),
    ],
)
def test_damage_is_told_by_row_and_undone(busy, database_url, damage, told):
    with psycopg.connect(database_url) as connection:
        connection.execute(damage)

    assert {each.is_live for each in busy.cases.check_read_models(quiet)} == told
    assert len(busy.cases.check_read_models(quiet)) == len(busy.cases.rebuild_read_models(quiet))
    assert busy.cases.check_read_models(quiet) == []


def test_a_rebuild_tells_how_far_it_is(busy):
    read = []
    busy.cases.rebuild_read_models(read.append)
    assert sum(read) == busy.cases.count_events()


def test_the_rules_of_the_tables_hold_after_a_rebuild(busy, database_url):
    def constraints():
        with psycopg.connect(database_url) as connection:
            return (
                connection.execute(
                    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
                    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
                ).fetchall()
                + connection.execute(
                    "SELECT tablename, indexname, indexdef FROM pg_indexes"
                    " WHERE schemaname = 'public' ORDER BY 1, 2"
                ).fetchall()
            )

    before = constraints()
    busy.cases.rebuild_read_models(quiet)
    assert constraints() == before


def test_what_only_one_may_have_can_pass_on_while_the_read_models_are_rebuilt(office):
    def begin(organization_id):
        return office.cases.request_verification(office.on(), organization_id=organization_id)

    begun = [begin(office.group(name).id) for name in NAMES]

    def begin_anew(_):
        for each in begun:
            office.cases.withdraw_verification(ref(each), office.on(), reason="Ошибка")
            begin(each.state.organization_id)
        begun.clear()

    assert office.cases.rebuild_read_models(begin_anew) == []
    assert office.cases.check_read_models(quiet) == []


def test_writers_and_readers_go_on_while_the_read_models_are_rebuilt(busy):
    stop = Event()

    def write(number):
        written = 0
        while not stop.is_set():
            request = busy.request(busy.group(f"Группа {number}-{written}").id, TRAINING)
            busy.cases.assign(ref(request), busy.on(), staff_id=busy.specialist)
            written += 1
        return written

    def read(_):
        pages = 0
        while not stop.is_set():
            busy.cases.queries.page(REQUESTS, ListQuery(today=TODAY))
            pages += 1
        return pages

    with ThreadPoolExecutor(5) as people:
        done = [people.submit(write, number) for number in range(3)]
        done += [people.submit(read, number) for number in range(2)]
        try:
            differences = [busy.cases.rebuild_read_models(quiet) for _ in range(5)]
        finally:
            stop.set()
    assert differences == [[]] * 5
    assert all(each.result() > 0 for each in done)
    assert busy.cases.check_read_models(quiet) == []
