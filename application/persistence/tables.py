"""How a save is written: events, rows of read models and the caller's attempt in one statement.

One statement is one transaction and one round trip: there is no moment at which some of it
is there, and no COMMIT to be sent, lost or cancelled on its own.
"""

from collections.abc import Iterable
from functools import cache

from psycopg.sql import SQL, Composable, Composed, Identifier, Placeholder

from application.read_models.rows import Row

RowTypes = tuple[type[Row], ...]


@cache
def save_statement(
    append: tuple[str, str], row_types: RowTypes, attempt_type: type[Row] | None
) -> Composed:
    """Return the statement that saves events with rows of these types, and an attempt.

    Its parameters are the events' ids, versions, topics and states, then the rows of each
    type as a JSON array, then the attempt as one of one.
    """
    parts = [
        SQL("saved AS MATERIALIZED (SELECT {}(%b, %b, %b, %b) AS positions)").format(
            Identifier(*append)
        )
    ]
    parts += [
        SQL("{} AS ({})").format(Identifier(f"{each.TABLE}_saved"), upsert(each))
        for each in row_types
    ]
    if attempt_type is not None:
        parts.append(SQL("attempted AS ({})").format(insert(attempt_type)))
    return SQL("WITH {} SELECT positions FROM saved").format(SQL(", ").join(parts))


def insert(row_type: type[Row]) -> Composed:
    """Return the statement that inserts a JSON array of rows."""
    return SQL("INSERT INTO {table} AS old ({columns}) SELECT {columns} FROM {rows}").format(
        table=Identifier(row_type.TABLE),
        columns=_listed(row_type.__struct_fields__),
        rows=SQL("json_populate_recordset(NULL::{}, {}::json)").format(
            Identifier(row_type.TABLE), Placeholder()
        ),
    )


def upsert(row_type: type[Row]) -> Composed:
    """Return the statement that writes rows in place of those with the same key."""
    changes = [name for name in row_type.__struct_fields__ if name not in row_type.KEY]
    return SQL("{} ON CONFLICT ({}) DO UPDATE SET {}{}").format(
        insert(row_type),
        _listed(row_type.KEY),
        SQL(", ").join(SQL("{0} = EXCLUDED.{0}").format(Identifier(name)) for name in changes),
        _unless_older(row_type.NEWEST),
    )


def _unless_older(columns: tuple[str, ...]) -> Composable:
    if not columns:
        return SQL("")
    return SQL(" WHERE ({}) >= ({})").format(_listed(columns, "EXCLUDED"), _listed(columns, "old"))


def _listed(names: Iterable[str], table: str | None = None) -> Composed:
    parts = (
        Identifier(name) if table is None else SQL("{}.{}").format(SQL(table), Identifier(name))
        for name in names
    )
    return SQL(", ").join(parts)
