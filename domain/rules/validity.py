"""``validity/2021``: how long a verification holds.

The handbook sets no period. Bodies that verify organizations renew every one to two
years; the default here is two years, and an office may set an earlier day.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta

from domain.months import months_after
from domain.refusals import InvalidValue
from domain.rules.versions import RuleVersion, VersionName

VERSION = "validity/2021"


class ValidityRule(RuleVersion, frozen=True, kw_only=True):
    """For how many months at most a verification holds."""

    version: VersionName = VERSION
    months: Annotated[int, Meta(ge=1, le=240)] = 24


STANDARD = ValidityRule()


class ValidityOutOfRange(InvalidValue):
    """A verification holds from the day after the decision for at most two years."""

    code = "validity-out-of-range"


def latest(decided_on: date, rule: ValidityRule = STANDARD) -> date:
    """Return the last day until which a verification can hold that is decided on the day."""
    return months_after(decided_on, rule.months)


def valid_until(decided_on: date, asked_for: date | None, rule: ValidityRule = STANDARD) -> date:
    """Return the last day on which the verification holds."""
    last = latest(decided_on, rule)
    if asked_for is None:
        return last
    if not decided_on < asked_for <= last:
        raise ValidityOutOfRange("valid_until", asked_for, latest=last, rule=rule.version)
    return asked_for
