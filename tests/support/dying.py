"""A sealer that dies before a step of its: of what it sends to the database or writes to its folder.

What it has done until then is done; so, step by step, this is every state that a death can leave.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from application.audit.sealer_files import SealerFiles


class Died(BaseException):
    """The process is gone: nobody handles it."""


class Steps:
    """Counts steps, and dies before one of them; who is dead takes none."""

    def __init__(self, last: int) -> None:
        self._left = last
        self.has_died = False

    def step(self) -> None:
        """Take one more step, or die."""
        self._left -= 1
        self.has_died = self.has_died or self._left == 0
        if self.has_died:
            raise Died


@contextmanager
def dying(last: int) -> Iterator[Steps]:
    """Let a sealer die before its ``last`` step, if it takes so many."""
    steps = Steps(last)
    wait, write = psycopg.Connection.wait, SealerFiles._write

    def waited(self: Any, *args: Any, **more: Any) -> Any:
        try:
            steps.step()
        except Died:
            self.pgconn.finish()  # As the system does with the connections of who is dead.
            raise
        return wait(self, *args, **more)

    def written(self: Any, *args: Any) -> None:
        steps.step()
        write(self, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Connection, "wait", waited)
        patch.setattr(SealerFiles, "_write", written)
        try:
            yield steps
        except BaseException:
            if not steps.has_died:  # psycopg is astonished, too, by a connection that is gone.
                raise
