"""The history of a case as its readers get it: data, with one sentence for each event."""

import csv
import io
from http import HTTPStatus
from typing import Any

from flask import Response, request
from marshmallow import fields

from application.case_files.history import HistoryEntry, history
from application.streams import Stream
from web.languages import language
from web.presentation import JSON, answer, plain
from web.schemas.from_struct import StrictSchema
from web.sentences import sentence
from web.services import services

CSV = "text/csv"
COLUMNS = (
    "position",
    "version",
    "event",
    "occurred_on",
    "recorded_at",
    "staff_id",
    "role",
    "office",
    "reason",
    "rule",
    "sentence",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class HistoryActorSchema(StrictSchema):
    """Who acted, as they were then."""

    staff_id = fields.String(required=True)
    role = fields.String(required=True)
    office = fields.String(required=True)
    name = fields.String(allow_none=True)


class HistoryItemSchema(StrictSchema):
    """One event of a case."""

    position = fields.Integer(required=True)
    version = fields.Integer(required=True)
    event = fields.String(required=True)
    occurred_on = fields.Date(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    by = fields.Nested(HistoryActorSchema, required=True)
    reason = fields.String(allow_none=True)
    rule = fields.String(allow_none=True)
    sentence = fields.String(required=True)
    data = fields.Dict(required=True)


class HistorySchema(StrictSchema):
    """The history of a case."""

    items = fields.List(fields.Nested(HistoryItemSchema), required=True)


def history_answer(stream: Stream[Any], **span: int) -> Response:
    """Return the history as JSON, or as CSV for those who ask for it."""
    positions = services().front_office.queries.positions(stream.id)
    entries = history(stream, **span)
    items = [_item(entry, positions[entry.version]) for entry in entries]
    best = request.accept_mimetypes.best_match([JSON, CSV], JSON)
    return _as_csv(items) if best == CSV else answer({"items": items})


def _item(entry: HistoryEntry, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "version": entry.version,
        "event": entry.topic,
        "occurred_on": entry.occurred_on,
        "recorded_at": entry.recorded_at,
        "by": {**plain(entry.by), "name": None},
        "reason": entry.reason,
        "rule": entry.rule,
        "sentence": sentence(entry.event, language(), services().places),
        "data": _data(entry),
    }


def _data(entry: HistoryEntry) -> dict[str, Any]:
    shown: dict[str, Any] = plain(entry.event)
    for name in ("occurred_on", "recorded_at", "by"):
        del shown[name]
    return shown


def _as_csv(items: list[dict[str, Any]]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for item in items:
        flat = {**item, **item["by"]}
        writer.writerow([_cell(flat[column]) for column in COLUMNS])
    body = out.getvalue().encode("utf-8-sig")
    return Response(body, HTTPStatus.OK, mimetype=CSV)


def _cell(value: object) -> str:
    """Return the value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
