"""Lists of cases: filters that are refused when unknown, pages by opaque cursors, and tables."""

from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, request
from marshmallow import fields
from msgspec import Struct
from msgspec.structs import replace

from application.front_office import FrontOffice
from application.read_models.lists import CaseList, ListQuery
from web.api import CaseBlueprint
from web.callers import current_actor, may
from web.cursors import after, following_cursor, mark_of
from web.exports import described, export_answer, wanted_table
from web.presentation import answer
from web.schemas.lists import filters_of, page_of
from web.services import front_office, look, services

Rows = list[dict[str, Any]]


class ListedCases(Struct, frozen=True, kw_only=True):
    """A list, the kind of value that each of its filters takes, and the columns of its table.

    ``named`` puts people's names into the rows, and returns whose they are; ``beside`` are
    the fields of a row that its structure does not describe; ``office`` is who reads the list.
    """

    case_list: CaseList
    filters: Mapping[str, fields.Field[Any]]
    summary: str
    rule: str = "read_cases"
    named: Callable[[Rows], set[UUID]] | None = None
    beside: Mapping[str, fields.Field[Any]] = {}
    table: tuple[str, ...] = ()
    office: Callable[[], FrontOffice] = front_office


def add_list(blueprint: CaseBlueprint, noun: str, listed: ListedCases) -> None:
    """Add the list to the blueprint of its collection."""

    @blueprint.doc(operationId=f"list{noun}s", summary=listed.summary)
    @blueprint.arguments(filters_of(noun, listed.case_list, listed.filters), location="query")
    @blueprint.response(HTTPStatus.OK, page_of(noun, listed.case_list, listed.beside.items()))
    @may(listed.rule)
    def page(asked: dict[str, Any]) -> Response:
        table = wanted_table(listed.table)
        query = query_of(listed.case_list, asked, services().today(current_actor().office))
        if table is not None:
            return export_answer(listed.case_list, query, listed.table, table)
        return page_answer(listed, query)

    blueprint.route("", methods=["GET"])(described(blueprint, page, listed.table))


def query_of(case_list: CaseList, asked: dict[str, Any], today: date) -> ListQuery:
    """Return what is asked of the list, as its schema has read it."""
    limit, cursor = asked.pop("limit"), asked.pop("cursor", None)
    query = ListQuery(today=today, order=asked.pop("order", None), filters=asked, limit=limit)
    if cursor is None:
        return query
    kind = case_list.orders[case_list.order_of(query).removeprefix("-")].kind
    return replace(query, after=after(cursor, mark_of(case_list, query), kind))


def page_answer(listed: ListedCases, query: ListQuery) -> Response:
    """Return a page of the list, with the cursor and the link of the next."""
    case_list = listed.case_list
    page = listed.office().queries.page(case_list, query)
    following = following_cursor(case_list, query, page.next_after)
    people = listed.named(page.rows) if listed.named else set()
    services().reading_log.list(look(), case_list.name, query.filters, len(page.rows), people)
    response = answer({"items": page.rows, "next_cursor": following})
    if following is not None:
        response.headers["Link"] = f'<{_next_url(following)}>; rel="next"'
    return response


def _next_url(cursor: str) -> str:
    arguments = {**request.args.to_dict(), "cursor": cursor}
    return f"{request.path}?{urlencode(arguments)}"
