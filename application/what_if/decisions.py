"""Decisions of a history, as they were and as they would be under another version of a rule."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct

from application.streams import Stream
from domain.events import Event
from domain.working_days import WorkingCalendar


class Moment(NamedTuple):
    """An event of a history, the state before it, and what was known of the calendar then.

    ``today`` is the day at the office on which the event was recorded.
    """

    stream: Stream[Any]
    version: int
    before: Any
    event: Event
    today: date
    calendar: WorkingCalendar


class Decided(Struct, frozen=True):
    """What is decided, or why, as a code and what there is to say about it."""

    code: str
    facts: Mapping[str, Any] = {}


class Reconsidered(Struct, frozen=True):
    """A decision as it was, as it would be, and why it would be another, if it would."""

    was: Decided
    would_be: Decided
    why: Decided

    @property
    def is_other(self) -> bool:
        """Whether it would be another decision."""
        return self.was != self.would_be


class OtherDecision(Struct, frozen=True, kw_only=True):
    """A decision that would be another one: of which case, when, at which office, by which rule."""

    case_id: UUID
    number: str
    version: int
    topic: str
    occurred_on: date
    office: str
    rule: str | None
    was: Decided
    would_be: Decided
    why: Decided


def other_decision(moment: Moment, found: Reconsidered, rule: str | None) -> OtherDecision:
    """Return the decision at its place in the history; ``rule`` is the version it was made under."""
    return OtherDecision(
        case_id=moment.stream.id,
        number=getattr(moment.stream.events[0], "number", ""),
        version=moment.version,
        topic=moment.event.TOPIC,
        occurred_on=moment.event.occurred_on,
        office=moment.event.by.office,
        rule=rule,
        was=found.was,
        would_be=found.would_be,
        why=found.why,
    )
