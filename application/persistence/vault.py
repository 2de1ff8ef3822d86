"""The vault: one key per subject of personal data, wrapped by a key outside the database.

Destroying a subject's key erases every value sealed under it, here and in every copy of
the events; the row stays as a tombstone, so that a destroyed key is never made again.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from secrets import token_bytes
from typing import Any, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import IntegrityError
from psycopg import Connection
from psycopg.rows import dict_row

from application.persistence.key_file import KEY_BYTES, KeyFile
from application.persistence.keys_in_force import Keys
from application.persistence.look_ups import LookUps
from application.persistence.sealing import NONCE_BYTES, Keyring
from application.repeating import repeated
from domain.refusals import Refusal

_SELECT_KEYS = "SELECT subject_id, kek_id, wrapped FROM subject_keys WHERE subject_id = ANY(%s)"
_COUNT_WRAPPED = """
SELECT kek_id, count(*) AS count FROM subject_keys WHERE wrapped IS NOT NULL GROUP BY kek_id
"""
_SELECT_ERASED = "SELECT subject_id FROM subject_keys WHERE wrapped IS NULL"
_INSERT_KEY = """
INSERT INTO subject_keys (subject_id, kek_id, wrapped) VALUES (%s, %s, %s)
ON CONFLICT (subject_id) DO NOTHING
"""


class SubjectErased(Refusal):
    """The person's data was erased: nothing more is recorded about them."""

    code = "subject-erased"


class KeyMissing(KeyError):  # noqa: N818  It says what is the matter.
    """The key file has not, or not any more, the key that wraps a person's key."""


class Connections(Protocol):
    """What lends a connection to the database that has the keys."""

    def get_connection(self) -> AbstractContextManager[Connection[Any]]:
        """Lend one for as long as the block lasts."""


class Vault(LookUps):
    """Seals personal values before they are stored, and opens them when they are read.

    Keys may be replaced at any moment. A row that was read just before is then wrapped by a key
    that has gone since: it is read again. A key that is no longer in force wraps nothing new.
    """

    def __init__(self, datastore: Connections, keys: Keys) -> None:
        super().__init__(keys)
        self._datastore = datastore

    def keys(self, subject_ids: Iterable[UUID]) -> Keyring:
        """Return the subjects' keys; an erased subject has none."""
        wanted = list(subject_ids)
        return repeated(lambda: self._opened(wanted), KeyMissing)

    def _opened(self, subject_ids: list[UUID]) -> Keyring:
        with self._datastore.get_connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            rows = cursor.execute(_SELECT_KEYS, [subject_ids]).fetchall()
        keys = self._keys.now()
        return {
            row["subject_id"]: unwrapped(keys, row["subject_id"], row["kek_id"], row["wrapped"])
            for row in rows
            if row["wrapped"] is not None
        }

    def provide(self, subject_ids: Iterable[UUID]) -> Keyring:
        """Return the subjects' keys, making those of new subjects; refuse erased ones."""
        wanted = frozenset(subject_ids)
        if not wanted:
            return {}
        repeated(lambda: self._make(wanted - self.keys(wanted).keys()), IntegrityError)
        found = self.keys(wanted)
        if erased := wanted - found.keys():
            raise SubjectErased(subject_ids=sorted(map(str, erased)))
        return found

    def erased(self) -> frozenset[UUID]:
        """Return everybody whose key was destroyed."""
        with self._datastore.get_connection() as connection:
            rows = connection.cursor(row_factory=dict_row).execute(_SELECT_ERASED).fetchall()
        return frozenset(row["subject_id"] for row in rows)

    def wrapped_by(self) -> dict[str, int]:
        """Return how many keys of people each key of the key file wraps."""
        with self._datastore.get_connection() as connection:
            rows = connection.cursor(row_factory=dict_row).execute(_COUNT_WRAPPED).fetchall()
        return {row["kek_id"]: row["count"] for row in rows}

    def was_wrapped_by(self, subject_id: UUID) -> str | None:
        """Return which key of the key file opens or, in a copy of before, opened the person's."""
        with self._datastore.get_connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            rows = cursor.execute(_SELECT_KEYS, [[subject_id]]).fetchall()
        return rows[0]["kek_id"] if rows else None

    def _make(self, subject_ids: Iterable[UUID]) -> None:
        keys = self._keys.now()
        made = [(each, keys.current, _new_key(keys, each)) for each in subject_ids]
        if made:
            with self._datastore.get_connection() as connection:
                connection.cursor().executemany(_INSERT_KEY, made)


def _new_key(keys: KeyFile, subject_id: UUID) -> bytes:
    return wrapped(keys, subject_id, keys.current, token_bytes(KEY_BYTES))


def wrapped(keys: KeyFile, subject_id: UUID, kek_id: str, key: bytes) -> bytes:
    """Return a subject's key as it is kept."""
    nonce = token_bytes(NONCE_BYTES)
    return nonce + AESGCM(keys.key(kek_id)).encrypt(nonce, key, subject_id.bytes)


def unwrapped(keys: KeyFile, subject_id: UUID, kek_id: str, kept: bytes) -> bytes:
    """Return a subject's key; fail when the file has not the key that wraps it."""
    try:
        wrapping = AESGCM(keys.key(kek_id))
    except KeyError:
        raise KeyMissing(kek_id) from None
    return wrapping.decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], subject_id.bytes)
