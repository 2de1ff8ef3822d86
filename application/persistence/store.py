"""The database behind the application: connections and conflicts."""

from typing import Any

import psycopg
from eventsourcing.persistence import IntegrityError
from eventsourcing.postgres import PostgresDatastore, PostgresFactory
from eventsourcing.utils import Environment
from psycopg.conninfo import conninfo_to_dict

from application.persistence.recorder import CaseRecorder

WAIT_SECONDS = 5


class CaseConnection(psycopg.Connection[Any]):
    """A connection that cancels nothing: a save that is cancelled may have been committed."""

    def cancel_safe(self, *, timeout: float = 30.0) -> None:
        """Let the statement end by itself, also when the process is being stopped."""


class CaseDatastore(PostgresDatastore):
    """The library's pool of connections, with every parameter of the database URL."""

    def __init__(self, url: str, pool_size: int) -> None:
        parameters = conninfo_to_dict(url)
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
        self.pool.kwargs = {"row_factory": psycopg.rows.dict_row, **parameters}

    def register_type_adapters(self) -> None:
        """Register none: no statement of ours needs them, and workers start without a database."""


class CaseFactory(PostgresFactory):
    """The library's factory, with our recorder and our connections."""

    application_recorder_class = CaseRecorder

    def __init__(self, env: Environment, url: str, pool_size: int) -> None:
        super().__init__(env)
        self.datastore = CaseDatastore(url, pool_size)


# What the library asks for; the connections are made from the database URL. Tables are made once,
# by ``upgrade``, and never by a worker: several processes that make them at once would fail.
LIBRARY_ENVIRONMENT = {
    "PERSISTENCE_MODULE": "eventsourcing.postgres",
    "CREATE_TABLE": "n",
    **{f"POSTGRES_{name}": "none" for name in ("DBNAME", "HOST", "PORT", "USER", "PASSWORD")},
}


def violated(error: IntegrityError) -> str | None:
    """Return the name of the constraint that the database upheld."""
    cause = error.__cause__
    return cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
