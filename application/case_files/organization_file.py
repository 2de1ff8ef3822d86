"""An organization as its readers see it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec.structs import asdict

from application.case_files.parts import CaseFile, Links, Placed, common, placed
from application.requalifications import asked_to_reverify
from application.streams import Stream
from domain.actors import Actor
from domain.catalogue.codes import (
    Direction,
    LegalForm,
    ParticipationMode,
    TeamType,
    VolunteerGroup,
)
from domain.organization import Organization
from domain.organization.events import ContactLogged, Introduced
from domain.personal import ContactPerson, Person
from domain.rules.requalification import Material
from domain.standing import Standing


class OrganizationLinks(Links, frozen=True, kw_only=True):
    """Also: the record to use instead of a duplicate, and what rests on letters of this one."""

    survivor: str | None
    rests_on: str


class OrganizationStanding(Standing, frozen=True, kw_only=True):
    """The standing, and whether what it was decided on has changed since then, and what of it."""

    needs_reverification_since: datetime | None = None
    changed: tuple[Material, ...] = ()


class OrganizationFile(CaseFile, frozen=True, kw_only=True):
    """Everything the office holds of an organization."""

    team_type: TeamType
    name: str
    name_kk: str | None
    legal_form: LegalForm | None
    bin: str | None
    leader: Person | None
    qazvolunteer_id: str | None
    directions: tuple[Direction, ...]
    volunteer_groups: tuple[VolunteerGroup, ...]
    participation_modes: tuple[ParticipationMode, ...]
    contact_persons: tuple[ContactPerson, ...]
    website: str | None
    verified: OrganizationStanding
    links: OrganizationLinks
    last_contact_on: date | None
    contacts: tuple[Placed[ContactLogged], ...]
    introductions: tuple[Placed[Introduced], ...]
    duplicate_of: UUID | None
    duplicates: tuple[UUID, ...]
    not_duplicate_of: tuple[UUID, ...]


def organization_file(
    stream: Stream[Organization], by: Actor | None, standing: Standing
) -> OrganizationFile:
    """Return the organization's file as its stream tells it."""
    details = stream.state.details
    contacts = placed(stream, ContactLogged)
    shared = common(stream, "organizations", by)
    return OrganizationFile(
        **{**shared, "links": _links(stream, shared["links"])},
        **{name: getattr(details, name) for name in details.__struct_fields__},
        number=None,
        due_on=None,
        is_overdue=False,
        assigned_to=None,
        open_escalation=None,
        verified=_standing(stream, standing),
        last_contact_on=max((each.fact.occurred_on for each in contacts), default=None),
        contacts=contacts,
        introductions=placed(stream, Introduced),
        duplicate_of=stream.state.duplicate_of,
        duplicates=tuple(sorted(stream.state.duplicates)),
        not_duplicate_of=tuple(sorted(stream.state.not_duplicate_of)),
    )


def _links(stream: Stream[Organization], links: Links) -> OrganizationLinks:
    survivor = stream.state.duplicate_of
    return OrganizationLinks(
        **asdict(links),
        survivor=None if survivor is None else f"/api/v1/organizations/{survivor}",
        rests_on=f"/api/v1/verifications?rests_on={stream.id}",
    )


def _standing(stream: Stream[Organization], standing: Standing) -> OrganizationStanding:
    asked = asked_to_reverify(stream)
    more: dict[str, Any] = {}
    if asked and standing.is_verified and standing.verification_id == asked.verification_id:
        more = {"needs_reverification_since": asked.since, "changed": asked.changed}
    return OrganizationStanding(**asdict(standing), **more)
