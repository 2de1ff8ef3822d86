"""The facts of a verification's stream."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain import escalation_events as escalation
from domain.catalogue.codes import CheckOutcome, Finding, RefusalGround
from domain.document.attachments import Evidenced
from domain.events import Event
from domain.organization_verification.checks import AnyCheckDetails
from domain.standing import Standing


class Requested(Event, frozen=True, kw_only=True):
    """An office began to verify an organization.

    ``instead_of`` is the duplicate that was named, when this one is its survivor.
    """

    TOPIC: ClassVar[str] = "verification.requested"
    number: str
    office: str
    region: str
    district: str
    organization_id: UUID
    organization_name: str
    reason: str | None = None
    renews: UUID | None = None
    instead_of: UUID | None = None


class CheckRecorded(Evidenced, frozen=True, kw_only=True):
    """The organization was checked in one of the five ways.

    ``issuer_standing`` is what was known of a letter's issuer at that time.
    """

    TOPIC: ClassVar[str] = "verification.check-recorded"
    catalogue: str
    outcome: CheckOutcome
    details: AnyCheckDetails
    issuer_standing: Standing | None = None


class Verified(Event, frozen=True, kw_only=True):
    """The organization was found to be a volunteer one, until ``valid_until``.

    ``rests_on`` are the numbers, from 1, of this case's checks that confirmed it.
    """

    TOPIC: ClassVar[str] = "verification.verified"
    organization_id: UUID
    valid_until: date
    findings: dict[Finding, bool]
    rests_on: tuple[int, ...]
    rule: str
    validity_rule: str


class Refused(Event, frozen=True, kw_only=True):
    """The organization was found not to be a volunteer one, or could not be confirmed."""

    TOPIC: ClassVar[str] = "verification.refused"
    catalogue: str
    organization_id: UUID
    ground: RefusalGround
    reason: str


class Withdrawn(Event, frozen=True, kw_only=True):
    """The verification ended without a decision."""

    TOPIC: ClassVar[str] = "verification.withdrawn"
    reason: str


class Revoked(Event, frozen=True, kw_only=True):
    """A verification that was given no longer holds."""

    TOPIC: ClassVar[str] = "verification.revoked"
    organization_id: UUID
    reason: str


class Expired(Event, frozen=True, kw_only=True):
    """The last day on which the verification held has passed."""

    TOPIC: ClassVar[str] = "verification.expired"
    organization_id: UUID
    valid_until: date


class Renewed(Event, frozen=True, kw_only=True):
    """A new verification of the same organization was begun."""

    TOPIC: ClassVar[str] = "verification.renewed"
    renewed_by: UUID


class Escalated(escalation.Raised, frozen=True, kw_only=True):
    """A question about the verification was put to another office."""

    TOPIC: ClassVar[str] = "verification.escalated"


class EscalationAcknowledged(escalation.Acknowledged, frozen=True, kw_only=True):
    """The question has been seen."""

    TOPIC: ClassVar[str] = "verification.escalation-acknowledged"


class EscalationAnswered(escalation.Answered, frozen=True, kw_only=True):
    """The question was answered."""

    TOPIC: ClassVar[str] = "verification.escalation-answered"


class EscalationReturned(escalation.Returned, frozen=True, kw_only=True):
    """The question was sent back."""

    TOPIC: ClassVar[str] = "verification.escalation-returned"


class EscalationRecalled(escalation.Recalled, frozen=True, kw_only=True):
    """The question was taken back."""

    TOPIC: ClassVar[str] = "verification.escalation-recalled"
