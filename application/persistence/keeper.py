"""Keeping the embedded PostgreSQL running: a server that was killed is started again."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

CHECK_SECONDS = 0.2
_PR_SET_CHILD_SUBREAPER = 36


@contextmanager
def kept_running(server: Any) -> Iterator[None]:
    """Look after the server for as long as the block lasts."""
    _adopt_orphans()
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
        if _is_dead(server):
            sys.stderr.write("PostgreSQL has stopped and is started again.\n")
            with suppress(subprocess.SubprocessError):
                server.ensure_postgres_running()


def _is_dead(server: Any) -> bool:
    process = server.get_postmaster_info().process
    with suppress(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)
    return not process.is_running()


def _adopt_orphans() -> None:
    """Become the parent of the server, so that there is somebody who learns of its death.

    Without it a server that was killed stays a zombie where nobody reaps orphans, as in
    most containers, and PostgreSQL takes the zombie for a server that runs.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
