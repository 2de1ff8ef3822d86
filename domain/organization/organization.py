"""A volunteer organization or initiative group: what an office may do with its record."""

from typing import ClassVar
from uuid import UUID

from domain.actors import Occasion
from domain.case import Case
from domain.catalogue.codes import Channel, OrganizationStatus
from domain.organization import events
from domain.organization.details import OrganizationDetails, OrganizationDetailsChange
from domain.organization.duplicates import (
    NOTHING_ALIKE,
    DuplicateOfItself,
    HasDuplicates,
    NotDuplicate,
    OrganizationMerged,
    Resemblance,
)
from domain.places import Places
from domain.refusals import Refusal
from domain.rules import authority, likeness, requalification
from domain.standing import NOT_VERIFIED, Standing
from domain.words import check_words

CATALOGUE = "2021"


class NothingChanged(Refusal):
    """The change names no detail that differs from what is recorded."""

    code = "nothing-changed"


class OrganizationNotActive(Refusal):
    """The organization is closed."""

    code = "organization-not-active"


class Organization(Case, frozen=True, kw_only=True):
    """An organization as the next decision about it needs to know it."""

    details: OrganizationDetails
    status: OrganizationStatus = OrganizationStatus.ACTIVE
    duplicate_of: UUID | None = None
    duplicates: frozenset[UUID] = frozenset()
    not_duplicate_of: frozenset[UUID] = frozenset()

    Registered: ClassVar = events.Registered
    DetailsChanged: ClassVar = events.DetailsChanged
    ContactLogged: ClassVar = events.ContactLogged
    Introduced: ClassVar = events.Introduced
    MarkedDuplicate: ClassVar = events.MarkedDuplicate
    UnmarkedDuplicate: ClassVar = events.UnmarkedDuplicate
    DuplicateAdded: ClassVar = events.DuplicateAdded
    DuplicateRemoved: ClassVar = events.DuplicateRemoved
    Closed: ClassVar = events.Closed
    Reopened: ClassVar = events.Reopened

    @classmethod
    def register(
        cls,
        on: Occasion,
        *,
        details: OrganizationDetails,
        places: Places,
        alike: Resemblance = NOTHING_ALIKE,
        not_duplicate: NotDuplicate | None = None,
    ) -> events.Registered:
        """Register the organization, unless it looks like another and nothing was decided."""
        details = details.in_form()
        details.check(places)
        authority.check_office(on.by, "register_organization", details.region)
        return cls.Registered(
            **on.stamp,
            catalogue=CATALOGUE,
            office=details.region,
            details=details,
            not_duplicate=alike.decided("registered_as_not_duplicate_of", not_duplicate),
            likeness_rule=likeness.VERSION,
        )

    @property
    def actions(self) -> tuple[str, ...]:
        """The commands that the status allows."""
        return _ACTIONS[self.status]

    def require(self, on: Occasion, command: str) -> None:
        """Refuse a command as every case does; what is for a duplicate is for its survivor."""
        self.require_caller(on, command)
        if command not in self.actions:
            self.check_not_merged()
        super().require(on, command)

    def change_details(
        self,
        on: Occasion,
        *,
        changes: OrganizationDetailsChange,
        places: Places,
        alike: Resemblance = NOTHING_ALIKE,
        not_duplicate: NotDuplicate | None = None,
        standing: Standing = NOT_VERIFIED,
    ) -> events.DetailsChanged:
        """Change some of the details; a material change asks for the verification anew."""
        self.require(on, "change_details")
        news = changes.without_repetition(self.details)
        if not news.named:
            raise NothingChanged
        after = news.applied_to(self.details).in_form()
        after.check(places)
        return self.DetailsChanged(
            **on.stamp,
            catalogue=CATALOGUE,
            changes=OrganizationDetailsChange.naming(after, news),
            not_duplicate=alike.decided("not_duplicate_of", not_duplicate, self.not_duplicate_of),
            likeness_rule=likeness.VERSION,
            requalification=_requalification(self.details, after, standing),
        )

    def log_contact(
        self,
        on: Occasion,
        *,
        channel: Channel,
        summary: str,
        told_about_office: bool,
        activity_learned: str | None = None,
    ) -> events.ContactLogged:
        """Record that office and organization were in touch."""
        self.require(on, "log_contact")
        return self.ContactLogged(
            **on.stamp,
            channel=channel,
            summary=check_words("summary", summary),
            told_about_office=told_about_office,
            activity_learned=activity_learned,
        )

    def introduce(
        self, on: Occasion, *, to_organization: UUID, request_id: UUID
    ) -> events.Introduced:
        """Record that the office introduced the organization to another."""
        self.check_active()
        return self.Introduced(**on.stamp, to_organization=to_organization, request_id=request_id)

    def mark_duplicate(
        self, on: Occasion, *, own_id: UUID, duplicate_of: UUID, other: "Organization", reason: str
    ) -> events.MarkedDuplicate:
        """Record that this is the same organization as the ``other`` one."""
        self.require(on, "mark_duplicate")
        if own_id == duplicate_of or other.status is OrganizationStatus.DUPLICATE:
            raise DuplicateOfItself(duplicate_of=duplicate_of)
        if self.duplicates:
            raise HasDuplicates(duplicates=sorted(self.duplicates))
        words = check_words("reason", reason)
        return self.MarkedDuplicate(**on.stamp, duplicate_of=duplicate_of, reason=words)

    def unmark_duplicate(self, on: Occasion, *, reason: str) -> events.UnmarkedDuplicate:
        """Take back that it is a duplicate."""
        self.require(on, "unmark_duplicate")
        return self.UnmarkedDuplicate(**on.stamp, reason=check_words("reason", reason))

    def add_duplicate(self, on: Occasion, *, duplicate: UUID, reason: str) -> events.DuplicateAdded:
        """Record that another record is this organization."""
        self.require_caller(on, "mark_duplicate")
        self.check_active()
        return self.DuplicateAdded(**on.stamp, duplicate=duplicate, reason=reason)

    def remove_duplicate(
        self, on: Occasion, *, duplicate: UUID, reason: str
    ) -> events.DuplicateRemoved:
        """Record that another record is not this organization after all."""
        return self.DuplicateRemoved(**on.stamp, duplicate=duplicate, reason=reason)

    def close(self, on: Occasion, *, reason: str) -> events.Closed:
        """Record that the organization is no longer active."""
        self.require(on, "close")
        return self.Closed(**on.stamp, reason=check_words("reason", reason))

    def reopen(self, on: Occasion, *, reason: str) -> events.Reopened:
        """Record that the organization is active again."""
        self.require(on, "reopen")
        return self.Reopened(**on.stamp, reason=check_words("reason", reason))

    def check_active(self) -> None:
        """Refuse new work with an organization that is closed, or is another's duplicate."""
        self.check_not_merged()
        if self.status is not OrganizationStatus.ACTIVE:
            raise OrganizationNotActive(state=self.status.value)

    def check_not_merged(self) -> None:
        """Refuse what is for the organization of which this one is a duplicate."""
        if self.duplicate_of is not None:
            raise OrganizationMerged(survivor=self.duplicate_of)


def _requalification(
    before: OrganizationDetails, after: OrganizationDetails, standing: Standing
) -> events.Requalification | None:
    changed = requalification.material_changes(before, after)
    if not (changed and standing.is_verified and standing.verification_id):
        return None
    return events.Requalification(changed, standing.verification_id, requalification.VERSION)


_ACTIONS: dict[OrganizationStatus, tuple[str, ...]] = {
    OrganizationStatus.ACTIVE: ("change_details", "log_contact", "mark_duplicate", "close"),
    OrganizationStatus.CLOSED: ("reopen",),
    OrganizationStatus.DUPLICATE: ("unmark_duplicate",),
}
