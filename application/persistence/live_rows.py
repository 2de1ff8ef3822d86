"""The rows of the live read models, beside the streams that they have to come from."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from application.persistence.tables import listed
from application.read_models.people_rows import AppearanceRow
from application.read_models.row import Row
from application.read_models.rows import READ_MODELS, DocumentUseRow

_FETCHED = 2000
# The column with the id of the stream, where it is not the first of the key.
_CASES: Mapping[type[Row], str] = {DocumentUseRow: "case_id", AppearanceRow: "case_id"}


def case_column(row_type: type[Row]) -> str:
    """Return the column with the id of the stream that a row is made from."""
    return _CASES.get(row_type, row_type.KEY[0])


class LiveRows:
    """The rows of one read model in the order of the streams' ids, given once each."""

    def __init__(self, cursor: psycopg.ServerCursor[Any], row_type: type[Row]) -> None:
        cursor.itersize = _FETCHED
        cursor.execute(
            SQL("SELECT {} FROM {} ORDER BY {}").format(
                listed(row_type.__struct_fields__),
                Identifier("public", row_type.TABLE),
                Identifier(case_column(row_type)),
            )
        )
        self._place = row_type.__struct_fields__.index(case_column(row_type))
        self._rows = iter(cursor)
        self._next = next(self._rows, None)

    def up_to(self, case_id: UUID | None) -> Iterator[tuple[UUID, tuple[Any, ...]]]:
        """Return the rows up to those of the case, or all that are left, each with its case."""
        while self._next is not None:
            own = self._next[self._place]
            if case_id is not None and (own is None or own > case_id):
                return
            yield own, self._next
            self._next = next(self._rows, None)


@contextmanager
def live_rows(connection: psycopg.Connection[Any]) -> Iterator[Mapping[type[Row], LiveRows]]:
    """Open the rows of every read model; the connection has to be in a transaction."""
    with ExitStack() as stack:
        yield {each: _opened(connection, each, stack) for each in READ_MODELS}


def _opened(connection: psycopg.Connection[Any], row_type: type[Row], stack: ExitStack) -> LiveRows:
    cursor = connection.cursor(f"live_{row_type.TABLE}", row_factory=tuple_row)
    return LiveRows(stack.enter_context(cursor), row_type)


def underived(connection: psycopg.Connection[Any]) -> int:
    """Return how many corrections of the calendar the terms in the lists may not know yet."""
    found = "SELECT coalesce(max(version - derived), 0) FROM public.calendars"
    return int(connection.execute(found).fetchall()[0][0])
