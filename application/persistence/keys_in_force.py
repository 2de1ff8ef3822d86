"""The keys by which a process works: read again as soon as the key file is another one."""

import os
from pathlib import Path
from typing import Protocol

from application.persistence.key_file import KeyFile, KeyFileUnusable, read_key_file

Mark = tuple[int, int, int]


class Keys(Protocol):
    """Keys as they are by now."""

    def now(self) -> KeyFile:
        """Return them."""


class KeysInForce:
    """Follows a key file. One that has gone meanwhile leaves the process with what it has read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark = _mark_of(path)
        self._keys = read_key_file(path)

    def now(self) -> KeyFile:
        """Return the keys of the file as it is now: to look costs a few microseconds."""
        mark = _mark_of(self.path)
        if mark is not None and mark != self._mark:
            try:
                self._keys, self._mark = read_key_file(self.path), mark
            except KeyFileUnusable:
                return self._keys
        return self._keys


def _mark_of(path: Path) -> Mark | None:
    """Return what tells the file from every other that had its name: it is only ever replaced."""
    try:
        found = os.stat(path)  # noqa: PTH116  A third of the time, on the way of every save.
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
