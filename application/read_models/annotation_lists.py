"""The list of auditors' annotations."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from application.read_models.lists import CREATED, CaseList, Filter, Match
from domain.actors import Role
from domain.annotation.annotation import AnnotationStatus


class AnnotationFile(Struct, frozen=True, kw_only=True):
    """An annotation: on which case, on which of its events if on one, by whom, and if it stands."""

    id: UUID
    version: int
    case_type: str
    case_id: UUID
    case_version: int | None
    status: AnnotationStatus
    text: str
    reason: str | None
    staff_id: str
    role: Role
    office: str
    created_at: datetime
    updated_at: datetime


ANNOTATIONS = CaseList(
    name="annotations",
    table="annotations",
    item=AnnotationFile,
    source="(SELECT a.*, 0 AS place FROM annotations a)",
    filters={
        "case_id": Filter("case_id"),
        "by": Filter("staff_id"),
        "status": Filter("status"),
        "from": Filter("created_at", Match.FROM),
        "to": Filter("created_at", Match.UNTIL),
    },
    orders={"created_at": CREATED},
)
