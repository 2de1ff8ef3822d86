"""A request for help: taken, worked on, and ended as helped, declined or withdrawn."""

from typing import ClassVar
from uuid import UUID

from domain.actors import Occasion
from domain.assistance_request import events, hand_over
from domain.assistance_request.asked import Asked
from domain.assistance_request.outcomes import AnyOutcome, OutcomeOfAnotherHelpType
from domain.assistance_request.work import WorkedRequest
from domain.catalogue.codes import (
    DeclineReason,
    RequestStatus,
)
from domain.organization.organization import CATALOGUE
from domain.rules import authority, eligibility
from domain.standing import Standing
from domain.words import check_words


class AssistanceRequest(WorkedRequest, frozen=True, kw_only=True):
    """A request as the next decision about it needs to know it."""

    verified_by: UUID | None = None
    refused_by: UUID | None = None
    waived: bool = False

    Requested: ClassVar = events.Requested
    Helped: ClassVar = events.Helped
    Declined: ClassVar = events.Declined
    Withdrawn: ClassVar = events.Withdrawn
    Reopened: ClassVar = events.Reopened
    Verified: ClassVar = events.Verified
    VerificationLost: ClassVar = events.VerificationLost
    VerificationWaived: ClassVar = events.VerificationWaived
    Escalated = hand_over.Escalated
    EscalationAcknowledged = hand_over.EscalationAcknowledged
    EscalationAnswered = hand_over.EscalationAnswered
    EscalationReturned = hand_over.EscalationReturned
    EscalationRecalled = hand_over.EscalationRecalled

    @classmethod
    def request(cls, on: Occasion, *, number: str, asked: Asked) -> events.Requested:
        """Take a request in."""
        asked.check()
        authority.check_office(on.by, "request_help", asked.region)
        return cls.Requested(
            **on.stamp,
            catalogue=CATALOGUE,
            number=number,
            office=asked.region,
            region=asked.region,
            district=asked.district,
            channel=asked.channel,
            subject=asked.subject.strip(),
            description=asked.description.strip(),
            details=asked.details,
            organization=asked.organization,
            volunteer=asked.volunteer.in_form("volunteer.phone") if asked.volunteer else None,
            direction=asked.direction,
            participants=asked.participants,
        )

    @property
    def actions(self) -> tuple[str, ...]:
        """The commands that the state allows."""
        if not self.is_open:
            returning = ("record_step",) if self.lent else ()
            return ("reopen", "record_feedback", *returning, *_ALWAYS)
        waiting = self.status is RequestStatus.WAITING_FOR_ORGANIZATION
        return (
            *(("record_answer",) if waiting else ("ask_organization", "help")),
            *_OPEN_ACTIONS,
            *(() if self.waived or self.verified_by else ("waive_verification",)),
            *(self.escalation_actions or ("escalate",)),
            *self.transfer_actions,
            *_ALWAYS,
        )

    def help(
        self, on: Occasion, *, outcome: str, details: AnyOutcome, standing: Standing
    ) -> events.Helped:
        """Record that the organization was helped, and what came of it."""
        self._require_ending(on, "help")
        if details.help_type is not self.help_type:
            raise OutcomeOfAnotherHelpType(
                help_type=self.help_type.value, details_of=details.help_type.value
            )
        details.check(on.today)
        if self.organization_id is not None:  # A volunteer alone is answered without (1.4).
            eligibility.check_eligible(self.help_type, standing, waived=self.waived)
        words = check_words("outcome", outcome)
        return self.Helped(**on.stamp, outcome=words, details=details, rule=eligibility.VERSION)

    def decline(
        self, on: Occasion, *, reason_code: DeclineReason, explanation: str
    ) -> events.Declined:
        """Say that the office cannot help, in words the organization can read."""
        self._require_ending(on, "decline")
        words = check_words("explanation", explanation)
        return self.Declined(
            **on.stamp, catalogue=CATALOGUE, reason_code=reason_code, explanation=words
        )

    def withdraw(self, on: Occasion, *, reason: str) -> events.Withdrawn:
        """Record that the organization no longer asks."""
        self._require_ending(on, "withdraw")
        return self.Withdrawn(**on.stamp, reason=check_words("reason", reason))

    def reopen(self, on: Occasion, *, reason: str) -> events.Reopened:
        """Work on the request again."""
        self.require(on, "reopen")
        return self.Reopened(**on.stamp, reason=check_words("reason", reason))

    def waive_verification(self, on: Occasion, *, reason: str) -> events.VerificationWaived:
        """Help in this one case without a verification."""
        self.require(on, "waive_verification")
        words = check_words("reason", reason)
        return self.VerificationWaived(**on.stamp, reason=words, rule=eligibility.VERSION)

    def learn_standing(
        self, on: Occasion, standing: Standing
    ) -> tuple[events.Verified | events.VerificationLost, ...]:
        """Record a change in what is known of the organization while the request is open.

        That it was refused is news also to a request that never knew it as verified, once.
        """
        known = self.verified_by
        now = standing.verification_id if standing.is_verified else None
        refused = standing.verification_id if standing.is_refused else None
        if not self.is_open or (now == known and refused in {None, self.refused_by}):
            return ()
        if now is not None and standing.valid_until is not None:
            verified = self.Verified(
                **on.stamp, verification_id=now, valid_until=standing.valid_until
            )
            return (verified,)
        lost = standing.verification_id or known
        assert lost is not None  # noqa: S101  There was a verification to lose.
        return (self.VerificationLost(**on.stamp, verification_id=lost, standing=standing.status),)

    def _require_ending(self, on: Occasion, command: str) -> None:
        self.require_caller(on, command)
        if self.is_open:
            self.check_no_open_escalation()
            self.check_no_open_offer()
        self.require(on, command)


_ALWAYS = ("note", "link")
_OPEN_ACTIONS = ("assign", "record_step", "extend_term", "decline", "withdraw")
