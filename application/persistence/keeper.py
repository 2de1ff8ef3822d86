"""Keeping the embedded PostgreSQL running: a server that was killed is started again."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psutil

CHECK_SECONDS = 0.2
_PR_SET_CHILD_SUBREAPER = 36


@contextmanager
def kept_running(server: Any) -> Iterator[None]:
    """Start the server and look after it for as long as the block lasts."""
    _adopt_orphans()
    _start(server)
    done = Event()
    keeper = Thread(target=_keep, args=(server, done), name="postgres-keeper", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _keep(server: Any, done: Event) -> None:
    while not done.wait(CHECK_SECONDS):
        if not _lives(server.get_postmaster_info().process):
            sys.stderr.write("PostgreSQL has stopped and is started again.\n")
            with suppress(subprocess.SubprocessError):
                _start(server)


def _start(server: Any) -> None:
    """Start the server, unless it runs; a dead one that nobody has reaped does not.

    PostgreSQL itself would take such a zombie for the owner of its lock files.
    """
    data: Path = server.pgdata
    with suppress(OSError, ValueError, psutil.NoSuchProcess):
        if not _lives(psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))):
            for lock in (data / "postmaster.pid", *data.glob(".s.PGSQL.*.lock")):
                lock.unlink()
    server.ensure_postgres_running()


def _lives(process: psutil.Process) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)
    return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)


def _adopt_orphans() -> None:
    """Become the parent of the servers started from now on, and so learn of their death.

    Without it a server that was killed stays a zombie where nobody reaps orphans, as in
    most containers, and PostgreSQL takes the zombie for a server that runs.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
