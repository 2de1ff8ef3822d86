"""What every event is, and how a stream of them becomes a state."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct

from domain.actors import Actor


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A fact in the past participle, as it is stored.

    ``recorded_at`` (UTC) is when the service learned of it, ``occurred_on`` the day
    it happened. The id of the aggregate and the version are columns of the store
    and are not repeated here. ``TOPIC`` is the name it is stored under: once
    published, neither the topic nor a field is ever renamed (see the golden file).
    """

    TOPIC: ClassVar[str]

    recorded_at: datetime
    occurred_on: date
    by: Actor
    cause: str
    comment: str | None = None


State = TypeVar("State")
Fact = TypeVar("Fact", bound=Event)


class Evolution(Generic[State]):
    """A total function from a state and an event to the next state.

    An event without an entry changes nothing that a decision reads. Entries never
    refuse: rules are asked once, when the command comes, and never on replay.
    """

    def __init__(self) -> None:
        self._steps: dict[type[Event], Callable[[Any, Any], State]] = {}

    def when(
        self, *event_types: type[Fact]
    ) -> Callable[[Callable[[State, Fact], State]], Callable[[State, Fact], State]]:
        """Register the step for one type of event, or for several."""

        def register(step: Callable[[State, Fact], State]) -> Callable[[State, Fact], State]:
            self._steps.update(dict.fromkeys(event_types, step))
            return step

        return register

    def begin(
        self, event_type: type[Fact]
    ) -> Callable[[Callable[[Fact], State]], Callable[[Fact], State]]:
        """Register the event that begins a stream: its step has no state before it."""

        def register(step: Callable[[Fact], State]) -> Callable[[Fact], State]:
            self._steps[event_type] = lambda _, event: step(event)
            return step

        return register

    def __call__(self, state: State, event: Event) -> State:
        """Return the state after the event."""
        step = self._steps.get(type(event))
        return state if step is None else step(state, event)

    def fold(self, events: Iterable[Event], state: Any = None) -> State:
        """Return the state after all the events, in their order."""
        steps = self._steps
        for event in events:
            step = steps.get(type(event))
            if step is not None:
                state = step(state, event)
        return state  # type: ignore[no-any-return]
