"""A case as its stream: the events so far, and the state they fold to."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.case_types import CaseType, State
from domain.events import Event
from domain.refusals import Refusal

First = TypeVar("First", bound=Event)


class CaseNotFound(Refusal):
    """There is no such case, or there was none yet at that version or moment."""

    code = "not-found"


class StaleCase(Refusal):
    """The case has changed since the caller read it; ``version`` is the current one."""

    code = "stale-version"


class Recorded(NamedTuple):
    """An event at its place in a stream: what the event store takes and gives."""

    originator_id: UUID
    originator_version: int
    event: Event


class CaseRef(Struct, frozen=True):
    """A case as a caller names it, with the version they read, if they read one."""

    id: UUID
    version: int | None = None


class Stream(Struct, Generic[State], frozen=True):
    """The events of one case, the state after them, and how many are not saved yet.

    ``is_past`` says that there were more events when it was read: it shows what was.
    """

    case_type: CaseType[State]
    id: UUID
    events: tuple[Event, ...]
    state: State
    unsaved: int = 0
    is_past: bool = False

    @property
    def version(self) -> int:
        """The number of events: the version of the case."""
        return len(self.events)

    @property
    def changed_at(self) -> datetime:
        """When the last event was recorded."""
        return self.events[-1].recorded_at

    @property
    def new(self) -> tuple[Recorded, ...]:
        """The events that are still to be saved, each at its place."""
        first = self.version - self.unsaved
        return tuple(
            Recorded(self.id, place + 1, self.events[place]) for place in range(first, self.version)
        )

    def tells(self, *event_types: type[Event]) -> bool:
        """Whether there is news of these types: in what is unsaved, or in all that was read."""
        return any(isinstance(event, event_types) for event in self.events[-self.unsaved :])

    def first(self, event_type: type[First]) -> First:
        """Return the event that began the case."""
        event = self.events[0]
        assert isinstance(event, event_type)  # noqa: S101  The projector lets no other begin it.
        return event

    def then(self, *events: Event) -> "Stream[State]":
        """Return the stream with more events at its end."""
        state = self.case_type.evolve.fold(events, self.state)
        unsaved = self.unsaved + len(events)
        return replace(self, events=(*self.events, *events), state=state, unsaved=unsaved)

    def saved(self) -> "Stream[State]":
        """Return the stream with nothing left to save."""
        return replace(self, unsaved=0)


def begin(case_type: CaseType[State], case_id: UUID, event: Event) -> Stream[State]:
    """Return the stream of a new case."""
    return Stream(case_type, case_id, (event,), case_type.evolve.fold((event,)), 1)


def projector(
    case_type: CaseType[State],
) -> Callable[[Any, Iterable[Any]], Stream[State] | None]:
    """Return what turns recorded events into a stream, for ``repository.get``.

    Events of another kind of case make no stream.
    """

    def project(_: object, recorded: Iterable[Recorded]) -> Stream[State] | None:
        kept = list(recorded)
        if not kept or type(kept[0].event) is not case_type.first:
            return None
        events = tuple(each.event for each in kept)
        return Stream(case_type, kept[0].originator_id, events, case_type.evolve.fold(events))

    return project
