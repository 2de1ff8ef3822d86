"""Seed the table of working days from the `holidays` package.

Rows whose source is `hand` are corrections: they are kept, and win. Religious holidays
are estimates in the package, and the yearly swaps of the government come late: both
are what the corrections are for. Run: python tools/seed_calendar.py
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import holidays

TABLE = Path(__file__).parents[1] / "application/reference/working_days.csv"
YEARS = range(2019, 2028)
SATURDAY = 5
FIELDS = ("date", "kind", "reason", "source")


def seeded() -> Iterator[dict[str, str]]:
    """Yield the days that differ from the plain five-day week."""
    known = holidays.country_holidays("KZ", years=YEARS)
    source = f"holidays {version('holidays')}"
    day = date(YEARS[0], 1, 1)
    while day.year in YEARS:
        kind = "day_off" if day.weekday() < SATURDAY else "working_day"
        if known.is_working_day(day) != (day.weekday() < SATURDAY):
            reason = known.get(day) or "перенос"
            yield {"date": day.isoformat(), "kind": kind, "reason": reason, "source": source}
        day += timedelta(days=1)


def by_hand() -> list[dict[str, str]]:
    """Return the corrections that stand in the table."""
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["source"] == "hand"]


def main() -> None:
    """Write the table anew."""
    rows = {row["date"]: row for row in (*seeded(), *by_hand())}
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[day] for day in sorted(rows))


if __name__ == "__main__":
    main()
