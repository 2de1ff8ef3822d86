"""A batch of the log: its entries, hashes and heads in one transaction."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import psycopg

from application.audit.stops import SealingStopped
from application.persistence.log_entries import Entries
from application.persistence.log_events import SealedEvent, first_events
from application.persistence.log_tiles import Tiles

BATCH = 5000
_FINAL = "SELECT public.case_events_final_position()"
_HEADS = "SELECT case_id, version FROM log_heads WHERE case_id = ANY(%s)"
_MOVE = """
INSERT INTO log_heads SELECT * FROM unnest(%s::uuid[], %s::bigint[])
ON CONFLICT (case_id) DO UPDATE SET version = excluded.version
"""


def seal_batch(connection: psycopg.Connection[Any]) -> int:
    """Add the next events to the log, as far as no earlier one can still come; return how many.

    Raises:
        SealingStopped: an event of a case is missing, or what is there cannot be continued.

    """
    with connection.transaction():
        entries = Entries(connection)
        end = entries.end()
        # The final position is asked before the events are read, or some might be passed over.
        ((final,),) = connection.execute(_FINAL).fetchall()
        events = first_events(connection, end.position, final, BATCH)
        if events:
            _move_heads(connection, events)
            entries.add(end.size, events)
            Tiles(connection).add(end.size, [event.hash for event in events])
    return len(events)


def _move_heads(connection: psycopg.Connection[Any], events: Iterable[SealedEvent]) -> None:
    cases = list({event.case_id for event in events})
    heads = dict(connection.execute(_HEADS, [cases]).fetchall())
    for event in events:
        _follow(heads, event)
    connection.execute(_MOVE, [list(heads), list(heads.values())])


def _follow(heads: dict[UUID, int], event: SealedEvent) -> None:
    """Let a case end with the event, which has to be the next one of it."""
    before = heads.get(event.case_id, 0)
    if event.version != before + 1:
        raise SealingStopped(
            "event-missing", case=str(event.case_id), version=event.version, before=before
        )
    heads[event.case_id] = event.version
