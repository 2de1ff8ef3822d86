"""The tree over the entries: its root and its proofs (docs/log-format.md, section 2).

A tree is read through a function that returns the hash of the complete subtree of ``2**level``
entries that is the ``index``-th of its level; everything else is made of these.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from application.audit.hashing import EMPTY_ROOT, node_hash

Nodes = Callable[[int, int], bytes]


class NoProof(ValueError):  # noqa: N818  It says what is the matter, in a sentence.
    """There is no such proof: an index or a size lies outside the tree."""


def root(nodes: Nodes, size: int) -> bytes:
    """Return the root of the first ``size`` entries."""
    return _subtree(nodes, 0, size) if size else EMPTY_ROOT


def inclusion(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Return the path from an entry to the root, from the deepest hash up."""
    if not 0 <= index < size:
        message = f"Entry {index} is not among the first {size}."
        raise NoProof(message)
    return [_subtree(nodes, *other) for other in _beside(index, size)]


def consistency(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """Return the proof that the first ``old`` entries begin the first ``new``."""
    if not 0 < old <= new:
        message = f"From size {old} to {new} there is no proof."
        raise NoProof(message)
    if old == new:
        return []
    # The old tree's last complete subtree, alone at its end, is where both roots begin.
    last = old & -old
    hashes = [_subtree(nodes, *other) for other in _beside(old - last, new, until=last)]
    return hashes if last == old else [_subtree(nodes, old - last, last), *hashes]


def proof_of_several(nodes: Nodes, indexes: Sequence[int], size: int) -> Iterator[bytes]:
    """Yield the hashes of the largest subtrees with none of these entries, left to right."""
    return proof_of_spans(nodes, ((index, index + 1) for index in indexes), size)


def proof_of_spans(nodes: Nodes, spans: Iterable[tuple[int, int]], size: int) -> Iterator[bytes]:
    """Yield the same for all entries of these spans, each as its first entry and its end."""
    done = 0
    for first, end in (*spans, (size, size)):
        if not done <= first <= end <= size:
            raise NoProof("The entries have to rise, and to be in the tree.")
        yield from (_subtree(nodes, *each) for each in _between(done, first, size))
        done = end


def _between(first: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield the largest subtrees of the tree that fill a gap, each as first and size."""
    while first < end:
        step = first & -first if first else _power_not_above(size)
        while first + min(step, size - first) > end:
            step //= 2
        yield first, min(step, size - first)
        first += step


def _beside(index: int, size: int, until: int = 1) -> Iterator[tuple[int, int]]:
    """Yield what lies beside the way from the subtree at ``index`` to the root, deepest first."""
    way = []
    first = 0
    while size > until:
        half = _half(size)
        if index < first + half:
            way.append((first + half, size - half))
            size = half
        else:
            way.append((first, half))
            first, size = first + half, size - half
    return reversed(way)


def _subtree(nodes: Nodes, first: int, size: int) -> bytes:
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return nodes(level, first >> level)
    half = _half(size)
    return node_hash(_subtree(nodes, first, half), _subtree(nodes, first + half, size - half))


def _half(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def _power_not_above(size: int) -> int:
    return 1 << (size - 1).bit_length() if size > 1 else 1
