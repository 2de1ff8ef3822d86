"""Events as they are sealed: in the order of the log, with the bytes that are stored."""

from collections.abc import Generator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import psycopg
from msgspec import Struct
from psycopg.rows import tuple_row

from application.audit.entries import event_entry
from application.audit.hashing import entry_hash

_FETCHED = 2000
_BETWEEN = """
SELECT notification_id, originator_id, originator_version, topic, state FROM public.case_events
WHERE notification_id > %s AND notification_id <= %s ORDER BY notification_id
"""
_FIRST = f"{_BETWEEN} LIMIT %s"


class _Recorded(Struct):
    recorded_at: datetime | None = None


_recorded = msgspec.json.Decoder(_Recorded).decode


def recorded_at(state: bytes) -> datetime | None:
    """Return when an event was recorded; none where it does not say so in the form of ours."""
    try:
        return _recorded(state).recorded_at
    except msgspec.MsgspecError:
        return None


class SealedEvent(NamedTuple):
    """An event with its place in the log's order."""

    position: int
    case_id: UUID
    version: int
    topic: str
    state: bytes

    @property
    def hash(self) -> bytes:
        """The hash of its entry."""
        return entry_hash(event_entry(*self))

    @property
    def recorded_at(self) -> datetime | None:
        """When it was recorded, if it says so."""
        return recorded_at(self.state)


def first_events(
    connection: psycopg.Connection[Any], after: int, until: int, limit: int
) -> list[SealedEvent]:
    """Return the first events after a position, and up to another."""
    with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
        cursor.execute(_FIRST, [after, until, limit])
        return [SealedEvent(*row) for row in cursor]


def events_between(
    connection: psycopg.Connection[Any], after: int, until: int
) -> Generator[SealedEvent]:
    """Return the events after a position and up to another, as they are stored by now."""
    with connection.cursor("events", row_factory=tuple_row) as cursor:
        cursor.itersize = _FETCHED
        cursor.execute(_BETWEEN, [after, until], binary=True)
        for row in cursor:
            yield SealedEvent(*row)
