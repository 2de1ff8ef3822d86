"""Whole lists as tables that an office sends on: the same filters, for a spreadsheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Response, abort, request
from marshmallow import ValidationError

from application.read_models.lists import CaseList, ListQuery
from domain.refusals import Refusal
from web.api import CaseBlueprint
from web.callers import View, current_actor
from web.csv_tables import CSV, csv_stream
from web.languages import language, texts
from web.presentation import JSON
from web.schemas.fields import message_key
from web.services import front_office, look, services
from web.table_cells import Cells
from web.xlsx_tables import XLSX, xlsx_file

# What an office's spreadsheet opens at once, and what is made within the time of an answer.
MOST_ROWS = 50_000
Rows = Iterator[Sequence[Any]]
_MAKERS: Mapping[str, Callable[[str, Sequence[str], Rows], Response]] = {
    CSV: csv_stream,
    XLSX: xlsx_file,
}
_SUFFIXES = {CSV: "csv", XLSX: "xlsx"}


class ExportTooLarge(Refusal):
    """The list has more rows than a table may have; ``most`` is how many it may."""

    code = "export-too-large"


def wanted_table(columns: Sequence[str]) -> str | None:
    """Return which kind of table the caller wants instead of a page, if it is one."""
    kinds = [JSON, *(_MAKERS if columns else ())]
    best = request.accept_mimetypes.best_match(kinds) if request.accept_mimetypes else JSON
    if best is None:
        abort(HTTPStatus.NOT_ACCEPTABLE)
    if best == JSON:
        return None
    if paged := [name for name in ("limit", "cursor") if name in request.args]:
        raise ValidationError({name: [message_key("export-is-whole")] for name in paged})
    return best


def export_answer(
    case_list: CaseList, query: ListQuery, columns: Sequence[str], kind: str
) -> Response:
    """Return the whole list as a table, on record before the first row of it is shown.

    The rows are read in batches while the table is made: what changes meanwhile may be in
    it as it was before or as it is after.
    """
    queries, by = front_office().queries, current_actor()
    shown = queries.count_up_to(case_list, query, MOST_ROWS)
    if shown > MOST_ROWS:
        raise ExportTooLarge(most=MOST_ROWS)
    services().reading_log.list(look(), case_list.name, query.filters, shown, kind="export")
    cells = Cells(services().places, language(), query.today, services().places.zone(by.office))
    batches = queries.batches(case_list, query)
    items = (msgspec.convert(row, case_list.item) for batch in batches for row in batch)
    rows = ([cells.of(column, getattr(item, column)) for column in columns] for item in items)
    words = texts("tables")
    headings = [str(words["columns"][column][language()]) for column in columns]
    response = _MAKERS[kind](str(words["lists"][case_list.name][language()]), headings, rows)
    name = f"{case_list.name}-{by.office}-{query.today}.{_SUFFIXES[kind]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def described(blueprint: CaseBlueprint, view: View, columns: Sequence[str]) -> View:
    """Describe the tables beside the page, for a list that has them."""
    for kind in _MAKERS if columns else ():
        schema = {"type": "string", "format": "binary"}
        view = blueprint.alt_response(HTTPStatus.OK, schema=schema, content_type=kind)(view)
    return view
