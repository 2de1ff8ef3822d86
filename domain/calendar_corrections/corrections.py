"""The corrections of the working calendar: by decree days are swapped, feasts are moved.

The government decides for the whole country, so there is one calendar and one stream of
corrections. A region that cannot work on some day extends the terms of its own requests,
each with the reason: a term that depended on which office held the request on which day
could not be explained to anybody.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from domain.actors import Occasion
from domain.calendar_corrections import events
from domain.case import Case
from domain.places import REPUBLICAN_OFFICE
from domain.refusals import InvalidValue, Refusal
from domain.words import check_words
from domain.working_days import WorkingCalendar

YEARS_BACK, YEARS_AHEAD = 1, 2


class CalendarStatus(StrEnum):
    """A calendar is always in force."""

    IN_FORCE = "in_force"


class DayAlreadySo(Refusal):
    """The day is a working day already, or is none already."""

    code = "day-already-so"


class DayNotCorrected(Refusal):
    """The day is what the table says: there is no correction to take back."""

    code = "day-not-corrected"


class DayOutOfRange(InvalidValue):
    """Days of last year, of this one and of the next two are corrected: others are a slip."""

    code = "calendar-day-out-of-range"


class CalendarCorrections(Case, frozen=True, kw_only=True):
    """The days that are otherwise than in the table, and whether each is a working day."""

    office: str = REPUBLICAN_OFFICE
    status: CalendarStatus = CalendarStatus.IN_FORCE
    days: Mapping[date, bool] = {}

    DayCorrected: ClassVar = events.DayCorrected
    CorrectionWithdrawn: ClassVar = events.CorrectionWithdrawn

    @property
    def actions(self) -> tuple[str, ...]:
        """The one command: to correct, and to take a correction back."""
        return ("correct_calendar",)

    def correct_day(
        self, on: Occasion, *, day: date, is_working: bool, reason: str, table: WorkingCalendar
    ) -> events.DayCorrected:
        """Make a day a working day or a day off, for a reason such as the decree."""
        self.require(on, "correct_calendar")
        _check_near(day, on.today)
        if table.corrected(self.days, 0).is_working(day) is is_working:
            raise DayAlreadySo(day=day, is_working=is_working)
        words = check_words("reason", reason)
        return self.DayCorrected(**on.stamp, day=day, is_working=is_working, reason=words)

    def withdraw_correction(
        self, on: Occasion, *, day: date, reason: str
    ) -> events.CorrectionWithdrawn:
        """Take a correction back."""
        self.require(on, "correct_calendar")
        if day not in self.days:
            raise DayNotCorrected(day=day)
        return self.CorrectionWithdrawn(**on.stamp, day=day, reason=check_words("reason", reason))


def _check_near(day: date, today: date) -> None:
    earliest = date(today.year - YEARS_BACK, 1, 1)
    latest = date(today.year + YEARS_AHEAD, 12, 31)
    if not earliest <= day <= latest:
        raise DayOutOfRange("day", day, earliest=earliest, latest=latest)
