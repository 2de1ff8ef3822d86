"""How a save of many cases is written: one statement still, and one transaction.

PostgreSQL takes 65,535 parameters; a few thousand cases have more values. So events come as one
array for each column, and rows as one JSON text that is read by the types of their table.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from eventsourcing.persistence import StoredEvent
from psycopg.sql import SQL, Composed, Identifier

from application.persistence.tables import EventsTable, listed, write
from application.read_models.row import Row

_EVENTS = """
drawn AS MATERIALIZED (SELECT {draw}(%b::integer, %b::text) AS positions),
saved AS (
    INSERT INTO {table} (originator_id, originator_version, topic, state, notification_id, office)
    SELECT event.id, event.version, event.topic, event.state, drawn.positions[event.place],
           current_setting('frontoffice.office')
    FROM drawn, unnest(%b::uuid[], %b::bigint[], %b::text[], %b::bytea[])
        WITH ORDINALITY AS event (id, version, topic, state, place)
)
"""
_ROWS = "SELECT {} FROM json_populate_recordset(NULL::{}, %s::text::json)"


def save(
    table: EventsTable, office: str, events: Sequence[StoredEvent], rows: Sequence[Row]
) -> tuple[bytes, list[Any]]:
    """Return the statement that saves everything, and its parameters."""
    by_type: dict[type[Row], list[Row]] = {}
    for row in rows:
        by_type.setdefault(type(row), []).append(row)
    values = ((e.originator_id, e.originator_version, e.topic, e.state) for e in events)
    columns = zip(*values, strict=True)
    texts = (msgspec.json.encode(of_type).decode() for of_type in by_type.values())
    parameters = [len(events), office, *map(list, columns), *texts]
    return _statement(table, tuple(by_type)), parameters


@cache
def _statement(table: EventsTable, row_types: tuple[type[Row], ...]) -> bytes:
    schema, name = table
    events = SQL(_EVENTS).format(
        draw=Identifier(schema, f"{name}_draw"), table=Identifier(schema, name)
    )
    written = (
        SQL("row_{} AS ({})").format(SQL(str(place)), write(row_type, _rows_of(row_type)))
        for place, row_type in enumerate(row_types)
    )
    parts = SQL(", ").join((events, *written))
    return SQL("WITH {} SELECT positions FROM drawn").format(parts).as_bytes()


def _rows_of(row_type: type[Row]) -> Composed:
    return SQL(_ROWS).format(listed(row_type.__struct_fields__), Identifier(row_type.TABLE))
