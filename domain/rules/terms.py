"""``terms/2021``: by when an office answers a request.

Defaults taken from the Administrative Procedural Code (29 June 2020, No. 350-VI,
article 76): 15 working days; extended with a reason for at most two months; what is
outside the office's powers is forwarded within 3 working days. The clock stands still
while the organization is asked. Terms are derived from named events and the calendar
of working days, whenever they are asked for; nothing is stored and no other change of
the case moves them.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from domain.months import months_after
from domain.refusals import InvalidValue
from domain.rules.versions import RuleVersion, VersionName
from domain.working_days import WorkingCalendar

VERSION = "terms/2021"
WORKING_DAYS = 15
FORWARD_WORKING_DAYS = 3
EXTENSION_MONTHS = 2
Days = Annotated[int, Meta(ge=1, le=366)]


class TermsRule(RuleVersion, frozen=True, kw_only=True):
    """The working days of an answer and of forwarding, and the months of an extension at most."""

    version: VersionName = VERSION
    working_days: Days = WORKING_DAYS
    forward_working_days: Days = FORWARD_WORKING_DAYS
    extension_months: Annotated[int, Meta(ge=0, le=60)] = EXTENSION_MONTHS


STANDARD = TermsRule()


class ExtensionOutOfRange(InvalidValue):
    """A term is extended to a later day, by no more than two months."""

    code = "extension-out-of-range"


class Clock(Struct, frozen=True):
    """What moves the term of a request: when it started, stood still and was extended."""

    started_on: date
    pauses: tuple[tuple[date, date], ...] = ()
    paused_on: date | None = None
    extended_on: date | None = None
    extended_until: date | None = None

    def paused(self, day: date) -> "Clock":
        """Return the clock standing still since the day."""
        return replace(self, paused_on=day)

    def resumed(self, day: date) -> "Clock":
        """Return the clock going on from the day."""
        start = self.paused_on
        if start is None:
            return self
        return replace(self, paused_on=None, pauses=(*self.pauses, (start, max(start, day))))

    def extended(self, day: date, until: date) -> "Clock":
        """Return the clock with a new term set on the day; what was waited before is within it."""
        return replace(self, extended_on=day, extended_until=until)


def due_on(clock: Clock, calendar: WorkingCalendar, rule: TermsRule = STANDARD) -> date | None:
    """Return the last day of the term; nothing while the clock stands still."""
    if clock.paused_on is not None:
        return None
    if clock.extended_on is None or clock.extended_until is None:
        return _first_term(clock, calendar, rule)
    lost = _lost(clock, max(clock.started_on, clock.extended_on), calendar)
    return calendar.after(clock.extended_until, lost)


def forward_by(clock: Clock, calendar: WorkingCalendar, rule: TermsRule = STANDARD) -> date:
    """Return the day by which a request outside the office's powers is forwarded."""
    return calendar.after(clock.started_on, rule.forward_working_days)


def check_extension(
    clock: Clock, until: date, today: date, calendar: WorkingCalendar, rule: TermsRule = STANDARD
) -> None:
    """Refuse a new term that is not later than the present one, or later than allowed.

    A clock that stands still is read as if it went on today.
    """
    running = clock.resumed(today)
    due = due_on(running, calendar, rule)
    assert due is not None  # noqa: S101  A clock that goes on has a term.
    latest = months_after(_first_term(running, calendar, rule), rule.extension_months)
    if not due < until <= latest:
        raise ExtensionOutOfRange("until", until, due_on=due, latest=latest, rule=rule.version)


def _first_term(clock: Clock, calendar: WorkingCalendar, rule: TermsRule) -> date:
    """Return the last day of the term as it is without an extension."""
    lost = _lost(clock, clock.started_on, calendar)
    return calendar.after(clock.started_on, rule.working_days + lost)


def _lost(clock: Clock, since: date, calendar: WorkingCalendar) -> int:
    """Return how many working days after the day were waited, each counted once."""
    lost, counted = 0, since
    for start, end in sorted(clock.pauses):
        lost += calendar.between(max(start, counted), end)
        counted = max(counted, end)
    return lost
