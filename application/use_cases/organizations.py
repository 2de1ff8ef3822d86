"""Organizations: registered, kept up to date, kept in touch with."""

from collections.abc import Sequence
from uuid import UUID

from application.case_types import ORGANIZATION
from application.read_models.likeness import name_key
from application.read_models.organization_rows import identifiers
from application.streams import CaseRef, Stream, begin
from application.use_cases.case_work import CaseWork
from domain.actors import Occasion
from domain.catalogue.codes import Channel
from domain.organization import Organization, OrganizationDetails, OrganizationDetailsChange
from domain.organization.details import NotDuplicate

Case = Stream[Organization]


class OrganizationUseCases(CaseWork):
    """What an office does about an organization."""

    def register_organization(
        self,
        on: Occasion,
        *,
        details: OrganizationDetails,
        not_duplicate: NotDuplicate | None = None,
    ) -> Case:
        """Register an organization, unless it looks like one that is registered."""
        return self.keep(on, self.registration(self.new_id(), on, details, not_duplicate))

    def registration(
        self,
        case_id: UUID,
        on: Occasion,
        details: OrganizationDetails,
        not_duplicate: NotDuplicate | None = None,
        *,
        twins: Sequence[UUID] = (),
    ) -> Case:
        """Return the case that a registration begins, not saved; ``twins`` begin beside it."""
        details = details.in_form()
        registered = Organization.register(
            on,
            details=details,
            places=self.places,
            candidates=list(dict.fromkeys((*twins, *self.likely_duplicates(details)))),
            not_duplicate=not_duplicate,
        )
        return begin(ORGANIZATION, case_id, registered)

    def likely_duplicates(self, details: OrganizationDetails) -> list[UUID]:
        """Return the organizations that share an identifier, or the name in the region."""
        shared = identifiers(details, self.vault.lookup)
        return self.queries.likely_duplicates(shared, details.region, name_key(details.name))

    def change_organization_details(
        self, ref: CaseRef, on: Occasion, *, changes: OrganizationDetailsChange
    ) -> Case:
        """Change some of the details."""
        return self.act(
            ORGANIZATION,
            ref,
            on,
            lambda case, on: case.change_details(on, changes=changes, places=self.places),
        )

    def log_contact(
        self,
        ref: CaseRef,
        on: Occasion,
        *,
        channel: Channel,
        summary: str,
        told_about_office: bool,
        activity_learned: str | None = None,
    ) -> Case:
        """Record that office and organization were in touch."""
        return self.act(
            ORGANIZATION,
            ref,
            on,
            lambda case, on: case.log_contact(
                on,
                channel=channel,
                summary=summary,
                told_about_office=told_about_office,
                activity_learned=activity_learned,
            ),
        )

    def mark_duplicate(
        self, ref: CaseRef, on: Occasion, *, duplicate_of: UUID, reason: str
    ) -> Case:
        """Record that the organization is the same as another."""
        other = self.case(ORGANIZATION, duplicate_of).state
        return self.act(
            ORGANIZATION,
            ref,
            on,
            lambda case, on: case.mark_duplicate(
                on, own_id=ref.id, duplicate_of=duplicate_of, other=other, reason=reason
            ),
        )

    def unmark_duplicate(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Take back that the organization is the same as another."""
        return self.act(
            ORGANIZATION, ref, on, lambda case, on: case.unmark_duplicate(on, reason=reason)
        )

    def close_organization(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Record that the organization is no longer active."""
        return self.act(ORGANIZATION, ref, on, lambda case, on: case.close(on, reason=reason))

    def reopen_organization(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Record that the organization is active again."""
        return self.act(ORGANIZATION, ref, on, lambda case, on: case.reopen(on, reason=reason))
