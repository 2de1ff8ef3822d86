"""The key-encryption keys: a file outside the database, so that a copy of it is not enough.

The file holds every key that still wraps a subject's key, which of them is current, and
the key under which personal values are looked up. Losing it loses the personal data.
"""

import base64
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes, token_hex
from tempfile import NamedTemporaryFile

import msgspec
from msgspec import Struct

KEY_BYTES = 32


class KeyFileUnusable(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The key file is missing although it is needed, or is not one."""


class KeyFileMissing(KeyFileUnusable):
    """There is no key file."""


class KeyFile(Struct, frozen=True):
    """The keys by their ids (base64), the id of the current one, and the look-up key."""

    current: str
    keys: dict[str, str]
    lookup: str

    def key(self, key_id: str) -> bytes:
        """Return the key-encryption key of the id."""
        return base64.b64decode(self.keys[key_id])

    @property
    def lookup_key(self) -> bytes:
        """The key of the keyed hashes under which personal values are found."""
        return base64.b64decode(self.lookup)


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
        _write(path, _new_keys())
    return read_key_file(path)


def _new_keys() -> KeyFile:
    key_id = token_hex(8)
    return KeyFile(key_id, {key_id: _random()}, _random())


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
