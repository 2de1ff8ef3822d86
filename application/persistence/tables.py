"""How a save is written: events, rows of read models and the caller's attempt in one statement.

One statement is one transaction and one round trip: there is no moment at which some of it
is there, and no COMMIT to be sent, lost or cancelled on its own.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from eventsourcing.persistence import StoredEvent
from msgspec.structs import astuple
from psycopg.sql import SQL, Composable, Composed, Identifier, Placeholder

from application.read_models.row import Row

_EVENTS = """
drawn AS MATERIALIZED (SELECT {draw}({count}, %b::text) AS positions),
saved AS (
    INSERT INTO {table} (originator_id, originator_version, topic, state, notification_id, office)
    SELECT event.id, event.version, event.topic, event.state, drawn.positions[event.place],
           current_setting('frontoffice.office')
    FROM drawn, (VALUES {events}) AS event (id, version, topic, state, place)
)
"""
_EVENT = "(%b::uuid, %b::bigint, %b::text, %b::bytea, {})"
EventsTable = tuple[str, str]


def save(
    table: EventsTable, office: str, events: Sequence[StoredEvent], rows: Sequence[Row]
) -> tuple[bytes, list[Any]]:
    """Return the statement that saves everything, and its parameters."""
    statement = _statement(table, len(events), tuple(type(row) for row in rows))
    parameters: list[Any] = [office]
    for event in events:
        parameters += (event.originator_id, event.originator_version, event.topic, event.state)
    for row in rows:
        parameters += astuple(row)
    return statement, parameters


@cache
def _statement(table: EventsTable, count: int, row_types: tuple[type[Row], ...]) -> bytes:
    schema, name = table
    events = SQL(_EVENTS).format(
        draw=Identifier(schema, f"{name}_draw"),
        count=count,
        table=Identifier(schema, name),
        events=SQL(", ").join(SQL(_EVENT).format(place) for place in range(1, count + 1)),
    )
    written = (
        SQL("row_{} AS ({})").format(SQL(str(place)), write(row_type))
        for place, row_type in enumerate(row_types)
    )
    parts = SQL(", ").join((events, *written))
    return SQL("WITH {} SELECT positions FROM drawn").format(parts).as_bytes()


def write(row_type: type[Row], source: Composed | None = None) -> Composed:
    """Return the statement that writes a row in place of the one with the same key.

    A row that is never replaced is inserted, and stands in the way of another, or serves
    for it too; by which key is not said, for the writer may read none. The values are
    parameters, unless they come from another ``source``.
    """
    insert = SQL("INSERT INTO {} AS old ({}) {}").format(
        Identifier(row_type.TABLE), listed(row_type.__struct_fields__), source or _values(row_type)
    )
    changes = [name for name in row_type.__struct_fields__ if name not in row_type.KEY]
    if row_type.SHARED:
        return SQL("{} ON CONFLICT DO NOTHING").format(insert)
    if not row_type.REPLACED:
        return insert
    return SQL("{} ON CONFLICT ({}) DO UPDATE SET {}{}").format(
        insert,
        listed(row_type.KEY),
        SQL(", ").join(SQL("{0} = EXCLUDED.{0}").format(Identifier(name)) for name in changes),
        _unless_older(row_type.NEWEST),
    )


def _unless_older(columns: tuple[str, ...]) -> Composable:
    if not columns:
        return SQL("")
    return SQL(" WHERE ({}) >= ({})").format(listed(columns, "EXCLUDED"), listed(columns, "old"))


def _values(row_type: type[Row]) -> Composed:
    places = SQL(", ").join(Placeholder() for _ in row_type.__struct_fields__)
    return SQL("VALUES ({})").format(places)


def listed(names: Iterable[str], table: str | None = None) -> Composed:
    """Return the names as a list of columns."""
    parts = (
        Identifier(name) if table is None else SQL("{}.{}").format(SQL(table), Identifier(name))
        for name in names
    )
    return SQL(", ").join(parts)
