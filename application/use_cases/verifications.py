"""Verifications: requested, checked, decided; and what follows for waiting requests."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from application.case_types import VERIFICATION
from application.streams import CaseRef, Stream, begin
from application.use_cases.case_work import not_before
from application.use_cases.decisions import (
    CheckInput,
    Decision,
    DecisionUseCases,
    decision_event,
)
from domain.actors import Occasion
from domain.catalogue.codes import (
    CheckOutcome,
    Finding,
    RefusalGround,
)
from domain.document.attachments import Documents
from domain.events import Event
from domain.organization_verification import OrganizationVerification
from domain.organization_verification.checks import AnyCheckDetails, Letter

Case = Stream[OrganizationVerification]


class VerificationUseCases(DecisionUseCases):
    """What an office does to learn whether an organization is a volunteer one."""

    def request_verification(
        self,
        on: Occasion,
        *,
        organization_id: UUID,
        reason: str | None = None,
        checks: Sequence[CheckInput] = (),
        decision: Decision | None = None,
    ) -> Case:
        """Begin a verification; with the evidence in hand, check and decide at once."""
        stream = self._opened(on, organization_id, reason=reason)
        for place, check in enumerate(checks):
            said = replace(on, comment=check.comment)
            stream = stream.then(self._checked(stream, said, check, f"checks[{place}].documents"))
        if decision is None:
            return self.keep(on, self._numbered(stream, on))
        decided = decision_event(stream.state, on, decision)
        return self.keep_decision(self._numbered(stream.then(decided), on), on)

    def record_check(
        self,
        ref: CaseRef,
        on: Occasion,
        *,
        outcome: CheckOutcome,
        details: AnyCheckDetails,
        documents: Documents = (),
    ) -> Case:
        """Record what a check came to."""
        stream = self.at_version(VERIFICATION, ref)
        check = CheckInput(outcome=outcome, details=details, documents=documents)
        return self.keep(on, stream.then(self._checked(stream, not_before(stream, on), check)))

    def verify(
        self,
        ref: CaseRef,
        on: Occasion,
        *,
        findings: Mapping[Finding, bool],
        valid_until: date | None = None,
    ) -> Case:
        """Decide that the organization is a volunteer one."""
        return self._decide(ref, on, Decision(findings=findings, valid_until=valid_until))

    def refuse(self, ref: CaseRef, on: Occasion, *, ground: RefusalGround, reason: str) -> Case:
        """Decide that it is not one, or could not be confirmed."""
        return self._decide(ref, on, Decision(ground=ground, reason=reason))

    def revoke(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Take back a verification that was given."""
        stream = self.at_version(VERIFICATION, ref)
        on = not_before(stream, on)
        return self.keep_decision(stream.then(stream.state.revoke(on, reason=reason)), on)

    def withdraw_verification(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """End a verification without a decision."""
        return self.act(VERIFICATION, ref, on, lambda case, on: case.withdraw(on, reason=reason))

    def renew(self, ref: CaseRef, on: Occasion, *, reason: str | None = None) -> Case:
        """Begin a new verification that follows this one; return the new case."""
        last = self.at_version(VERIFICATION, ref)
        on = not_before(last, on)
        organization_id = last.state.organization_id
        opened = self._opened(on, organization_id, reason=reason, renews=ref.id)
        renewed = last.state.renew(on, renewed_by=opened.id)
        return self.keep(on, self._numbered(opened, on), last.then(renewed))

    def expire_verifications(self, on: Occasion) -> int:
        """Record every verification whose last day has passed; return how many there were."""
        expired = self.queries.expired_verifications(on.today)
        for case_id in expired:
            stream = self.case(VERIFICATION, case_id)
            event = stream.state.expire(not_before(stream, on))
            self.keep_decision(stream.then(event), on)
        return len(expired)

    def _opened(self, on: Occasion, organization_id: UUID, **kwargs: Any) -> Case:
        organization = self.survivor(organization_id)
        requested = OrganizationVerification.request(
            on,
            organization_id=organization.id,
            organization=organization.state,
            number="",
            already_open=self.queries.open_verification(organization.id),
            instead_of=None if organization.id == organization_id else organization_id,
            **kwargs,
        )
        return begin(VERIFICATION, self.new_id(), requested)

    def _numbered(self, stream: Case, on: Occasion) -> Case:
        number = self.next_number(stream.state.office, on, "V/")
        first = replace(stream.events[0], number=number)
        return replace(stream, events=(first, *stream.events[1:]))

    def _checked(
        self, stream: Case, on: Occasion, check: CheckInput, field: str = "documents"
    ) -> Event:
        issuer = check.details.issuer_id if isinstance(check.details, Letter) else None
        known = {} if issuer is None else self._issuer(issuer, on)
        return stream.state.record_check(
            on,
            outcome=check.outcome,
            details=check.details,
            documents=self.attached(check.documents, field),
            **known,
        )

    def _issuer(self, named: UUID, on: Occasion) -> dict[str, Any]:
        """Return who wrote a letter, and what is known of them."""
        issuer = self.survivor(named)
        return {"issuer": issuer.id, "issuer_standing": self.standing(issuer.id, on.today)}

    def _decide(self, ref: CaseRef, on: Occasion, decision: Decision) -> Case:
        stream = self.at_version(VERIFICATION, ref)
        on = not_before(stream, on)
        return self.keep_decision(stream.then(decision_event(stream.state, on, decision)), on)
