"""Which days are working days: data, with the five-day week where there is none."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

DAY = timedelta(days=1)
SATURDAY = 5


class WorkingCalendar(Struct, frozen=True):
    """Days off in the week and working days at the weekend, as the state sets them yearly.

    ``corrections`` says how many corrections are in it; they are part of its version.
    """

    version: str
    days_off: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()
    corrections: int = 0

    def corrected(self, days: Mapping[date, bool], number: int) -> "WorkingCalendar":
        """Return the calendar in which these days are working days or not, whatever they were."""
        working = {day for day, is_working in days.items() if is_working}
        free = days.keys() - working
        return WorkingCalendar(
            f"{self.version}+{number}",
            (self.days_off | free) - working,
            (self.working_weekends | working) - free,
            number,
        )

    def is_working(self, day: date) -> bool:
        """Whether offices work on the day."""
        if day.weekday() >= SATURDAY:
            return day in self.working_weekends
        return day not in self.days_off

    def after(self, day: date, number: int) -> date:
        """Return the working day that is the ``number``-th after the day."""
        return _after(self, day, number)

    def between(self, start: date, end: date) -> int:
        """Return how many working days come after the start, up to and with the end."""
        days = (start + DAY * n for n in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)


@lru_cache(maxsize=1000)
def _after(calendar: WorkingCalendar, day: date, number: int) -> date:
    """Count the days once: every change of a case asks for the term of the same few days."""
    left = number
    while left > 0:
        day += DAY
        left -= calendar.is_working(day)
    return day
