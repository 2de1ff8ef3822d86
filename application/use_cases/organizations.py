"""Organizations: registered, kept up to date, kept in touch with."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from application.case_types import ORGANIZATION
from application.repeating import repeated
from application.save_outcomes import BinJustTaken
from application.streams import CaseRef, StaleCase, Stream, begin
from application.use_cases.case_work import not_before
from application.use_cases.likely_duplicates import Compared, LikelyDuplicates
from domain.actors import Occasion
from domain.catalogue.codes import Channel
from domain.events import Event
from domain.organization import Organization, OrganizationDetails, OrganizationDetailsChange
from domain.organization.duplicates import NotDuplicate

Case = Stream[Organization]
Command = Callable[[Organization, Occasion], Event]


class OrganizationUseCases(LikelyDuplicates):
    """What an office does about an organization."""

    def register_organization(
        self,
        on: Occasion,
        *,
        details: OrganizationDetails,
        not_duplicate: NotDuplicate | None = None,
    ) -> Case:
        """Register an organization, unless it looks like one that is registered."""
        return repeated(
            lambda: self.keep(on, self.registration(self.new_id(), on, details, not_duplicate)),
            BinJustTaken,
        )

    def registration(
        self,
        case_id: UUID,
        on: Occasion,
        details: OrganizationDetails,
        not_duplicate: NotDuplicate | None = None,
        *,
        beside: Iterable[Compared] = (),
    ) -> Case:
        """Return the case that a registration begins, not saved; some may begin ``beside`` it."""
        details = details.in_form()
        registered = Organization.register(
            on,
            details=details,
            places=self.places,
            alike=self.alike(details, beside=beside),
            not_duplicate=not_duplicate,
        )
        return begin(ORGANIZATION, case_id, registered)

    def change_organization_details(
        self,
        ref: CaseRef,
        on: Occasion,
        *,
        changes: OrganizationDetailsChange,
        not_duplicate: NotDuplicate | None = None,
    ) -> Case:
        """Change some of the details, unless it looks like another organization by them."""

        def change(case: Organization, on: Occasion) -> Event:
            case.require(on, "change_details")
            after = changes.applied_to(case.details).in_form()
            return case.change_details(
                on,
                changes=changes,
                places=self.places,
                alike=self.alike(after, case.details, ref.id),
                not_duplicate=not_duplicate,
                standing=self.standing(ref.id, on.today),
            )

        return repeated(lambda: self._act(ref, on, change), BinJustTaken)

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
        return self._act(
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
        """Record that the organization is the same as another, on both, and for what it asked."""
        stream = self._at_version(ref)
        on = not_before(stream, on)
        other = self.case(ORGANIZATION, duplicate_of)
        marked = stream.state.mark_duplicate(
            on, own_id=ref.id, duplicate_of=duplicate_of, other=other.state, reason=reason
        )

        def added(case: Organization, on: Occasion) -> Event:
            return case.add_duplicate(on, duplicate=ref.id, reason=marked.reason)

        return self._keep_both(on, stream.then(marked), duplicate_of, added, known_by=duplicate_of)

    def unmark_duplicate(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Take back that the organization is the same as another: all is as before."""
        stream = self.at_version(ORGANIZATION, ref)
        on = not_before(stream, on)
        unmarked = stream.state.unmark_duplicate(on, reason=reason)
        survivor = stream.state.duplicate_of
        assert survivor is not None  # noqa: S101  Only a duplicate can be unmarked.

        def removed(case: Organization, on: Occasion) -> Event:
            return case.remove_duplicate(on, duplicate=ref.id, reason=unmarked.reason)

        return self._keep_both(on, stream.then(unmarked), survivor, removed, known_by=ref.id)

    def close_organization(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Record that the organization is no longer active."""
        return self._act(ref, on, lambda case, on: case.close(on, reason=reason))

    def reopen_organization(self, ref: CaseRef, on: Occasion, *, reason: str) -> Case:
        """Record that the organization is active again."""
        return self._act(ref, on, lambda case, on: case.reopen(on, reason=reason))

    def _act(self, ref: CaseRef, on: Occasion, command: Command) -> Case:
        stream = self._at_version(ref)
        return self.keep(on, stream.then(command(stream.state, not_before(stream, on))))

    def _at_version(self, ref: CaseRef) -> Case:
        """Return the organization as it was read; of a duplicate say so, however old that is.

        Who has not heard of the merge has read the record before it: to be told that the
        version is old would send them back to the wrong one.
        """
        try:
            return self.at_version(ORGANIZATION, ref)
        except StaleCase:
            self.case(ORGANIZATION, ref.id).state.check_not_merged()
            raise

    def _keep_both(
        self, on: Occasion, stream: Case, survivor: UUID, command: Command, *, known_by: UUID
    ) -> Case:
        """Save a merge, or its end, on both records, and tell it to what the duplicate asked.

        Two that are merged into each other at one moment stand in each other's way.
        """

        def others() -> list[Stream[Any]]:
            other = self.case_anywhere(ORGANIZATION, survivor)
            told = other.then(command(other.state, not_before(other, on)))
            standing = self.standing(known_by, on.today)
            return [told, *self.told(on, self.everywhere.open_requests(stream.id), standing)]

        return self.keep_with(on, stream, others)
