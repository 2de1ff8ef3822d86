"""Who asks: an organization as it was known on the day, or a volunteer on their own."""

from uuid import UUID

from msgspec import Struct

from domain.catalogue.codes import Direction, LegalForm, TeamType, VolunteerGroup
from domain.organization import Organization
from domain.standing import Standing


class OrganizationSnapshot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The organization as it was known when it asked; later changes do not reach it."""

    id: UUID
    version: int
    name: str
    team_type: TeamType
    region: str
    district: str
    directions: tuple[Direction, ...]
    volunteer_groups: tuple[VolunteerGroup, ...]
    standing: Standing
    legal_form: LegalForm | None = None
    bin: str | None = None


def snapshot(
    organization_id: UUID, version: int, organization: Organization, standing: Standing
) -> OrganizationSnapshot:
    """Return what the request keeps of the organization."""
    details = organization.details
    return OrganizationSnapshot(
        id=organization_id,
        version=version,
        name=details.name,
        team_type=details.team_type,
        region=details.region,
        district=details.district,
        directions=details.directions,
        volunteer_groups=details.volunteer_groups,
        standing=standing,
        legal_form=details.legal_form,
        bin=details.bin,
    )
