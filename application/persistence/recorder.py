"""The recorder of events, on the extension points of the library's own for PostgreSQL.

It stores what the library's stores and reads what it reads, and differs in three things:
a save takes no lock on the table (``commit_order`` has the proof that followers still miss
nothing), the rows of the read models and the caller's attempt are saved with the events, and
a save whose outcome is not known is told as that and never repeated here.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, cast
from uuid import UUID

import psycopg
from eventsourcing.persistence import (
    IntegrityError,
    Notification,
    OperationalError,
    StoredEvent,
    Subscription,
)
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from application.persistence import batches, commit_order
from application.persistence.connections import CaseConnection, CaseDatastore
from application.persistence.polling import PollingSubscription
from application.persistence.reader import Reader
from application.persistence.tables import save
from application.read_models.row import Row
from application.save_outcomes import OutcomeUnknown

_DEADLOCKS = 10
# A save of more events is written as a batch: its statement does not grow with it.
_FEW = 50
_ADD_OFFICE = "ALTER TABLE {} ADD COLUMN IF NOT EXISTS office text NOT NULL DEFAULT ''"
_SELECT_STREAM = """
SELECT originator_version, topic, state FROM {}
WHERE originator_id = %s AND (%s::bigint IS NULL OR originator_version <= %s)
ORDER BY originator_version
"""
_SELECT_TOPIC = """
SELECT originator_id, originator_version, topic, state FROM {}
WHERE originator_id = ANY(%s) AND topic = %s
"""


class _DeadlockError(OperationalError):
    """PostgreSQL has undone this save, because another waited for it and it for the other."""


class StoredRow(NamedTuple):
    """What the library's ``StoredEvent`` has, made in a fifth of the time."""

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes


class CaseRecorder(PostgresApplicationRecorder):
    """Stores events, rows and attempts in one statement; reads a stream with little ado."""

    def __init__(
        self,
        datastore: CaseDatastore,
        *,
        events_table_name: str = "stored_events",
        writer: CaseDatastore | None = None,
        office: str = "",
    ) -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        self._writer = writer or datastore
        self._reader = Reader(datastore, office)
        schema = datastore.schema
        table = Identifier(schema, events_table_name)
        tables = [each for each in self.sql_create_statements if _makes_a_table(each.as_string())]
        self.sql_create_statements = [
            *tables,
            SQL(_ADD_OFFICE).format(table),
            *commit_order.functions(schema, events_table_name),
        ]
        final_position = Identifier(schema, f"{events_table_name}_final_position")
        self._final_position = SQL("SELECT {}()").format(final_position).as_bytes()
        self._select_stream = SQL(_SELECT_STREAM).format(table).as_bytes()
        self._select_topic = SQL(_SELECT_TOPIC).format(table).as_bytes()

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        rows: Sequence[Row] = (),
        office: str = "",
        **_: Any,
    ) -> Sequence[int] | None:
        """Store everything or nothing, in the name of the office; return the events' positions.

        Raises:
            IntegrityError: something of it is there already, or must not be.
            OutcomeUnknown: it was sent, and what became of it was not heard.
            OperationalError: the database could not be reached, and nothing was sent.

        """
        if not stored_events:
            return None
        table = (self.datastore.schema, self.events_table_name)
        written = save if len(stored_events) <= _FEW else batches.save
        return self._saved(*written(table, office, stored_events, _last_of_each(rows)))

    def _saved(self, statement: bytes, parameters: Sequence[Any]) -> Sequence[int]:
        """Save, and once more when PostgreSQL has chosen this save to end a deadlock.

        Two loans of one thing at one moment can wait for each other; of the one that is
        chosen nothing has been saved.
        """
        for _ in range(_DEADLOCKS):
            with suppress(_DeadlockError):
                return self._sent(statement, parameters)
        return self._sent(statement, parameters)

    def _sent(self, statement: bytes, parameters: Sequence[Any]) -> Sequence[int]:
        with self._connection() as connection:
            connection.was_warned()
            try:
                (row,) = connection.saving.execute(statement, parameters, prepare=True)
            except psycopg.IntegrityError as error:
                raise IntegrityError(str(error)) from error
            except psycopg.errors.DeadlockDetected as error:
                raise _DeadlockError(str(error)) from error
            except psycopg.OperationalError as error:
                told = OutcomeUnknown if _may_be_saved(error) else OperationalError
                raise told(str(error)) from error
            if connection.was_warned():
                raise OutcomeUnknown("The server warned when it committed.")
        return list(row[0])

    @contextmanager
    def _connection(self) -> Iterator[CaseConnection]:
        """Lend a connection with less around it than the library's own way has."""
        pool = self._writer.pool
        pool.open()
        try:
            connection = pool.getconn()
        except psycopg.OperationalError as error:
            raise OperationalError(str(error)) from error
        try:
            yield cast("CaseConnection", connection)
        finally:
            pool.putconn(connection)

    def select_stream(self, originator_id: UUID, lte: int | None = None) -> list[StoredRow]:
        """Return the events of one stream, the whole or up to a version."""
        rows = self._reader.rows(
            self._select_stream, (originator_id, lte, lte), row_factory=tuple_row, binary=True
        )
        return [StoredRow(originator_id, version, topic, state) for version, topic, state in rows]

    def select_topic(self, topic: str, originator_ids: Sequence[UUID]) -> list[StoredRow]:
        """Return the events of one topic in these streams."""
        found = self._reader.rows(
            self._select_topic, (list(originator_ids), topic), row_factory=tuple_row, binary=True
        )
        return [StoredRow(*row) for row in found]

    def final_position(self) -> int:
        """Return the position up to which the log can be read and nothing will be added."""
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            cursor.execute(self._final_position, prepare=True)
            return int(cursor.fetchall()[0][0])

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return the log in order, as far as it is final."""
        final = self.final_position()
        last = final if stop is None else min(stop, final)
        found = super().select_notifications(
            start, limit, last, topics, inclusive_of_start=inclusive_of_start
        )
        return cast("Sequence[Notification]", found)

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[Any]:
        """Follow the log by polling: a NOTIFY would make every commit wait for the others."""
        return PollingSubscription(self, gt, topics)


def _makes_a_table(statement: str) -> bool:
    """Whether it is of the library's table and index, and not of its functions and types."""
    return statement.startswith(("CREATE TABLE", "CREATE UNIQUE INDEX"))


def _last_of_each(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, of those with one key the last: a statement writes a row once."""
    return list({(row.TABLE, row.primary_key): row for row in rows}.values())


def _may_be_saved(error: psycopg.OperationalError) -> bool:
    """Whether it may have been saved: the connection ended, or somebody ended the statement.

    Every other refusal of the server, such as a full disk, is its last word.
    """
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57"))
