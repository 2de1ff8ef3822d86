"""Whose personal data lies in events, as they are stored: sealed, and still theirs."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import msgspec

from application.audit.logged import Logged, LoggedEvent


def people_in(logged: Iterable[Logged]) -> frozenset[UUID]:
    """Return everybody who is named as a subject anywhere in the events."""
    states = (each.state for each in logged if isinstance(each, LoggedEvent))
    return frozenset(each for state in states for each in _subjects(_read(state)))


def _read(state: bytes) -> Any:
    try:
        return msgspec.json.decode(state)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None  # What cannot be read names nobody.


def _subjects(value: Any) -> Iterator[UUID]:
    if isinstance(value, list):
        for each in value:
            yield from _subjects(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _subject(each) if name == "subject_id" else _subjects(each)


def _subject(value: Any) -> Iterator[UUID]:
    try:
        yield UUID(value)
    except (ValueError, TypeError, AttributeError):
        return
