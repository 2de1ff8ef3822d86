"""The sentence of an event: what happened, for a person who reads the history of a case."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from domain.actors import Actor
from domain.assistance_request import AssistanceRequest
from domain.document.attachments import Evidenced
from domain.events import Event
from web.languages import texts
from web.told_values import Reader
from web.wording import worded

_NOTHING: frozenset[str] = frozenset()


def sentence(event: Event, reader: Reader) -> str:
    """Return what happened and who did it."""
    told = f"{_told(event, reader, _NOTHING)} ({who(event, reader)})."
    return " ".join((told, *_attached(event, reader)))


def what(event: Event, reader: Reader, unsaid: frozenset[str] = _NOTHING) -> str:
    """Return what happened, without who did it and the fields that are shown beside it."""
    return " ".join((f"{_told(event, reader, unsaid)}.", *_attached(event, reader)))


def who(event: Event, reader: Reader) -> str:
    """Return who acted, as they were then."""
    return actor_told(event.by, event.occurred_on, reader)


def actor_told(by: Actor, on: date, reader: Reader) -> str:
    """Return the name of somebody, if it is known, their role, and what their office was called."""
    fields = ("staff_id", by.staff_id), ("role", by.role), ("office", by.office)
    return ", ".join(filter(None, (reader.words(name, value, on) for name, value in fields)))


def staff_in(event: Event) -> Iterator[str]:
    """Return the staff of whom the sentence of the event may tell."""
    yield event.by.staff_id
    if isinstance(event, AssistanceRequest.Assigned):
        yield event.staff_id


def cases_in(event: Event) -> Iterator[UUID]:
    """Return the other cases of which the sentence of the event may tell."""
    for holder in (event, getattr(event, "details", None)):
        for name in getattr(holder, "__struct_fields__", ()):
            value = getattr(holder, name)
            several = value if isinstance(value, tuple) else (value,)
            yield from (each for each in several if isinstance(each, UUID))


def _told(event: Event, reader: Reader, unsaid: frozenset[str]) -> str:
    template = str(texts("history")[event.TOPIC][reader.language])
    return worded(template, _Values(event, reader, unsaid))


def _attached(event: Event, reader: Reader) -> Iterator[str]:
    if isinstance(event, Evidenced) and event.documents:
        yield str(texts("attachments")[reader.language].format(number=len(event.documents)))


class _Values(dict[str, str]):
    """The values a template may name: the event's fields, and those of what it holds."""

    def __init__(self, event: Event, reader: Reader, unsaid: frozenset[str]) -> None:
        super().__init__()
        self._event = event
        self._reader = reader
        self._unsaid = unsaid

    def __missing__(self, name: str) -> str:
        if name in self._unsaid:
            return ""
        return self._reader.words(name, _found(self._event, name), self._event.occurred_on)


def _found(event: Event, name: str) -> Any:
    if hasattr(event, name):
        return getattr(event, name)
    return getattr(getattr(event, "details", None), name, None)
