"""People as subjects of data, as they are shown and as decisions about them come in."""

from typing import Any

from marshmallow import fields, validate

from application.case_files.erasure_report import ErasureReport, Export, Outcome
from application.case_files.subject_file import SubjectFile
from domain.catalogue.codes import ErasureGround
from domain.places import Places
from web.schemas.fields import Text
from web.schemas.from_struct import StrictSchema, schema_of
from web.schemas.places import Place

SUBJECT = schema_of(SubjectFile)
GROUNDS = tuple(each for each in ErasureGround if each is not ErasureGround.ERASED_BEFORE)
_REASON = {"description": "Почему, словами и без имён людей."}


class Ground(fields.String):
    """The ground of an erasure: one that a person can give."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(*args, **kwargs)
        return ErasureGround(text) if text in GROUNDS else text


def _count(text: str) -> fields.Integer:
    return fields.Integer(required=True, metadata={"minimum": 0, "description": text})


class PlaceReportSchema(StrictSchema):
    """A place that was looked at."""

    place = fields.String(required=True, metadata={"example": "documents"})
    title = fields.String(required=True)
    looked = _count("Сколько там всего просмотрено.")
    found = _count("Сколько было о человеке.")
    left = _count("Сколько осталось.")
    outcome = fields.String(required=True, validate=validate.OneOf([*map(str, Outcome)]))
    outcome_title = fields.String(required=True)


class ExportSchema(schema_of(Export)):  # type: ignore[misc]  # It is read off the structure.
    """Who took the data away, and what they are called."""

    name = fields.String(allow_none=True)


class ErasureReportSchema(schema_of(ErasureReport)):  # type: ignore[misc]
    """Where it was looked for a person."""

    places = fields.List(fields.Nested(PlaceReportSchema), required=True)
    exports = fields.List(fields.Nested(ExportSchema), required=True)


def hold_fields() -> dict[str, fields.Field[Any]]:
    """Return what a hold takes."""
    until = {"description": "Последний день; без него — до снятия."}
    return {
        "reason": Text(required=True, metadata=_REASON),
        "until": fields.Date(metadata=until),
    }


def release_fields() -> dict[str, fields.Field[Any]]:
    """Return what the end of a hold takes."""
    held_by = {"description": "Чьё удержание снимается; без него — своё."}
    return {
        "reason": Text(required=True, metadata=_REASON),
        "held_by": Place(Places.check_office, metadata=held_by),
    }


def erase_fields() -> dict[str, fields.Field[Any]]:
    """Return what an erasure takes."""
    return {
        "ground": Ground(required=True, validate=validate.OneOf([*map(str, GROUNDS)])),
        "reason": Text(required=True, metadata=_REASON),
    }
