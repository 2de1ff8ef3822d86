"""The recorder of events: the library's own, with the read models in its transaction."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import Cursor
from psycopg.rows import DictRow, tuple_row
from psycopg.sql import SQL, Composed, Identifier

from application.persistence.tables import write_row
from application.read_models.rows import Row


class CaseRecorder(PostgresApplicationRecorder):
    """Stores events and read-model rows together, and reads a stream with little ado."""

    def _insert_events(
        self,
        curs: Cursor[DictRow],
        stored_events: Sequence[StoredEvent],
        rows: Sequence[Row] = (),
        **kwargs: Any,
    ) -> None:
        """Write the rows in the transaction of the events: the library's hook for this."""
        super()._insert_events(curs, stored_events, **kwargs)
        for row in rows:
            write_row(curs, row)

    def _insert_stored_events(
        self,
        curs: Cursor[DictRow],
        stored_events: Sequence[StoredEvent],
        **_: Any,
    ) -> None:
        super()._insert_stored_events(curs, stored_events)

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
