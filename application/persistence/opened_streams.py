"""Streams that are opened and folded whatever was done to them: what cannot be is a fault.

A batch is opened at once, and stream by stream, event by event, only where that fails.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import psycopg

from application.case_types import CASE_TYPES
from application.persistence.stored_streams import StoredStream
from application.persistence.stream_reader import StreamReader, stream_of
from application.replay.divergences import Divergence, Kind
from application.streams import Recorded, Stream

_BEGINNINGS = {each.first for each in CASE_TYPES}
_OWN = {each.name: frozenset(each.event_types.values()) for each in CASE_TYPES}
Found = TypeVar("Found")


class OpenedStream(NamedTuple):
    """A stream as it is stored, the events that could be read, and what they fold to, if they do."""

    stored: StoredStream
    events: Sequence[Recorded]
    stream: Stream[Any] | None
    faults: tuple[Divergence, ...] = ()


def opened_streams(reader: StreamReader, batch: Sequence[StoredStream]) -> Iterator[OpenedStream]:
    """Return the streams in their order, each with what is the matter with it."""
    whole, _ = tried(lambda: reader.opened([event for each in batch for event in each.events]))
    if whole is None:
        yield from (_one_by_one(reader, each) for each in batch)
        return
    place = 0
    for each in batch:
        yield _folded(each, whole[place : place + len(each.events)])
        place += len(each.events)


def tried(work: Callable[[], Found]) -> tuple[Found | None, str]:
    """Do what a tampered history may break, in whatever way; return the kind of error, if any."""
    try:
        return work(), ""
    except psycopg.Error:
        raise
    except Exception as error:  # noqa: BLE001  What was tampered with can fail in any way.
        return None, type(error).__name__


def _one_by_one(reader: StreamReader, stored: StoredStream) -> OpenedStream:
    read: list[Recorded] = []
    faults: list[Divergence] = []
    for event in stored.events:
        found, fault = tried(lambda event=event: reader.opened([event]))  # type: ignore[misc]  # Bound here, used here.
        if found is None:
            version = event.originator_version
            faults.append(_fault(stored, Kind.UNDECODABLE, version=version, fault=fault))
        else:
            read += found
    return OpenedStream(stored, read, None, tuple(faults)) if faults else _folded(stored, read)


def _folded(stored: StoredStream, events: Sequence[Recorded]) -> OpenedStream:
    if stored.gap is not None:
        missing = _fault(stored, Kind.VERSION_GAP, version=stored.gap)
        return OpenedStream(stored, events, None, (missing,))
    if type(events[0].event) not in _BEGINNINGS:
        begun = _fault(stored, Kind.NO_BEGINNING, version=1)
        return OpenedStream(stored, events, None, (begun,))
    stream, fault = tried(lambda: stream_of(list(events)))
    if stream is None:
        return OpenedStream(stored, events, None, (_fault(stored, Kind.UNFOLDABLE, fault=fault),))
    return OpenedStream(stored, events, stream, tuple(_foreign(stored, stream)))


def _foreign(stored: StoredStream, stream: Stream[Any]) -> Iterator[Divergence]:
    own = _OWN[stream.case_type.name]
    for version, event in enumerate(stream.events, start=1):
        if type(event) not in own:
            yield _fault(stored, Kind.FOREIGN_EVENT, version=version)


def _fault(stored: StoredStream, kind: Kind, **more: Any) -> Divergence:
    return Divergence(kind=kind, case_id=stored.id, **more)
