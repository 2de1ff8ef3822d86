"""What can be done to a bundle while the log stays as it is, and what a lying map of heads hides."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

from dishonest_log import (
    KEY,
    THIEF,
    About,
    Files,
    Heads,
    Log,
    Map,
    coded,
    files_of,
    heads_of,
    heads_proof,
    lines,
    sealed,
    signed,
    zipped,
)
from tampering import KINDS, Attempt, World

from application.audit.heads import Tree, branches, head, head_hash, joined
from application.audit.tree import proof_of_several

Handing = Callable[[World, Random, str], Attempt]


def _attempt(
    name: str, world: World, about: About, files: Files, *, stolen: bool = False
) -> Attempt:
    auditor = world.auditor(about, witnessed=world.witnessed)
    return Attempt(name, stolen, zipped(files), auditor)


def _about(world: World, drawn: Random, kind: str) -> About:
    return world.about(kind, drawn.randrange(world.cuts[0]), world.seen_size)


def _left_out(world: World, about: About, chosen: Callable[[list[int]], list[int]]) -> Files:
    """An honest bundle with fewer entries than it has, and the proof that fits what is left."""
    files = files_of(world.log, world.size, about, world.note(world.size))
    told = dict(zip(_indexes(files), files["events.ndjson"].splitlines(keepends=True), strict=True))
    left = chosen([*told])
    files["events.ndjson"] = b"".join(told[n] for n in left)
    files["proof"] = lines([*proof_of_several(world.log.nodes, left, world.size)])
    return files


def _indexes(files: Files) -> list[int]:
    rows = files["events.ndjson"].decode().splitlines()
    return [int(row.split(",")[0].split(":")[1]) for row in rows]


def drop_an_entry(world: World, drawn: Random, kind: str) -> Attempt:
    about = _about(world, drawn, kind)
    gone = drawn.random()
    files = _left_out(world, about, lambda all_: _without(all_, round(gone * (len(all_) - 1))))
    return _attempt("drop_an_entry", world, about, files)


def drop_an_entry_and_leave_the_proof(world: World, drawn: Random, kind: str) -> Attempt:
    about = _about(world, drawn, kind)
    files = files_of(world.log, world.size, about, world.note(world.size))
    rows = files["events.ndjson"].splitlines(keepends=True)
    files["events.ndjson"] = b"".join(_without(rows, drawn.randrange(len(rows))))
    return _attempt("drop_an_entry_and_leave_the_proof", world, about, files)


def drop_the_tail(world: World, drawn: Random, kind: str) -> Attempt:
    """The last events go, the entry of heads stays."""
    about = _about(world, drawn, kind)
    cut = drawn.random()
    files = _left_out(world, about, lambda all_: [*all_[: round(cut * (len(all_) - 2))], all_[-1]])
    if about.case and drawn.random() < 0.5:  # Prove of another map that fewer are all.
        count = len(_indexes(files)) - 1
        files["heads"] = heads_proof({**world.log.maps[world.size], about.case: count}, about.case)
    return _attempt("drop_the_tail", world, about, files)


def drop_the_beginning(world: World, drawn: Random, kind: str) -> Attempt:
    about = _about(world, drawn, kind)
    cut = drawn.random()
    files = _left_out(world, about, lambda all_: all_[1 + round(cut * (len(all_) - 2)) :])
    return _attempt("drop_the_beginning", world, about, files)


def double_an_entry(world: World, drawn: Random, kind: str) -> Attempt:
    about = _about(world, drawn, kind)
    files = files_of(world.log, world.size, about, world.note(world.size))
    rows = files["events.ndjson"].splitlines(keepends=True)
    at = drawn.randrange(len(rows))
    files["events.ndjson"] = b"".join([*rows[: at + 1], *rows[at:]])
    return _attempt("double_an_entry", world, about, files)


def replay_an_older_bundle(world: World, drawn: Random, kind: str) -> Attempt:
    about = _about(world, drawn, kind)
    size = drawn.choice([size for size in world.sizes if size < world.seen_size])
    files = files_of(world.log, size, about, world.note(size))
    return _attempt("replay_an_older_bundle", world, about, files)


def replay_an_older_checkpoint(world: World, drawn: Random, kind: str) -> Attempt:
    about = _about(world, drawn, kind)
    files = files_of(world.log, world.size, about, world.note(world.size))
    older = drawn.choice(world.sizes[:-1])
    files["checkpoint"] = world.note(older).written.encode()
    if drawn.random() < 0.5:
        files["manifest.json"] = files_of(world.log, older, about, world.note(older))[
            "manifest.json"
        ]
    return _attempt("replay_an_older_checkpoint", world, about, files)


def another_log(world: World, drawn: Random, kind: str) -> Attempt:
    """A whole log of other events, under the same name; with the key that is a second log."""
    stolen = drawn.random() < 0.5
    facts = [replace(fact, topic="request.invented") for fact in world.facts]
    log = sealed(facts, world.cuts)
    note = signed(log.text(log.size), witnessed=world.witnessed, by=KEY if stolen else THIEF)
    about = _about(world, drawn, kind)
    return _attempt(
        "another_log", world, about, files_of(log, log.size, about, note), stolen=stolen
    )


def another_part(world: World, drawn: Random, kind: str) -> Attempt:
    """An honest bundle of something else than was asked for, under its own name or that one."""
    asked, given = _about(world, drawn, kind), _about(world, drawn, drawn.choice(KINDS))
    while given in {asked, replace(given, kind="log")} or kind == "log":
        kind = drawn.choice(KINDS[:2])
        asked, given = _about(world, drawn, kind), _about(world, drawn, drawn.choice(KINDS[:2]))
    files = files_of(world.log, world.size, given, world.note(world.size))
    named = files_of(world.log, world.size, asked, world.note(world.size))
    # A period shown with more around it than it needs is shown all the same.
    if drawn.random() < 0.5 and not {*_indexes(named)} <= {*_indexes(files)}:
        files["manifest.json"] = named["manifest.json"]
    return _attempt("another_part", world, asked, files)


def edit_a_sealed_map(world: World, drawn: Random, kind: str) -> Attempt:
    """An old entry of heads says another thing; with the key everything behind it follows."""
    stolen = drawn.random() < 0.5
    seen = world.sizes.index(world.seen_size)
    wrong = drawn.randrange(seen + 1)
    log = sealed(world.facts, world.cuts, lambda n, true: _lie(drawn, true) if n == wrong else true)
    note = signed(log.text(log.size), witnessed=False) if stolen else world.note(world.size)
    # Without the key only who sees the entry sees that it was changed.
    about = _about(world, drawn, kind if stolen else "log")
    files = files_of(log, log.size, about, note)
    return _attempt("edit_a_sealed_map", world, about, files, stolen=stolen)


def give_a_case_two_heads(world: World, drawn: Random, _kind: str) -> Attempt:
    """With the key: a map in which the case stands twice, and its earlier version is shown."""
    case = drawn.choice([case for case, version in heads_of(world.facts).items() if version > 1])
    short = drawn.randrange(1, heads_of(world.facts)[case])
    log, second = _with_two_heads(world, case, short, drawn)
    note = signed(log.text(log.size), witnessed=world.witnessed)  # Witnesses look at no maps.
    about = About("case", case=case, since=world.seen_size)
    files = files_of(log, log.size, about, note)
    chosen = [*_indexes(files)[:short], log.size - 1]
    told = dict(zip(_indexes(files), files["events.ndjson"].splitlines(keepends=True), strict=True))
    files["events.ndjson"] = b"".join(told[n] for n in chosen)
    files["proof"] = lines([*proof_of_several(log.nodes, chosen, log.size)])
    files["heads"] = second
    return _attempt("give_a_case_two_heads", world, about, files, stolen=True)


def _with_two_heads(world: World, case: UUID, short: int, drawn: Random) -> tuple[Log, bytes]:
    true = world.log.maps[world.size]
    elsewhere = UUID(int=case.int ^ 1 << drawn.randrange(128))
    trees = [*(head(*each) for each in true.items()), Tree(elsewhere.int, head_hash(case, short))]
    whole = joined(trees)
    assert whole
    log = Log()
    for row in world.log.rows[:-1]:
        log.add(row)
    log.add(Heads(len(true), whole.hash))
    log.maps[log.size] = true
    proof = branches(trees, elsewhere)
    return log, "".join(f"{bit} {coded(other)}\n" for bit, other in proof).encode()


def lie_in_the_newest_map(
    world: World, drawn: Random, kind: str, *, has_seen_it: bool = False
) -> Attempt:
    """With the key: the newest checkpoint says that a case ended earlier, or never was.

    All events are in the log. The bundle of the case leaves out what the map leaves out.
    """
    case = drawn.choice(
        sorted(case for case, version in heads_of(world.facts).items() if version > 1)
    )
    short = drawn.randrange(1, heads_of(world.facts)[case])
    last = len(world.cuts) - 1
    log = sealed(
        world.facts, world.cuts, lambda n, true: {**true, case: short} if n == last else true
    )
    note = signed(log.text(log.size), witnessed=world.witnessed)  # Witnesses look at no maps.
    at = next(n for n, fact in enumerate(world.facts) if (fact.case, fact.version) == (case, short))
    about = world.about(kind, at, world.seen_size)
    files = files_of(log, log.size, about, note)
    if about.case:
        chosen = [*_indexes(files)[:short], log.size - 1]
        told = dict(
            zip(_indexes(files), files["events.ndjson"].splitlines(keepends=True), strict=True)
        )
        files["events.ndjson"] = b"".join(told[n] for n in chosen)
        files["proof"] = lines([*proof_of_several(log.nodes, chosen, log.size)])
    attempt = _attempt("lie_in_the_newest_map", world, about, files, stolen=True)
    if not has_seen_it:
        return attempt
    seen = replace(attempt.auditor, earlier=note.written.encode())
    return replace(attempt, auditor=seen)


def lie_in_the_newest_map_before_the_whole_log(world: World, drawn: Random, _: str) -> Attempt:
    attempt = lie_in_the_newest_map(world, drawn, "log", has_seen_it=drawn.random() < 0.5)
    return replace(attempt, kind="lie_in_the_newest_map_before_the_whole_log")


def _lie(drawn: Random, true: Map) -> Map:
    case = drawn.choice(sorted(true))
    told = {**true, case: true[case] + 1}, {each: true[each] for each in true if each != case}
    return drawn.choice(told)


def _without(rows: list[Any], at: int) -> list[Any]:
    return [*rows[:at], *rows[at + 1 :]]


HANDINGS: tuple[Handing, ...] = (
    drop_an_entry,
    drop_an_entry_and_leave_the_proof,
    drop_the_tail,
    drop_the_beginning,
    double_an_entry,
    replay_an_older_bundle,
    replay_an_older_checkpoint,
    another_log,
    another_part,
    edit_a_sealed_map,
    give_a_case_two_heads,
    lie_in_the_newest_map_before_the_whole_log,
)
