"""A list of organizations as a spreadsheet that an import reads back."""

import io
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from application.streams import Stream
from domain.catalogue.catalogue import title_of as catalogue_title
from domain.organization import Organization, OrganizationDetails
from domain.personal import ContactPerson, Person, Personal
from domain.places import Places
from web.csv_tables import csv_text
from web.imports.headings import title_of
from web.languages import language, texts
from web.xlsx_tables import workbook_of

COLUMNS = (
    *(
        "id",
        "name",
        "name_kk",
        "team_type",
        "legal_form",
        "bin",
        "region",
        "district",
        "directions",
    ),
    *("volunteer_groups", "participation_modes", "website", "qazvolunteer_id"),
)
CONTACT_COLUMNS = ("leader", "contact", "role", "phone", "email", "consent")
_YES = {"ru": "да", "kk": "иә", "en": "yes"}
Row = Mapping[str, str]


def row_of(stream: Stream[Organization], places: Places, *, with_contacts: bool) -> Row:
    """Return the cells of an organization; of several contact persons the first."""
    details = stream.state.details
    region, district = places.regions[details.region], places.districts[details.district]
    cells = {
        **{name: _text(getattr(details, name)) for name in COLUMNS if name != "id"},
        "id": str(stream.id),
        "region": str(getattr(region.title, language())),
        "district": str(getattr(district.title, language())),
    }
    return {**cells, **dict(_contacts(details))} if with_contacts else cells


def _text(value: object) -> str:
    if isinstance(value, StrEnum):
        return str(getattr(catalogue_title(value), language()))
    if isinstance(value, tuple):
        return "; ".join(map(_text, value))
    return "" if value is None else str(value)


def _contacts(details: OrganizationDetails) -> Iterator[tuple[str, str]]:
    first = next(iter(details.contact_persons), None)
    leader = details.leader
    if leader:
        yield "leader", _value(leader.name)
    if first:
        if leader is None or first.person.subject_id != leader.subject_id:
            yield "contact", _value(first.person.name)
        yield from (("role", first.role), ("consent", _YES[language()] if first.consent else ""))
    reached = _reached(first, leader)
    if reached:
        yield from (("phone", _value(reached.phone)), ("email", _value(reached.email)))


def _reached(first: ContactPerson | None, leader: Person | None) -> Person | None:
    return first.person if first else leader


def _value(item: Personal | None) -> str:
    return (item.value or "") if item else ""


def spreadsheet(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Return the list as the kind of file that the path is of."""
    if path.suffix.lower() == ".csv":
        titled = [{title_of(name): row.get(name, "") for name in columns} for row in rows]
        return csv_text([title_of(name) for name in columns], titled).encode("utf-8-sig")
    out = io.BytesIO()
    cells = ([row.get(name, "") for name in columns] for row in rows)
    title = str(texts("imports")["sheet"][language()])
    workbook_of(title, [title_of(name) for name in columns], cells).save(out)
    return out.getvalue()
