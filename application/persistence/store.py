"""The database behind the application: connections and conflicts."""

from collections.abc import Mapping

import psycopg
from eventsourcing.persistence import IntegrityError
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment
from psycopg.conninfo import conninfo_to_dict

from application.persistence.recorder import CaseRecorder

_DISCRETE = ("dbname", "host", "port", "user", "password")


class CaseFactory(PostgresFactory):
    """The library's factory, with our recorder and every parameter of the database URL."""

    application_recorder_class = CaseRecorder

    def __init__(self, env: Environment, url: str) -> None:
        super().__init__(env)
        assert isinstance(self.datastore.pool.kwargs, dict)  # noqa: S101  The library makes it so.
        self.datastore.pool.kwargs.update(conninfo_to_dict(url))


def library_environment(url: str, pool_size: int) -> Mapping[str, str]:
    """Return the settings of the event library for the database.

    Tables are made once, by ``upgrade``, and never by a worker: the library's own way
    of making them fails when several processes start at once.
    """
    parameters = conninfo_to_dict(url)
    discrete = {f"POSTGRES_{name.upper()}": str(parameters.get(name) or "") for name in _DISCRETE}
    return {
        **discrete,
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "CREATE_TABLE": "n",
        "POSTGRES_POOL_SIZE": "1",
        "POSTGRES_MAX_OVERFLOW": str(pool_size - 1),
        "POSTGRES_CONNECT_TIMEOUT": "5",
        "POSTGRES_CONN_MAX_AGE": "3600",
        "POSTGRES_PRE_PING": "n",
    }


def violated(error: IntegrityError) -> str | None:
    """Return the name of the constraint that the database upheld."""
    cause = error.__cause__
    return cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
