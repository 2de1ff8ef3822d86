"""The map from each case to its last version (docs/log-format.md, section 3)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from struct import pack
from typing import NamedTuple
from uuid import UUID

from application.audit.hashing import HASH_BYTES

ID_BITS = 128
NO_CASES = bytes(HASH_BYTES)


class Branch(NamedTuple):
    """A branch above a case: the bit that parts its two sides, and the hash of the other one."""

    bit: int
    other: bytes


class Tree(NamedTuple):
    """The tree of some cases: one of their ids, and its hash."""

    id: int
    hash: bytes


def head_hash(case_id: UUID, version: int) -> bytes:
    """Return the hash of a case and its last version."""
    return sha256(b"\x00kzrfo-head-v1" + case_id.bytes + pack(">Q", version)).digest()


def heads_root(heads: Mapping[UUID, int]) -> bytes:
    """Return the root of the map."""
    root = joined([head(case_id, version) for case_id, version in heads.items()])
    return root.hash if root else NO_CASES


def head(case_id: UUID, version: int) -> Tree:
    """Return the tree of one case."""
    return Tree(case_id.int, head_hash(case_id, version))


def joined(trees: Sequence[Tree]) -> Tree | None:
    """Return the tree of all these, of which none lies within the ids of another; none of none."""
    built: list[Tree] = []
    bits: list[int] = []
    for tree in sorted(trees):
        bit = _parting_bit(built[-1].id, tree.id) if built else -1
        while bits and bits[-1] > bit:
            _join_last(built, bits)
        if built:
            bits.append(bit)
        built.append(tree)
    while bits:
        _join_last(built, bits)
    return built[0] if built else None


def branches(trees: Sequence[Tree], case_id: UUID) -> list[Branch]:
    """Return the branches above the one tree of these that holds the case, deepest first."""
    found = []
    rest = sorted(trees)
    while len(rest) > 1:
        bit = _parting_bit(rest[0].id, rest[-1].id)
        own = [each for each in rest if _bit(each.id, bit) == _bit(case_id.int, bit)]
        other = joined([each for each in rest if each not in own])
        assert other is not None  # noqa: S101  The first and the last are on two sides.
        found.append(Branch(bit, other.hash))
        rest = own
    return found[::-1]


def shows_head(proof: Sequence[Branch], case_id: UUID, version: int, root: bytes) -> bool:
    """Whether the map with this root says that the case ends with the version."""
    found, above = head_hash(case_id, version), ID_BITS
    for bit, other in proof:
        if not 0 <= bit < above:
            return False
        sides = (other, found) if _bit(case_id.int, bit) else (found, other)
        found, above = _branch_hash(bit, *sides), bit
    return found == root


def _join_last(built: list[Tree], bits: list[int]) -> None:
    right, left, bit = built.pop(), built.pop(), bits.pop()
    built.append(Tree(left.id, _branch_hash(bit, left.hash, right.hash)))


def _branch_hash(bit: int, left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + bytes((bit,)) + left + right).digest()


def _parting_bit(one: int, other: int) -> int:
    return ID_BITS - (one ^ other).bit_length()


def _bit(number: int, bit: int) -> int:
    return number >> (ID_BITS - 1 - bit) & 1
