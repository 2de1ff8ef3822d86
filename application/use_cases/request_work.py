"""What an office does about a request while it is open."""

from datetime import date
from typing import Any
from uuid import UUID

from application.case_types import ORGANIZATION, REQUEST
from application.read_models.loan_rows import item_key
from application.streams import CaseNotFound, CaseRef, Stream
from application.use_cases.case_work import not_before
from application.use_cases.reading import ReadingUseCases
from domain.actors import Occasion
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.steps import (
    AlreadyLent,
    AnyStep,
    IntroducedToItself,
    IntroductionMade,
    Lent,
)
from domain.catalogue.codes import OrganizationStatus, Relation
from domain.document.attachments import Documents
from domain.organization import Organization
from domain.organization.organization import OrganizationNotActive

Case = Stream[AssistanceRequest]


class RequestWork(ReadingUseCases):
    """Work on a request."""

    def assign(self, ref: CaseRef, on: Occasion, *, staff_id: str) -> Case:
        """Give the request to somebody who works on requests at the office that holds it."""
        return self.act(
            REQUEST,
            ref,
            on,
            lambda case, on: case.assign(
                on, staff_id=staff_id, works_here=self.queries.works_at(staff_id, case.office)
            ),
        )

    def ask_organization(self, ref: CaseRef, on: Occasion, *, question: str) -> Case:
        """Ask the organization for what is missing."""
        return self.act(
            REQUEST, ref, on, lambda case, on: case.ask_organization(on, question=question)
        )

    def record_answer(self, ref: CaseRef, on: Occasion, *, answer: str) -> Case:
        """Record the organization's answer."""
        return self.act(REQUEST, ref, on, lambda case, on: case.record_answer(on, answer=answer))

    def record_step(
        self,
        ref: CaseRef,
        on: Occasion,
        *,
        summary: str,
        details: AnyStep,
        documents: Documents = (),
    ) -> Case:
        """Record what was done; an introduction is recorded on both organizations too."""
        stream = self.at_version(REQUEST, ref)
        on = not_before(stream, on)
        event = stream.state.record_step(
            on, summary=summary, details=details, documents=self.attached(documents)
        )
        if isinstance(details, Lent):
            self._check_not_lent(ref.id, on.by.office, details)
        return self.keep_with(
            on, stream.then(event), lambda: self._introductions(stream, on, details)
        )

    def extend_term(self, ref: CaseRef, on: Occasion, *, until: date, reason: str) -> Case:
        """Take until a later day."""
        return self.act(
            REQUEST,
            ref,
            on,
            lambda case, on: case.extend_term(
                on, until=until, reason=reason, calendar=self.calendar
            ),
        )

    def note(self, ref: CaseRef, on: Occasion, *, text: str, documents: Documents = ()) -> Case:
        """Write down something worth knowing."""
        return self.act(
            REQUEST,
            ref,
            on,
            lambda case, on: case.note(on, text=text, documents=self.attached(documents)),
        )

    def link(self, ref: CaseRef, on: Occasion, *, case_id: UUID, relation: Relation) -> Case:
        """Record that the request has to do with another case."""
        self._check_exists(case_id)
        return self.act(
            REQUEST, ref, on, lambda case, on: case.link(on, case_id=case_id, relation=relation)
        )

    def offer_transfer(self, ref: CaseRef, on: Occasion, *, to_office: str, reason: str) -> Case:
        """Offer the request to another office."""
        return self.act(
            REQUEST,
            ref,
            on,
            lambda case, on: case.offer_transfer(
                on, to_office=to_office, reason=reason, places=self.places
            ),
        )

    def accept_transfer(self, ref: CaseRef, on: Occasion) -> Case:
        """Take over a request that is on offer."""
        return self.act(REQUEST, ref, on, lambda case, on: case.accept_transfer(on))

    def decline_transfer(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Leave a request that is on offer where it is."""
        return self.act(REQUEST, ref, on, lambda case, on: case.decline_transfer(on, reason=reason))

    def cancel_transfer(self, ref: CaseRef, on: Occasion) -> Case:
        """Take an offer back."""
        return self.act(REQUEST, ref, on, lambda case, on: case.cancel_transfer(on))

    def _check_not_lent(self, request_id: UUID, office: str, loan: Lent) -> None:
        other = self.queries.loan_in(
            item_key(office, loan.item), loan.lent_from, loan.lent_until, request_id
        )
        if other is not None:
            raise AlreadyLent(item=loan.item, **other)

    def _introductions(self, stream: Case, on: Occasion, step: AnyStep) -> list[Stream[Any]]:
        own_id = stream.state.organization_id
        if not isinstance(step, IntroductionMade) or own_id is None:
            return []
        self.case(ORGANIZATION, step.organization_id)
        own_id = self.queries.survivor(own_id)
        if own_id == step.organization_id:
            raise IntroducedToItself
        pair = ((own_id, step.organization_id), (step.organization_id, own_id))
        return [self._introduced(one, other, stream.id, on) for one, other in pair]

    def _introduced(self, one: UUID, other: UUID, request_id: UUID, on: Occasion) -> Stream[Any]:
        organization = self.case_anywhere(ORGANIZATION, one)
        if not self.scope.seen(organization):
            self._check_unseen_active(organization.state)
        event = organization.state.introduce(
            not_before(organization, on), to_organization=other, request_id=request_id
        )
        return organization.then(event)

    def _check_unseen_active(self, organization: Organization) -> None:
        """Refuse one that is not active without naming another that the office does not see."""
        if organization.status is not OrganizationStatus.ACTIVE:
            raise OrganizationNotActive(state=organization.status.value)

    def _check_exists(self, case_id: UUID) -> None:
        if not self.queries.is_case(case_id):
            raise CaseNotFound(id=case_id)
