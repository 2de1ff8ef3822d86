"""The values of an event in words: codes by their titles, ids by what they stand for."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date
from msgspec import Struct

from domain.assistance_request.applicant import OrganizationSnapshot
from domain.assistance_request.outcomes import Publication
from domain.catalogue.catalogue import title_of
from domain.catalogue.codes import Relation, StandingStatus
from domain.office_titles import office_title
from domain.organization.details import OrganizationDetailsChange
from domain.organization.duplicates import NotDuplicate
from domain.organization.events import Requalification
from domain.organization_verification.checks import Beneficiary
from domain.personal import Person, Personal
from domain.places import REPUBLICAN_OFFICE, Places
from domain.standing import Standing
from web.day_titles import kind_of_day
from web.languages import texts
from web.wording import small

Names = Mapping[str, str | None]
_NOBODY: Names = MappingProxyType({})


class Reader(Struct, frozen=True):
    """Who is told: in which language, and which names and numbers they may read.

    ``names`` are those of staff, organizations and cases by their ids; None is one of somebody
    who was erased.
    """

    language: str
    places: Places
    names: Names = _NOBODY

    def words(self, name: str, value: Any, on: date) -> str:
        """Return the value of a field in words, as on the day; nothing where there is none."""
        if value is None or value == ():
            return ""
        if name in _BY_NAME:
            return _BY_NAME[name](self, value, on)
        tell = next((tell for kind, tell in _BY_TYPE if isinstance(value, kind)), None)
        return str(value) if tell is None else tell(self, name, value, on)

    def said(self, *keys: str) -> str:
        """Return words of our own."""
        found: Any = texts("said")
        for key in keys:
            found = found[key]
        return str(found[self.language])

    def label(self, field: str) -> str:
        """Return what a field of a case is called."""
        return str(texts("labels").get(field, {}).get(self.language, field))

    def labels(self, fields: Any) -> str:
        """Return what the fields are called, as inside a sentence."""
        return ", ".join(small(self.label(str(each))) for each in fields)

    def person(self, item: Personal) -> str:
        """Return an item of personal data, or that it was erased."""
        return self.said("erased") if item.value is None else item.value

    def named(self, one: object) -> str:
        """Return what an id stands for; nothing where the reader does not see that."""
        found = self.names.get(str(one), "")
        return self.said("erased") if found is None else found


def _office(reader: Reader, office: str, on: date) -> str:
    return str(getattr(office_title(reader.places, office, on), reader.language))


def _standing(reader: Reader, status: str, on: date) -> str:
    known = {each.value for each in StandingStatus}
    return reader.words("", StandingStatus(status), on) if status in known else status


def _relation(reader: Reader, relation: Relation, _: date) -> str:
    return reader.said("relation", relation.value)


_BY_NAME: Mapping[str, Callable[[Reader, Any, date], str]] = {
    **dict.fromkeys(("office", "from_office", "to_office"), _office),
    "staff_id": lambda reader, staff_id, _: reader.named(staff_id),
    "is_working": lambda reader, value, _: kind_of_day(value, reader.language),
    "standing": _standing,
    "relation": _relation,
}


def _flag(reader: Reader, name: str, value: bool, _: date) -> str:  # noqa: FBT001  It is the value that is told.
    return reader.said(name, "yes" if value else "no")


def _title(reader: Reader, _: str, code: StrEnum, __: date) -> str:
    return str(getattr(title_of(code), reader.language))


def _moment(reader: Reader, name: str, moment: datetime, on: date) -> str:
    zone = ZoneInfo(reader.places.zone(REPUBLICAN_OFFICE))
    return reader.words(name, moment.astimezone(zone).date(), on)


def _day(reader: Reader, _: str, day: date, __: date) -> str:
    return format_date(day, reader.said("day"), locale=reader.language)


def _several(reader: Reader, name: str, values: tuple[Any, ...], on: date) -> str:
    return ", ".join(filter(None, (reader.words(name, each, on) for each in values)))


def _beneficiary(reader: Reader, _: str, one: Beneficiary, on: date) -> str:
    return f"{reader.person(one.person.name)} — {reader.words('', one.result, on)}"


def _publication(reader: Reader, _: str, one: Publication, on: date) -> str:
    told = (one.outlet, reader.words("", one.media, on), reader.words("", one.published_on, on))
    return ", ".join((*told, one.address) if one.address else told)


# The order counts: a flag is no number, a moment is a day too.
_BY_TYPE: tuple[tuple[type, Callable[[Reader, str, Any, date], str]], ...] = (
    (bool, _flag),
    (StrEnum, _title),
    (datetime, _moment),
    (date, _day),
    (UUID, lambda reader, _, one, __: reader.named(one)),
    (tuple, _several),
    (Personal, lambda reader, _, item, __: reader.person(item)),
    (Person, lambda reader, _, one, __: reader.person(one.name)),
    (Standing, lambda reader, _, one, on: reader.words("", one.status, on)),
    (OrganizationSnapshot, lambda _, __, one, ___: one.name),
    (NotDuplicate, lambda _, __, one, ___: one.reason),
    (OrganizationDetailsChange, lambda reader, _, change, __: reader.labels(change.named)),
    (Requalification, lambda reader, _, asked, __: reader.labels(asked.changed)),
    (Beneficiary, _beneficiary),
    (Publication, _publication),
)
