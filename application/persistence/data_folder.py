"""The folder of the embedded PostgreSQL: where it can lie, and that only one service uses it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

# A socket's path has at most 107 bytes; the name in the folder takes 16 of them.
MAX_PATH_BYTES = 90


class DataFolderUnusable(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The embedded PostgreSQL cannot keep its data there; the message says what to do."""


def has_data(data_dir: Path) -> bool:
    """Whether a server has ever run on the folder; refuse one that this user may not look into."""
    try:
        return (data_dir / "postgres" / "PG_VERSION").exists()
    except PermissionError as error:
        message = (
            f"The folder {data_dir} is closed to this user. Give the command as the user who runs\n"
            "the service, or set FRONTOFFICE_DATA_DIR to another folder."
        )
        raise DataFolderUnusable(message) from error


def check_path(home: Path) -> None:
    """Refuse a path on which PostgreSQL cannot work, before anything is made there."""
    path = str(home / "postgres")
    if any(letter.isspace() for letter in path):
        fault = "has a space in it"
    elif len(os.fsencode(path)) > MAX_PATH_BYTES:
        fault = f"is longer than {MAX_PATH_BYTES} bytes (a Cyrillic letter takes two)"
    else:
        return
    message = (
        f"The embedded PostgreSQL cannot keep its data in {home}: the path {fault}.\n"
        "Set FRONTOFFICE_DATA_DIR to a short path without spaces, for example /tmp/frontoffice,\n"
        "or set FRONTOFFICE_DATABASE_URL to a PostgreSQL 15 or later."
    )
    raise DataFolderUnusable(message)


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Make the folder and keep it for this process, for as long as the block lasts."""
    with _opened_lock(home) as lock:
        _take(lock, home)
        yield


def _opened_lock(home: Path) -> IO[str]:
    try:
        home.mkdir(parents=True, exist_ok=True)
        return (home / "lock").open("w")
    except OSError as error:
        message = (
            f"The folder {home} cannot be written to ({error.strerror}). Make it writable for\n"
            "this user, or set FRONTOFFICE_DATA_DIR to another folder."
        )
        raise DataFolderUnusable(message) from error


def _take(lock: IO[str], home: Path) -> None:
    """Take the lock for this process: its workers do not inherit it, and so cannot outlive it."""
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        message = (
            f"Another front office is running on {home}. Stop it first,\n"
            "or set FRONTOFFICE_DATA_DIR to another folder."
        )
        raise DataFolderUnusable(message) from error
