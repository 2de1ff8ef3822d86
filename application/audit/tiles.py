"""Tiles: 256 hashes of a level together, and the hashes above them.

A tile of level L holds hashes of complete subtrees of ``256**L`` entries; the last of a level
may have fewer of them.
"""

from application.audit.hashing import HASH_BYTES, node_hash

TILE_HEIGHT = 8
TILE_HASHES = 1 << TILE_HEIGHT
TILE_BYTES = TILE_HASHES * HASH_BYTES


def tile_of(level: int, index: int) -> tuple[int, int]:
    """Return the level and the index of the tile that has a complete subtree of the tree."""
    return level // TILE_HEIGHT, (index << level % TILE_HEIGHT) // TILE_HASHES


def node_in(tile: bytes, level: int, index: int) -> bytes:
    """Return the hash of a complete subtree, from its tile; nothing if that lacks it."""
    span = 1 << level % TILE_HEIGHT
    first = (index * span % TILE_HASHES) * HASH_BYTES
    return _above(tile[first : first + span * HASH_BYTES], span)


def whole(tile: bytes) -> bytes:
    """Return the hash above a full tile, which is one of the next level of tiles."""
    return _above(tile, TILE_HASHES)


def _above(hashes: bytes, count: int) -> bytes:
    """Return the hash above so many; nothing if there are fewer."""
    if len(hashes) != count * HASH_BYTES:
        return b""
    row = [hashes[place : place + HASH_BYTES] for place in range(0, len(hashes), HASH_BYTES)]
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]
