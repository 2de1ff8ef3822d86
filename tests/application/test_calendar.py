"""The calendar is corrected: every process counts by it, and every term in the lists follows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import psycopg
import pytest
from builders import CALENDAR, TRAINING
from office import Office, ref
from people import ADMINISTRATOR, actor

from application import bootstrap
from application.case_types import REQUEST
from application.persistence.terms import Terms
from application.read_models.lists import REQUESTS, ListQuery
from application.services import Services
from domain.calendar_corrections.corrections import DayAlreadySo, DayNotCorrected
from domain.rules.authority import RoleForbidden

DAY, DAYS = date(2026, 3, 10), timedelta(days=1)
DUE, LATER = date(2026, 3, 27), date(2026, 3, 30)


def quiet(_):
    pass


@pytest.fixture
def other(settings, database_url, clock, services) -> Iterator[Services]:
    """Another process over the same database, which hears of nothing by itself."""
    with bootstrap.build(settings, database_url, clock=clock) as built:
        yield built


@pytest.fixture
def colleagues(other) -> Office:
    """The same office in the other process."""
    return Office(other)


def correct(services, day=DAY, *, is_working=False, reason="Постановление"):
    on = services.occasion(ADMINISTRATOR, cause="test")
    return services.front_office.correct_day(on, day=day, is_working=is_working, reason=reason)


def withdraw(services, day=DAY):
    on = services.occasion(ADMINISTRATOR, cause="test")
    return services.front_office.withdraw_correction(on, day=day, reason="Ошибка")


def listed(office, today=DAY):
    query = ListQuery(today=today)
    return {row["id"]: row["due_on"] for row in office.cases.queries.page(REQUESTS, query).rows}


def shown(office, request):
    stream = office.cases.case(REQUEST, request.id)
    return office.cases.file(stream, DAY).due_on


def test_a_correction_moves_the_terms_that_it_lies_in_and_their_rows(office):
    request = office.request(office.group().id, TRAINING)
    assert listed(office) == {request.id: DUE}
    correct(office.services)
    assert listed(office) == {request.id: LATER}
    assert shown(office, request) == LATER
    withdraw(office.services)
    assert listed(office) == {request.id: DUE}
    assert office.cases.check_read_models(quiet) == []


def test_the_terms_that_cannot_be_moved_are_not_derived_again(office, monkeypatch):
    office.request(office.group().id, TRAINING)
    derived = []
    monkeypatch.setattr(Terms, "derive", lambda _self, rows, _: derived.append(list(rows)))
    correct(office.services, LATER)
    assert derived == []


def test_a_term_that_somebody_waited_for_after_it_ran_out_is_moved_too(office, clock):
    request = office.request(office.group().id, TRAINING)
    clock.now += timedelta(days=60)
    asked = office.cases.ask_organization(ref(request), office.on(), question="Когда?")
    clock.now += timedelta(days=10)
    office.cases.record_answer(ref(asked), office.on(), answer="Завтра")
    correct(office.services, date(2026, 5, 5))
    assert office.cases.check_read_models(quiet) == []


def test_another_process_hears_of_a_correction_with_the_next_caller(office, colleagues):
    request = office.request(office.group().id, TRAINING)
    token = office.people.token("specialist@KZ-75")
    assert shown(colleagues, request) == DUE
    correct(office.services)
    assert shown(colleagues, request) == DUE
    colleagues.services.desk.caller(token, "127.0.0.1")
    assert shown(colleagues, request) == LATER


def test_no_term_is_saved_by_the_calendar_of_before(office, colleagues):
    group = office.group().id
    assert colleagues.cases.calendar.corrections == 0
    correct(office.services)
    request = colleagues.request(group, TRAINING)
    assert listed(office) == {request.id: LATER}
    assert shown(colleagues, request) == LATER


def test_a_correction_that_was_broken_off_is_finished_by_the_upkeep(office, monkeypatch):
    request = office.request(office.group().id, TRAINING)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Terms, "affected", killed)
        correct(office.services)
    assert listed(office) == {request.id: DUE}
    office.services.tidy_up()
    assert listed(office) == {request.id: LATER}
    assert office.cases.check_read_models(quiet) == []


def test_who_derives_with_an_old_calendar_begins_again(office, colleagues, monkeypatch):
    request = office.request(office.group().id, TRAINING)
    affected = Terms.affected

    def overtaken(terms, day):
        monkeypatch.setattr(Terms, "affected", affected)
        correct(colleagues.services, date(2026, 3, 11))
        return affected(terms, day)

    monkeypatch.setattr(Terms, "affected", overtaken)
    correct(office.services)
    assert listed(office) == {request.id: date(2026, 3, 31)}
    assert office.cases.check_read_models(quiet) == []


def test_a_correction_between_reading_and_swapping_is_in_the_rebuilt_lists(office, colleagues):
    request = office.request(office.group().id, TRAINING)
    told = []

    def corrected(read):
        if not told:
            correct(colleagues.services)
        told.append(read)

    assert office.cases.rebuild_read_models(corrected) == []
    assert listed(office) == {request.id: LATER}


def test_read_models_that_are_filled_anew_are_filled_by_the_corrected_calendar(
    office, settings, database_url
):
    request = office.request(office.group().id, TRAINING)
    correct(office.services)
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE forms SET mark = 'another table' WHERE name = 'read models'")
    bootstrap.prepare(settings, database_url)
    assert listed(office) == {request.id: LATER}
    assert office.cases.check_read_models(quiet) == []


def test_terms_stay_exact_while_calendars_are_corrected_under_the_commands(office, colleagues):
    organizations = [office.group(f"Группа {number}").id for number in range(4)]

    def work(at, organization):
        for _ in range(15):
            request = at.request(organization, TRAINING)
            asked = at.cases.ask_organization(ref(request), at.on(), question="Когда?")
            at.cases.record_answer(ref(asked), at.on(), answer="Завтра")

    def swap(at, day):
        for _ in range(3):
            correct(at.services, day)
            withdraw(at.services, day)
        correct(at.services, day)

    with ThreadPoolExecutor(6) as people:
        both = (office, colleagues)
        done = [people.submit(work, *each) for each in zip(both * 2, organizations, strict=True)]
        done += [people.submit(swap, at, DAY + n * DAYS) for n, at in enumerate(both)]
        for each in done:
            each.result()
    assert office.cases.corrections().version == 14
    assert set(listed(office).values()) == {date(2026, 3, 31)}
    assert office.cases.check_read_models(quiet) == []


def test_two_correct_the_calendar_at_the_same_moment(office, colleagues):
    with ThreadPoolExecutor(2) as people:
        made = [
            people.submit(correct, at.services, day)
            for at, day in ((office, DAY), (colleagues, date(2026, 3, 11)))
        ]
        assert sorted(each.result().version for each in made) == [1, 2]
    assert office.cases.corrections().state.days == {DAY: False, date(2026, 3, 11): False}


def test_the_past_of_a_request_is_shown_by_the_calendar_of_its_time(office, clock):
    request = office.request(office.group().id, TRAINING)
    before = clock()
    correct(office.services)
    stream = office.cases.case(REQUEST, request.id)
    then, now = office.cases.file(stream, DAY, before), office.cases.file(stream, DAY)
    assert (then.due_on, then.calendar_version) == (DUE, f"{CALENDAR.version}+0")
    assert (now.due_on, now.calendar_version) == (LATER, f"{CALENDAR.version}+1")


@pytest.mark.parametrize(
    "who",
    ["specialist@KZ-75", "head@KZ-75", "republican_specialist@KZ", "auditor@KZ", "service@KZ"],
)
def test_who_may_not_correct_the_calendar(office, who):
    on = office.services.occasion(actor(who), cause="test")
    with pytest.raises(RoleForbidden):
        office.services.front_office_of(actor(who)).correct_day(
            on, day=DAY, is_working=False, reason="Хочу"
        )
    assert office.cases.corrections().version == 0


def test_what_is_refused_changes_nothing(office):
    with pytest.raises(DayAlreadySo):
        correct(office.services, is_working=True)
    with pytest.raises(DayNotCorrected):
        withdraw(office.services)
    assert office.cases.corrections().version == 0
