"""The database behind the application, as the event library asks for it."""

import psycopg
from eventsourcing.persistence import IntegrityError
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment

from application.persistence.connections import CaseDatastore
from application.persistence.recorder import CaseRecorder


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
