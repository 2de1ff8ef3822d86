"""What a list shows of each of its cases; none of it is personal data."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from domain.actors import Role
from domain.catalogue.codes import (
    Direction,
    EscalationStatus,
    HelpCategory,
    HelpType,
    OrganizationStatus,
    RequestStatus,
    StandingStatus,
    TeamType,
    VerificationStatus,
)
from domain.staff_account.account import AccountStatus


class ListedOrganization(Struct, frozen=True, kw_only=True):
    """An organization, with the outcome of its latest decided verification."""

    id: UUID
    version: int
    office: str
    region: str
    district: str
    status: OrganizationStatus
    team_type: TeamType
    name: str
    bin: str | None
    directions: tuple[Direction, ...]
    last_contact_on: date | None
    standing: StandingStatus
    verification_id: UUID | None
    valid_until: date | None
    created_at: datetime
    updated_at: datetime


class ListedCase(Struct, frozen=True, kw_only=True):
    """A case; ``seen_until`` is the version up to which the office sees it."""

    id: UUID
    number: str
    version: int
    seen_until: int | None
    office: str
    region: str
    district: str
    due_on: date | None
    escalated: bool
    created_at: datetime
    updated_at: datetime


class ListedVerification(ListedCase, frozen=True, kw_only=True):
    """A verification, and until when it holds."""

    status: VerificationStatus
    organization_id: UUID
    organization_name: str
    valid_until: date | None
    renewed_by: UUID | None


class ListedRequest(ListedCase, frozen=True, kw_only=True):
    """A request, and by when it is to be answered."""

    status: RequestStatus
    help_type: HelpType
    category: HelpCategory
    subject: str
    organization_id: UUID | None
    organization_name: str | None
    assigned_to: str | None
    offered_to: str | None
    opened_on: date
    is_overdue: bool


class ListedEscalation(Struct, frozen=True, kw_only=True):
    """A question between offices, and the ``words`` of the answer or return that closed it."""

    case_id: UUID
    place: int
    case_type: str
    number: str
    from_office: str
    to_office: str
    direction: str
    question: str
    status: EscalationStatus
    words: str | None
    raised_at: datetime
    updated_at: datetime


class ListedAccount(Struct, frozen=True, kw_only=True):
    """An account of a member of staff."""

    id: UUID
    version: int
    office: str
    post: str
    status: AccountStatus
    roles: tuple[Role, ...]
    created_at: datetime
    updated_at: datetime


class ListedRead(Struct, frozen=True, kw_only=True):
    """A look: who saw what, and whose personal data was in it."""

    position: int
    recorded_at: datetime
    kind: str
    staff_id: str
    role: Role
    office: str
    cause: str
    case_type: str | None
    case_id: UUID | None
    version: int | None
    subjects: tuple[UUID, ...]
    asked: dict[str, Any]
    shown: int
