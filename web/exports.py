"""Whole lists as tables that an office sends on: the same filters, for a spreadsheet."""

from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Response, abort, request
from marshmallow import ValidationError
from msgspec import Struct

from application.read_models.lists import CaseList, ListQuery
from domain.refusals import Refusal
from web.api import CaseBlueprint
from web.callers import View, current_actor
from web.csv_tables import CSV, csv_stream
from web.languages import language, texts
from web.presentation import JSON
from web.schemas.fields import message_key
from web.services import front_office, look, services
from web.table_cells import Cells, headings_of
from web.xlsx_tables import XLSX, xlsx_file

Rows = Iterator[Sequence[Any]]


class Table(Struct, frozen=True):
    """A kind of table: how it is made, what its files end in, and how many rows it may have.

    As many as an office's spreadsheet opens at once, and as are made within the time of an
    answer: a workbook takes seven times as long as CSV.
    """

    make: Callable[[str, Sequence[str], Rows], Response]
    suffix: str
    most: int


TABLES = {CSV: Table(csv_stream, "csv", 50_000), XLSX: Table(xlsx_file, "xlsx", 20_000)}


class ExportTooLarge(Refusal):
    """The list has more rows than a table may have; ``most`` is how many it may."""

    code = "export-too-large"


def wanted_table(columns: Sequence[str]) -> Table | None:
    """Return which kind of table the caller wants instead of a page, if it is one."""
    kinds = [JSON, *(TABLES if columns else ())]
    best = request.accept_mimetypes.best_match(kinds) if request.accept_mimetypes else JSON
    if best is None:
        abort(HTTPStatus.NOT_ACCEPTABLE)
    if best == JSON:
        return None
    if paged := [name for name in ("limit", "cursor") if name in request.args]:
        raise ValidationError({name: [message_key("export-is-whole")] for name in paged})
    return TABLES[best]


def export_answer(
    case_list: CaseList, query: ListQuery, columns: Sequence[str], table: Table
) -> Response:
    """Return the whole list as a table, on record before the first row of it is shown."""
    shown = front_office().queries.count_up_to(case_list, query, table.most)
    if shown > table.most:
        raise ExportTooLarge(most=table.most)
    services().reading_log.list(look(), case_list.name, query.filters, shown, kind="export")
    title = str(texts("tables")["lists"][case_list.name][language()])
    rows = _rows(case_list, query, columns)
    response = table.make(title, headings_of(columns, language()), rows)
    name = f"{case_list.name}-{current_actor().office}-{query.today}.{table.suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _rows(case_list: CaseList, query: ListQuery, columns: Sequence[str]) -> Rows:
    """Return the rows of the table, read in batches while it is made.

    What changes meanwhile may be in it as it was before or as it is after.
    """
    places, office = services().places, current_actor().office
    cells = Cells(places, language(), query.today, places.zone(office))
    batches = front_office().queries.batches(case_list, query)
    items = (msgspec.convert(row, case_list.item) for batch in batches for row in batch)
    return (cells.row(columns, item) for item in items)


def described(blueprint: CaseBlueprint, view: View, columns: Sequence[str]) -> View:
    """Describe the tables beside the page, for a list that has them."""
    for kind in TABLES if columns else ():
        schema = {"type": "string", "format": "binary"}
        view = blueprint.alt_response(HTTPStatus.OK, schema=schema, content_type=kind)(view)
    return view
