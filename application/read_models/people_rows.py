"""The rows that say where people appear, and what was decided about them: by their ids only."""

from typing import ClassVar
from uuid import UUID

from application.read_models.row import Row


class AppearanceRow(Row, frozen=True, kw_only=True):
    """A person in a case: whose case it is, since which version, and in how many events."""

    TABLE: ClassVar = "appearances"
    KEY: ClassVar = ("subject_id", "case_id")
    subject_id: UUID
    case_id: UUID
    case_type: str
    office: str
    version: int
    events: int


class SubjectRow(Row, frozen=True, kw_only=True):
    """A person about whose data something was decided, and how it stands with it."""

    TABLE: ClassVar = "subjects"
    id: UUID
    subject_id: UUID
    status: str
