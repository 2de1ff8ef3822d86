"""Whether a proof shows what it should (RFC 9162, sections 2.1.3.2 and 2.1.4.2)."""

from collections.abc import Sequence

from application.audit.hashing import HASH_BYTES, node_hash

Hashes = Sequence[bytes]


def shows_inclusion(proof: Hashes, entry: bytes, index: int, size: int, root: bytes) -> bool:
    """Whether the entry of this hash is the ``index``-th of the tree with this root."""
    if not 0 <= index < size or not _are_hashes((*proof, entry, root)):
        return False
    place, last, found = index, size - 1, entry
    for other in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            place, last = _up_to_the_right(place, last)
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def shows_consistency(proof: Hashes, old: int, old_root: bytes, new: int, root: bytes) -> bool:
    """Whether the tree of ``old`` entries begins the tree of ``new``."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == root
    if not _are_hashes((*proof, old_root, root)):
        return False
    way = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(way) and _both_roots(way, old - 1, new - 1) == (old_root, root)


def _are_hashes(found: Hashes) -> bool:
    return all(len(each) == HASH_BYTES for each in found)


def _both_roots(way: Hashes, place: int, last: int) -> tuple[bytes, bytes] | None:
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = way[0]
    for other in way[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(other, old), node_hash(other, new)
            place, last = _up_to_the_right(place, last)
        else:
            new = node_hash(new, other)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _up_to_the_right(place: int, last: int) -> tuple[int, int]:
    """Go up from a place without a neighbour until it is a right one."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
