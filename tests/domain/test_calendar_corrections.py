"""The calendar of the country is corrected: by whom, which days, and never for nothing."""

from datetime import date

import pytest
from builders import CALENDAR, SPECIALIST, on
from people import actor
from specification import Story, given

from application.case_types import CALENDAR as CORRECTIONS
from domain.calendar_corrections import CalendarCorrections
from domain.calendar_corrections.corrections import DayAlreadySo, DayNotCorrected, DayOutOfRange
from domain.rules.authority import RoleForbidden
from domain.words import TextMissing

HEAD, ADMINISTRATOR = actor("republican_head@KZ"), actor("administrator@KZ")
TUESDAY, SATURDAY, FEAST = date(2026, 3, 10), date(2026, 3, 14), date(2026, 3, 23)
DayCorrected = CalendarCorrections.DayCorrected
CorrectionWithdrawn = CalendarCorrections.CorrectionWithdrawn


def corrected(day=TUESDAY, *, is_working=False):
    return DayCorrected(**on(HEAD).stamp, day=day, is_working=is_working, reason="Постановление")


def correct(day, *, is_working, by=HEAD, reason="Постановление"):
    return lambda state: (state or CalendarCorrections()).correct_day(
        on(by), day=day, is_working=is_working, reason=reason, table=CALENDAR
    )


def withdraw(day=TUESDAY, *, by=HEAD, reason="Ошибка"):
    return lambda state: (state or CalendarCorrections()).withdraw_correction(
        on(by), day=day, reason=reason
    )


def story(*events) -> Story[CalendarCorrections]:
    return given(CORRECTIONS, *events)


@pytest.mark.parametrize("by", [HEAD, ADMINISTRATOR])
@pytest.mark.parametrize(("day", "is_working"), [(TUESDAY, False), (SATURDAY, True), (FEAST, True)])
def test_a_day_is_made_what_it_was_not(day, is_working, by):
    event = story().when(correct(day, is_working=is_working, by=by)).then(DayCorrected)
    state = story(event).state()
    assert CALENDAR.corrected(state.days, 1).is_working(day) is is_working
    assert CALENDAR.is_working(day) is not is_working


@pytest.mark.parametrize(
    ("day", "is_working"), [(TUESDAY, True), (SATURDAY, False), (FEAST, False)]
)
def test_a_day_that_is_so_already_is_left_alone(day, is_working):
    story().when(correct(day, is_working=is_working)).then_refused(DayAlreadySo, day=day)


def test_a_corrected_day_can_be_corrected_again_and_not_twice_the_same_way():
    story(corrected()).when(correct(TUESDAY, is_working=False)).then_refused(DayAlreadySo)
    event = story(corrected()).when(correct(TUESDAY, is_working=True)).then(DayCorrected)
    assert story(corrected(), event).state().days == {TUESDAY: True}


def test_a_correction_that_is_taken_back_leaves_the_day_as_it_was_in_the_table():
    event = (
        story(corrected(), corrected(SATURDAY, is_working=True))
        .when(withdraw())
        .then(CorrectionWithdrawn)
    )
    assert story(corrected(), event).state().days == {}
    story(corrected(), event).when(withdraw()).then_refused(DayNotCorrected, day=TUESDAY)


def test_what_was_never_corrected_cannot_be_taken_back():
    story().when(withdraw(FEAST)).then_refused(DayNotCorrected, day=FEAST)


@pytest.mark.parametrize(
    "command", [correct(TUESDAY, is_working=False, reason=" "), withdraw(reason=" ")]
)
def test_nothing_is_changed_without_a_reason(command):
    before = (corrected(),) if "withdraw" in command.__qualname__ else ()
    story(*before).when(command).then_refused(TextMissing, field="reason")


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2029, 1, 1), date(2206, 3, 10)])
def test_a_day_of_another_time_is_a_slip_of_the_pen(day):
    story().when(correct(day, is_working=not CALENDAR.is_working(day))).then_refused(
        DayOutOfRange, earliest=date(2025, 1, 1), latest=date(2028, 12, 31)
    )


def test_the_calendar_of_the_country_is_not_corrected_by_a_region():
    for by in (
        SPECIALIST,
        actor("head@KZ-75"),
        actor("republican_specialist@KZ"),
        actor("auditor@KZ"),
    ):
        story().when(correct(TUESDAY, is_working=False, by=by)).then_refused(RoleForbidden)
        story(corrected()).when(withdraw(by=by)).then_refused(RoleForbidden)


def test_the_version_of_the_calendar_says_how_often_it_was_corrected():
    calendar = CALENDAR.corrected({TUESDAY: False}, 3)
    assert (calendar.version, calendar.corrections) == (f"{CALENDAR.version}+3", 3)
    assert not calendar.is_working(TUESDAY)
    assert calendar.is_working(date(2026, 3, 11))
