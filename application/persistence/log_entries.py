"""The entries of the log: which event stands where, and the sealer's own."""

from collections.abc import Generator, Iterable
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import tuple_row

from application.persistence.log_events import SealedEvent

_END = """
SELECT (SELECT coalesce(max(index) + 1, 0) FROM log_entries),
    (SELECT coalesce(max(position), 0) FROM log_entries)
"""
_BEFORE = "SELECT coalesce(max(position), 0) FROM log_entries WHERE index < %s AND position > 0"
_CONTENT = "SELECT content FROM log_entries WHERE index = %s"
_FROM = "SELECT index, position FROM log_entries WHERE index >= %s ORDER BY index"
_ADD = "COPY log_entries (index, position, recorded_at) FROM STDIN"
_ADD_OWN = "INSERT INTO log_entries (index, content) VALUES (%s, %s)"


Place = tuple[int, int | None]


class End(NamedTuple):
    """How many entries there are, and the position of the last event among them."""

    size: int
    position: int


class Entries:
    """Adds to the entries; nothing here changes or removes one."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def end(self) -> End:
        """Return where the log ends."""
        (row,) = self._connection.execute(_END).fetchall()
        return End(*row)

    def position_before(self, index: int) -> int:
        """Return the position of the last event before an entry; 0 if there is none."""
        (row,) = self._connection.execute(_BEFORE, [index]).fetchall()
        return int(row[0])

    def content(self, index: int) -> bytes | None:
        """Return the bytes of an entry of the sealer's own."""
        row = self._connection.execute(_CONTENT, [index]).fetchone()
        return None if row is None else row[0]

    def places_from(self, index: int) -> Generator[Place]:
        """Return the indexes and positions of the entries from one on."""
        with self._connection.cursor("places", row_factory=tuple_row) as cursor:
            yield from cursor.execute(_FROM, [index])

    def add(self, first: int, events: Iterable[SealedEvent]) -> None:
        """Add events, the first of them with this index."""
        with self._connection.cursor() as cursor, cursor.copy(_ADD) as copy:
            for index, event in enumerate(events, first):
                copy.write_row((index, event.position, event.recorded_at))

    def add_own(self, index: int, content: bytes) -> None:
        """Add an entry that is no event."""
        self._connection.execute(_ADD_OWN, [index, content])
