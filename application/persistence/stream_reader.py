"""Whole streams, read in bulk: what a rebuild and a replay of everything work from."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import OperationalError, StoredEvent
from psycopg.rows import tuple_row

from application.case_types import CASE_TYPES
from application.persistence.event_mapper import EventMapper
from application.persistence.vault import Vault
from application.streams import Recorded, Stream, projector

BATCH = 5000
_PROJECTORS = {each.first: projector(each) for each in CASE_TYPES}
_COLUMNS = "SELECT originator_id, originator_version, topic, state FROM public.case_events"
_ALL = f"{_COLUMNS} ORDER BY originator_id, originator_version"
_SOME = f"{_COLUMNS} WHERE originator_id = ANY(%s) ORDER BY originator_id, originator_version"
_CHANGED = "SELECT DISTINCT originator_id FROM public.case_events WHERE notification_id > %s"
_COUNT = "SELECT count(*) FROM public.case_events"


class StreamReader:
    """Reads streams over a connection of its own, opens what is sealed, and folds."""

    def __init__(
        self, connection: psycopg.Connection[Any], mapper: EventMapper, vault: Vault
    ) -> None:
        self.connection = connection
        self._mapper = mapper
        self._vault = vault

    def count(self) -> int:
        """Return how many events there are."""
        with self.connection.cursor(row_factory=tuple_row) as cursor:
            return int(cursor.execute(_COUNT).fetchall()[0][0])

    def changed_after(self, position: int) -> list[UUID]:
        """Return the cases with events after the position."""
        with self.connection.cursor(row_factory=tuple_row) as cursor:
            return [row[0] for row in cursor.execute(_CHANGED, [position])]

    def these(self, case_ids: list[UUID]) -> list[Stream[Any]]:
        """Return the streams of the cases."""
        with self.connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            rows = cursor.execute(_SOME, [case_ids]).fetchall()
        return list(self.folded([StoredEvent(*row) for row in rows]))

    def all(self) -> Iterator[list[Stream[Any]]]:
        """Return every stream, in batches of whole ones, without holding all in memory."""
        with (
            self.connection.transaction(),
            self.connection.cursor("streams", row_factory=tuple_row) as cursor,
        ):
            cursor.execute(_ALL, binary=True)
            rest: list[StoredEvent] = []
            while rows := cursor.fetchmany(BATCH):
                events = rest + [StoredEvent(*row) for row in rows]
                last = events[-1].originator_id
                rest = [each for each in events if each.originator_id == last]
                yield list(self.folded(events[: len(events) - len(rest)]))
            yield list(self.folded(rest))

    def opened(self, stored: Sequence[StoredEvent]) -> list[Recorded]:
        """Return the events as they were before they were stored."""
        people = self._mapper.subjects_of(stored)
        return self._mapper.load_all(stored, self._vault.keys(people) if people else {})

    def folded(self, stored: Sequence[StoredEvent]) -> Iterator[Stream[Any]]:
        """Return the streams of these events, which are whole streams one after the other."""
        for _, events in groupby(self.opened(stored), attrgetter("originator_id")):
            yield stream_of(list(events))


def stream_of(recorded: list[Recorded]) -> Stream[Any]:
    """Return the stream that all events of a case make; its kind is told by the first."""
    stream = _PROJECTORS[type(recorded[0].event)](None, recorded)
    assert stream is not None  # noqa: S101  The projector was chosen by the first event.
    return stream


@contextmanager
def stream_reader(url: str, mapper: EventMapper, vault: Vault) -> Iterator[StreamReader]:
    """Open a reader for as long as the block lasts."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            yield StreamReader(connection, mapper, vault)
    except psycopg.OperationalError as error:
        raise OperationalError(str(error)) from error
