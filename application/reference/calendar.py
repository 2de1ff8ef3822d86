"""The calendar of working days: packaged data, seeded once and corrected by hand."""

import csv
import hashlib
from datetime import date
from importlib.resources import files

from domain.working_days import WorkingCalendar


def load_calendar() -> WorkingCalendar:
    """Return the calendar of the packaged table; its version is a digest of the table."""
    text = files("application.reference").joinpath("working_days.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    days = {
        kind: frozenset(date.fromisoformat(row["date"]) for row in rows if row["kind"] == kind)
        for kind in ("day_off", "working_day")
    }
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return WorkingCalendar(version, days["day_off"], days["working_day"])
