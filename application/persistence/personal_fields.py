"""Which events hold personal data, read off their types."""

from collections.abc import Iterable, Iterator
from functools import cache
from uuid import UUID

import msgspec
from msgspec import inspect

from domain.events import Event
from domain.personal import Personal


@cache
def holds_personal_data(event_type: type[Event]) -> bool:
    """Whether any field of the event, however deep, is typed as personal."""
    return _is_personal(inspect.type_info(event_type))


def subjects(events: Iterable[Event]) -> frozenset[UUID]:
    """Return everybody whose personal data is in the events."""
    return frozenset(item.subject_id for item in personal_items(events))


def personal_items(events: Iterable[Event]) -> Iterator[Personal]:
    """Return every personal value in the events, those of erased people as well."""
    holding = (event for event in events if holds_personal_data(type(event)))
    return (item for event in holding for item in _personal_in(event))


def _personal_in(event: Event) -> Iterator[Personal]:
    found: list[Personal] = []

    def collect(value: Personal) -> str:
        found.append(value)
        return ""

    msgspec.to_builtins(event, enc_hook=collect)
    return iter(found)


def _is_personal(node: inspect.Type) -> bool:
    if isinstance(node, inspect.CustomType):
        return node.cls is Personal
    return any(_is_personal(part) for part in _parts(node))


def _parts(node: inspect.Type) -> Iterator[inspect.Type]:
    match node:
        case inspect.StructType(fields=fields):
            yield from (field.type for field in fields)
        case inspect.UnionType(types=types):
            yield from types
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            yield item
        case inspect.TupleType(item_types=items):
            yield from items
        case inspect.DictType(key_type=key, value_type=value):
            yield from (key, value)
