"""Whole series of tamperings: those that have to be noticed, and those that cannot be."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

from tampered_bundles import HANDINGS, lie_in_the_newest_map
from tampered_histories import NEAT, WITH_SEAMS
from tampering import KINDS, Attempt, World, tampered

WORLDS = 60
HISTORIES = (*NEAT, *WITH_SEAMS)


@cache
def world(seed: int) -> World:
    return World(seed)


def to_be_noticed(count: int) -> Iterator[Attempt]:
    """Tamperings before an auditor whose checkpoint is newer than the change."""
    number = made = 0
    while made < count:
        attempt = _drawn(number)
        number += 1
        if attempt:
            made += 1
            yield attempt


def _drawn(number: int) -> Attempt | None:
    drawn = Random(number)
    here = world(drawn.randrange(WORLDS))
    how = drawn.choice((*HISTORIES, *HANDINGS))
    kind = drawn.choice(KINDS)
    if how in HANDINGS:
        return how(here, drawn, kind)
    stolen = drawn.random() < 0.5
    attempt, changed = tampered(here, how, drawn, stolen=stolen, kind=kind)
    if stolen and here.witnessed and drawn.random() < 0.3:
        # The outside checkpoint is the witness's, who cosigns no other log than it knows.
        attempt = replace(attempt, auditor=replace(attempt.auditor, earlier=None))
    return attempt if changed < here.seen_facts else None


def without_a_checkpoint(count: int) -> Iterator[Attempt]:
    """With the key, before an auditor who has no witness and kept nothing from before."""
    for number in range(count):
        drawn = Random(number)
        here = world(drawn.randrange(WORLDS))
        how = HISTORIES[number % len(HISTORIES)]
        attempt, _ = tampered(here, how, drawn, stolen=True, kind=drawn.choice(KINDS))
        yield replace(attempt, auditor=replace(attempt.auditor, witnessed=False, earlier=None))


def with_an_older_checkpoint(count: int) -> Iterator[Attempt]:
    """With the key, before an auditor whose checkpoint is older than the change."""
    number = made = 0
    while made < count:
        drawn = Random(number)
        here = world(drawn.randrange(WORLDS))
        how, kind = HISTORIES[number % len(HISTORIES)], drawn.choice(KINDS)
        attempt, changed = tampered(
            here, how, drawn, stolen=True, kind=kind, before=len(here.facts)
        )
        number += 1
        if changed >= here.seen_facts:
            made += 1
            yield replace(attempt, auditor=replace(attempt.auditor, witnessed=False))


def lies_before_parts(count: int) -> Iterator[Attempt]:
    """With the key: the map hides the end of a case, the log does not; a part is shown."""
    for number in range(count):
        drawn = Random(number)
        here = world(drawn.randrange(WORLDS))
        kind = KINDS[number % 2]
        attempt = lie_in_the_newest_map(here, drawn, kind, has_seen_it=True)
        yield replace(attempt, kind=f"lie in the newest map, before the {kind}")
