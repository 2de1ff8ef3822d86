"""The keys of people wrapped anew, while others read and write them.

First the old keys are retired: from then on nobody wraps or hashes by them, and whoever still
has only those is refused and reads the key file again. Then each key is wrapped anew, unless
it was erased meanwhile. At every moment each key is wrapped by one that is in the file.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row

from application.persistence.key_file import KeyFile, KeyFileUnusable
from application.persistence.vault import KeyMissing, unwrapped, wrapped

BATCH = 1000
_ONE_AT_A_TIME = 0x6B657973  # "keys"
_AFTER_SAVES = "SELECT pg_advisory_xact_lock(1885695088)"
_RETIRE = "INSERT INTO retired_keys (id) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"
_OLD = """
SELECT subject_id, kek_id, wrapped FROM subject_keys
WHERE wrapped IS NOT NULL AND kek_id <> %s AND subject_id > %s ORDER BY subject_id LIMIT %s
"""
_REWRAP = """
UPDATE subject_keys AS k SET kek_id = %s, wrapped = new.wrapped
FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[]) AS new (subject_id, old, wrapped)
WHERE k.subject_id = new.subject_id AND k.wrapped = new.old
"""


class OldKey(NamedTuple):
    """A person's key as it is wrapped by an old one."""

    subject_id: UUID
    kek_id: str
    wrapped: bytes


class KeyRotation:
    """Wraps the keys of people by the current key of a key file, as the owner of the tables."""

    def __init__(self, connection: psycopg.Connection[Any], keys: KeyFile) -> None:
        self._connection = connection
        self._keys = keys

    def retire(self) -> None:
        """Let nothing new be wrapped or hashed by the old keys, and wait for who just does."""
        old = {*self._keys.keys} - {self._keys.current} | {*list(self._keys.lookup_keys)[1:]}
        with self._connection.transaction():
            self._connection.execute(_AFTER_SAVES)
            self._connection.execute(_RETIRE, [sorted(old)])

    def rewrap(self, progress: Callable[[int], object]) -> int:
        """Wrap every key by the current one; return how many were wrapped by another."""
        return sum(self._rewrap(batch, progress) for batch in self._batches())

    def _batches(self) -> Iterator[list[OldKey]]:
        last = UUID(int=0)
        with self._connection.cursor(row_factory=tuple_row) as cursor:
            while found := cursor.execute(
                _OLD, [self._keys.current, last, BATCH], binary=True
            ).fetchall():
                yield [OldKey(*row) for row in found]
                last = found[-1][0]

    def _rewrap(self, batch: list[OldKey], progress: Callable[[int], object]) -> int:
        keys = self._keys
        try:
            opened = [(each.subject_id, unwrapped(keys, *each)) for each in batch]
        except KeyMissing as missing:
            message = (
                f"Keys of people are wrapped by {missing.args[0]}, which is not in the key file:"
                " restore the key file that has it. Nothing was removed from this one."
            )
            raise KeyFileUnusable(message) from missing
        new = [wrapped(keys, subject_id, keys.current, key) for subject_id, key in opened]
        columns = [each.subject_id for each in batch], [each.wrapped for each in batch], new
        self._connection.execute(_REWRAP, [keys.current, *columns])
        progress(len(batch))
        return len(batch)


@contextmanager
def one_rotation(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Give the owner's connection to the one who replaces keys; refuse a second one."""
    with psycopg.connect(url, autocommit=True) as connection:
        (got,) = connection.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_AT_A_TIME]).fetchall()
        if not got[0]:
            raise KeyFileUnusable(
                "Keys are being replaced by somebody else: wait until it is done."
            )
        yield connection
