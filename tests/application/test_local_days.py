"""A day begins and ends where the office is, before and after the country got one time zone."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from builders import PLACES
from office import ref
from people import actor
from world import OTHER, OWN, World

from application.case_types import REQUEST
from application.read_models.lists import REQUESTS, ListQuery
from application.reference import local_days
from application.reference.local_days import day_at
from domain.places import REPUBLICAN_OFFICE

EAST, WEST, QYZYLORDA, QOSTANAY = "KZ-75", "KZ-15", "KZ-43", "KZ-39"
LEAP_DAY, FIRST = date(2024, 2, 29), date(2024, 3, 1)


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "east", "west"),
    [
        (utc(2024, 2, 28, 17, 59), date(2024, 2, 28), date(2024, 2, 28)),
        (utc(2024, 2, 28, 18, 30), LEAP_DAY, date(2024, 2, 28)),
        (utc(2024, 2, 28, 19, 0), LEAP_DAY, LEAP_DAY),
        # The hour before midnight came twice in the east: it is of 29 February both times.
        (utc(2024, 2, 29, 17, 59), LEAP_DAY, LEAP_DAY),
        (utc(2024, 2, 29, 18, 30), LEAP_DAY, LEAP_DAY),
        (utc(2024, 2, 29, 19, 0), FIRST, FIRST),
        (utc(2024, 3, 1, 18, 30), FIRST, FIRST),
        (utc(2024, 3, 1, 19, 0), date(2024, 3, 2), date(2024, 3, 2)),
    ],
)
def test_the_day_of_a_moment_around_1_march_2024(moment, east, west):
    assert day_at(EAST, moment, PLACES) == day_at(QOSTANAY, moment, PLACES) == east
    assert day_at(WEST, moment, PLACES) == day_at(QYZYLORDA, moment, PLACES) == west
    assert day_at(REPUBLICAN_OFFICE, moment, PLACES) == east


def test_qyzylorda_left_the_eastern_zone_in_december_2018():
    assert day_at(QYZYLORDA, utc(2018, 12, 19, 18, 30), PLACES) == date(2018, 12, 20)
    assert day_at(QYZYLORDA, utc(2018, 12, 21, 18, 30), PLACES) == date(2018, 12, 21)


def test_offices_have_the_days_of_the_service_and_not_of_the_machine(tmp_path):
    """A machine whose zones are of 2023 has Almaty at UTC+6 for ever."""
    old = tmp_path / "Asia" / "Almaty"
    old.parent.mkdir()
    old.write_bytes(files("tzdata.zoneinfo.Asia").joinpath("Thimphu").read_bytes())
    zoneinfo.reset_tzpath([str(tmp_path)])
    zoneinfo.ZoneInfo.clear_cache()
    local_days._zone.cache_clear()
    moment = utc(2026, 3, 1, 18, 30)
    try:
        assert moment.astimezone(zoneinfo.ZoneInfo("Asia/Almaty")).date() == date(2026, 3, 2)
        assert day_at(EAST, moment, PLACES) == date(2026, 3, 1)
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize(
    ("moment", "office", "opened"),
    [
        (utc(2024, 2, 28, 18, 30), EAST, LEAP_DAY),
        (utc(2024, 2, 28, 18, 30), WEST, date(2024, 2, 28)),
        (utc(2024, 2, 29, 18, 30), EAST, LEAP_DAY),
        (utc(2024, 2, 29, 18, 30), WEST, LEAP_DAY),
        (utc(2024, 3, 1, 18, 30), EAST, FIRST),
    ],
)
def test_a_request_is_of_the_day_that_it_was_at_the_office(services, clock, moment, office, opened):
    world, clock.now = World(services), moment
    made = world.taken(office)
    assert made.events[0].occurred_on == opened
    assert shown(world, made).opened_on == opened


def shown(world: World, made):
    stream = world.again(made)
    today = world.services.today(stream.state.office)
    return world.services.front_office.file(stream, today)


def overdue(world: World, office: str) -> list:
    query = ListQuery(today=world.services.today(office), filters={"overdue": True})
    return world.at(office).queries.page(REQUESTS, query).rows


@pytest.mark.parametrize("office", [EAST, WEST])
@pytest.mark.parametrize(
    ("asked", "midnight"),
    [
        (utc(2026, 3, 2, 7), utc(2026, 3, 27, 19)),
        (utc(2024, 2, 8, 7), utc(2024, 2, 29, 19)),
    ],
)
def test_a_request_is_overdue_from_local_midnight_and_not_earlier(
    services, clock, office, asked, midnight
):
    world, clock.now = World(services), asked
    made = world.taken(office)
    clock.now = midnight - timedelta(minutes=1)
    assert not shown(world, made).is_overdue
    assert overdue(world, office) == []
    clock.now = midnight
    assert shown(world, made).is_overdue
    assert [row["id"] for row in overdue(world, office)] == [made.id]


def test_what_was_overdue_at_a_moment_is_told_by_the_day_of_that_moment(services, clock):
    world = World(services)
    made = world.taken(OWN)
    clock.now += timedelta(days=60)
    stream = world.again(made)

    def then(moment):
        return services.front_office.file(stream, services.today(OWN), moment)

    assert not then(utc(2026, 3, 27, 18, 59)).is_overdue
    assert then(utc(2026, 3, 27, 19, 0)).is_overdue
    assert then(utc(2026, 3, 27, 19, 0)).due_on == date(2026, 3, 27)


def test_the_term_runs_on_at_another_office_and_begins_anew_when_the_request_is_reopened(
    services, clock
):
    world = World(services)
    made = world.taken(OWN)
    before = shown(world, made)
    clock.now += timedelta(days=2)
    moved = world.accepted(world.offer(made, OWN, OTHER), OTHER)
    assert shown(world, moved).due_on == before.due_on
    assert not shown(world, moved).forwarded_late
    ended = world.at(OTHER).withdraw_request(ref(moved), world.on(OTHER), reason="Не нужно")
    assert shown(world, ended).due_on is None
    clock.now += timedelta(days=7)
    again = world.at(OTHER).reopen_request(ref(ended), world.on(OTHER), reason="Нужно")
    assert shown(world, again).due_on == date(2026, 4, 6)
    assert shown(world, again).forward_by == date(2026, 3, 16)


@pytest.mark.parametrize(("days", "is_late"), [(3, False), (4, True)])
def test_a_request_that_is_forwarded_after_three_working_days_is_forwarded_late(
    services, clock, days, is_late
):
    world = World(services)
    made = world.taken(OWN)
    clock.now += timedelta(days=days)
    offered = world.offer(made, OWN, OTHER)
    assert shown(world, offered).forwarded_late is is_late
    assert shown(world, world.accepted(offered, OTHER)).forwarded_late is is_late


def test_a_question_and_an_answer_that_were_recorded_late_count_from_their_days(services, clock):
    world = World(services)
    made = world.taken(OWN)
    clock.now += timedelta(days=11)
    at, by = world.at(OWN), actor(f"specialist@{OWN}")

    def on(day):
        return services.occasion(by, cause="test", occurred_on=day)

    saturday, wednesday = date(2026, 3, 7), date(2026, 3, 11)
    asked = at.ask_organization(ref(made), on(saturday), question="Когда?")
    assert shown(world, asked).due_on is None
    answered = at.record_answer(ref(asked), on(wednesday), answer="Завтра")
    assert shown(world, answered).due_on == date(2026, 3, 31)
    stream = world.at(OWN).case(REQUEST, made.id, version=1)
    assert services.front_office.file(stream, services.today(OWN)).due_on == date(2026, 3, 27)
