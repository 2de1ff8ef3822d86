"""The seal of a backup: by it a backup is known to be as it was made, to whoever has the key file."""

import hashlib
import hmac
from collections.abc import Mapping

from msgspec.structs import replace

from application.persistence.key_file import KeyFile

LOOKUP = "look-up"
_MARK = b"front-office backup: mark of a key"
_SEAL = b"front-office backup: manifest\n"


def keys_of_then(keys: KeyFile, marks: Mapping[str, str]) -> KeyFile:
    """Return the keys with the look-up key by which a backup was sealed.

    While keys are being replaced, a backup of before has the one that the file still holds.
    """
    for former in keys.former:
        then = replace(keys, lookup=former, former=())
        if mark_of_key(then.lookup_key) == marks.get(LOOKUP):
            return then
    return keys


def seal_of(keys: KeyFile, manifest: bytes) -> str:
    """Return the seal under a manifest: only who has the key file can make it."""
    return _keyed(keys.lookup_key, _SEAL + manifest)


def mark_of_key(key: bytes) -> str:
    """Return by what a key is known, without holding it."""
    return _keyed(key, _MARK)


def _keyed(key: bytes, text: bytes) -> str:
    return hmac.new(key, text, hashlib.sha256).hexdigest()
