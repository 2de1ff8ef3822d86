"""The reference lists over HTTP: places and the handbook's catalogue."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response
from marshmallow import fields

from domain.catalogue.catalogue import CATALOGUE_2021
from domain.catalogue.entry import Entry
from domain.places import Places
from domain.refusals import Refusal
from domain.rules.eligibility import REQUIRES_VERIFICATION
from web.api import API_PREFIX, CaseBlueprint
from web.callers import may
from web.languages import language
from web.presentation import answer
from web.schemas.from_struct import StrictSchema
from web.services import services


class ListNotFound(Refusal):
    """There is no reference list of that name."""

    code = "path-not-found"


class ReferenceItemSchema(StrictSchema):
    """One item of a list; some lists say more of their items."""

    class Meta:
        """A description of answers: some items have more fields."""

        unknown = "include"

    code = fields.String(required=True)
    title = fields.String(required=True)
    clause = fields.String(allow_none=True)


class ReferenceListSchema(StrictSchema):
    """One reference list."""

    version = fields.String(required=True)
    items = fields.List(fields.Nested(ReferenceItemSchema), required=True)


LISTS = ("regions", "districts", *CATALOGUE_2021.lists)
ReferenceSchema = StrictSchema.from_dict(
    {
        "version": fields.String(required=True),
        **{name: fields.List(fields.Nested(ReferenceItemSchema), required=True) for name in LISTS},
    },
    name="Reference",
)
LIST_NAME = {
    "in": "path",
    "name": "name",
    "schema": {"type": "string", "enum": list(LISTS)},
    "example": "help_types",
}


def reference_blueprint() -> CaseBlueprint:
    """Return the resources of the reference lists."""
    blueprint = CaseBlueprint(
        "reference", __name__, url_prefix=f"{API_PREFIX}/reference", description="Справочники"
    )

    @blueprint.route("", methods=["GET"])
    @blueprint.doc(operationId="getReference")
    @blueprint.response(HTTPStatus.OK, ReferenceSchema)
    @may("read_reference")
    def everything() -> Response:
        """Все справочники."""
        return answer({"version": CATALOGUE_2021.version, **_lists()})

    @blueprint.route("/<name>", methods=["GET"], parameters=[LIST_NAME])
    @blueprint.doc(operationId="getReferenceList")
    @blueprint.response(HTTPStatus.OK, ReferenceListSchema)
    @may("read_reference")
    def one(name: str) -> Response:
        """Один справочник."""
        lists = _lists()
        if name not in lists:
            raise ListNotFound(id=name, lists=sorted(lists))
        return answer({"version": CATALOGUE_2021.version, "items": lists[name]})

    return blueprint


def _lists() -> dict[str, list[dict[str, Any]]]:
    catalogue = CATALOGUE_2021.lists
    return {
        **_places(services().places),
        **{name: [_item(entry) for entry in entries] for name, entries in catalogue.items()},
    }


def _item(entry: Entry) -> dict[str, Any]:
    title = getattr(entry.title, language())
    return {"code": entry.code, "title": title, "clause": entry.clause, **_more(entry)}


def _more(entry: Entry) -> Mapping[str, Any]:
    category = getattr(entry.code, "category", None)
    if category is None:
        return {}
    return {"category": category, "requires_verification": entry.code in REQUIRES_VERIFICATION}


def _places(places: Places) -> dict[str, list[dict[str, Any]]]:
    told = language()
    regions = [
        {
            "code": each.code,
            "title": getattr(each.title, told),
            "kind": each.kind,
            "kato": each.kato,
            "centre": each.centre,
        }
        for each in places.regions.values()
    ]
    districts = [
        {
            "code": each.code,
            "title": getattr(each.title, told),
            "kind": each.kind,
            "region": each.region,
        }
        for each in places.districts.values()
    ]
    return {"regions": regions, "districts": districts}
