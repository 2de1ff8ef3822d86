"""The calendar of working days as its readers see it: every day that is not as in other weeks."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from application.calendar_in_force import Corrections
from application.case_files.parts import placed
from application.reference.calendar import TableDay
from domain.actors import Actor
from domain.calendar_corrections.events import DayCorrected
from domain.working_days import DAY, WorkingCalendar


class Correction(Struct, frozen=True, kw_only=True):
    """Why a day is otherwise than in the table, and who said so when."""

    version: int
    reason: str
    by: Actor
    corrected_on: date


class CalendarDay(Struct, frozen=True, kw_only=True):
    """A day off in the week, a working day at the weekend, or a day that was corrected.

    ``reason`` is the table's, in its words; nothing where the day is not in the table.
    """

    day: date
    is_working: bool
    reason: str | None = None
    correction: Correction | None = None


class CalendarFile(Struct, frozen=True, kw_only=True):
    """The calendar from one day to another: its version, how many days are worked, and which not.

    The version is that of the table and, after the plus, how many corrections there were.
    """

    version: str
    first: date
    last: date
    working_days: int
    days: tuple[CalendarDay, ...]


def calendar_file(
    corrections: Corrections,
    calendar: WorkingCalendar,
    table: Mapping[date, TableDay],
    first: date,
    last: date,
) -> CalendarFile:
    """Return the calendar from the first day up to and with the last."""
    corrected = _standing(corrections)
    days = sorted(day for day in table.keys() | corrected.keys() if first <= day <= last)
    return CalendarFile(
        version=calendar.version,
        first=first,
        last=last,
        working_days=calendar.between(first - DAY, last),
        days=tuple(
            CalendarDay(
                day=day,
                is_working=calendar.is_working(day),
                reason=table[day].reason if day in table else None,
                correction=corrected.get(day),
            )
            for day in days
        ),
    )


def _standing(corrections: Corrections) -> Mapping[date, Correction]:
    """Return the corrections that hold, each the last of its day."""
    last = {
        each.fact.day: Correction(
            version=each.version,
            reason=each.fact.reason,
            by=each.fact.by,
            corrected_on=each.fact.occurred_on,
        )
        for each in placed(corrections, DayCorrected)
    }
    return {day: told for day, told in last.items() if day in corrections.state.days}
