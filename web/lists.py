"""Lists of cases: filters that are refused when unknown, and pages by opaque cursors."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from flask import Response, request
from marshmallow import fields, validate
from msgspec import Struct

from application.read_models.lists import CaseList, ListQuery
from domain.refusals import InvalidValue
from web.api import CaseBlueprint
from web.identity import current_actor
from web.presentation import answer
from web.schemas.fields import Text
from web.schemas.from_struct import StrictSchema
from web.services import services

MAX_LIMIT = 100


class BadCursor(InvalidValue):
    """The cursor is none of this list with these filters."""

    code = "bad-cursor"


class ListedCases(Struct, frozen=True, kw_only=True):
    """A list and the kind of value that each of its filters takes."""

    case_list: CaseList
    filters: Mapping[str, fields.Field[Any]]
    summary: str


class Cursor(Struct, array_like=True, frozen=True):
    """After which row a page begins, and of which list with which filters."""

    of: str
    created_at: datetime
    id: UUID
    place: int


def add_list(blueprint: CaseBlueprint, noun: str, listed: ListedCases) -> None:
    """Add the list to the blueprint of its collection."""
    arguments = {
        **listed.filters,
        "cursor": Text(max_length=1000),
        "limit": fields.Integer(load_default=50, validate=validate.Range(1, MAX_LIMIT)),
    }
    schema = StrictSchema.from_dict(arguments, name=f"{noun}Filters")
    shown = StrictSchema.from_dict(
        {
            "items": fields.List(fields.Dict(), required=True),
            "next_cursor": fields.String(allow_none=True),
        },
        name=f"{noun}Page",
    )

    @blueprint.route("", methods=["GET"])
    @blueprint.doc(operationId=f"list{noun}s", summary=listed.summary)
    @blueprint.arguments(schema, location="query")
    @blueprint.response(HTTPStatus.OK, shown)
    def page(asked: dict[str, Any]) -> Response:
        return page_answer(listed.case_list, asked)


def page_answer(case_list: CaseList, asked: dict[str, Any]) -> Response:
    """Return a page of the list, with the cursor and the link of the next."""
    limit, cursor = asked.pop("limit"), asked.pop("cursor", None)
    mark = _mark(case_list, asked)
    built = services()
    query = ListQuery(
        today=built.today(current_actor(built.places).office),
        filters=asked,
        limit=limit,
        after=None if cursor is None else _after(cursor, mark),
    )
    page = built.front_office.queries.page(case_list, query)
    following = None if page.next_after is None else _cursor(mark, page.next_after)
    response = answer({"items": page.rows, "next_cursor": following})
    if following is not None:
        response.headers["Link"] = f'<{_next_url(following)}>; rel="next"'
    return response


def _mark(case_list: CaseList, filters: Mapping[str, Any]) -> str:
    text = f"{case_list.name}|{sorted((name, str(value)) for name, value in filters.items())}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _cursor(mark: str, after: tuple[datetime, UUID, int]) -> str:
    packed = msgspec.json.encode(Cursor(mark, *after))
    return base64.urlsafe_b64encode(packed).decode()


def _after(cursor: str, mark: str) -> tuple[datetime, UUID, int]:
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=Cursor)
    except (ValueError, msgspec.MsgspecError) as error:
        raise BadCursor("cursor", cursor) from error
    if found.of != mark or found.created_at.tzinfo is None:
        raise BadCursor("cursor", cursor)
    return found.created_at, found.id, found.place


def _next_url(cursor: str) -> str:
    arguments = {**request.args.to_dict(), "cursor": cursor}
    return f"{request.path}?{urlencode(arguments)}"
