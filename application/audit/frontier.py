"""The right edge of a tree: enough of it to go on, and to say its root."""

from collections.abc import Iterable
from functools import reduce

from application.audit.hashing import EMPTY_ROOT, node_hash
from application.audit.tree import Nodes


class Frontier:
    """The largest complete subtrees of a tree that grows, from left to right."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self._hashes = list(hashes)

    def add(self, entry: bytes) -> None:
        """Add the hash of one more entry."""
        complete = self.size
        while complete & 1:
            entry = node_hash(self._hashes.pop(), entry)
            complete >>= 1
        self._hashes.append(entry)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root of the tree so far."""
        if not self._hashes:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self._hashes))


def frontier(nodes: Nodes, size: int) -> Frontier:
    """Return the right edge of the first ``size`` entries."""
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    return Frontier(size, (nodes(level, (size >> level) - 1) for level in levels))
