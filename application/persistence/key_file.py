"""The key-encryption keys: a file outside the database, so that a copy of it is not enough.

The file holds every key that still wraps a subject's key, which of them is current, and
the key under which personal values are looked up. Losing it loses the personal data.
"""

import base64
import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import token_bytes, token_hex
from tempfile import NamedTemporaryFile

import msgspec
from msgspec import Struct

KEY_BYTES = 32
_LOOKUP_ID = b"front-office: id of a look-up key\n"


class KeyFileUnusable(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The key file is missing although it is needed, or is not one."""


class KeyFileMissing(KeyFileUnusable):
    """There is no key file."""


class KeyFile(Struct, frozen=True, omit_defaults=True):
    """The keys by their ids (base64), the id of the current one, and the look-up key.

    While keys are being replaced the ones before are here too: ``former`` are look-up keys.
    ``made`` says when a key was made, where that is known.
    """

    current: str
    keys: Mapping[str, str]
    lookup: str
    former: tuple[str, ...] = ()
    made: Mapping[str, datetime] = {}

    def now(self) -> "KeyFile":
        """Return itself: keys that nobody replaces."""
        return self

    def key(self, key_id: str) -> bytes:
        """Return the key-encryption key of the id."""
        return base64.b64decode(self.keys[key_id])

    @property
    def lookup_key(self) -> bytes:
        """The key of the keyed hashes under which personal values are found."""
        return base64.b64decode(self.lookup)

    @property
    def lookup_keys(self) -> Mapping[str, bytes]:
        """The look-up keys by their ids: the one in force, and those that it replaces."""
        keys = map(base64.b64decode, (self.lookup, *self.former))
        return {lookup_id(key): key for key in keys}


def lookup_id(key: bytes) -> str:
    """Return by what a look-up key is known; it says nothing of the key."""
    return hashlib.sha256(_LOOKUP_ID + key).hexdigest()[:16]


def read_key_file(path: Path) -> KeyFile:
    """Read the keys; say what to do when that is not possible."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=KeyFile)
    except FileNotFoundError as error:
        message = f"The key file {path} is missing: restore it, personal data needs it."
        raise KeyFileMissing(message) from error
    except (msgspec.MsgspecError, OSError) as error:
        message = f"The key file {path} cannot be read ({error}): restore it from a copy."
    raise KeyFileUnusable(message)


def ensure_key_file(path: Path) -> KeyFile:
    """Read the keys, making them first where there are none yet."""
    if not path.exists():
        _write(path, new_keys())
    return read_key_file(path)


def new_keys(made_at: datetime | None = None) -> KeyFile:
    """Return keys that there have never been before."""
    key_id = token_hex(8)
    made = {key_id: made_at} if made_at else {}
    return KeyFile(key_id, {key_id: _random()}, _random(), made=made)


def _random() -> str:
    return base64.b64encode(token_bytes(KEY_BYTES)).decode()


def _write(path: Path, keys: KeyFile) -> None:
    """Write the file whole or not at all; a file that another start has just made stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent) as file, suppress(FileExistsError):
        file.write(msgspec.json.encode(keys))
        file.flush()
        os.fsync(file.fileno())
        os.link(file.name, path)
