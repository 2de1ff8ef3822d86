"""The rows of auditors' annotations: read by the audit, and by no office of a case."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from application.read_models.row import Row
from application.streams import Stream
from domain.annotation import Annotation
from domain.annotation.events import Withdrawn


class AnnotationRow(Row, frozen=True, kw_only=True):
    """An annotation, who wrote it on which case, and the ``reason`` if it was withdrawn."""

    TABLE: ClassVar = "annotations"
    id: UUID
    version: int
    case_type: str
    case_id: UUID
    case_version: int | None
    status: str
    text: str
    reason: str | None
    staff_id: str
    role: str
    office: str
    created_at: datetime
    updated_at: datetime


def annotation_row(stream: Stream[Annotation]) -> AnnotationRow:
    """Return the annotation's row."""
    added, last = stream.first(Annotation.Added), stream.events[-1]
    return AnnotationRow(
        id=stream.id,
        version=stream.version,
        case_type=added.case_type,
        case_id=added.case_id,
        case_version=added.case_version,
        status=stream.state.status,
        text=added.text,
        reason=last.reason if isinstance(last, Withdrawn) else None,
        staff_id=added.by.staff_id,
        role=added.by.role,
        office=added.by.office,
        created_at=added.recorded_at,
        updated_at=stream.changed_at,
    )
