"""The database behind the application, as the event library asks for it."""

import psycopg
from eventsourcing.persistence import IntegrityError
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment

from application.persistence.pools import Pools
from application.persistence.recorder import CaseRecorder
from application.scopes import Scope

EVENTS = "case_events"


class CaseFactory(PostgresFactory):
    """The library's factory, with our recorder and our connections."""

    def __init__(self, env: Environment, pools: Pools, scope: Scope) -> None:
        super().__init__(env)
        self.datastore = pools.of(scope.view)
        self._pools = pools
        self._view, self._office = scope.view, scope.office

    def application_recorder(self) -> CaseRecorder:
        """Return the recorder that reads in the scope and saves as the writer."""
        return CaseRecorder(
            self._pools.of(self._view),
            events_table_name=EVENTS,
            writer=self._pools.writer,
            office=self._office,
        )

    def close(self) -> None:
        """Leave the connections to those who share them."""


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
