"""Lists of cases: filters that are refused when unknown, and pages by opaque cursors."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, request
from marshmallow import fields, validate
from msgspec import Struct

from application.read_models.lists import CaseList, ListQuery
from web.api import CaseBlueprint
from web.callers import current_actor, may
from web.cursors import after, cursor_after, mark_of
from web.presentation import answer
from web.schemas.fields import Text
from web.schemas.from_struct import StrictSchema
from web.services import front_office, look, services

MAX_LIMIT = 100
Rows = list[dict[str, Any]]


class ListedCases(Struct, frozen=True, kw_only=True):
    """A list and the kind of value that each of its filters takes."""

    case_list: CaseList
    filters: Mapping[str, fields.Field[Any]]
    summary: str
    rule: str = "read_cases"
    named: Callable[[Rows], set[UUID]] | None = None


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
    @may(listed.rule)
    def page(asked: dict[str, Any]) -> Response:
        return page_answer(listed.case_list, asked, listed.named)


def page_answer(
    case_list: CaseList, asked: dict[str, Any], named: Callable[[Rows], set[UUID]] | None = None
) -> Response:
    """Return a page of the list, with the cursor and the link of the next.

    ``named`` puts people's names into the rows, and returns whose they are.
    """
    limit, cursor = asked.pop("limit"), asked.pop("cursor", None)
    mark = mark_of(case_list, asked)
    query = ListQuery(
        today=services().today(current_actor().office),
        filters=asked,
        limit=limit,
        after=None if cursor is None else after(cursor, mark),
    )
    page = front_office().queries.page(case_list, query)
    following = None if page.next_after is None else cursor_after(mark, page.next_after)
    people = named(page.rows) if named else set()
    services().reading_log.list(look(), case_list.name, asked, len(page.rows), people)
    response = answer({"items": page.rows, "next_cursor": following})
    if following is not None:
        response.headers["Link"] = f'<{_next_url(following)}>; rel="next"'
    return response


def _next_url(cursor: str) -> str:
    arguments = {**request.args.to_dict(), "cursor": cursor}
    return f"{request.path}?{urlencode(arguments)}"
