"""``validity/2021``: how long a verification holds.

The handbook sets no period. Bodies that verify organizations renew every one to two
years; the default here is two years, and an office may set an earlier day.
"""

from datetime import date

from domain.refusals import InvalidValue

VERSION = "validity/2021"
YEARS = 2


class ValidityOutOfRange(InvalidValue):
    """A verification holds from the day after the decision for at most two years."""

    code = "validity-out-of-range"


def years_after(day: date, years: int) -> date:
    """Return the same day of a later year; 29 February gives 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def valid_until(decided_on: date, asked_for: date | None) -> date:
    """Return the last day on which the verification holds."""
    latest = years_after(decided_on, YEARS)
    if asked_for is None:
        return latest
    if not decided_on < asked_for <= latest:
        raise ValidityOutOfRange("valid_until", asked_for, latest=latest, rule=VERSION)
    return asked_for
