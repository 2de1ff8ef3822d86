"""Whole streams as they are stored, unopened, with the office that each event was saved for."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent
from psycopg.rows import tuple_row

BATCH = 5000
_ALL = """
SELECT originator_id, originator_version, topic, state, office FROM public.case_events
ORDER BY originator_id, originator_version
"""
_COUNT = "SELECT count(*) FROM public.case_events"


class StoredStream(NamedTuple):
    """The events of one case as they are stored, and the office beside each."""

    id: UUID
    events: Sequence[StoredEvent]
    offices: Sequence[str]

    @property
    def office_of(self) -> Mapping[int, str]:
        """The office beside each version."""
        versions = (each.originator_version for each in self.events)
        return dict(zip(versions, self.offices, strict=True))

    @property
    def gap(self) -> int | None:
        """The first version that is not where it has to be, counting from 1."""
        versions = (each.originator_version for each in self.events)
        numbered = enumerate(versions, start=1)
        return next((place for place, version in numbered if place != version), None)


def stored_streams(connection: psycopg.Connection[Any]) -> Iterator[list[StoredStream]]:
    """Return every stream in the order of the ids, in batches of whole ones.

    The connection has to be in a transaction.
    """
    with connection.cursor("stored", row_factory=tuple_row) as cursor:
        cursor.execute(_ALL, binary=True)
        rest: list[tuple[Any, ...]] = []
        while rows := cursor.fetchmany(BATCH):
            rows = rest + rows
            last = rows[-1][0]
            rest = [row for row in rows if row[0] == last]
            yield _streams(rows[: len(rows) - len(rest)])
        yield _streams(rest)


def count_events(connection: psycopg.Connection[Any]) -> int:
    """Return how many events there are."""
    return int(connection.execute(_COUNT).fetchall()[0][0])


def _streams(rows: Sequence[tuple[Any, ...]]) -> list[StoredStream]:
    return [
        StoredStream(case_id, [StoredEvent(*row[:4]) for row in own], [row[4] for row in own])
        for case_id, own in ((key, list(group)) for key, group in groupby(rows, itemgetter(0)))
    ]
