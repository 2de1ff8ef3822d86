"""The facts of a request's stream: how it came in, was worked on, and ended."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.assistance_request.applicant import OrganizationSnapshot
from domain.assistance_request.details import AnyRequestDetails
from domain.assistance_request.outcomes import AnyOutcome
from domain.assistance_request.steps import AnyStep
from domain.catalogue.codes import Channel, DeclineReason, Direction, Relation, VolunteerGroup
from domain.document.attachments import Evidenced
from domain.events import Event
from domain.personal import Person


class Requested(Event, frozen=True, kw_only=True):
    """An organization, or a volunteer on their own, asked for help.

    ``instead_of`` is the duplicate that was named, when the organization is its survivor.
    """

    TOPIC: ClassVar[str] = "request.requested"
    catalogue: str
    number: str
    office: str
    region: str
    district: str
    channel: Channel
    subject: str
    description: str
    details: AnyRequestDetails
    organization: OrganizationSnapshot | None = None
    volunteer: Person | None = None
    direction: Direction | None = None
    participants: tuple[VolunteerGroup, ...] = ()
    instead_of: UUID | None = None


class Assigned(Event, frozen=True, kw_only=True):
    """A member of staff took the request on."""

    TOPIC: ClassVar[str] = "request.assigned"
    staff_id: str


class OrganizationAsked(Event, frozen=True, kw_only=True):
    """The office needs to know more; the clock stands still."""

    TOPIC: ClassVar[str] = "request.organization-asked"
    question: str


class AnswerRecorded(Event, frozen=True, kw_only=True):
    """The organization answered; the clock goes on."""

    TOPIC: ClassVar[str] = "request.answer-recorded"
    answer: str


class StepRecorded(Evidenced, frozen=True, kw_only=True):
    """Something was done about the request."""

    TOPIC: ClassVar[str] = "request.step-recorded"
    catalogue: str
    summary: str
    details: AnyStep


class TermExtended(Event, frozen=True, kw_only=True):
    """The office has until a later day."""

    TOPIC: ClassVar[str] = "request.term-extended"
    until: date
    reason: str
    rule: str


class Helped(Event, frozen=True, kw_only=True):
    """The organization was helped."""

    TOPIC: ClassVar[str] = "request.helped"
    outcome: str
    details: AnyOutcome
    rule: str


class Declined(Event, frozen=True, kw_only=True):
    """The office cannot help, and says why in words the organization can read (2.1.3)."""

    TOPIC: ClassVar[str] = "request.declined"
    catalogue: str
    reason_code: DeclineReason
    explanation: str


class Withdrawn(Event, frozen=True, kw_only=True):
    """The organization no longer asks."""

    TOPIC: ClassVar[str] = "request.withdrawn"
    reason: str


class Reopened(Event, frozen=True, kw_only=True):
    """A request that had ended is worked on again; its clock starts anew."""

    TOPIC: ClassVar[str] = "request.reopened"
    reason: str


class Verified(Event, frozen=True, kw_only=True):
    """The organization that asks was verified."""

    TOPIC: ClassVar[str] = "request.verified"
    verification_id: UUID
    valid_until: date


class VerificationLost(Event, frozen=True, kw_only=True):
    """The organization that asks is no longer verified, or was refused."""

    TOPIC: ClassVar[str] = "request.verification-lost"
    verification_id: UUID
    standing: str


class VerificationWaived(Event, frozen=True, kw_only=True):
    """The head of the office helps without a verification in this one case."""

    TOPIC: ClassVar[str] = "request.verification-waived"
    reason: str
    rule: str


class FeedbackRecorded(Event, frozen=True, kw_only=True):
    """The organization said whether the help was one."""

    TOPIC: ClassVar[str] = "request.feedback-recorded"
    resolved: bool
    feedback: str


class Noted(Evidenced, frozen=True, kw_only=True):
    """Something worth knowing was written down."""

    TOPIC: ClassVar[str] = "request.noted"
    text: str


class Linked(Event, frozen=True, kw_only=True):
    """The request has to do with another case."""

    TOPIC: ClassVar[str] = "request.linked"
    case_id: UUID
    relation: Relation
