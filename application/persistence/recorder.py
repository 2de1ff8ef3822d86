"""The recorder of events: the library's own, with the read models in its transaction."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Composed, Identifier

from application.persistence.tables import write_row
from application.read_models.rows import Row


class CaseRecorder(PostgresApplicationRecorder):
    """Stores events and read-model rows together, and reads a stream with little ado."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], rows: Sequence[Row] = (), **_: Any
    ) -> Sequence[int] | None:
        """Store the events and the rows in one transaction; return the events' positions.

        The library pipelines the statements of a save and repeats it when the connection
        is lost. Neither is done here: a statement that fails in a pipeline leaves later
        ones prepared in name only, and a save whose COMMIT has arrived before the
        connection was lost would come back as a conflict with itself.
        """
        with (
            self.datastore.get_connection() as connection,
            connection.transaction(),
            connection.cursor() as cursor,
        ):
            self._insert_stored_events(cursor, stored_events)
            positions = self._fetch_ids_after_insert_events(cursor, stored_events)
            for row in rows:
                write_row(cursor, row)
        return positions

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Return the events of one stream: a whole one, or one up to a version, is quick."""
        if gt is not None or desc or limit is not None:
            some = super().select_events(originator_id, gt=gt, lte=lte, desc=desc, limit=limit)
            return cast("Sequence[StoredEvent]", some)
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            cursor.execute(self._select_stream, (originator_id, lte, lte), prepare=True)
            rows = cursor.fetchall()
        return [StoredEvent(*row) for row in rows]

    @property
    def _select_stream(self) -> Composed:
        return SQL(
            "SELECT originator_id, originator_version, topic, state FROM {}.{}"
            " WHERE originator_id = %s AND (%s::bigint IS NULL OR originator_version <= %s)"
            " ORDER BY originator_version"
        ).format(Identifier(self.datastore.schema), Identifier(self.events_table_name))
