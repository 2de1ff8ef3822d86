"""Requests: taken in and ended; what is done about them in between is in `request_work`."""

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from application.case_types import ORGANIZATION, REQUEST
from application.streams import CaseRef, begin
from application.use_cases.case_work import not_before
from application.use_cases.request_work import Case, RequestWork
from domain.actors import Occasion
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.applicant import OrganizationSnapshot, snapshot
from domain.assistance_request.asked import Asked
from domain.assistance_request.outcomes import AnyOutcome, PartnersIntroduced
from domain.assistance_request.steps import IntroducedToItself
from domain.catalogue.codes import (
    DeclineReason,
)
from domain.places import Places


class RequestUseCases(RequestWork):
    """How a request comes in and how it ends."""

    def request_help(
        self,
        on: Occasion,
        *,
        organization_id: UUID | None = None,
        region: str | None = None,
        district: str | None = None,
        **asked: Any,
    ) -> Case:
        """Take a request in, from an organization or from a volunteer on their own.

        ``asked`` are the other fields of `domain.assistance_request.asked.Asked`. Region
        and district are the organization's unless others are named.
        """
        known = None if organization_id is None else self._snapshot(organization_id, on)
        place = _place(self.places, on, known, region, district)
        requested = AssistanceRequest.request(
            on, number="", asked=Asked(**place, **asked, organization=known)
        )
        named = None if known is None or known.id == organization_id else organization_id
        number = self.next_number(requested.office, on)
        requested = replace(requested, number=number, instead_of=named)
        return self.keep(on, begin(REQUEST, self.new_id(), requested))

    def help(self, ref: CaseRef, on: Occasion, *, outcome: str, details: AnyOutcome) -> Case:
        """Record that the organization was helped, and what came of it."""
        stream = self.at_version(REQUEST, ref)
        self._check_introduced(stream, details)
        on = not_before(stream, on)
        standing = self.standing_for(stream.state.organization_id, on.today)
        learned = stream.then(*stream.state.learn_standing(on, standing))
        helped = learned.state.help(on, outcome=outcome, details=details, standing=standing)
        return self.keep(on, learned.then(helped))

    def _check_introduced(self, stream: Case, outcome: AnyOutcome) -> None:
        """Refuse an introduction to the organization itself or to one that is not there."""
        if isinstance(outcome, PartnersIntroduced):
            for organization_id in outcome.introduced_to:
                if organization_id == stream.state.organization_id:
                    raise IntroducedToItself
                self.case(ORGANIZATION, organization_id)

    def decline(
        self, ref: CaseRef, on: Occasion, *, reason_code: DeclineReason, explanation: str
    ) -> Case:
        """Say that the office cannot help, and why."""
        return self.act(
            REQUEST,
            ref,
            on,
            lambda case, on: case.decline(on, reason_code=reason_code, explanation=explanation),
        )

    def withdraw_request(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Record that the organization no longer asks."""
        return self.act(REQUEST, ref, on, lambda case, on: case.withdraw(on, reason=reason))

    def reopen_request(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Work on the request again, knowing what is known of the organization by now."""
        stream = self.at_version(REQUEST, ref)
        on = not_before(stream, on)
        reopened = stream.then(stream.state.reopen(on, reason=reason))
        standing = self.standing_for(stream.state.organization_id, on.today)
        return self.keep(on, reopened.then(*reopened.state.learn_standing(on, standing)))

    def waive_verification(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Help in this one case without a verification."""
        return self.act(
            REQUEST, ref, on, lambda case, on: case.waive_verification(on, reason=reason)
        )

    def record_feedback(self, ref: CaseRef, on: Occasion, *, resolved: bool, feedback: str) -> Case:
        """Record what the organization says of the help."""
        return self.act(
            REQUEST,
            ref,
            on,
            lambda case, on: case.record_feedback(on, resolved=resolved, feedback=feedback),
        )

    def _snapshot(self, organization_id: UUID, on: Occasion) -> OrganizationSnapshot:
        organization = self.survivor(organization_id)
        organization.state.check_active()
        standing = self.standing(organization.id, on.today)
        return snapshot(organization.id, organization.version, organization.state, standing)


def _place(
    places: Places,
    on: Occasion,
    known: OrganizationSnapshot | None,
    region: str | None,
    district: str | None,
) -> dict[str, Any]:
    region = region or (known.region if known else on.by.office)
    district = district or (known.district if known and known.region == region else "")
    places.check_district(region, district)
    return {"region": region, "district": district}
