"""Where people appear, read off the events; and whose values the other rows are made from."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from application.case_types import EVENT_TYPES
from application.persistence.personal_fields import (
    holds_personal_data,
    personal_items,
    subjects,
)
from application.read_models.people_rows import AppearanceRow
from application.sight import PARTS_BEGIN_OR_END
from application.streams import Stream
from domain.organization import Organization
from domain.staff_account import StaffAccount

_WITH_PEOPLE = tuple(each for each in EVENT_TYPES.values() if holds_personal_data(each))


def appearance_rows(stream: Stream[Any]) -> Iterator[AppearanceRow]:
    """Return everybody who appears in the case, if there is news of people or of whose it is."""
    if not stream.tells(*_WITH_PEOPLE, *PARTS_BEGIN_OR_END):
        return
    found: dict[UUID, list[int]] = {}
    for version, event in enumerate(stream.events, start=1):
        for subject_id in subjects((event,)):
            found.setdefault(subject_id, []).append(version)
    for subject_id, versions in found.items():
        yield AppearanceRow(
            subject_id=subject_id,
            case_id=stream.id,
            case_type=stream.case_type.name,
            office=stream.state.office,
            version=versions[0],
            events=len(versions),
        )


def people_in_rows(stream: Stream[Any]) -> frozenset[UUID]:
    """Return those of whose values the case's rows hold keyed hashes, or held them once.

    Whoever saves the case names them all: also one who takes a person out of it.
    """
    hashed = _HASHED.get(type(stream.state), frozenset())
    items = personal_items(stream.events) if hashed else ()
    return frozenset(each.subject_id for each in items if each.value and each.field in hashed)


_HASHED: Mapping[type[Any], frozenset[str]] = {
    Organization: frozenset({"phone"}),
    StaffAccount: frozenset({"login", "identity"}),
}
