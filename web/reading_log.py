"""What is shown is recorded first: cases with personal data, histories, lists and exports."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from application.persistence.personal_fields import subjects
from application.persistence.reads import Read
from application.streams import Stream
from web.callers import current_actor
from web.services import front_office, request_id, services


def record_look(kind: str, stream: Stream[Any], others: Iterable[UUID] = ()) -> None:
    """Record that the caller is about to see a case, if there is a person in it.

    ``others`` are people who are shown beside those of whom the case itself tells.
    """
    seen = subjects(stream.events) | set(others)
    if seen:
        _record(
            kind,
            case_type=stream.case_type.name,
            case_id=stream.id,
            version=stream.version,
            subjects=tuple(sorted(seen)),
        )


def record_list(
    name: str, filters: Mapping[str, Any], shown: int, people: Iterable[UUID] = ()
) -> None:
    """Record that the caller is about to see a list, and by what it was narrowed down."""
    asked = {"list": name, **{field: _asked(field, value) for field, value in filters.items()}}
    _record("list", asked=asked, shown=shown, subjects=tuple(people))


def _asked(field: str, value: Any) -> str:
    """Return a filter's value; words that were searched may be a name, and are kept as a hash."""
    return front_office().vault.lookup(str(value)) if field == "q" else str(value)


def _record(kind: str, **more: Any) -> None:
    built = services()
    read = Read(
        recorded_at=built.clock(), by=current_actor(), cause=request_id(), kind=kind, **more
    )
    built.reads.add(read)
