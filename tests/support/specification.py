"""Tests as a story: given past events, when a command, then new events or a refusal."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import pytest

from application.case_types import CaseType
from domain.case import Case
from domain.events import Event
from domain.refusals import Refusal

State = TypeVar("State", bound=Case)
Command = Callable[[Any], Any]


class Story(Generic[State]):
    """The story of one case."""

    def __init__(self, case_type: CaseType[State], events: tuple[Event, ...]) -> None:
        self._case_type = case_type
        self._events = events
        self._command: Command | None = None

    def when(self, command: Command) -> "Story[State]":
        """Give a command on what the events fold to."""
        self._command = command
        return self

    def then(self, *expected: type[Event]) -> Any:
        """Expect events of these types, and return the only or last of them."""
        happened = self._happened()
        assert [type(event) for event in happened] == list(expected)
        self.state(*happened)
        return happened[-1] if happened else None

    def then_refused(self, refusal: type[Refusal], **facts: Any) -> Refusal:
        """Expect a refusal with these facts among its own."""
        with pytest.raises(refusal) as refused:
            self._happened()
        assert {name: refused.value.facts.get(name) for name in facts} == facts
        return refused.value

    def state(self, *more: Event) -> State:
        """Return what the events fold to, and more of them."""
        return self._case_type.evolve.fold((*self._events, *more))

    def _happened(self) -> tuple[Event, ...]:
        assert self._command is not None
        answer = self._command(self.state())
        return answer if isinstance(answer, tuple) else (answer,)


def given(case_type: CaseType[State], *events: Event) -> Story[State]:
    """Begin a story with what has happened."""
    return Story(case_type, events)
