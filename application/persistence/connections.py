"""Connections to the database: what is heard on them, and what never happens to them."""

from typing import Any

import psycopg
from eventsourcing.postgres import PostgresDatastore
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import Diagnostic
from psycopg.rows import dict_row, tuple_row

WAIT_SECONDS = 5


class CaseConnection(psycopg.Connection[Any]):
    """A connection that hears warnings and cancels nothing.

    A COMMIT whose wait for a standby was ended comes back as done, with a warning; and a
    save that is cancelled may have been committed all the same.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saving = self.cursor(row_factory=tuple_row)
        self._warned = False
        self.add_notice_handler(self._hear)

    def was_warned(self) -> bool:
        """Whether the server warned since this was last asked."""
        warned, self._warned = self._warned, False
        return warned

    def _hear(self, notice: Diagnostic) -> None:
        self._warned = self._warned or notice.severity_nonlocalized == "WARNING"

    def cancel_safe(self, *, timeout: float = 30.0) -> None:
        """Let the statement end by itself, also when the process is being stopped."""


class CaseDatastore(PostgresDatastore):
    """The library's pool of connections, with every parameter of the URL, in a database role."""

    def __init__(
        self, url: str, pool_size: int, role: str | None = None, seconds: float = 0
    ) -> None:
        parameters = conninfo_to_dict(url)
        if role is not None:
            given = parameters.get("options") or ""
            timeout = f"-c statement_timeout={int(seconds * 1000)}"
            parameters["options"] = f"{given} -c role={role} {timeout}".strip()
        super().__init__(
            dbname="",
            host="",
            port="",
            user="",
            password="",
            pool_size=1,
            max_overflow=pool_size - 1,
            connect_timeout=WAIT_SECONDS,
        )
        self.pool.connection_class = CaseConnection
        self.pool.kwargs = {"row_factory": dict_row, **parameters}

    def register_type_adapters(self) -> None:
        """Register none: no statement of ours needs them, and workers start without a database."""
