"""The tree and its proofs, against the definitions of docs/log-format.md walked by hand."""

from hashlib import sha256

import pytest

from application.audit.hashing import EMPTY_ROOT, entry_hash, node_hash
from application.audit.proofs import shows_consistency, shows_inclusion
from application.audit.tree import NoProof, consistency, inclusion, proof_of_several, root

ENTRIES = [f"entry {number}".encode() for number in range(40)]


def defined(entries: list[bytes]) -> bytes:
    if not entries:
        return sha256().digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    half = 1
    while half * 2 < len(entries):
        half *= 2
    return sha256(b"\x01" + defined(entries[:half]) + defined(entries[half:])).digest()


def nodes(level: int, index: int) -> bytes:
    if level == 0:
        return entry_hash(ENTRIES[index])
    return node_hash(nodes(level - 1, 2 * index), nodes(level - 1, 2 * index + 1))


def walked(size: int, chosen: list[int], proof: list[bytes]) -> bytes:
    """Return the root of a proof of several entries, as the format defines it."""
    hashes = iter(proof)

    def walk(first: int, count: int) -> bytes:
        if not any(first <= index < first + count for index in chosen):
            return next(hashes)
        if count == 1:
            return entry_hash(ENTRIES[first])
        half = 1 << (count - 1).bit_length() - 1
        return node_hash(walk(first, half), walk(first + half, count - half))

    found = walk(0, size)
    assert next(hashes, None) is None
    return found


@pytest.mark.parametrize("size", range(1, 41))
def test_an_entry_is_shown_to_be_where_it_is_and_nowhere_else(size):
    whole = root(nodes, size)
    assert whole == defined(ENTRIES[:size])
    for index in range(size):
        proof = inclusion(nodes, index, size)
        entry = entry_hash(ENTRIES[index])
        assert shows_inclusion(proof, entry, index, size, whole)
        assert not shows_inclusion(proof, entry, index + 1, size, whole)
        assert not shows_inclusion([*proof, entry], entry, index, size, whole)
        assert not shows_inclusion(proof, node_hash(entry, entry), index, size, whole)
        assert not any(
            shows_inclusion(proof[:cut], entry, index, size, whole) for cut in range(len(proof))
        )


@pytest.mark.parametrize("new", range(1, 41))
def test_a_log_is_shown_to_begin_with_an_earlier_one(new):
    for old in range(1, new + 1):
        proof = consistency(nodes, old, new)
        roots = root(nodes, old), root(nodes, new)
        assert shows_consistency(proof, old, roots[0], new, roots[1])
        assert not shows_consistency(proof, old, roots[1], new, roots[0]) or old == new
        assert not shows_consistency([*proof, roots[0]], old, roots[0], new, roots[1])
        assert not any(
            shows_consistency(proof[:cut], old, roots[0], new, roots[1])
            for cut in range(len(proof))
        )


@pytest.mark.parametrize("size", range(1, 12))
def test_any_set_of_entries_is_shown_at_once(size):
    for picked in range(1 << size):
        chosen = [index for index in range(size) if picked >> index & 1]
        proof = list(proof_of_several(nodes, chosen, size))
        assert walked(size, chosen, proof) == root(nodes, size)


def test_there_is_no_proof_of_what_is_not_in_the_tree():
    assert root(nodes, 0) == EMPTY_ROOT
    for index, size in ((3, 3), (-1, 3), (0, 0)):
        with pytest.raises(NoProof):
            inclusion(nodes, index, size)
        assert not shows_inclusion([], EMPTY_ROOT, index, size, EMPTY_ROOT)
    for old, new in ((0, 3), (4, 3)):
        with pytest.raises(NoProof):
            consistency(nodes, old, new)
        assert not shows_consistency([], old, EMPTY_ROOT, new, EMPTY_ROOT)
    for chosen in ([1, 1], [2, 1], [3]):
        with pytest.raises(NoProof):
            list(proof_of_several(nodes, chosen, 3))
