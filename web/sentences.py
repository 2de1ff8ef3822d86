"""The sentence of an event: what happened, for a person who reads the history of a case."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from babel.dates import format_date

from domain.actors import Actor
from domain.assistance_request import AssistanceRequest
from domain.catalogue.catalogue import title_of
from domain.document.attachments import Evidenced
from domain.events import Event
from domain.office_titles import office_title
from domain.places import Places
from web.day_titles import kind_of_day
from web.languages import texts

OFFICES = frozenset({"office", "from_office", "to_office"})


Names = Mapping[str, str | None]
_NOBODY: Names = MappingProxyType({})


def sentence(event: Event, language: str, places: Places, names: Names = _NOBODY) -> str:
    """Return what happened, in the language; ``names`` are those of the staff, by their ids."""
    template = str(texts("history")[event.TOPIC][language])
    told = template.format_map(_Values(event, language, places, names))
    if not isinstance(event, Evidenced) or not event.documents:
        return told
    return f"{told} {texts('attachments')[language].format(number=len(event.documents))}"


def staff_in(event: Event) -> Iterator[str]:
    """Return the staff of whom the sentence of the event may tell."""
    yield event.by.staff_id
    if isinstance(event, AssistanceRequest.Assigned):
        yield event.staff_id


class _Values(dict[str, str]):
    """The values a template may name: the event's fields, and those of what it holds."""

    def __init__(self, event: Event, language: str, places: Places, names: Names) -> None:
        super().__init__(who=_who(event.by, event.occurred_on, language, places))
        self._event = event
        self._language = language
        self._places = places
        self._names = names

    def __missing__(self, name: str) -> str:
        value = _found(self._event, name)
        if name == "is_working":
            return kind_of_day(value, self._language)
        if name == "staff_id":
            return self._names.get(value) or str(value)
        if name in OFFICES:
            title = office_title(self._places, str(value), self._event.occurred_on)
            return str(getattr(title, self._language))
        return _shown(value, self._language)


def _found(event: Event, name: str) -> Any:
    if hasattr(event, name):
        return getattr(event, name)
    return getattr(getattr(event, "details", None), name, "")


def _shown(value: object, language: str) -> str:
    if isinstance(value, StrEnum):
        return str(getattr(title_of(value), language))
    if isinstance(value, date):
        return format_date(value, "long", locale=language)
    return str(value)


def _who(actor: Actor, on: date, language: str, places: Places) -> str:
    office = getattr(office_title(places, actor.office, on), language)
    role = _shown(actor.role, language)
    return f"{role}, {office}"
