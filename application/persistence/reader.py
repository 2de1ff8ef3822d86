"""Reading: every statement in a transaction that knows for which office it reads."""

from typing import Any

from psycopg.rows import dict_row

from application.persistence.connections import CaseDatastore

_FOR_OFFICE = b"SELECT set_config('frontoffice.office', %s, true)"


class Reader:
    """Reads as one database role and for one office.

    The office is set in the transaction of the statement itself: both travel in one round
    trip, and nothing of it stays on the connection for whoever borrows it next.
    """

    def __init__(self, datastore: CaseDatastore, office: str) -> None:
        self._datastore = datastore
        self._office = office

    def rows(
        self,
        statement: Any,
        parameters: Any = (),
        *,
        row_factory: Any = dict_row,
        binary: bool = False,
    ) -> list[Any]:
        """Return the rows that the office may see."""
        with self._datastore.get_connection() as connection:
            cursor = connection.cursor(row_factory=row_factory, binary=binary)
            with connection.pipeline():
                connection.execute(_FOR_OFFICE, [self._office], prepare=True)
                cursor.execute(statement, parameters or None, prepare=True)
            return cursor.fetchall()

    def run(self, statement: Any, parameters: Any = ()) -> int:
        """Do something that has no rows to return; return how many it was done to."""
        with self._datastore.get_connection() as connection:
            cursor = connection.cursor()
            with connection.pipeline():
                connection.execute(_FOR_OFFICE, [self._office], prepare=True)
                cursor.execute(statement, parameters or None, prepare=True)
            return cursor.rowcount

    def row(self, statement: Any, parameters: Any = ()) -> Any:
        """Return the first row, if there is one."""
        rows = self.rows(statement, parameters)
        return rows[0] if rows else None
