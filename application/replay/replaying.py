"""A replay: here and in a process of another time zone and hash seed, compared stream by stream."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import msgspec
from msgspec import Struct

from application.databases import StartRefused
from application.persistence.key_file import KeyFileUnusable, read_key_file
from application.persistence.replay_snapshot import replay_snapshot
from application.persistence.schema import DatabaseUnusable
from application.persistence.stored_streams import count_events
from application.replay.divergences import Divergence, Kind
from application.replay.environment import Environment, environment
from application.replay.errands import Elsewhere, Errand
from application.replay.folding import folded
from application.replay.replayed import Message, ReplayedStream, Rest, read

Watch = Callable[[int], AbstractContextManager[Callable[[int], object]]]


class ReplayBroken(StartRefused):
    """The other process did not do what it was started for."""


class Replay(Struct, frozen=True, kw_only=True):
    """What was folded, in which two environments, and what is otherwise than it folds.

    ``underived`` is how many corrections of the calendar the terms in the lists may not know yet.
    """

    cases: int
    events: int
    here: Environment
    elsewhere: Environment
    divergences: tuple[Divergence, ...]
    underived: int


def replay(database_url: str, key_file: Path, elsewhere: Elsewhere, watch: Watch) -> Replay:
    """Fold every stream twice and compare both, and every read model, in one snapshot.

    Raises:
        StartRefused: it could not be done; the message says why.

    """
    try:
        keys = read_key_file(key_file)
        with replay_snapshot(database_url) as seen:
            errand = Errand(database_url=database_url, key_file=str(key_file), snapshot=seen.name)
            with (
                closing(folded(seen, keys)) as own,
                elsewhere(errand) as lines,
                watch(count_events(seen.connection)) as bar,
            ):
                return _both(own, read(lines), bar)
    except (KeyFileUnusable, DatabaseUnusable) as error:
        raise StartRefused(str(error)) from error
    except (StopIteration, msgspec.MsgspecError) as error:
        raise ReplayBroken("The second process did not come to its end.") from error


def _both(
    own: Iterable[ReplayedStream], others: Iterator[Message], done: Callable[[int], object]
) -> Replay:
    here = environment()
    there = _environment(next(others), here)
    found: list[Divergence] = []
    cases = events = 0
    for one in own:
        found += _different(one, next(others))
        cases, events = cases + 1, events + one.version
        done(one.version)
    rest = next(others)
    if not isinstance(rest, Rest):
        raise ReplayBroken("The second process has read cases that there are not.")
    return Replay(
        cases=cases,
        events=events,
        here=here,
        elsewhere=there,
        divergences=(*found, *rest.divergences),
        underived=rest.underived,
    )


def _environment(there: Message, here: Environment) -> Environment:
    """Return the environment of the other process; refuse one that is the same as here."""
    if isinstance(there, Environment) and there.is_other_than(here):
        return there
    raise ReplayBroken("The second process has no other time zone and hash seed than this one.")


def _different(one: ReplayedStream, other: Message) -> Iterator[Divergence]:
    """Return what is otherwise in a stream, and what of it folds otherwise elsewhere."""
    if not isinstance(other, ReplayedStream) or (other.id, other.version) != (one.id, one.version):
        raise ReplayBroken("The second process has read other cases than this one.")
    yield from other.divergences
    for part in sorted(one.digests.keys() | other.digests.keys()):
        if one.digests.get(part) != other.digests.get(part):
            yield Divergence(
                kind=Kind.UNSTABLE,
                case_id=one.id,
                case_type=one.case_type,
                number=one.number,
                table=part,
            )
