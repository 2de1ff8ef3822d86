"""The calendar of working days over HTTP: by which days the terms of requests are counted."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Response
from marshmallow import fields, validate

from application.case_files.calendar_file import CalendarDay
from domain.places import REPUBLICAN_OFFICE
from web.api import API_PREFIX, CaseBlueprint
from web.callers import may
from web.day_titles import day_title
from web.languages import language
from web.presentation import answer, plain
from web.schemas.from_struct import StrictSchema
from web.services import front_office, services


class YearSchema(StrictSchema):
    """Which year is asked for; without one it is this year."""

    year = fields.Integer(validate=validate.Range(1991, 2100), metadata={"example": 2026})


class DaySchema(StrictSchema):
    """A day that is not as in other weeks, why, and which office corrected it, if one did."""

    day = fields.Date(required=True)
    is_working = fields.Boolean(required=True)
    reason = fields.String(required=True)
    corrected_by = fields.String(allow_none=True, metadata={"example": REPUBLICAN_OFFICE})
    corrected_on = fields.Date(allow_none=True)


class CalendarSchema(StrictSchema):
    """The calendar of a year. Its version says after the plus how often it was corrected."""

    version = fields.String(required=True, metadata={"example": "4f7c0a1b2d3e+2"})
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    working_days = fields.Integer(required=True)
    days = fields.List(fields.Nested(DaySchema), required=True)


def calendar_blueprint() -> CaseBlueprint:
    """Return the resource of the calendar."""
    blueprint = CaseBlueprint(
        "calendar",
        __name__,
        url_prefix=f"{API_PREFIX}/reference/calendar",
        description="Календарь рабочих дней",
    )

    @blueprint.route("", methods=["GET"])
    @blueprint.doc(operationId="getCalendar")
    @blueprint.arguments(YearSchema, location="query")
    @blueprint.response(HTTPStatus.OK, CalendarSchema)
    @may("read_reference")
    def calendar(asked: dict[str, int]) -> Response:
        """Календарь рабочих дней года: выходные, перенесённые дни и исправления."""
        year = asked.get("year", services().today(REPUBLICAN_OFFICE).year)
        file = front_office().calendar_file(date(year, 1, 1), date(year, 12, 31))
        return answer({**plain(file), "days": [_told(each) for each in file.days]})

    return blueprint


def _told(each: CalendarDay) -> dict[str, Any]:
    correction = each.correction
    return {
        "day": each.day,
        "is_working": each.is_working,
        "reason": correction.reason if correction else day_title(each.reason or "", language()),
        "corrected_by": correction.by.office if correction else None,
        "corrected_on": correction.corrected_on if correction else None,
    }
