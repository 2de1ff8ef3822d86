"""How far a backup or a restore is."""

from collections.abc import Callable
from enum import Enum, auto


class Phase(Enum):
    """What is being done, in the order in which it is."""

    COPYING = auto()
    LOADING = auto()
    FOLDING = auto()
    LISTING = auto()


# Called with how many more rows or events are done, of how many in all.
Progress = Callable[[Phase, int, int], object]
