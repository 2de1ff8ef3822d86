"""The tiles of the log in the database: read by whoever proves, written by the sealer."""

from typing import Any

import psycopg

from application.audit.hashing import HASH_BYTES
from application.audit.stops import SealingStopped
from application.audit.tiles import TILE_BYTES, TILE_HASHES, node_in, tile_of, whole

_TILE = "SELECT hashes FROM log_tiles WHERE level = %s AND index = %s"
_WRITE = """
INSERT INTO log_tiles VALUES (%s, %s, %s)
ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes
"""
Place = tuple[int, int]


class Tiles:
    """The tree as its tiles have it, over a connection; what was read once is not read again."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._known: dict[Place, bytes] = {}

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree: what proofs and roots are made of."""
        found = node_in(self._tile(tile_of(level, index)), level, index)
        if not found:
            raise SealingStopped("log-incomplete", level=level, index=index)
        return found

    def add(self, first: int, hashes: list[bytes]) -> None:
        """Add the hashes of entries behind those that there are, the first of them this one."""
        level, changed = 0, {}
        while hashes:
            touched = self._added(level, first, hashes)
            changed.update(touched)
            hashes = [whole(tile) for tile in touched.values() if len(tile) == TILE_BYTES]
            level, first = level + 1, first // TILE_HASHES
        self._write(changed)

    def _added(self, level: int, first: int, hashes: list[bytes]) -> dict[Place, bytes]:
        index, before = divmod(first, TILE_HASHES)
        begun = self._tile((level, index)) if before else b""
        if len(begun) != before * HASH_BYTES:
            raise SealingStopped("log-incomplete", level=level, index=index)
        content = begun + b"".join(hashes)
        cut = range(0, len(content), TILE_BYTES)
        return {
            (level, index + place): content[start : start + TILE_BYTES]
            for place, start in enumerate(cut)
        }

    def _tile(self, place: Place) -> bytes:
        if place not in self._known:
            row = self._connection.execute(_TILE, place).fetchone()
            self._known[place] = b"" if row is None else bytes(row[0])
        return self._known[place]

    def _write(self, changed: dict[Place, bytes]) -> None:
        rows = [(*place, tile) for place, tile in changed.items()]
        with self._connection.cursor() as cursor:
            cursor.executemany(_WRITE, rows)
        self._known |= changed
