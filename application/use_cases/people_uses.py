"""Whose values a save holds, and by which look-up key its rows were made: said with the save.

The database refuses it where one of them was erased meanwhile, or the key was replaced: what
an erasure has removed is not written again by somebody who still has it in memory.
"""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from uuid import UUID

from application.case_types import State
from application.persistence.event_mapper import SealingEventStore
from application.persistence.personal_fields import subjects
from application.read_models.appearance_rows import people_in_rows
from application.read_models.row import Row
from application.streams import Stream, projector


class PeopleUse(Row, frozen=True, kw_only=True):
    """People whose values a save holds; the table keeps none of it."""

    TABLE: ClassVar = "people_uses"
    KEY: ClassVar = ("lookup",)
    REPLACED: ClassVar = False
    subjects: list[UUID]
    lookup: str


class Erasure(Row, frozen=True, kw_only=True):
    """A person whose key is destroyed, and the cases whose rows are made without them.

    Each with the version at which they are; where one has changed since, nothing is done.
    """

    TABLE: ClassVar = "erasures"
    KEY: ClassVar = ("subject_id",)
    REPLACED: ClassVar = False
    subject_id: UUID
    cases: list[UUID]
    versions: list[int]


def people_uses(streams: Iterable[Stream[Any]], lookup: str) -> Iterator[PeopleUse]:
    """Return what is to be said of people when there are any in the save."""
    people: set[UUID] = set()
    for stream in streams:
        if stream.unsaved:
            people |= subjects(each.event for each in stream.new) | people_in_rows(stream)
    if people:
        yield PeopleUse(subjects=sorted(people), lookup=lookup)


def opened_again(stream: Stream[State], events: SealingEventStore) -> Stream[State]:
    """Return the stream with what can be read of people by now, and its news as they are."""
    known = stream.version - stream.unsaved
    if not known:
        return stream
    read = projector(stream.case_type)(None, events.get(stream.id, lte=known))
    assert read is not None  # noqa: S101  It was read before, and nothing is ever removed.
    return read.then(*stream.events[known:])
