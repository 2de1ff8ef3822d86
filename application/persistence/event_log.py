"""The log as those read it who follow it: in its order, as far as it is final."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from application.persistence.reader import Reader

_ENDS = "SELECT final, newest FROM {}()"
_READ = """
SELECT notification_id, originator_id, originator_version, topic, state FROM {}
WHERE notification_id > %s AND notification_id <= %s AND (%s::text[] IS NULL OR topic = ANY(%s))
ORDER BY notification_id LIMIT %s
"""


class LogEnds(NamedTuple):
    """The last event up to which nothing will be added, and the last that there is."""

    final: int
    newest: int


class LoggedRow(NamedTuple):
    """An event as it is stored, at its position."""

    position: int
    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes


class EventLog:
    """Reads the log as one database role, which may not be shown all of it."""

    def __init__(self, reader: Reader, table: str) -> None:
        self._reader = reader
        self._ends = SQL(_ENDS).format(Identifier(f"{table}_ends")).as_bytes()
        self._read = SQL(_READ).format(Identifier(table)).as_bytes()

    def ends(self) -> LogEnds:
        """Return how far the log goes now; ask before ``read``, never after."""
        (row,) = self._reader.rows(self._ends, row_factory=tuple_row, binary=True)
        return LogEnds(*row)

    def read(
        self, after: int, last: int, limit: int, topics: Sequence[str] | None = None
    ) -> list[LoggedRow]:
        """Return the first events after a position and up to the last, in order."""
        kinds = None if topics is None else list(topics)
        values = (after, last, kinds, kinds, limit)
        rows = self._reader.rows(self._read, values, row_factory=tuple_row, binary=True)
        return [LoggedRow(*row) for row in rows]
