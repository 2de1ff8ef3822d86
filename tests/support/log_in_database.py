"""The log of a database as it shows itself to a witness, with no service between."""

import base64
from typing import Any

import psycopg

from application.audit.tree import consistency
from application.persistence.log_tiles import Tiles

NEWEST = "SELECT note FROM log_checkpoints ORDER BY size DESC LIMIT 1"
HAND_OVERS = "SELECT note FROM log_hand_overs ORDER BY number"


class LogInDatabase:
    """Answers from what the sealer has stored."""

    def __init__(self, url: str) -> None:
        self._url = url

    def checkpoint(self) -> str:
        return str(self._rows(NEWEST)[0][0])

    def hand_overs(self) -> str:
        return "\n".join(note for (note,) in self._rows(HAND_OVERS))

    def consistency(self, old: int, new: int) -> str:
        with psycopg.connect(self._url) as connection:
            hashes = consistency(Tiles(connection).node, old, new)
        return "".join(f"{base64.b64encode(each).decode()}\n" for each in hashes)

    def _rows(self, statement: str) -> list[Any]:
        with psycopg.connect(self._url) as connection:
            return connection.execute(statement).fetchall()
