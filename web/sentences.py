"""The sentence of an event: what happened, for a person who reads the history of a case."""

from datetime import date
from enum import StrEnum
from typing import Any

from babel.dates import format_date

from domain.actors import Actor
from domain.catalogue.catalogue import title_of
from domain.events import Event
from domain.office_titles import office_title
from domain.places import Places
from web.languages import texts

OFFICES = frozenset({"office", "from_office", "to_office"})


def sentence(event: Event, language: str, places: Places) -> str:
    """Return what happened, in the language."""
    template = str(texts("history")[event.TOPIC][language])
    return template.format_map(_Values(event, language, places))


class _Values(dict[str, str]):
    """The values a template may name: the event's fields, and those of what it holds."""

    def __init__(self, event: Event, language: str, places: Places) -> None:
        super().__init__(who=_who(event.by, event.occurred_on, language, places))
        self._event = event
        self._language = language
        self._places = places

    def __missing__(self, name: str) -> str:
        value = _found(self._event, name)
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
