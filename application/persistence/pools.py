"""The pools of connections of one process: one for each database role that is used."""

from threading import Lock

from application.persistence.connections import CaseDatastore
from application.persistence.reader import Reader
from application.scopes import Scope

WRITER, SEALER = "writer", "sealer"
# No question of a person takes so long; what does would keep a thread from everybody else.
STATEMENT_SECONDS = 20.0


def role_name(part: str) -> str:
    """Return the name of the database role for a view, for the writer or for the sealer."""
    return f"frontoffice_{part}"


class Pools:
    """Connections to the database by role, made when they are first asked for."""

    def __init__(self, url: str, size: int, seconds: float = STATEMENT_SECONDS) -> None:
        self._url = url
        self._size = size
        self._seconds = seconds
        self._lock = Lock()
        self._made: dict[str, CaseDatastore] = {}

    @property
    def writer(self) -> CaseDatastore:
        """The connections that append, and see no event."""
        return self.of(WRITER)

    def of(self, part: str) -> CaseDatastore:
        """Return the connections that have this role and no other right."""
        with self._lock:
            if part not in self._made:
                self._made[part] = CaseDatastore(
                    self._url, self._size, role_name(part), self._seconds
                )
            return self._made[part]

    def reader(self, scope: Scope) -> Reader:
        """Return what reads in the scope."""
        return Reader(self.of(scope.view), scope.office)

    def close(self) -> None:
        """Close all connections."""
        for datastore in self._made.values():
            datastore.close()
