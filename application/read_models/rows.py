"""The rows of the read models. None of them holds personal data.

``search_text`` are the words by which a list finds a row, ``…_order`` is by what it sorts it.
"""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from application.read_models.annotation_rows import AnnotationRow
from application.read_models.people_rows import AppearanceRow, SubjectRow
from application.read_models.row import Row


class OrganizationRow(Row, frozen=True, kw_only=True):
    """An organization in lists; ``identifiers`` and beginnings are what likely duplicates share.

    ``bin_once`` is the BIN, but where another record has it knowingly; ``reverify`` is the
    verification that a material change asks to be made anew.
    """

    TABLE: ClassVar = "organizations"
    id: UUID
    version: int
    office: str
    region: str
    district: str
    status: str
    team_type: str
    name: str
    name_order: str
    name_kk: str | None
    name_beginnings: list[str]
    bin: str | None
    bin_once: str | None
    directions: list[str]
    identifiers: list[str]
    not_duplicate_of: list[UUID]
    reverify: UUID | None
    last_contact_on: date | None
    search_text: str
    created_at: datetime
    updated_at: datetime


class StandingRow(Row, frozen=True, kw_only=True):
    """The outcome of an organization's latest decided verification."""

    TABLE: ClassVar = "standings"
    KEY: ClassVar = ("organization_id",)
    NEWEST: ClassVar = ("decided_at", "verification_id")
    organization_id: UUID
    verification_id: UUID
    status: str
    valid_until: date | None
    decided_at: datetime


class MergeRow(Row, frozen=True, kw_only=True):
    """A record that is or was a duplicate, and of which one it is."""

    TABLE: ClassVar = "merges"
    KEY: ClassVar = ("organization_id",)
    organization_id: UUID
    survivor: UUID | None


class LetterRow(Row, frozen=True, kw_only=True):
    """A confirmed letter of an organization that is registered here; ``number`` is the check's."""

    TABLE: ClassVar = "letters"
    KEY: ClassVar = ("verification_id", "number")
    verification_id: UUID
    number: int
    office: str
    issuer_id: UUID
    issuer_was_verified: bool


class SightRow(Row, frozen=True, kw_only=True):
    """An office that sees the case: as it goes on, or up to a version."""

    TABLE: ClassVar = "sights"
    KEY: ClassVar = ("case_id", "office")
    case_id: UUID
    office: str
    until: int | None


class CaseRow(Row, frozen=True, kw_only=True):
    """A case in the lists of an office that sees it, or saw it up to a version."""

    KEY: ClassVar = ("id", "seen_by")
    id: UUID
    seen_by: str
    seen_until: int | None
    version: int
    number: str
    office: str
    region: str
    district: str
    status: str
    organization_order: str
    due_on: date | None
    escalated: bool
    search_text: str
    created_at: datetime
    updated_at: datetime


class VerificationRow(CaseRow, frozen=True, kw_only=True):
    """A verification, and until when it holds."""

    TABLE: ClassVar = "verifications"
    organization_id: UUID
    organization_name: str
    valid_until: date | None
    renewed_by: UUID | None


class RequestRow(CaseRow, frozen=True, kw_only=True):
    """A request, and by when it is to be answered."""

    TABLE: ClassVar = "requests"
    help_type: str
    category: str
    subject: str
    organization_id: UUID | None
    organization_name: str | None
    assigned_to: str | None
    offered_to: str | None
    opened_on: date


class EscalationRow(Row, frozen=True, kw_only=True):
    """A question between offices, in the inbox of one of them; ``place`` counts from 1."""

    TABLE: ClassVar = "escalations"
    KEY: ClassVar = ("case_id", "place", "seen_by")
    case_id: UUID
    place: int
    seen_by: str
    case_type: str
    number: str
    from_office: str
    to_office: str
    direction: str
    question: str
    status: str
    words: str | None
    search_text: str
    raised_at: datetime
    updated_at: datetime


class LoanRow(Row, frozen=True, kw_only=True):
    """Something an office lends, and until when; the table lets nothing be lent twice."""

    TABLE: ClassVar = "loans"
    KEY: ClassVar = ("request_id", "place")
    request_id: UUID
    place: int
    office: str
    item: str
    item_key: int
    lent_from: date
    lent_until: date


class DocumentRow(Row, frozen=True, kw_only=True):
    """A document, the office that has filed it, and under which digest its content lies."""

    TABLE: ClassVar = "documents"
    id: UUID
    office: str
    digest: str


class DocumentUseRow(Row, frozen=True, kw_only=True):
    """An office that sees a case in which a document lies, since a version of the case."""

    TABLE: ClassVar = "document_uses"
    KEY: ClassVar = ("document_id", "case_id", "seen_by")
    document_id: UUID
    case_id: UUID
    seen_by: str
    version: int


class StaffRow(Row, frozen=True, kw_only=True):
    """An account in lists and at sign-in; what its owner signs in with only as keyed hashes."""

    TABLE: ClassVar = "staff"
    id: UUID
    version: int
    office: str
    post: str
    status: str
    roles: list[str]
    role: str | None
    login_key: str | None
    identity_key: str | None
    believed_from: datetime | None
    told_at: datetime | None
    created_at: datetime
    updated_at: datetime


class CalendarRow(Row, frozen=True, kw_only=True):
    """The calendar of working days: its version is how many corrections there are by now."""

    TABLE: ClassVar = "calendars"
    id: UUID
    version: int


READ_MODELS: tuple[type[Row], ...] = (
    OrganizationRow,
    StandingRow,
    MergeRow,
    LetterRow,
    VerificationRow,
    RequestRow,
    EscalationRow,
    LoanRow,
    SightRow,
    DocumentRow,
    DocumentUseRow,
    StaffRow,
    CalendarRow,
    AnnotationRow,
    AppearanceRow,
    SubjectRow,
)
