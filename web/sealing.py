"""The sealer beside the service: a process of its own, which ends with it.

What it needs to know comes over its standard input, where nobody else can read it. The same
pipe says when it is over: it ends when the service does, however that has ended.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread

import structlog

from application.databases import sealer_url
from application.settings import Settings

COMMAND = ("-P", "-m", "web", "seal", "--beside-service")
RESTART_SECONDS, GRACE_SECONDS = 1.0, 20.0
log = structlog.get_logger()


class SealerKeeper:
    """Starts the sealer, and again when it dies, until told to stop."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._done = Event()
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._thread = Thread(target=self._keep, name="sealer-keeper", daemon=True)

    def start(self) -> None:
        """Start it, and look after it in a thread.

        No worker is forked while a sealer is being started: it would inherit the pipe by which
        the start is reported, and the start would never end.
        """
        free = self._lock.release
        os.register_at_fork(before=self._lock.acquire, after_in_parent=free, after_in_child=free)
        self._thread.start()

    def stop(self) -> None:
        """Let the sealer finish what it is at; end it, if that takes too long."""
        self._done.set()
        with self._lock:
            process = self._process
            if process is not None:
                _close_input(process)
        self._thread.join(GRACE_SECONDS)
        if process is not None and self._thread.is_alive():
            process.kill()
            self._thread.join()

    def _keep(self) -> None:
        while (process := self._started()) is not None:
            process.wait()
            _close_input(process)
            if not self._done.wait(RESTART_SECONDS):
                log.error("sealer ended", reason="it is started again")

    def _started(self) -> "subprocess.Popen[str] | None":
        with self._lock:
            if self._done.is_set():
                return None
            self._process = subprocess.Popen(  # noqa: S603  The command is ours.
                [sys.executable, *COMMAND], stdin=subprocess.PIPE, text=True
            )
            with suppress(BrokenPipeError):
                assert self._process.stdin is not None  # noqa: S101  It was asked for.
                self._process.stdin.write(f"{self._url}\n")
                self._process.stdin.flush()
            return self._process


def _close_input(process: "subprocess.Popen[str]") -> None:
    with suppress(BrokenPipeError):
        assert process.stdin is not None  # noqa: S101  It was asked for.
        process.stdin.close()


@contextmanager
def sealed(settings: Settings, database_url: str) -> Iterator[None]:
    """Have everything sealed for as long as the block lasts, unless that is done elsewhere."""
    if not settings.sealer:
        yield
        return
    keeper = SealerKeeper(sealer_url(settings, database_url))
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()
