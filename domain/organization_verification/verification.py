"""The verification of an organization: requested, checked, decided, renewed."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.actors import Occasion
from domain.catalogue.codes import CheckOutcome, Finding, RefusalGround, VerificationStatus
from domain.document.attachments import Documents
from domain.escalation import EscalatableCase
from domain.organization.organization import CATALOGUE, Organization
from domain.organization_verification import events
from domain.organization_verification.checks import AnyCheckDetails, Letter, OwnLetter
from domain.refusals import Refusal
from domain.rules import authority, sufficiency, validity
from domain.standing import Standing
from domain.words import check_words


class VerificationAlreadyOpen(Refusal):
    """The organization is being verified already; ``verification_id`` names the case."""

    code = "verification-already-open"


class OrganizationVerification(EscalatableCase, frozen=True, kw_only=True):
    """A verification as the next decision about it needs to know it."""

    organization_id: UUID
    status: VerificationStatus = VerificationStatus.REQUESTED
    checks: tuple[sufficiency.Check, ...] = ()
    valid_until: date | None = None
    renewed_by: UUID | None = None

    Requested: ClassVar = events.Requested
    CheckRecorded: ClassVar = events.CheckRecorded
    Verified: ClassVar = events.Verified
    Refused: ClassVar = events.Refused
    Withdrawn: ClassVar = events.Withdrawn
    Revoked: ClassVar = events.Revoked
    Expired: ClassVar = events.Expired
    Renewed: ClassVar = events.Renewed
    Escalated = events.Escalated
    EscalationAcknowledged = events.EscalationAcknowledged
    EscalationAnswered = events.EscalationAnswered
    EscalationReturned = events.EscalationReturned
    EscalationRecalled = events.EscalationRecalled

    @classmethod
    def request(
        cls,
        on: Occasion,
        *,
        organization_id: UUID,
        organization: Organization,
        number: str,
        already_open: UUID | None = None,
        reason: str | None = None,
        renews: UUID | None = None,
        instead_of: UUID | None = None,
    ) -> events.Requested:
        """Begin to verify the organization, unless that is going on already."""
        authority.check_office(on.by, "request_verification", organization.office)
        organization.check_active()
        if already_open is not None:
            raise VerificationAlreadyOpen(verification_id=already_open)
        return cls.Requested(
            **on.stamp,
            number=number,
            office=organization.office,
            region=organization.details.region,
            district=organization.details.district,
            organization_id=organization_id,
            organization_name=organization.details.name,
            reason=reason,
            renews=renews,
            instead_of=instead_of,
        )

    @property
    def actions(self) -> tuple[str, ...]:
        """The commands that the state allows."""
        if self.status is VerificationStatus.REQUESTED:
            escalation = self.escalation_actions or ("escalate",)
            return ("record_check", "verify", "refuse", "withdraw", *escalation)
        renew = ("renew",) if self.renewed_by is None else ()
        if self.status is VerificationStatus.VERIFIED:
            return ("revoke", "expire", *renew)
        return renew if self.status is VerificationStatus.EXPIRED else ()

    def record_check(
        self,
        on: Occasion,
        *,
        outcome: CheckOutcome,
        details: AnyCheckDetails,
        issuer: UUID | None = None,
        issuer_standing: Standing | None = None,
        documents: Documents = (),
    ) -> events.CheckRecorded:
        """Record what a check in one of the five ways came to.

        ``issuer`` is the organization that wrote a letter, whichever of its records is named.
        """
        self.require(on, "record_check")
        details.check(outcome, on.today)
        if self.organization_id in {issuer, *_issuer(details)}:
            raise OwnLetter
        return self.CheckRecorded(
            **on.stamp,
            catalogue=CATALOGUE,
            outcome=outcome,
            details=details,
            issuer_standing=issuer_standing,
            documents=documents,
        )

    def verify(
        self, on: Occasion, *, findings: Mapping[Finding, bool], valid_until: date | None = None
    ) -> events.Verified:
        """Decide that the organization is a volunteer one."""
        self._require_decision(on, "verify")
        sufficiency.check_findings(findings)
        return self.Verified(
            **on.stamp,
            organization_id=self.organization_id,
            valid_until=validity.valid_until(on.day, valid_until),
            findings=dict(findings),
            rests_on=sufficiency.confirming(self.checks),
            rule=sufficiency.VERSION,
            validity_rule=validity.VERSION,
        )

    def refuse(self, on: Occasion, *, ground: RefusalGround, reason: str) -> events.Refused:
        """Decide that it is not, or that it could not be confirmed."""
        self._require_decision(on, "refuse")
        return self.Refused(
            **on.stamp,
            catalogue=CATALOGUE,
            organization_id=self.organization_id,
            ground=ground,
            reason=check_words("comment", reason),
        )

    def withdraw(self, on: Occasion, *, reason: str) -> events.Withdrawn:
        """End the verification without a decision."""
        self._require_decision(on, "withdraw")
        return self.Withdrawn(**on.stamp, reason=check_words("reason", reason))

    def revoke(self, on: Occasion, *, reason: str) -> events.Revoked:
        """Take back a verification that was given."""
        self.require(on, "revoke")
        words = check_words("reason", reason)
        return self.Revoked(**on.stamp, organization_id=self.organization_id, reason=words)

    def expire(self, on: Occasion) -> events.Expired:
        """Record that the last day on which the verification held has passed."""
        self.require(on, "expire")
        assert self.valid_until is not None  # noqa: S101  A verified case has its last day.
        if on.today <= self.valid_until:
            raise self.refusal(on, "expire")
        return self.Expired(
            **on.stamp, organization_id=self.organization_id, valid_until=self.valid_until
        )

    def renew(self, on: Occasion, *, renewed_by: UUID) -> events.Renewed:
        """Record that a new verification, ``renewed_by``, follows this one."""
        self.require(on, "renew")
        return self.Renewed(**on.stamp, renewed_by=renewed_by)

    def _require_decision(self, on: Occasion, command: str) -> None:
        self.require(on, command)
        self.check_no_open_escalation()


def _issuer(details: AnyCheckDetails) -> tuple[UUID | None, ...]:
    return (details.issuer_id,) if isinstance(details, Letter) else ()
