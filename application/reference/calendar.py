"""The table of working days: packaged data, seeded once; later corrections are no part of it."""

import csv
import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from msgspec import Struct

from domain.working_days import WorkingCalendar


class TableDay(Struct, frozen=True):
    """A day that differs from the plain five-day week, why, and where that is taken from."""

    is_working: bool
    reason: str
    source: str


def load_calendar() -> WorkingCalendar:
    """Return the calendar of the packaged table; its version is a digest of the table."""
    days = load_days()
    working = frozenset(day for day, each in days.items() if each.is_working)
    version = hashlib.sha256(_table().encode()).hexdigest()[:12]
    return WorkingCalendar(version, frozenset(days.keys() - working), working)


@cache
def load_days() -> Mapping[date, TableDay]:
    """Return the days of the packaged table."""
    return {
        date.fromisoformat(row["date"]): TableDay(
            row["kind"] == "working_day", row["reason"], row["source"]
        )
        for row in csv.DictReader(_table().splitlines())
    }


def _table() -> str:
    return files("application.reference").joinpath("working_days.csv").read_text("utf-8")
