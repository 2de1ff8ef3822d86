"""The questions of a case between offices, each with its life, read off the stream."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from application.streams import Stream
from domain import escalation_events as escalation
from domain.catalogue.codes import EscalationStatus
from domain.events import Event


class Question(Struct, frozen=True, kw_only=True):
    """One question: between whom, where it stands, and the words that closed it."""

    place: int
    from_office: str
    to_office: str
    direction: str
    question: str
    status: EscalationStatus
    raised_at: datetime
    updated_at: datetime
    words: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.status in {EscalationStatus.OPEN, EscalationStatus.ACKNOWLEDGED}


def questions(stream: Stream[Any]) -> tuple[Question, ...]:
    """Return the questions of the case in the order they were raised."""
    asked: list[Question] = []
    for event in stream.events:
        if isinstance(event, escalation.Raised):
            asked.append(_raised(len(asked) + 1, event))
        elif asked and (status := _status_after(event)):
            asked[-1] = replace(
                asked[-1], status=status, updated_at=event.recorded_at, words=_words(event)
            )
    return tuple(asked)


def _raised(place: int, event: escalation.Raised) -> Question:
    return Question(
        place=place,
        from_office=event.from_office,
        to_office=event.to_office,
        direction=event.direction,
        question=event.question,
        status=EscalationStatus.OPEN,
        raised_at=event.recorded_at,
        updated_at=event.recorded_at,
    )


_STATUS_AFTER: Mapping[type[Event], EscalationStatus] = {
    escalation.Acknowledged: EscalationStatus.ACKNOWLEDGED,
    escalation.Answered: EscalationStatus.ANSWERED,
    escalation.Returned: EscalationStatus.RETURNED,
    escalation.Recalled: EscalationStatus.RECALLED,
}

EVENTS: tuple[type[Event], ...] = (escalation.Raised, *_STATUS_AFTER)


def _status_after(event: Event) -> EscalationStatus | None:
    found = (status for kind, status in _STATUS_AFTER.items() if isinstance(event, kind))
    return next(found, None)


def _words(event: Event) -> str | None:
    if isinstance(event, escalation.Answered):
        return event.answer
    return event.reason if isinstance(event, escalation.Returned) else None
