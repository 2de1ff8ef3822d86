"""Sealing: a personal value under its subject's key, bound to the one place where it stands.

Its associated data is the subject, the case, the version and the field, so a sealed value
that is moved to another subject, event or field does not open.
"""

import base64
from collections.abc import Mapping
from secrets import token_bytes
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.personal import Personal

NONCE_BYTES = 12
Keyring = Mapping[UUID, bytes]
Sealed = Mapping[str, str]


def seal(item: Personal, keyring: Keyring, case_id: UUID, version: int) -> Sealed:
    """Return the value as it is stored: whose, of what kind, and sealed."""
    nonce = token_bytes(NONCE_BYTES)
    bound = _bound_to(item.subject_id, item.field, case_id, version)
    plain = (item.value or "").encode()
    sealed = nonce + AESGCM(keyring[item.subject_id]).encrypt(nonce, plain, bound)
    return {
        "subject_id": str(item.subject_id),
        "field": item.field,
        "sealed": base64.b64encode(sealed).decode(),
    }


def unseal(stored: Sealed, keyring: Keyring, case_id: UUID, version: int) -> Personal:
    """Return the value in the clear, or as erased when its subject has no key any more."""
    subject_id = UUID(stored["subject_id"])
    key = keyring.get(subject_id)
    if key is None:
        return Personal(subject_id, stored["field"], None)  # type: ignore[arg-type]  # Stored by seal.
    sealed = base64.b64decode(stored["sealed"])
    bound = _bound_to(subject_id, stored["field"], case_id, version)
    plain = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    return Personal(subject_id, stored["field"], plain.decode())  # type: ignore[arg-type]


def _bound_to(subject_id: UUID, field: str, case_id: UUID, version: int) -> bytes:
    return b"|".join((subject_id.bytes, field.encode(), case_id.bytes, str(version).encode()))
