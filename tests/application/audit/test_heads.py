"""The map from cases to their last versions."""

from hashlib import sha256
from random import Random
from uuid import UUID

from application.audit.heads import NO_CASES, branches, head, head_hash, heads_root, shows_head


def some(count: int, seed: int = 1) -> dict[UUID, int]:
    drawn = Random(seed)
    return {UUID(int=drawn.getrandbits(128)): drawn.randrange(1, 50) for _ in range(count)}


def defined(heads: dict[UUID, int], bit: int = 0) -> bytes:
    """Return the root, bit by bit, as the format defines it."""
    if not heads:
        return bytes(32)
    if len(heads) == 1:
        ((case_id, version),) = heads.items()
        return head_hash(case_id, version)
    sides = [{}, {}]
    for case_id, version in heads.items():
        sides[case_id.int >> 127 - bit & 1][case_id] = version
    if not all(sides):
        return defined(sides[0] or sides[1], bit + 1)
    left, right = (defined(side, bit + 1) for side in sides)
    return sha256(b"\x01" + bytes((bit,)) + left + right).digest()


def test_the_root_is_as_defined():
    assert heads_root({}) == NO_CASES
    for count in (1, 2, 3, 10, 100):
        assert heads_root(some(count)) == defined(some(count))


def test_ids_that_differ_in_their_last_bit_only_are_two():
    heads = {UUID(int=2): 1, UUID(int=3): 2, UUID(int=1 << 127): 3}
    assert heads_root(heads) == defined(heads)


def test_a_case_is_shown_to_end_with_its_version_and_with_no_other():
    heads = some(60)
    whole = heads_root(heads)
    trees = [head(*each) for each in heads.items()]
    for case_id, version in heads.items():
        proof = branches(trees, case_id)
        assert shows_head(proof, case_id, version, whole)
        assert not shows_head(proof, case_id, version + 1, whole)
        assert not shows_head(proof[:-1], case_id, version, whole)
        assert not shows_head(proof[::-1], case_id, version, whole)
        other = next(each for each in heads if each != case_id)
        assert not shows_head(proof, other, heads[other], whole)


def test_a_case_that_is_not_there_is_shown_by_no_proof():
    heads = some(60)
    trees = [head(*each) for each in heads.items()]
    for stranger in some(60, seed=2):
        for version in (0, 1, 7):
            assert not shows_head(branches(trees, stranger), stranger, version, heads_root(heads))
