"""The front offices, by their codes."""

from http import HTTPStatus

from flask import Response
from marshmallow import fields

from domain.office_titles import office_title
from domain.places import REPUBLICAN_OFFICE
from web.api import API_PREFIX, CaseBlueprint
from web.callers import may
from web.languages import language
from web.presentation import answer
from web.schemas.from_struct import StrictSchema
from web.services import services


class OfficeSchema(StrictSchema):
    """An office: its code, what it is called today, and the time zone in which it works."""

    code = fields.String(required=True, metadata={"example": "KZ-75"})
    title = fields.String(required=True)
    time_zone = fields.String(required=True, metadata={"example": "Asia/Almaty"})


class OfficesSchema(StrictSchema):
    """All offices."""

    items = fields.List(fields.Nested(OfficeSchema), required=True)


def offices_blueprint() -> CaseBlueprint:
    """Return the resource of the offices."""
    blueprint = CaseBlueprint(
        "offices", __name__, url_prefix=f"{API_PREFIX}/offices", description="Фронт-офисы"
    )

    @blueprint.route("", methods=["GET"])
    @blueprint.doc(operationId="listOffices")
    @blueprint.response(HTTPStatus.OK, OfficesSchema)
    @may("read_reference")
    def offices() -> Response:
        """Фронт-офисы: республиканский и региональные."""
        places = services().places
        codes = (REPUBLICAN_OFFICE, *places.regions)
        return answer({"items": [_office(code) for code in codes]})

    return blueprint


def _office(code: str) -> dict[str, str]:
    built = services()
    title = office_title(built.places, code, built.today(code))
    return {
        "code": code,
        "title": str(getattr(title, language())),
        "time_zone": built.places.zone(code),
    }
