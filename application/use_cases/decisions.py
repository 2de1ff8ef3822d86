"""Decisions on a verification, and what follows from them for the requests that wait."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from application.streams import Stream
from application.use_cases.reading import ReadingUseCases
from domain.actors import Occasion
from domain.catalogue.codes import (
    CheckOutcome,
    Finding,
    RefusalGround,
    StandingStatus,
    VerificationStatus,
)
from domain.document.attachments import Documents
from domain.events import Event
from domain.organization_verification import OrganizationVerification
from domain.organization_verification.checks import AnyCheckDetails
from domain.standing import Standing

Case = Stream[OrganizationVerification]


class CheckInput(Struct, frozen=True, kw_only=True):
    """A check as staff record it."""

    outcome: CheckOutcome
    details: AnyCheckDetails
    comment: str | None = None
    documents: Documents = ()


class Decision(Struct, frozen=True, kw_only=True):
    """A decision that is taken at once: verified with findings, or refused on a ground."""

    findings: Mapping[Finding, bool] | None = None
    valid_until: date | None = None
    ground: RefusalGround | None = None
    reason: str = ""


class DecisionUseCases(ReadingUseCases):
    """What a decision is, once it has been taken."""

    def keep_decision(self, stream: Case, on: Occasion) -> Case:
        """Save a decision, and tell it to the requests that wait for the organization."""
        return self.keep_with(on, stream, lambda: self._told(stream, on))

    def _told(self, stream: Case, on: Occasion) -> list[Stream[Any]]:
        if not self._is_news(stream):
            return []
        records = self.everywhere.records_of(stream.state.organization_id)
        waiting = self.everywhere.open_requests(*records)
        return self.told(on, waiting, _standing_after(stream).on(on.today))

    def _is_news(self, stream: Case) -> bool:
        """Whether the organization's standing rests on this verification, or does from now."""
        if stream.state.status in {VerificationStatus.VERIFIED, VerificationStatus.REFUSED}:
            return True
        return self.queries.standing(stream.state.organization_id).verification_id == stream.id


def decision_event(case: OrganizationVerification, on: Occasion, decision: Decision) -> Event:
    """Return the event of the decision, or refuse it."""
    if decision.ground is not None:
        return case.refuse(on, ground=decision.ground, reason=decision.reason)
    findings = decision.findings or {}
    return case.verify(on, findings=findings, valid_until=decision.valid_until)


def _standing_after(stream: Case) -> Standing:
    status = StandingStatus(stream.state.status.value)
    return Standing(status, stream.id, stream.state.valid_until)
