"""Terms: derived from named events and the calendar of working days."""

from datetime import date

import pytest
from builders import CALENDAR

from domain.rules.terms import Clock, ExtensionOutOfRange, check_extension, due_on, forward_by
from domain.working_days import WorkingCalendar

MONDAY = date(2026, 3, 2)
PLAIN = WorkingCalendar("plain")


def test_fifteen_working_days_skip_weekends_and_holidays():
    assert due_on(Clock(MONDAY), PLAIN) == date(2026, 3, 23)
    assert due_on(Clock(MONDAY), CALENDAR) == date(2026, 3, 27)
    assert forward_by(Clock(MONDAY), CALENDAR) == date(2026, 3, 5)


def test_a_term_is_the_same_across_the_change_of_the_time_zone_in_2024():
    assert due_on(Clock(date(2024, 2, 23)), PLAIN) == date(2024, 3, 15)


def test_a_day_worked_instead_of_another_counts():
    assert CALENDAR.is_working(date(2024, 5, 4))
    assert not CALENDAR.is_working(date(2024, 5, 8))


def test_the_clock_stands_still_while_the_organization_is_asked():
    asked = Clock(MONDAY).paused(date(2026, 3, 3))
    answered = asked.resumed(date(2026, 3, 6))

    assert due_on(asked, PLAIN) is None
    assert due_on(answered, PLAIN) == date(2026, 3, 26)
    assert Clock(MONDAY).resumed(date(2026, 3, 6)) == Clock(MONDAY)


def test_no_day_of_waiting_is_counted_twice_or_before_the_request():
    once = Clock(MONDAY).paused(date(2026, 3, 3)).resumed(date(2026, 3, 6))
    twice = once.paused(date(2026, 3, 3)).resumed(date(2026, 3, 6))
    before = Clock(MONDAY).paused(date(1, 1, 1)).resumed(date(2026, 3, 6))

    assert due_on(twice, PLAIN) == due_on(once, PLAIN)
    assert due_on(before, PLAIN) == date(2026, 3, 27)


def test_an_extension_is_longer_than_the_term_also_when_that_stands_still():
    asked = Clock(MONDAY).paused(date(2026, 3, 3))
    with pytest.raises(ExtensionOutOfRange):
        check_extension(asked, date(2026, 3, 10), date(2026, 3, 6), PLAIN)
    check_extension(asked, date(2026, 3, 27), date(2026, 3, 6), PLAIN)


def test_days_of_waiting_move_the_latest_day_of_an_extension_too():
    waited = Clock(MONDAY).paused(date(2026, 3, 3)).resumed(date(2026, 6, 30))
    check_extension(waited, date(2026, 8, 20), date(2026, 6, 30), PLAIN)


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        (Clock(MONDAY).extended(MONDAY, date(2026, 4, 30)), date(2026, 4, 30)),
        (
            Clock(MONDAY)
            .extended(MONDAY, date(2026, 4, 30))
            .paused(date(2026, 3, 4))
            .resumed(date(2026, 3, 6)),
            date(2026, 5, 4),
        ),
        (
            Clock(MONDAY)
            .paused(date(2026, 3, 3))
            .extended(date(2026, 3, 5), date(2026, 4, 30))
            .resumed(date(2026, 3, 6)),
            date(2026, 5, 1),
        ),
        (
            Clock(MONDAY)
            .paused(date(2026, 3, 3))
            .resumed(date(2026, 3, 6))
            .extended(date(2026, 3, 9), date(2026, 4, 30)),
            date(2026, 4, 30),
        ),
    ],
)
def test_an_extended_term_is_moved_by_pauses_after_it_only(clock, due):
    assert due_on(clock, PLAIN) == due


def test_an_answer_recorded_before_the_question_takes_no_time():
    assert due_on(Clock(MONDAY).paused(MONDAY).resumed(date(2026, 2, 27)), PLAIN) == date(
        2026, 3, 23
    )


def test_outside_the_years_that_are_loaded_only_weekends_are_off():
    assert CALENDAR.is_working(date(2040, 1, 2))
    assert CALENDAR.after(date(2026, 3, 6), 0) == date(2026, 3, 6)
