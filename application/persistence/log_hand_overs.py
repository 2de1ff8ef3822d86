"""The hand-overs of the log's key in the database, where everybody can read them."""

from typing import Any

import psycopg

from application.audit.sealer_files import LogKey
from application.audit.stops import SealingStopped

_STORED = "SELECT note FROM log_hand_overs ORDER BY number"
_ADD = "INSERT INTO log_hand_overs (number, note) VALUES (%s, %s)"


class HandOvers:
    """Keeps in the database what the key's own file says of how the log came to it."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def publish(self, key: LogKey) -> None:
        """Store the hand-overs that are missing: after a crash, or in a database put back.

        Raises:
            SealingStopped: the log was handed on to a key that is not here, or otherwise than
                this key's file says.

        """
        stored = [note for (note,) in self._connection.execute(_STORED)]
        if stored != list(key.hand_overs[: len(stored)]):
            raise SealingStopped("key-handed-over", stored=len(stored), known=len(key.hand_overs))
        with self._connection.transaction():
            for number, note in enumerate(key.hand_overs[len(stored) :], len(stored) + 1):
                self._connection.execute(_ADD, [number, note])
