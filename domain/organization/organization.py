"""A volunteer organization or initiative group: what an office may do with its record."""

from collections.abc import Collection
from typing import ClassVar
from uuid import UUID

from domain.actors import Occasion
from domain.case import Case
from domain.catalogue.codes import Channel, OrganizationStatus
from domain.organization import events
from domain.organization.details import (
    NotDuplicate,
    OrganizationDetails,
    OrganizationDetailsChange,
)
from domain.places import Places
from domain.refusals import Refusal
from domain.rules import authority
from domain.words import check_words

CATALOGUE = "2021"


class DuplicateSuspected(Refusal):
    """Organizations registered already look like this one; ``candidates`` names them."""

    code = "duplicate-suspected"


class DuplicateOfItself(Refusal):
    """An organization cannot be a duplicate of itself or of another duplicate."""

    code = "duplicate-of-itself"


class NothingChanged(Refusal):
    """The change names no detail that differs from what is recorded."""

    code = "nothing-changed"


class OrganizationNotActive(Refusal):
    """The organization is closed or is recorded as a duplicate of another."""

    code = "organization-not-active"


class Organization(Case, frozen=True, kw_only=True):
    """An organization as the next decision about it needs to know it."""

    details: OrganizationDetails
    status: OrganizationStatus = OrganizationStatus.ACTIVE
    duplicate_of: UUID | None = None

    Registered: ClassVar = events.Registered
    DetailsChanged: ClassVar = events.DetailsChanged
    ContactLogged: ClassVar = events.ContactLogged
    Introduced: ClassVar = events.Introduced
    MarkedDuplicate: ClassVar = events.MarkedDuplicate
    UnmarkedDuplicate: ClassVar = events.UnmarkedDuplicate
    Closed: ClassVar = events.Closed
    Reopened: ClassVar = events.Reopened

    @classmethod
    def register(
        cls,
        on: Occasion,
        *,
        details: OrganizationDetails,
        places: Places,
        candidates: Collection[UUID] = (),
        not_duplicate: NotDuplicate | None = None,
    ) -> events.Registered:
        """Register the organization, unless one of the ``candidates`` may be the same."""
        details = details.in_form()
        details.check(places)
        authority.check_office(on.by, "register_organization", details.region)
        decided = not_duplicate.ids if not_duplicate else ()
        suspected = [candidate for candidate in candidates if candidate not in decided]
        if suspected:
            raise DuplicateSuspected(candidates=suspected)
        if not_duplicate is not None:
            check_words("registered_as_not_duplicate_of.reason", not_duplicate.reason)
        return cls.Registered(
            **on.stamp,
            catalogue=CATALOGUE,
            office=details.region,
            details=details,
            not_duplicate=not_duplicate,
        )

    @property
    def actions(self) -> tuple[str, ...]:
        """The commands that the status allows."""
        return _ACTIONS[self.status]

    def change_details(
        self, on: Occasion, *, changes: OrganizationDetailsChange, places: Places
    ) -> events.DetailsChanged:
        """Change some of the details."""
        self.require(on, "change_details")
        news = changes.without_repetition(self.details)
        if not news.named:
            raise NothingChanged
        after = news.applied_to(self.details).in_form()
        after.check(places)
        return self.DetailsChanged(
            **on.stamp, catalogue=CATALOGUE, changes=OrganizationDetailsChange.naming(after, news)
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
        words = check_words("reason", reason)
        return self.MarkedDuplicate(**on.stamp, duplicate_of=duplicate_of, reason=words)

    def unmark_duplicate(self, on: Occasion, *, reason: str) -> events.UnmarkedDuplicate:
        """Take back that it is a duplicate."""
        self.require(on, "unmark_duplicate")
        return self.UnmarkedDuplicate(**on.stamp, reason=check_words("reason", reason))

    def close(self, on: Occasion, *, reason: str) -> events.Closed:
        """Record that the organization is no longer active."""
        self.require(on, "close")
        return self.Closed(**on.stamp, reason=check_words("reason", reason))

    def reopen(self, on: Occasion, *, reason: str) -> events.Reopened:
        """Record that the organization is active again."""
        self.require(on, "reopen")
        return self.Reopened(**on.stamp, reason=check_words("reason", reason))

    def check_active(self) -> None:
        """Refuse new work with an organization that is closed or a duplicate."""
        if self.status is not OrganizationStatus.ACTIVE:
            raise OrganizationNotActive(state=self.status.value, duplicate_of=self.duplicate_of)


_ACTIONS: dict[OrganizationStatus, tuple[str, ...]] = {
    OrganizationStatus.ACTIVE: ("change_details", "log_contact", "mark_duplicate", "close"),
    OrganizationStatus.CLOSED: ("reopen",),
    OrganizationStatus.DUPLICATE: ("unmark_duplicate",),
}
