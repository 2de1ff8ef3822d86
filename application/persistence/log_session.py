"""A sealer at the database: in its role, to be seen by others, one sealing at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
from eventsourcing.persistence import OperationalError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from application.audit.notes import Note
from application.audit.sealer_files import SealerFiles
from application.audit.stops import SealingStopped
from application.persistence.connections import WAIT_SECONDS
from application.persistence.log_sealer import PRESENCE_LOCK, LogSealer
from application.persistence.log_stops import Stops
from application.persistence.pools import SEALER, role_name


class Session:
    """A connection of the sealer, for as long as it holds."""

    def __init__(
        self, connection: psycopg.Connection[Any], files: SealerFiles, now: Callable[[], datetime]
    ) -> None:
        self._sealer = LogSealer(connection, files, now)
        self._stops = Stops(connection)
        self._now = now

    def seal(self, origin: str | None, is_over: Callable[[], bool]) -> int:
        """Seal and sign what there is; return the size of the log. A stop is recorded."""
        try:
            size = self._sealer.seal(origin, is_over=is_over)
        except SealingStopped as stop:
            self._stops.begin(stop, self._now())
            raise
        if not is_over():
            self._stops.end(self._now())
        return size

    def hand_over(self, origin: str | None) -> Note:
        """Give the log to a new key; return the note that says so."""
        return self._sealer.hand_over(origin)


@contextmanager
def sealer_session(url: str, files: SealerFiles, now: Callable[[], datetime]) -> Iterator[Session]:
    """Connect as the sealer for as long as the block lasts.

    Raises:
        OperationalError: the database cannot be reached, or not in the sealer's role.

    """
    try:
        with sealer_connection(url) as connection:
            yield Session(connection, files, now)
    except psycopg.Error as error:
        raise OperationalError(str(error)) from error


@contextmanager
def sealer_connection(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection in the role of the sealer; a commit is on the disk when it is done."""
    given = conninfo_to_dict(url).get("options") or ""
    options = f"{given} -c role={role_name(SEALER)} -c synchronous_commit=on".strip()
    as_sealer = make_conninfo(url, options=options, connect_timeout=WAIT_SECONDS)
    with psycopg.connect(as_sealer, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock_shared(%s)", [PRESENCE_LOCK])
        yield connection
