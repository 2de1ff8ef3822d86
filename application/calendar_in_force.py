"""The calendar of working days by which this process works: the table, as it was corrected.

Every process keeps what it has read. Which corrections there are by now is heard with the
look-up of each caller, in the same round trip, and only then they are read again. Whoever
has not heard of a correction yet saves no term by the old calendar: the save says by which
one its terms were derived, and the database refuses it when there is another.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

from application.case_types import CALENDAR
from application.read_models.row import Row
from application.read_models.rows import RequestRow
from application.streams import Stream
from domain.calendar_corrections import CalendarCorrections
from domain.calendar_corrections.events import OfOneDay
from domain.working_days import WorkingCalendar

CALENDAR_ID = UUID("ca1e0da5-0000-4000-8000-000000000001")
Corrections = Stream[CalendarCorrections]


class CalendarUse(Row, frozen=True, kw_only=True):
    """By how many corrections the terms of a save were derived; the table keeps none of it."""

    TABLE: ClassVar = "calendar_uses"
    KEY: ClassVar = ("corrections",)
    REPLACED: ClassVar = False
    corrections: int


class Known(NamedTuple):
    """Corrections, and the calendar that they make."""

    corrections: Corrections
    calendar: WorkingCalendar


class CalendarInForce:
    """Remembers the corrections, and forgets them when it hears of others."""

    def __init__(self, table: WorkingCalendar) -> None:
        self.table = table
        self._heard = 0
        self._known: Known | None = None

    def hear(self, version: int) -> None:
        """Take notice of how many corrections there are by now."""
        self._heard = max(self._heard, version)

    def forget(self) -> None:
        """Read the corrections again when they are next asked for."""
        self._known = None

    def known(self, read: Callable[[], Corrections]) -> Known:
        """Return the calendar as it is by now, as far as this process has heard."""
        known = self._known
        if known is None or known.corrections.version < self._heard:
            corrections = read()
            known = self._known = Known(corrections, self._corrected(corrections))
        return known

    def at(self, moment: datetime, read: Callable[[], Corrections]) -> WorkingCalendar:
        """Return the calendar as it was corrected up to the moment."""
        corrections, calendar = self.known(read)
        events = [event for event in corrections.events if event.recorded_at <= moment]
        if len(events) == corrections.version:
            return calendar
        return self._corrected(nothing_corrected().then(*events))

    def _corrected(self, corrections: Corrections) -> WorkingCalendar:
        return self.table.corrected(corrections.state.days, corrections.version)


def nothing_corrected() -> Corrections:
    """Return the corrections before there is any."""
    return Stream(CALENDAR, CALENDAR_ID, (), CalendarCorrections())


def days_of(corrections: Corrections) -> list[date]:
    """Return which day each of the corrections was about, in their order."""
    return [event.day for event in corrections.events if isinstance(event, OfOneDay)]


def uses(rows: Iterable[Row], calendar: WorkingCalendar) -> Iterator[CalendarUse]:
    """Return what is to be said of the calendar when there is a term among the rows."""
    if any(isinstance(row, RequestRow) and row.due_on is not None for row in rows):
        yield CalendarUse(corrections=calendar.corrections)
