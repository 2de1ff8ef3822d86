"""Who acts, and the circumstances in which they act."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from msgspec import Struct

from domain.refusals import InvalidValue

StaffId = NewType("StaffId", str)


LOOK_BACK = timedelta(days=366)


class Role(StrEnum):
    """The part a person plays at the front office (design, section 6)."""

    SPECIALIST = "specialist"
    HEAD = "head"
    REPUBLICAN_SPECIALIST = "republican_specialist"
    REPUBLICAN_HEAD = "republican_head"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SERVICE = "service"


HEADS = frozenset({Role.HEAD, Role.REPUBLICAN_HEAD})


class Actor(Struct, frozen=True):
    """A member of staff as they were when they acted: never looked up again."""

    staff_id: StaffId
    role: Role
    office: str


class DateInFuture(InvalidValue):
    """A fact cannot have happened after the day on which it is recorded."""

    code = "date-in-future"


class DateTooFarBack(InvalidValue):
    """What is recorded happened within the last year: an older day is a slip of the pen."""

    code = "date-too-far-back"


def check_not_in_future(field: str, day: date | None, today: date) -> None:
    """Refuse a day later than ``today``."""
    if day is not None and day > today:
        raise DateInFuture(field, day, today=today)


class Occasion(Struct, frozen=True, kw_only=True):
    """The circumstances of one command: who, when recorded, when it happened, and why.

    ``recorded_at`` is UTC; ``today`` is its date where the office is; ``cause`` is
    the id of the request that brought the command. It is an argument of every
    command, so the domain needs no clock.
    """

    by: Actor
    recorded_at: datetime
    today: date
    cause: str
    occurred_on: date | None = None
    comment: str | None = None

    def __post_init__(self) -> None:
        check_not_in_future("occurred_on", self.occurred_on, self.today)
        earliest = self.today - LOOK_BACK
        if self.occurred_on is not None and self.occurred_on < earliest:
            raise DateTooFarBack("occurred_on", self.occurred_on, earliest=earliest)

    @property
    def day(self) -> date:
        """The day the fact happened: the day it is recorded unless told otherwise."""
        return self.occurred_on or self.today

    @property
    def stamp(self) -> dict[str, Any]:
        """The fields that every event takes from its occasion."""
        return {
            "recorded_at": self.recorded_at,
            "occurred_on": self.day,
            "by": self.by,
            "cause": self.cause,
            "comment": self.comment,
        }
