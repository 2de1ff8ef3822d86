"""The row of an organization in lists."""

from collections.abc import Callable

from application.read_models.likeness import name_key
from application.read_models.rows import OrganizationRow
from application.read_models.search_words import search_words
from application.read_models.sort_keys import sort_key
from application.streams import Stream
from domain.organization import Organization
from domain.organization.details import OrganizationDetails


def organization_row(stream: Stream[Organization], lookup: Callable[[str], str]) -> OrganizationRow:
    """Return the organization's row."""
    details = stream.state.details
    contacts = (e for e in stream.events if isinstance(e, Organization.ContactLogged))
    return OrganizationRow(
        id=stream.id,
        version=stream.version,
        office=stream.state.office,
        region=details.region,
        district=details.district,
        status=stream.state.status,
        team_type=details.team_type,
        name=details.name,
        name_order=sort_key(details.name),
        name_key=name_key(details.name),
        bin=details.bin,
        directions=list(details.directions),
        identifiers=identifiers(details, lookup),
        last_contact_on=max((e.occurred_on for e in contacts), default=None),
        search_text=search_words(
            details.name, details.name_kk, details.bin, details.qazvolunteer_id
        ),
        created_at=stream.events[0].recorded_at,
        updated_at=stream.changed_at,
    )


def identifiers(details: OrganizationDetails, lookup: Callable[[str], str]) -> list[str]:
    """Return what a duplicate would share; phones only as keyed hashes."""
    people = [contact.person for contact in details.contact_persons]
    people += [details.leader] if details.leader else []
    phones = {p.phone.value for p in people if p.phone and p.phone.value}
    return [
        *([f"bin:{details.bin}"] if details.bin else []),
        *([f"qazvolunteer:{details.qazvolunteer_id}"] if details.qazvolunteer_id else []),
        *sorted(f"phone:{lookup(phone)}" for phone in phones),
    ]
