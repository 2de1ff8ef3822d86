"""An organization as its readers see it."""

from datetime import date
from uuid import UUID

from application.case_files.parts import CaseFile, Placed, common, placed
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
from domain.organization.events import ContactLogged, Introduced, Registered
from domain.personal import ContactPerson, Person
from domain.standing import Standing


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
    verified: Standing
    last_contact_on: date | None
    contacts: tuple[Placed[ContactLogged], ...]
    introductions: tuple[Placed[Introduced], ...]
    duplicate_of: UUID | None
    not_duplicate_of: tuple[UUID, ...]


def organization_file(
    stream: Stream[Organization], by: Actor | None, standing: Standing
) -> OrganizationFile:
    """Return the organization's file as its stream tells it."""
    details = stream.state.details
    contacts = placed(stream, ContactLogged)
    decided = stream.first(Registered).not_duplicate
    return OrganizationFile(
        **common(stream, "organizations", by),
        **{name: getattr(details, name) for name in details.__struct_fields__},
        number=None,
        due_on=None,
        is_overdue=False,
        assigned_to=None,
        open_escalation=None,
        verified=standing,
        last_contact_on=max((each.fact.occurred_on for each in contacts), default=None),
        contacts=contacts,
        introductions=placed(stream, Introduced),
        duplicate_of=stream.state.duplicate_of,
        not_duplicate_of=decided.ids if decided else (),
    )
