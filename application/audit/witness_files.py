"""The files of a witness: whole after a power cut, and used by one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from application.audit.witness_refusals import WitnessUnusable
from application.persistence.whole_file import named_when_whole


class WitnessFiles:
    """Reads and writes whole files of a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep the folder for this process: two at once could cosign what does not agree."""
        with self._opened_lock() as lock:
            try:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise WitnessUnusable("witness-busy", folder=self.path) from error
            yield

    def read(self, name: str, *, needed: bool = False) -> str:
        """Return what is in a file; nothing of one that is not there, unless it is needed."""
        try:
            return (self.path / name).read_text("utf-8")
        except FileNotFoundError as error:
            if needed:
                raise WitnessUnusable("no-witness", folder=self.path) from error
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise self.spoilt(name, error) from error

    def write(self, name: str, text: str) -> None:
        """Put a file in place of another; it is on the disk when this returns."""
        try:
            with named_when_whole(self.path / name) as file:
                file.write(text.encode())
        except OSError as error:
            raise self.spoilt(name, error) from error

    def spoilt(self, name: str, error: Exception) -> WitnessUnusable:
        """Return what is the matter with a file."""
        return WitnessUnusable("witness-spoilt", file=self.path / name, told=str(error))

    def _opened_lock(self) -> IO[str]:
        try:
            return (self.path / "lock").open("w")
        except OSError as error:
            raise WitnessUnusable("no-witness", folder=self.path) from error
