"""What an office sees of a case: all of it while it has a part in it, and then what it saw.

A case is seen by the office that holds it, by the one it is offered to, and by both ends of
an open question. When such a part ends, the office keeps the case up to the event that
ended it: what it wrote and read stays its own, what others write later does not become so.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from application.streams import Stream
from domain import escalation_events as escalation
from domain.assistance_request import AssistanceRequest
from domain.events import Event
from domain.organization_verification import OrganizationVerification

_MOVES: tuple[type[Event], ...] = (
    escalation.Raised,
    escalation.Acknowledged,
    escalation.Answered,
    escalation.Returned,
    escalation.Recalled,
    AssistanceRequest.TransferOffered,
    AssistanceRequest.TransferAccepted,
    AssistanceRequest.TransferDeclined,
    AssistanceRequest.TransferCancelled,
)
PARTS_BEGIN_OR_END: tuple[type[Event], ...] = (
    AssistanceRequest.Requested,
    OrganizationVerification.Requested,
    *_MOVES,
)


class Sight(Struct, frozen=True):
    """An office and the last version it sees; without one it sees the case as it goes on."""

    office: str
    until: int | None = None


def sights(stream: Stream[Any]) -> tuple[Sight, ...]:
    """Return every office that has or had a part in the case, and so sees it."""
    if not any(isinstance(event, _MOVES) for event in stream.events):
        return (Sight(stream.state.office),)
    until: dict[str, int | None] = {}
    for version, involved in _parts(stream):
        ended = {name for name, last in until.items() if last is None} - involved
        until.update(dict.fromkeys(involved))
        until.update(dict.fromkeys(ended, version))
    return tuple(Sight(office, last) for office, last in until.items())


def _parts(stream: Stream[Any]) -> Iterator[tuple[int, frozenset[str]]]:
    state = None
    for version, event in enumerate(stream.events, start=1):
        state = stream.case_type.evolve.fold((event,), state)
        yield version, state.involved


def seen_by(stream: Stream[Any], office: str) -> int:
    """Return up to which version the office sees the case; 0 when it does not."""
    if office == stream.state.office:
        return stream.version
    for sight in sights(stream):
        if sight.office == office:
            return sight.until or stream.version
    return 0


def as_seen(stream: Stream[Any], version: int) -> Stream[Any]:
    """Return the stream as it was at the version."""
    if version >= stream.version:
        return stream
    if version <= 0:
        return replace(stream, events=())
    events = stream.events[:version]
    state = stream.case_type.evolve.fold(events)
    return replace(stream, events=events, state=state, unsaved=0, is_past=True)
