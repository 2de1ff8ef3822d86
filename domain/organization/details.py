"""What an office holds of an organization, and the rules for it (handbook, 1.5-1.8)."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import fields, replace

from domain.bin import check_bin
from domain.catalogue.codes import (
    Direction,
    LegalForm,
    ParticipationMode,
    TeamType,
    VolunteerGroup,
)
from domain.personal import ContactPerson, Person
from domain.places import Places
from domain.refusals import InvalidValue
from domain.rules.emergency import check_group_without_adults
from domain.words import check_words


class RegistrationDataMissing(InvalidValue):
    """A registered organization has a legal form and a BIN (1.5.1)."""

    code = "registration-data-missing"


class RegistrationDataUnexpected(InvalidValue):
    """An initiative group has no legal registration: no BIN and no legal form (1.5.2)."""

    code = "registration-data-unexpected"


class ConsentMissing(InvalidValue):
    """A person is recorded as a contact only when they agreed to it."""

    code = "consent-missing"


class OrganizationDetails(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that is recorded of an organization on registration."""

    team_type: TeamType
    name: str
    region: str
    district: str
    directions: tuple[Direction, ...]
    volunteer_groups: tuple[VolunteerGroup, ...]
    participation_modes: tuple[ParticipationMode, ...]
    name_kk: str | None = None
    legal_form: LegalForm | None = None
    bin: str | None = None
    leader: Person | None = None
    qazvolunteer_id: str | None = None
    contact_persons: tuple[ContactPerson, ...] = ()
    website: str | None = None

    def in_form(self) -> "OrganizationDetails":
        """Return the details with every phone in its proper form."""
        contacts = (
            replace(contact, person=contact.person.in_form(f"contact_persons[{place}].phone"))
            for place, contact in enumerate(self.contact_persons)
        )
        leader = self.leader.in_form("leader.phone") if self.leader else None
        return replace(self, leader=leader, contact_persons=tuple(contacts))

    def check(self, places: Places) -> None:
        """Refuse details that contradict the handbook or the reference tables."""
        check_words("name", self.name)
        places.check_district(self.region, self.district)
        _check_registration_data(self)
        _check_consent(self)
        check_group_without_adults(self.directions, self.volunteer_groups)


class OrganizationDetailsChange(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The details that change; what is not named stays as it is."""

    team_type: TeamType | UnsetType = UNSET
    name: str | UnsetType = UNSET
    region: str | UnsetType = UNSET
    district: str | UnsetType = UNSET
    directions: tuple[Direction, ...] | UnsetType = UNSET
    volunteer_groups: tuple[VolunteerGroup, ...] | UnsetType = UNSET
    participation_modes: tuple[ParticipationMode, ...] | UnsetType = UNSET
    name_kk: str | UnsetType | None = UNSET
    legal_form: LegalForm | UnsetType | None = UNSET
    bin: str | UnsetType | None = UNSET
    leader: Person | UnsetType | None = UNSET
    qazvolunteer_id: str | UnsetType | None = UNSET
    contact_persons: tuple[ContactPerson, ...] | UnsetType = UNSET
    website: str | UnsetType | None = UNSET

    @property
    def named(self) -> dict[str, Any]:
        """The fields that change, with their new values."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not UNSET}

    def applied_to(self, details: OrganizationDetails) -> OrganizationDetails:
        """Return the details after the change."""
        return replace(details, **self.named)

    @classmethod
    def naming(
        cls, details: OrganizationDetails, change: "OrganizationDetailsChange"
    ) -> "OrganizationDetailsChange":
        """Return the fields that the change names, with their values in the details."""
        return cls(**{name: getattr(details, name) for name in change.named})

    def without_repetition(self, details: OrganizationDetails) -> "OrganizationDetailsChange":
        """Return only what differs from the details as they are."""
        news = {k: v for k, v in self.named.items() if v != getattr(details, k)}
        return OrganizationDetailsChange(**news)


def _check_registration_data(details: OrganizationDetails) -> None:
    registered = details.team_type is TeamType.NGO
    for field in ("legal_form", "bin"):
        value = getattr(details, field)
        if registered and value is None:
            raise RegistrationDataMissing(field)
        if not registered and value is not None:
            raise RegistrationDataUnexpected(field, value)
    if details.bin is not None:
        check_bin(details.bin)


def _check_consent(details: OrganizationDetails) -> None:
    for place, contact in enumerate(details.contact_persons):
        if not contact.consent:
            field = f"contact_persons[{place}].consent"
            raise ConsentMissing(field, value=False)
