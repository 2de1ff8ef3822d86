"""The trees of the log, written from docs/log-format.md alone: part of the second verifier.

Everything is the recursion of the page, word for word; nothing is taken from the product.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

NO_ENTRIES = hashlib.sha256(b"").digest()
NO_CASES = bytes(32)


class Refused(Exception):  # noqa: N818  It is what a verifier says, not a fault of the program.
    """What is wrong, in words."""


def refuse(words: str) -> NoReturn:
    raise Refused(words) from None


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def entry_hash(entry: bytes) -> bytes:
    return sha256(b"\x00", entry)


def joined(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01", left, right)


def split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


def field(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def u64(number: int) -> bytes:
    return number.to_bytes(8, "big")


@dataclass(frozen=True, slots=True)
class Event:
    index: int
    position: int
    case: bytes
    version: int
    topic: str
    state: bytes

    @property
    def entry(self) -> bytes:
        parts = (
            u64(self.position),
            self.case,
            u64(self.version),
            self.topic.encode(),
            self.state,
        )
        return b"kzrfo-event-v1" + b"".join(map(field, parts))


@dataclass(frozen=True, slots=True)
class Heads:
    index: int
    cases: int
    root: bytes

    @property
    def entry(self) -> bytes:
        parts = (u64(self.index), u64(self.cases), self.root)
        return b"kzrfo-heads-v1" + b"".join(map(field, parts))


@contextmanager
def used_up(proof: Sequence[bytes], what: str) -> Iterator[Iterator[bytes]]:
    """Give the hashes of a proof in their order; it has to have neither too few nor too many."""
    left = iter(proof)
    try:
        yield left
    except StopIteration:
        refuse(f"{what}: hashes are missing")
    if next(left, None) is not None:
        refuse(f"{what}: there are more hashes than it needs")


def root_of(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return NO_ENTRIES
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return joined(root_of(hashes[:k]), root_of(hashes[k:]))


def root_by_entries(
    entries: Sequence[tuple[int, bytes]], size: int, proof: Sequence[bytes]
) -> bytes:
    """The walk of section 2: entries are pairs of index and hash, in rising order."""
    indexes = [index for index, _ in entries]

    def walk(first: int, count: int, left: Iterator[bytes]) -> bytes:
        at = bisect_left(indexes, first)
        if at == len(indexes) or indexes[at] >= first + count:
            return next(left)
        if count == 1:
            return entries[at][1]
        k = split(count)
        lower = walk(first, k, left)
        return joined(lower, walk(first + k, count - k, left))

    with used_up(proof, "the proof of the entries") as left:
        return walk(0, size, left)


def root_by_inclusion(index: int, size: int, entry: bytes, path: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1.1: the root that an audit path gives."""
    if not 0 <= index < size:
        refuse(f"entry {index} cannot be in a log of {size}")

    def walk(m: int, n: int, left: Iterator[bytes]) -> bytes:
        if n == 1:
            return entry
        k = split(n)
        if m < k:
            lower = walk(m, k, left)
            return joined(lower, next(left))
        upper = walk(m - k, n - k, left)
        return joined(next(left), upper)

    with used_up(path, "the proof of inclusion") as left:
        return walk(index, size, left)


def check_consistency(
    old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]
) -> None:
    """RFC 6962, 2.1.2, read as what rebuilds both roots."""
    (old_size, old_root), (new_size, new_root) = old, new
    if not 0 < old_size <= new_size:
        refuse(f"there is no proof from size {old_size} to size {new_size}")

    def walk(m: int, n: int, known: bool, left: Iterator[bytes]) -> tuple[bytes, bytes]:  # noqa: FBT001  RFC 6962 has it as `b`.
        if m == n:
            same = old_root if known else next(left)
            return same, same
        k = split(n)
        if m <= k:
            before, after = walk(m, k, known, left)
            return before, joined(after, next(left))
        before, after = walk(m - k, n - k, False, left)  # noqa: FBT003  RFC 6962 has it as `b`.
        low = next(left)
        return joined(low, before), joined(low, after)

    with used_up(proof, "the proof of consistency") as left:
        found = walk(old_size, new_size, True, left)  # noqa: FBT003  RFC 6962 has it as `b`.
    if found != (old_root, new_root):
        refuse(f"the log of {new_size} entries is not the log of {old_size} that was seen")


def head_hash(case: bytes, version: int) -> bytes:
    return sha256(b"\x00", b"kzrfo-head-v1", case, u64(version))


def bit(case: bytes, number: int) -> int:
    return case[number // 8] >> (7 - number % 8) & 1


def heads_root(heads: dict[bytes, int]) -> bytes:
    """The map of heads, made anew: section 3."""
    return _subtree(sorted(heads.items())) if heads else NO_CASES


def _subtree(heads: Sequence[tuple[bytes, int]]) -> bytes:
    if len(heads) == 1:
        return head_hash(*heads[0])
    lowest, highest = heads[0][0], heads[-1][0]
    d = next(d for d in range(128) if bit(lowest, d) != bit(highest, d))
    turn = next(n for n, (case, _) in enumerate(heads) if bit(case, d))
    return sha256(b"\x01", bytes([d]), _subtree(heads[:turn]), _subtree(heads[turn:]))


def root_by_head(case: bytes, version: int, branches: Sequence[tuple[int, bytes]]) -> bytes:
    root, above = head_hash(case, version), 128
    for d, other in branches:
        if not 0 <= d < above:
            refuse(f"the proof of the last version branches at bit {d} below bit {above}")
        above = d
        sides = (other, root) if bit(case, d) else (root, other)
        root = sha256(b"\x01", bytes([d]), *sides)
    return root
