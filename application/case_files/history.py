"""The history of a case: its stream, entry by entry, as data. Sentences are made at the edge."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from application.streams import Stream
from domain.actors import Actor
from domain.events import Event


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One fact of a case: what, when it happened, when it was recorded, and by whom."""

    version: int
    topic: str
    occurred_on: date
    recorded_at: datetime
    by: Actor
    cause: str
    event: Event

    @property
    def reason(self) -> str | None:
        """The words with which a decision was explained."""
        names = ("reason", "explanation", "comment")
        return next((text for name in names if (text := getattr(self.event, name, None))), None)

    @property
    def rule(self) -> str | None:
        """The version of the rule that was applied."""
        return getattr(self.event, "rule", None)


def history(
    stream: Stream[Any], *, from_version: int = 1, to_version: int | None = None
) -> tuple[HistoryEntry, ...]:
    """Return the entries of the versions asked for."""
    last = stream.version if to_version is None else min(to_version, stream.version)
    return tuple(_entry(stream, version) for version in range(max(from_version, 1), last + 1))


def _entry(stream: Stream[Any], version: int) -> HistoryEntry:
    event = stream.events[version - 1]
    return HistoryEntry(
        version=version,
        topic=event.TOPIC,
        occurred_on=event.occurred_on,
        recorded_at=event.recorded_at,
        by=event.by,
        cause=event.cause,
        event=event,
    )
