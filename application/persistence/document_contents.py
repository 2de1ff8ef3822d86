"""The bytes of documents: each content once, those about a person sealed under their key.

A content lies under its digest. One that holds data of a person is sealed for that person,
and its digest is made under their key too, so that it is kept once for each person. What is
sealed is bound to its person and its digest, and does not open in any other place.
"""

import hmac
from hashlib import sha256
from secrets import token_bytes
from typing import ClassVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from application.persistence.reader import Reader
from application.persistence.sealing import NONCE_BYTES
from application.persistence.vault import Vault
from application.read_models.row import Row

_SELECT = "SELECT content FROM document_contents WHERE digest = %s"
_PURPOSE = b"front-office: digests of documents"


class ContentRow(Row, frozen=True, kw_only=True):
    """A content as it is kept."""

    TABLE: ClassVar = "document_contents"
    KEY: ClassVar = ("digest",)
    REPLACED: ClassVar = False
    SHARED: ClassVar = True
    digest: str
    content: bytes


class DocumentContents:
    """Keeps what a reader may see of the contents, and seals with the keys of the vault."""

    def __init__(self, reader: Reader, vault: Vault) -> None:
        self._reader = reader
        self._vault = vault

    def row(self, content: bytes, subject_id: UUID | None) -> ContentRow:
        """Return the content as it is saved; refuse one about a person who was erased."""
        if subject_id is None:
            return ContentRow(digest=sha256(content).hexdigest(), content=content)
        key = self._vault.provide([subject_id])[subject_id]
        digest, nonce = _digest_under(key, content), token_bytes(NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, content, _bound_to(subject_id, digest))
        return ContentRow(digest=digest, content=nonce + sealed)

    def read(self, digest: str, subject_id: UUID | None) -> bytes | None:
        """Return the content in the clear; none where its person was erased."""
        key = self._vault.keys([subject_id]).get(subject_id) if subject_id else None
        if subject_id and key is None:
            return None
        found = self._reader.rows(_SELECT, [digest], binary=True)
        kept: bytes | None = found[0]["content"] if found else None
        if kept is None or key is None or subject_id is None:
            return kept
        bound = _bound_to(subject_id, digest)
        return AESGCM(key).decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], bound)


def _digest_under(key: bytes, content: bytes) -> str:
    own = HKDFExpand(SHA256(), len(key), _PURPOSE).derive(key)
    return hmac.new(own, content, sha256).hexdigest()


def _bound_to(subject_id: UUID, digest: str) -> bytes:
    return b"|".join((b"document", subject_id.bytes, digest.encode()))
