"""A file that has its name only once it is whole and on the disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from application.backups.outcomes import BackupRefused


def check_new(path: Path) -> None:
    """Refuse a name that is taken, or in a folder that there is not."""
    if path.exists():
        message = f"{path} is there already: give another name, backups are never overwritten."
        raise BackupRefused(message)
    if not path.parent.is_dir():
        message = f"There is no folder {path.parent}: make it, or name another."
        raise BackupRefused(message)


@contextmanager
def named_when_whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file only its owner can read, and its name when all of it is on the disk."""
    with NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", suffix=".partial", delete=False
    ) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).rename(path)
        except BaseException:
            Path(file.name).unlink()
            raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder be on the disk."""
    with suppress(OSError):  # Not every file system can; the name is then as safe as it gets.
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
