"""A row of a list as the registration that HTTP would take: the same form, the same words."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any
from uuid import UUID

import msgspec
from marshmallow import ValidationError
from msgspec import Struct

from application.use_cases.imports import ListedOrganization
from domain.places import Places
from web.imports import values
from web.imports.codes import coded, several
from web.imports.faults import unlike
from web.imports.people import Cells, people_of
from web.imports.place_names import district_code, region_code
from web.imports.remarks import Remark
from web.imports.values import WrongCell
from web.problem_errors import field_errors
from web.schemas.organizations import RegistrationSchema
from web.services import services

_AS_WRITTEN = ("name", "name_kk", "website", "qazvolunteer_id", "comment")
_LISTED = ("directions", "volunteer_groups", "participation_modes")


class ListRow(Struct, frozen=True, kw_only=True):
    """A row as it was read: what it tells, if it can be understood, and what to say of it.

    One that is no organization, such as a total, is not counted.
    """

    number: int
    name: str = ""
    listed: ListedOrganization | None = None
    remarks: tuple[Remark, ...] = ()
    is_counted: bool = True


class RowReader:
    """Reads one row: cell by cell into the body of a registration, and then by its schema."""

    def __init__(self, number: int, cells: Cells, places: Places, region: str) -> None:
        self._number = number
        self._cells = cells
        self._places = places
        self._region = region
        self._remarks: list[Remark] = []

    def read(self) -> ListRow:
        """Return the row."""
        body = dict(self._body())
        reason = self._cells.get("not_duplicate")
        listed = self._listed(body, reason)
        name = self._cells.get("name", "")
        return ListRow(number=self._number, name=name, listed=listed, remarks=tuple(self._remarks))

    def _listed(self, body: dict[str, Any], reason: str | None) -> ListedOrganization | None:
        told = msgspec.json.encode({**body, "not_duplicate": reason}, order="deterministic")
        try:
            loaded = _form().load(self._with_one_leader(body))
        except ValidationError as error:
            self._remarks += unlike(self._remarks, field_errors({"json": error.messages}))
            return None
        del loaded["not_duplicate"]
        return ListedOrganization(
            row=self._number,
            told=told.decode(),
            known_as=self._known_as(),
            not_duplicate=reason,
            **loaded,
        )

    def _with_one_leader(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the body in which a leader who is the contact person too is one subject."""
        if "leader" in body and "contact_persons" in body and "contact" not in self._cells:
            subject = {"subject_id": str(services().new_id())}
            contacts = [{**each, **subject} for each in body["contact_persons"]]
            return {**body, "leader": {**body["leader"], **subject}, "contact_persons": contacts}
        return body

    def _known_as(self) -> UUID | None:
        try:
            return UUID(self._cells.get("id", ""))
        except ValueError:
            return None

    def _body(self) -> Iterator[tuple[str, Any]]:
        """Return the fields of the body; one whose cell cannot be understood is left out."""
        yield from ((field, self._cells[field]) for field in _AS_WRITTEN if field in self._cells)
        for field, read in self._readers():
            if field in self._cells:
                try:
                    yield field, read(self._cells[field])
                except WrongCell as cell:
                    self._remarks.append(cell.remark)
        if "region" not in self._cells:
            yield "region", self._region
        try:
            yield from people_of(self._cells)
        except WrongCell as cell:
            self._remarks.append(cell.remark)

    def _readers(self) -> Iterator[tuple[str, Callable[[str], Any]]]:
        yield "team_type", partial(coded, "team_type")
        yield "legal_form", partial(coded, "legal_form")
        yield "bin", lambda text: values.bin_number(text, self._remarks.append)
        yield "region", lambda text: region_code(self._places, text)
        yield "district", self._district
        for each in _LISTED:
            yield each, partial(several, each)
        yield "occurred_on", values.day

    def _district(self, text: str) -> str:
        return district_code(self._places, self._own_region(), text)

    def _own_region(self) -> str:
        try:
            return region_code(self._places, self._cells.get("region", self._region))
        except WrongCell:
            return self._region


@cache
def _form() -> RegistrationSchema:
    """Return the form, made once: making it takes longer than filling it in."""
    return RegistrationSchema()
