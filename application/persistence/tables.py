"""How a row of a read model is written: whole, in place of the one with the same key."""

from functools import cache
from typing import Any

from msgspec.structs import astuple
from psycopg import Cursor
from psycopg.sql import SQL, Composable, Composed, Identifier, Placeholder

from application.read_models.rows import Row


def write_row(cursor: Cursor[Any], row: Row) -> None:
    """Write the row within the cursor's transaction."""
    cursor.execute(_upsert(type(row)), astuple(row), prepare=True)


@cache
def _upsert(row_type: type[Row]) -> Composed:
    columns = row_type.__struct_fields__
    changes = [name for name in columns if name not in row_type.KEY]
    return SQL("INSERT INTO {} AS old ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}{}").format(
        Identifier(row_type.TABLE),
        _listed(columns),
        SQL(", ").join(Placeholder() for _ in columns),
        _listed(row_type.KEY),
        SQL(", ").join(SQL("{0} = EXCLUDED.{0}").format(Identifier(name)) for name in changes),
        _unless_older(row_type.NEWEST),
    )


def _unless_older(column: str | None) -> Composable:
    if column is None:
        return SQL("")
    return SQL(" WHERE EXCLUDED.{0} >= old.{0}").format(Identifier(column))


def _listed(names: tuple[str, ...]) -> Composed:
    return SQL(", ").join(Identifier(name) for name in names)
