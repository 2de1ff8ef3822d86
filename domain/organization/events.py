"""The facts of an organization's stream."""

from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from domain.catalogue.codes import Channel
from domain.events import Event
from domain.organization.details import OrganizationDetails, OrganizationDetailsChange
from domain.organization.duplicates import NotDuplicate
from domain.rules.requalification import Material


class Registered(Event, frozen=True, kw_only=True):
    """The office came to know the organization.

    Since likely duplicates are looked for by a rule, ``likeness_rule`` is its version.
    """

    TOPIC: ClassVar[str] = "organization.registered"
    catalogue: str
    office: str
    details: OrganizationDetails
    not_duplicate: NotDuplicate | None = None
    likeness_rule: str | None = None


class Requalification(Struct, frozen=True):
    """Why the verification that held at that time asks to be made anew."""

    changed: tuple[Material, ...]
    verification_id: UUID
    rule: str


class DetailsChanged(Event, frozen=True, kw_only=True):
    """Some of the details are different now."""

    TOPIC: ClassVar[str] = "organization.details-changed"
    catalogue: str
    changes: OrganizationDetailsChange
    not_duplicate: NotDuplicate | None = None
    likeness_rule: str | None = None
    requalification: Requalification | None = None


class ContactLogged(Event, frozen=True, kw_only=True):
    """Office and organization were in touch (2.1.1, 2.1.2)."""

    TOPIC: ClassVar[str] = "organization.contact-logged"
    channel: Channel
    summary: str
    told_about_office: bool
    activity_learned: str | None = None


class Introduced(Event, frozen=True, kw_only=True):
    """The office introduced the organization to another (2.5.2); recorded on both."""

    TOPIC: ClassVar[str] = "organization.introduced"
    to_organization: UUID
    request_id: UUID


class MarkedDuplicate(Event, frozen=True, kw_only=True):
    """The organization turned out to be one that is registered already."""

    TOPIC: ClassVar[str] = "organization.marked-duplicate"
    duplicate_of: UUID
    reason: str


class UnmarkedDuplicate(Event, frozen=True, kw_only=True):
    """The organization is its own after all."""

    TOPIC: ClassVar[str] = "organization.unmarked-duplicate"
    reason: str


class DuplicateAdded(Event, frozen=True, kw_only=True):
    """Another record turned out to be this organization; recorded on both."""

    TOPIC: ClassVar[str] = "organization.duplicate-added"
    duplicate: UUID
    reason: str


class DuplicateRemoved(Event, frozen=True, kw_only=True):
    """What was taken for this organization is its own after all; recorded on both."""

    TOPIC: ClassVar[str] = "organization.duplicate-removed"
    duplicate: UUID
    reason: str


class Closed(Event, frozen=True, kw_only=True):
    """The organization is no longer active."""

    TOPIC: ClassVar[str] = "organization.closed"
    reason: str


class Reopened(Event, frozen=True, kw_only=True):
    """The organization is active again."""

    TOPIC: ClassVar[str] = "organization.reopened"
    reason: str
