"""A command that is done again, because somebody else was first."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

MOST = 20
Made = TypeVar("Made")


def repeated(command: Callable[[], Made], *conflicts: type[Exception]) -> Made:
    """Do the command, and again for as long as it meets a conflict; the last one is told."""
    for _ in range(MOST - 1):
        with suppress(*conflicts):
            return command()
    return command()
