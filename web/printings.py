"""What is put on a printed history beside the events: who prints it, and what auditors noted."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application.reading_log import Look
from application.services import Services
from domain.rules.authority import RULES
from web.histories import History
from web.printed_histories import Printing


def printing_of(
    services: Services, history: History, look: Look, purpose: str | None = None
) -> Printing:
    """Return by whom the history is printed now, with the annotations that they may read."""
    by, notes = look.by, _notes(services, history, look)
    authors = (str(each["staff_id"]) for each in notes)
    staff = services.front_office.names_of((by.staff_id, *authors))
    return Printing(
        by=by,
        at=services.clock(),
        cause=look.cause,
        purpose=purpose,
        notes=notes,
        names={by.staff_id: by.staff_id, **staff},  # At the machine it is a name already.
        people=(*history.people, *(UUID(each) for each in staff)),
    )


def _notes(services: Services, history: History, look: Look) -> tuple[Mapping[str, Any], ...]:
    if look.by.role not in RULES["read_annotations"].roles:
        return ()
    today = services.today(look.by.office)
    return tuple(services.notes_for(look.by).annotations_of(history.stream.id, today))
