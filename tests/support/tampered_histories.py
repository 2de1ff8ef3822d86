"""Everything that can be done to a history, each by name: part of the tamper generator.

A tampering takes the events, a source of chance and the place of the change, and returns the
events as a thief would have them. Those named ``neat`` leave a history without a seam: positions
rise, versions have no gaps. Only signatures and what others have kept can tell.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from uuid import UUID

from dishonest_log import Fact, renumbered, state

Facts = list[Fact]
Tampering = Callable[[Sequence[Fact], Random, int], Facts]
WORDS = b'"comment": "'
TOPICS = ("request.noted", "request.answered", "organization.closed")


def edit_a_byte_of_a_state(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    content = bytearray(facts[at].state)
    first = content.index(WORDS) + len(WORDS)
    content[drawn.randrange(first, len(content) - 2)] = ord("~")
    return _with(facts, at, replace(facts[at], state=content.decode(errors="replace").encode()))


def edit_a_state(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    words = f"другие слова {drawn.random()}"
    minute = round((facts[at].at - facts[0].at).total_seconds() / 60)
    return _with(facts, at, replace(facts[at], state=state(minute, words)))


def edit_the_time_of_an_event(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    words = f"в другое время {drawn.random()}"
    return _with(facts, at, replace(facts[at], state=state(drawn.randrange(-99, 99), words)))


def edit_a_topic(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    others = [topic for topic in TOPICS if topic != facts[at].topic]
    return _with(facts, at, replace(facts[at], topic=drawn.choice(others)))


def edit_a_version(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    version = facts[at].version + drawn.choice((-1, 1, 2))
    return _with(facts, at, replace(facts[at], version=version))


def edit_a_position(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    """Within the gap that there is, so that the order stays."""
    place = facts[at].position + drawn.choice((1, 2))
    return _with(facts, at, replace(facts[at], position=place))


def edit_whose_event_it_is(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    others = sorted({fact.case for fact in facts} - {facts[at].case})
    return renumbered(_with(facts, at, replace(facts[at], case=drawn.choice(others))))


def delete(facts: Sequence[Fact], _drawn: Random, at: int) -> Facts:
    return [*facts[:at], *facts[at + 1 :]]


def delete_neatly(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    return renumbered(delete(facts, drawn, at))


def delete_a_whole_case(facts: Sequence[Fact], _drawn: Random, at: int) -> Facts:
    return [fact for fact in facts if fact.case != facts[at].case]


def insert(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    added = replace(facts[at], position=facts[at].position + 1, state=_invented(drawn, facts, at))
    return [*facts[: at + 1], added, *facts[at + 1 :]]


def insert_neatly(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    return renumbered(insert(facts, drawn, at))


def insert_a_whole_case(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    stranger = UUID(int=drawn.getrandbits(128))
    added = replace(facts[at], case=stranger, position=facts[at].position + 1)
    return renumbered([*facts[: at + 1], added, *facts[at + 1 :]])


def swap_contents(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    """Two events change places, and everything but their positions goes with them."""
    other = drawn.choice([n for n in range(len(facts)) if n != at])
    one = replace(facts[other], position=facts[at].position)
    two = replace(facts[at], position=facts[other].position)
    return _with(_with(facts, at, one), other, two)


def swap_neatly(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    return renumbered(swap_contents(facts, drawn, at))


def cut_the_tail(facts: Sequence[Fact], _drawn: Random, at: int) -> Facts:
    return list(facts[:at])


def cut_and_regrow(facts: Sequence[Fact], drawn: Random, at: int) -> Facts:
    """From the change on another history, as long as the true one or longer."""
    grown = [
        replace(facts[n % len(facts)], position=3 * n, state=_invented(drawn, facts, n))
        for n in range(at, len(facts) + drawn.randrange(4))
    ]
    return renumbered([*facts[:at], *grown])


def replace_all(facts: Sequence[Fact], drawn: Random, _at: int) -> Facts:
    return [replace(fact, state=_invented(drawn, facts, n)) for n, fact in enumerate(facts)]


def _with(facts: Sequence[Fact], at: int, fact: Fact) -> Facts:
    return [*facts[:at], fact, *facts[at + 1 :]]


def _invented(drawn: Random, facts: Sequence[Fact], at: int) -> bytes:
    minute = round((facts[at % len(facts)].at - facts[0].at).total_seconds() / 60)
    return state(minute, f"выдумано {drawn.random()}")


NEAT: tuple[Tampering, ...] = (
    edit_a_byte_of_a_state,
    edit_a_state,
    edit_the_time_of_an_event,
    edit_a_topic,
    edit_a_position,
    edit_whose_event_it_is,
    delete_neatly,
    delete_a_whole_case,
    insert_neatly,
    insert_a_whole_case,
    swap_neatly,
    cut_the_tail,
    cut_and_regrow,
    replace_all,
)
WITH_SEAMS: tuple[Tampering, ...] = (edit_a_version, delete, insert, swap_contents)
