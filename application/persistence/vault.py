"""The vault: one key per subject of personal data, wrapped by a key outside the database.

Destroying a subject's key erases every value sealed under it, here and in every copy of
the events; the row stays as a tombstone, so that a destroyed key is never made again.
"""

import hashlib
import hmac
from collections.abc import Iterable
from contextlib import AbstractContextManager
from secrets import token_bytes
from typing import Any, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg import Connection
from psycopg.rows import dict_row

from application.persistence.key_file import KEY_BYTES, KeyFile
from application.persistence.sealing import NONCE_BYTES, Keyring
from domain.refusals import Refusal

_SELECT_KEYS = "SELECT subject_id, kek_id, wrapped FROM subject_keys WHERE subject_id = ANY(%s)"
_INSERT_KEY = """
INSERT INTO subject_keys (subject_id, kek_id, wrapped) VALUES (%s, %s, %s)
ON CONFLICT (subject_id) DO NOTHING
"""


class SubjectErased(Refusal):
    """The person's data was erased: nothing more is recorded about them."""

    code = "subject-erased"


class Connections(Protocol):
    """What lends a connection to the database that has the keys."""

    def get_connection(self) -> AbstractContextManager[Connection[Any]]:
        """Lend one for as long as the block lasts."""


class Vault:
    """Seals personal values before they are stored, and opens them when they are read."""

    def __init__(self, datastore: Connections, key_file: KeyFile) -> None:
        self._datastore = datastore
        self._key_file = key_file

    def keys(self, subject_ids: Iterable[UUID]) -> Keyring:
        """Return the subjects' keys; an erased subject has none."""
        with self._datastore.get_connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            rows = cursor.execute(_SELECT_KEYS, [list(subject_ids)]).fetchall()
        return {
            row["subject_id"]: self._unwrap(row["subject_id"], row["kek_id"], row["wrapped"])
            for row in rows
            if row["wrapped"] is not None
        }

    def provide(self, subject_ids: Iterable[UUID]) -> Keyring:
        """Return the subjects' keys, making those of new subjects; refuse erased ones."""
        wanted = frozenset(subject_ids)
        if not wanted:
            return {}
        self._make(wanted - self.keys(wanted).keys())
        found = self.keys(wanted)
        if erased := wanted - found.keys():
            raise SubjectErased(subject_ids=sorted(map(str, erased)))
        return found

    def lookup(self, value: str) -> str:
        """Return the keyed hash under which a personal value can be found."""
        return hmac.new(self._key_file.lookup_key, value.encode(), hashlib.sha256).hexdigest()

    def _make(self, subject_ids: Iterable[UUID]) -> None:
        kek_id = self._key_file.current
        made = [
            (each, kek_id, self._wrap(each, kek_id, token_bytes(KEY_BYTES))) for each in subject_ids
        ]
        with self._datastore.get_connection() as connection:
            connection.cursor().executemany(_INSERT_KEY, made)

    def _wrap(self, subject_id: UUID, kek_id: str, key: bytes) -> bytes:
        nonce = token_bytes(NONCE_BYTES)
        wrapping = AESGCM(self._key_file.key(kek_id))
        return nonce + wrapping.encrypt(nonce, key, subject_id.bytes)

    def _unwrap(self, subject_id: UUID, kek_id: str, wrapped: bytes) -> bytes:
        return unwrapped(self._key_file, subject_id, kek_id, wrapped)


def unwrapped(keys: KeyFile, subject_id: UUID, kek_id: str, wrapped: bytes) -> bytes:
    """Return a subject's key; fail when the file has not the key that wraps it."""
    wrapping = AESGCM(keys.key(kek_id))
    return wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], subject_id.bytes)
