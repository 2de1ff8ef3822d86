"""Our tree and proofs beside pymerkle's, which is a tree by another hand.

Its indexes are 1-based. Its proof of consistency is the path of the first new entry, on which the
hashes at the left give the old root: it is made of ours, and ours of it.
"""

from functools import cache

import pymerkle
import pytest
from pymerkle import ConsistencyProof, InclusionProof, InvalidProof
from second_tree import root_of

from application.audit.hashing import entry_hash, node_hash
from application.audit.proofs import shows_consistency, shows_inclusion
from application.audit.tree import consistency, inclusion, root

MOST = 140
HASHING = ("sha256", True)  # With the prefixes of RFC 6962.
ENTRIES = [f"entry {number}".encode() for number in range(MOST)]
THEIRS = pymerkle.InmemoryTree()
THEIRS.append_entries(ENTRIES)
SIZES = (*range(1, 20), 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, MOST)


@cache
def nodes(level: int, index: int) -> bytes:
    if level == 0:
        return entry_hash(ENTRIES[index])
    return node_hash(nodes(level - 1, 2 * index), nodes(level - 1, 2 * index + 1))


def sides(index: int, size: int) -> list[int]:
    """Return where the others of a path stand, 1 at the left, from the deepest up."""
    found = []
    while size > 1:
        half = 1 << (size - 1).bit_length() - 1
        found.append(int(index >= half))
        index, size = (index - half, size - half) if index >= half else (index, half)
    return found[::-1]


def path_there(index: int, size: int) -> InclusionProof:
    path = [nodes(0, index), *inclusion(nodes, index, size)]
    return InclusionProof(*HASHING, size, index + 1, [*sides(index, size), 0], path)


def consistency_there(old: int, new: int) -> ConsistencyProof:
    if old == new:
        return ConsistencyProof(*HASHING, new, old, [0], [1], [root(nodes, new)])
    # Their bits say on which side what has been joined so far stands, ours on which the other.
    path = [nodes(0, old), *inclusion(nodes, old, new)]
    left = sides(old, new)
    return ConsistencyProof(*HASHING, new, old, [*left, 0], [0, *left], path)


def consistency_here(proof: ConsistencyProof) -> list[bytes]:
    """Return their proof in the shape of RFC 6962."""
    old, new = proof.prior_size, proof.size
    if old == new:
        return []
    turn = sides(old, new).index(1)
    first_new = proof.path[0]
    for other in proof.path[1 : turn + 1]:
        first_new = node_hash(first_new, other)
    rest = proof.path[turn + 2 :]
    last_old = [] if old & (old - 1) == 0 else [proof.path[turn + 1]]
    return [*last_old, first_new, *rest]


@pytest.mark.parametrize("size", range(MOST + 1))
def test_three_trees_have_one_root(size):
    ours = root(nodes, size)

    assert ours == THEIRS.get_root(size)
    assert ours == root_of([nodes(0, index) for index in range(size)])


@pytest.mark.parametrize("size", SIZES)
def test_a_path_of_either_is_accepted_by_the_other(size):
    whole = root(nodes, size)
    for index in range(size):
        entry, proof = nodes(0, index), path_there(index, size)
        proof.verify(entry, whole, index=index + 1, size=size, algorithm="sha256")
        theirs = THEIRS.prove_inclusion(index + 1, size).path
        assert theirs[0] == entry
        assert shows_inclusion(theirs[1:], entry, index, size, whole)


@pytest.mark.parametrize("new", SIZES)
def test_a_proof_of_consistency_of_either_is_accepted_by_the_other(new):
    for old in range(1, new + 1):
        roots = root(nodes, old), root(nodes, new)
        consistency_there(old, new).verify(*roots, old, new, "sha256")
        theirs = consistency_here(THEIRS.prove_consistency(old, new))
        assert theirs == consistency(nodes, old, new)
        assert shows_consistency(theirs, old, roots[0], new, roots[1])


def test_what_is_wrong_is_accepted_by_neither():
    whole = root(nodes, 33)
    wrong = path_there(7, 33)
    wrong.path[2] = wrong.path[1]
    with pytest.raises(InvalidProof):
        wrong.verify(nodes(0, 7), whole)
    assert not shows_inclusion(wrong.path[1:], nodes(0, 7), 7, 33, whole)
    forked = consistency_there(20, 33)
    forked.path[3] = forked.path[2]
    with pytest.raises(InvalidProof):
        forked.verify(root(nodes, 20), whole)
    assert not shows_consistency(consistency_here(forked), 20, root(nodes, 20), 33, whole)
