"""The log in the database, as it was at one moment (`application.audit.log_view`)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from itertools import chain, islice
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row

from application.audit.checkpoints import Checkpoint, read_checkpoint
from application.audit.heads import Branch, branches
from application.audit.log_refusals import LogDamaged, LogNotSealed
from application.audit.log_view import Span
from application.audit.logged import Logged, LoggedEvent, LoggedHeads, read_heads_entry
from application.audit.notes import NotANote, Note, read_note
from application.audit.stops import SealingStopped
from application.persistence.log_heads import trees_around
from application.persistence.log_tiles import Tiles
from application.persistence.pools import Pools
from application.scopes import View

_BATCH = 2000
_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
_NEWEST = "SELECT size, note FROM log_checkpoints ORDER BY size DESC LIMIT 1"
_NOTE = "SELECT note FROM log_checkpoints WHERE size = %s"
_COSIGNED = "SELECT line FROM log_cosignatures WHERE size = %s ORDER BY witness, line"
_HAND_OVERS = "SELECT note FROM log_hand_overs ORDER BY number"
_ENTRIES = """
SELECT index, content, position, originator_id, originator_version, topic, state
FROM log_entries LEFT JOIN public.case_events ON notification_id = position
WHERE index = ANY(%s) ORDER BY index
"""
_INDEXES = """
SELECT index FROM public.case_events JOIN log_entries ON position = notification_id
WHERE originator_id = %s AND index < %s ORDER BY index
"""
_INDEX = """
SELECT index FROM public.case_events JOIN log_entries ON position = notification_id
WHERE originator_id = %s AND originator_version = %s AND index < %s
"""
_LAST_VERSION = """
SELECT coalesce(max(originator_version), 0) FROM public.case_events WHERE originator_id = %s
"""
_RECORDED = """
WITH within AS (SELECT
    coalesce((SELECT min(index) FROM log_entries WHERE recorded_at >= %(start)s
        AND index < %(size)s), %(size)s) AS first,
    coalesce((SELECT max(index) FROM log_entries WHERE recorded_at < %(end)s
        AND index < %(size)s), -1) AS last)
SELECT
    coalesce((SELECT max(index) FROM log_entries WHERE position > 0 AND index < first), 0),
    coalesce((SELECT min(index) FROM log_entries WHERE position > 0 AND index > last
        AND index < %(size)s), %(size)s - 1) + 1
FROM within
"""


class StoredLog:
    """The log over a connection that returns tuples, and is in a transaction just begun.

    An event that is gone from the database is not in what is read: the proofs tell of it.

    Raises:
        LogNotSealed: there is no checkpoint yet.

    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute(_ONE_MOMENT)
        self._connection = connection
        newest = self._rows(_NEWEST)
        if not newest:
            raise LogNotSealed
        self.checkpoint = _read(*newest[0])

    @cached_property
    def _tiles(self) -> Tiles:
        return Tiles(self._connection)

    def note_of(self, size: int) -> Note | None:
        """Return the signed checkpoint of this size, with its cosignatures."""
        found = self._rows(_NOTE, size)
        if not found:
            return None
        note = read_note(found[0][0])
        return Note(note.text, (*note.lines, *(line for (line,) in self._rows(_COSIGNED, size))))

    def nodes(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree."""
        return self._tiles.node(level, index)

    def entries(self, spans: Iterable[Span]) -> Iterator[Logged]:
        """Yield the entries of these spans, as far as they are still there."""
        indexes = chain.from_iterable(range(*span) for span in spans)
        while some := list(islice(indexes, _BATCH)):
            for index, content, *event in self._rows(_ENTRIES, some, binary=True):
                yield from _logged(index, content, event)

    def indexes_of(self, case_id: UUID) -> list[int]:
        """Return where the sealed events of a case are."""
        return [index for (index,) in self._rows(_INDEXES, case_id, self.checkpoint.size)]

    def index_of(self, case_id: UUID, version: int) -> int | None:
        """Return where an event is; none for one that is not sealed, or not there."""
        found = self._rows(_INDEX, case_id, version, self.checkpoint.size)
        return found[0][0] if found else None

    def last_version(self, case_id: UUID) -> int:
        """Return how far the case has come by now, sealed or not."""
        return int(self._rows(_LAST_VERSION, case_id)[0][0])

    def branches(self, case_id: UUID) -> list[Branch]:
        """Return the proof of the last version of a case, deepest branch first."""
        trees = trees_around(self._connection, case_id, self.checkpoint.size)
        return branches(trees, case_id)

    def recorded(self, start: datetime, end: datetime) -> Span:
        """Return the span of what was recorded in a period, with the events at its edges."""
        asked = {"start": start, "end": end, "size": self.checkpoint.size}
        first, behind = self._connection.execute(_RECORDED, asked).fetchall()[0]
        return int(first), int(behind)

    def hand_overs(self) -> list[Note]:
        """Return all hand-overs, in their order."""
        return [read_note(note) for (note,) in self._rows(_HAND_OVERS)]

    def _rows(self, statement: str, *values: Any, binary: bool = False) -> list[Any]:
        return self._connection.execute(statement, values, binary=binary).fetchall()


class StoredLogs:
    """Opens the log for whoever asks, by the rights of their view."""

    def __init__(self, pools: Pools) -> None:
        self._pools = pools

    @contextmanager
    def opened(self, view: View) -> Iterator[StoredLog]:
        """Give the log as it is now, for as long as the block lasts.

        Raises:
            LogNotSealed: there is no checkpoint yet.
            LogDamaged: hashes of the log are missing.

        """
        with self._pools.of(view).get_connection() as connection, _in_tuples(connection):
            try:
                with connection.transaction():
                    yield StoredLog(connection)
            except SealingStopped as stop:
                raise LogDamaged(reason=stop.reason) from stop


def _read(size: int, note: str) -> Checkpoint:
    with suppress(NotANote):
        checkpoint = read_checkpoint(read_note(note).text)
        if checkpoint.size == size:
            return checkpoint
    raise LogDamaged(reason="log-changed")


@contextmanager
def _in_tuples(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Let a connection of the pool return tuples for as long as the block lasts."""
    usual, connection.row_factory = connection.row_factory, tuple_row
    try:
        yield
    finally:
        connection.row_factory = usual


def _logged(index: int, content: bytes | None, event: list[Any]) -> Iterator[Logged]:
    if content is not None:
        heads = read_heads_entry(bytes(content))
        if heads is not None:
            yield LoggedHeads(index, heads.cases, heads.root)
    elif event[1] is not None:
        yield LoggedEvent(index, *event)
