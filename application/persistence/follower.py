"""Following the log: each event once in effect, in order, also across a crash."""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from eventsourcing.persistence import Notification

from application.persistence.recorder import CaseRecorder

BATCH = 500
_POSITION = "SELECT position FROM followers WHERE name = %s FOR UPDATE"
_BEGIN = "INSERT INTO followers VALUES (%s, 0) ON CONFLICT DO NOTHING"
_ADVANCE = "UPDATE followers SET position = %s WHERE name = %s"
Effect = Callable[[psycopg.Connection[Any], Sequence[Notification]], object]


class Follower:
    """Something that is to happen once for each event, in the order of the log.

    What it does is done in the transaction in which its position moves on: after a crash
    it goes on where it was. Two of one name take turns and do nothing twice.
    """

    def __init__(self, name: str, url: str, recorder: CaseRecorder, effect: Effect) -> None:
        self._name = name
        self._url = url
        self._recorder = recorder
        self._effect = effect

    def catch_up(self) -> int:
        """Follow up to what is final now; return the position that was reached."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(_BEGIN, [self._name])
            while self._batch(connection):
                pass
            return self._position(connection)

    def _batch(self, connection: psycopg.Connection[Any]) -> int:
        with connection.transaction():
            found = self._recorder.select_notifications(
                self._position(connection), BATCH, inclusive_of_start=False
            )
            if found:
                self._effect(connection, found)
                connection.execute(_ADVANCE, [found[-1].id, self._name])
        return len(found)

    def _position(self, connection: psycopg.Connection[Any]) -> int:
        (row,) = connection.execute(_POSITION, [self._name]).fetchall()
        return int(row[0])
