"""Terms against somebody who counts every day with a finger on the calendar."""

from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from builders import CALENDAR
from hypothesis import given

from domain.rules.terms import (
    FORWARD_WORKING_DAYS,
    WORKING_DAYS,
    Clock,
    check_extension,
    due_on,
    forward_by,
)
from domain.working_days import DAY

STARTS = st.dates(date(2019, 1, 1), date(2027, 9, 30))
SPANS = st.lists(st.tuples(st.integers(-10, 60), st.integers(-3, 30)), max_size=5)
CORRECTED = st.dictionaries(st.integers(0, 60), st.booleans(), max_size=8)


def counted(calendar, start, number, skipped=()):
    """Return the day on which the number is reached, one day after another."""
    day = start
    while number:
        day += DAY
        if calendar.is_working(day) and day not in skipped:
            number -= 1
    return day


def waited(calendar, start, spans):
    """Return the working days after the start on which somebody was waited for."""
    days = set()
    for begin, length in spans:
        asked = start + DAY * begin
        days |= {asked + DAY * n for n in range(1, length + 1)}
    return {day for day in days if day > start and calendar.is_working(day)}


def with_pauses(start, spans):
    clock = Clock(start)
    for begin, length in spans:
        asked = start + DAY * begin
        clock = clock.paused(asked).resumed(asked + DAY * length)
    return clock


def corrected(start, days):
    return CALENDAR.corrected({start + DAY * n: told for n, told in days.items()}, len(days))


@given(STARTS, CORRECTED)
def test_a_term_without_a_pause(start, days):
    calendar = corrected(start, days)
    assert due_on(Clock(start), calendar) == counted(calendar, start, WORKING_DAYS)
    assert forward_by(Clock(start), calendar) == counted(calendar, start, FORWARD_WORKING_DAYS)


@given(STARTS, SPANS, CORRECTED)
def test_every_day_of_waiting_is_given_back_once_in_whatever_order_it_was_recorded(
    start, spans, days
):
    calendar = corrected(start, days)
    given_back = len(waited(calendar, start, spans))
    due = counted(calendar, start, WORKING_DAYS + given_back)
    assert due_on(with_pauses(start, spans), calendar) == due
    assert due_on(with_pauses(start, reversed(spans)), calendar) == due


@given(STARTS, st.lists(st.tuples(st.integers(0, 14), st.integers(0, 30)), max_size=4))
def test_days_of_waiting_within_the_term_are_just_skipped(start, spans):
    skipped = waited(CALENDAR, start, spans)
    assert due_on(with_pauses(start, spans), CALENDAR) == counted(
        CALENDAR, start, WORKING_DAYS, skipped
    )


@given(STARTS, SPANS, st.integers(0, 40), st.integers(1, 40))
def test_an_extension_moves_by_what_is_waited_after_it_only(start, spans, on_day, longer):
    clock = with_pauses(start, spans)
    told = start + DAY * on_day
    until = due_on(clock, CALENDAR) + DAY * longer
    later = {day for day in waited(CALENDAR, start, spans) if day > told}
    assert due_on(clock.extended(told, until), CALENDAR) == counted(CALENDAR, until, len(later))


@given(STARTS, SPANS)
def test_an_extended_term_can_be_extended_again_within_the_same_two_months(start, spans):
    clock = with_pauses(start, spans)
    due = due_on(clock, CALENDAR)
    once = clock.extended(start + timedelta(days=90), due + DAY)
    check_extension(once, due + timedelta(days=59), start + timedelta(days=91), CALENDAR)


FEASTS = {
    "over the New Year": (date(2025, 12, 24), date(2026, 1, 19)),
    "over Nauryz": (date(2026, 3, 11), date(2026, 4, 6)),
    "over the first half of May": (date(2026, 4, 20), date(2026, 5, 14)),
    "over Kurban Ait of 2025": (date(2025, 5, 20), date(2025, 6, 11)),
    "over Kurban Ait on a Sunday, which moves nothing": (date(2024, 6, 3), date(2024, 6, 24)),
    "over a Saturday that was worked": (date(2024, 4, 24), date(2024, 5, 20)),
    "over a Sunday that was worked": (date(2024, 12, 26), date(2025, 1, 21)),
    "from a Saturday": (date(2026, 2, 14), date(2026, 3, 6)),
    "from a feast": (date(2026, 3, 23), date(2026, 4, 15)),
    "over 1 March 2024": (date(2024, 2, 23), date(2024, 3, 18)),
    "over the leap day": (date(2024, 2, 12), date(2024, 3, 4)),
}


@pytest.mark.parametrize(("start", "due"), FEASTS.values(), ids=FEASTS)
def test_terms_over_feasts_and_swapped_days(start, due):
    assert due_on(Clock(start), CALENDAR) == due == counted(CALENDAR, start, WORKING_DAYS)
