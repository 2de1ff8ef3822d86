"""Proofs of which a hash was changed, dropped, doubled, moved or invented."""

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from dishonest_log import Files, coded, files_of, lines, zipped
from second_notes import decoded
from second_tree import Refused, check_consistency, root_by_head, root_by_inclusion
from tampering import KINDS, Attempt, World

from application.audit.hashing import entry_hash
from application.audit.heads import Branch, branches, head, shows_head
from application.audit.proofs import shows_consistency, shows_inclusion
from application.audit.tree import consistency, inclusion

Hashes = list[bytes]


def mutated(proof: Hashes, drawn: Random) -> Hashes:
    """The proof with one thing wrong; never the proof itself."""
    ways: list[Callable[[Hashes, int, Random], Hashes]] = [_added, _invented]
    if proof:
        ways += [_flipped, _dropped, _doubled, _cut, _replaced]
    if len(proof) > 1:
        ways += [_swapped, _turned]
    while True:
        found = drawn.choice(ways)(list(proof), drawn.randrange(len(proof) or 1), drawn)
        if found != proof:
            return found


def _flipped(proof: Hashes, at: int, drawn: Random) -> Hashes:
    number = int.from_bytes(proof[at], "big") ^ 1 << drawn.randrange(256)
    return [*proof[:at], number.to_bytes(32, "big"), *proof[at + 1 :]]


def _dropped(proof: Hashes, at: int, _drawn: Random) -> Hashes:
    return [*proof[:at], *proof[at + 1 :]]


def _doubled(proof: Hashes, at: int, _drawn: Random) -> Hashes:
    return [*proof[: at + 1], *proof[at:]]


def _cut(proof: Hashes, at: int, _drawn: Random) -> Hashes:
    return proof[:at]


def _replaced(proof: Hashes, at: int, drawn: Random) -> Hashes:
    return [*proof[:at], drawn.choice([*proof, bytes(32)]), *proof[at + 1 :]]


def _swapped(proof: Hashes, at: int, drawn: Random) -> Hashes:
    other = drawn.randrange(len(proof))
    proof[at], proof[other] = proof[other], proof[at]
    return proof


def _turned(proof: Hashes, _at: int, _drawn: Random) -> Hashes:
    return proof[::-1]


def _added(proof: Hashes, at: int, drawn: Random) -> Hashes:
    return [*proof[:at], drawn.randbytes(32), *proof[at:]]


def _invented(proof: Hashes, _at: int, drawn: Random) -> Hashes:
    return [drawn.randbytes(32) for _ in proof] or [drawn.randbytes(32)]


class Outcome(NamedTuple):
    """Whether the product and the second verifier took a mutated proof."""

    product: bool
    second: bool


def of_functions(count: int) -> Iterator[Outcome]:
    """Mutated proofs of inclusion, of consistency and of last versions, in turn."""
    worlds = [World(seed) for seed in range(20)]
    turns = (_inclusion, _consistency, _last_version)
    for number in range(count):
        drawn = Random(number)
        yield turns[number % 3](drawn.choice(worlds), drawn)


def _taken(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Refused:
        return False


def _inclusion(world: World, drawn: Random) -> Outcome:
    log, size = world.log, drawn.choice(world.sizes)
    index, root = drawn.randrange(size), world.log.root(size)
    entry = entry_hash(log.rows[index].entry(index))
    proof = mutated(inclusion(log.nodes, index, size), drawn)
    return Outcome(
        shows_inclusion(proof, entry, index, size, root),
        _taken(lambda: root_by_inclusion(index, size, entry, proof) == root),
    )


def _consistency(world: World, drawn: Random) -> Outcome:
    new = drawn.randrange(2, world.size + 1)
    old = drawn.randrange(1, new)
    roots = world.log.root(old), world.log.root(new)
    proof = mutated(consistency(world.log.nodes, old, new), drawn)

    def second() -> bool:
        check_consistency((old, roots[0]), (new, roots[1]), proof)
        return True

    return Outcome(shows_consistency(proof, old, roots[0], new, roots[1]), _taken(second))


def _last_version(world: World, drawn: Random) -> Outcome:
    heads = world.log.maps[world.size]
    case = drawn.choice(sorted(heads))
    true = branches([head(*each) for each in heads.items()], case)
    root = root_by_head(case.bytes, heads[case], true)
    proof, version = list(true), heads[case]
    while proof == true and version == heads[case]:
        if drawn.random() < 0.3:
            version = drawn.randrange(1, version + 4)
        elif proof and drawn.random() < 0.4:
            at = drawn.randrange(len(proof))
            proof[at] = Branch(drawn.randrange(130), proof[at].other)
        else:
            hashes = mutated([each.other for each in true], drawn)
            bits = [each.bit for each in true] + [0, 0]
            proof = [Branch(*each) for each in zip(bits, hashes, strict=False)]
    return Outcome(
        shows_head(proof, case, version, root),
        _taken(lambda: root_by_head(case.bytes, version, proof) == root),
    )


def of_bundles(count: int) -> Iterator[Attempt]:
    """Bundles that are honest but for one of their proofs."""
    worlds = [World(seed) for seed in range(20)]
    for number in range(count):
        drawn = Random(number)
        world, kind = drawn.choice(worlds), KINDS[number % 3]
        about = world.about(kind, drawn.randrange(world.cuts[0]), world.seen_size)
        files = files_of(world.log, world.size, about, world.note(world.size))
        names = [name for name in files if name.split("/")[0] in {"proof", "heads", "consistency"}]
        _mutate(files, drawn.choice(names), drawn)
        auditor = world.auditor(about, witnessed=world.witnessed)
        yield Attempt(f"mutated proofs: {kind}", False, zipped(files), auditor)  # noqa: FBT003  Not stolen.


def _mutate(files: Files, name: str, drawn: Random) -> None:
    rows = files[name].decode().splitlines()
    if name != "heads":
        files[name] = lines(mutated([decoded(row, 32) for row in rows], drawn))
        return
    bits = [row.split()[0] for row in rows] + ["0"] * 2
    hashes = mutated([decoded(row.split()[1], 32) for row in rows], drawn)
    told = zip(bits, map(coded, hashes), strict=False)
    files[name] = "".join(f"{bit} {other}\n" for bit, other in told).encode()
