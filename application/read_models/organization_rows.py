"""The rows of an organization: in lists, and as a duplicate of another."""

from collections.abc import Callable, Iterator

from application.read_models.rows import MergeRow, OrganizationRow
from application.read_models.search_words import search_words
from application.read_models.sort_keys import sort_key
from application.requalifications import asked_to_reverify
from application.streams import Stream
from domain.catalogue.codes import OrganizationStatus
from domain.organization import Organization
from domain.organization.details import OrganizationDetails
from domain.organization.events import DetailsChanged, Registered, UnmarkedDuplicate
from domain.rules.likeness import Likeness, beginnings


def organization_row(stream: Stream[Organization], lookup: Callable[[str], str]) -> OrganizationRow:
    """Return the organization's row."""
    details = stream.state.details
    asked = asked_to_reverify(stream)
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
        name_kk=details.name_kk,
        name_beginnings=sorted(beginnings(names(details))),
        bin=details.bin,
        bin_once=_bin_once(stream),
        directions=list(details.directions),
        identifiers=identifiers(details, lookup),
        not_duplicate_of=sorted(stream.state.not_duplicate_of),
        reverify=asked.verification_id if asked else None,
        last_contact_on=max((e.occurred_on for e in contacts), default=None),
        search_text=search_words(
            details.name, details.name_kk, details.bin, details.qazvolunteer_id
        ),
        created_at=stream.events[0].recorded_at,
        updated_at=stream.changed_at,
    )


def merge_rows(stream: Stream[Organization]) -> Iterator[MergeRow]:
    """Return of which record the organization is a duplicate, if there is news of that."""
    if stream.tells(Organization.MarkedDuplicate, Organization.UnmarkedDuplicate):
        yield MergeRow(organization_id=stream.id, survivor=stream.state.duplicate_of)


def names(details: OrganizationDetails) -> list[str]:
    """Return the names by which the organization goes."""
    return [name for name in (details.name, details.name_kk) if name]


def identifiers(details: OrganizationDetails, lookup: Callable[[str], str]) -> list[str]:
    """Return what a duplicate would share; phones only as keyed hashes."""
    people = [contact.person for contact in details.contact_persons]
    people += [details.leader] if details.leader else []
    phones = {p.phone.value for p in people if p.phone and p.phone.value}
    return [
        *([identifier(Likeness.BIN, details.bin)] if details.bin else []),
        *(
            [identifier(Likeness.QAZVOLUNTEER_ID, details.qazvolunteer_id)]
            if details.qazvolunteer_id
            else []
        ),
        *sorted(identifier(Likeness.PHONE, lookup(phone)) for phone in phones),
    ]


def identifier(kind: Likeness, value: str) -> str:
    """Return an identifier as it is looked up."""
    return f"{kind}:{value}"


def _bin_once(stream: Stream[Organization]) -> str | None:
    """Return the BIN that nobody else may bring in at the same moment.

    None is held by a duplicate, by a record that shares its BIN by decision, or by one of the
    time before likely duplicates were looked for by a rule.
    """
    held = None
    for event in stream.events:
        match event:
            case Registered():
                held = None if _shared(event) else event.details.bin
            case DetailsChanged() if "bin" in event.changes.named:
                held = None if _shared(event) else event.changes.named["bin"]
            case UnmarkedDuplicate():
                held = None
    return None if stream.state.status is OrganizationStatus.DUPLICATE else held


def _shared(event: Registered | DetailsChanged) -> bool:
    decided = event.not_duplicate
    return event.likeness_rule is None or (decided is not None and decided.same_bin)
