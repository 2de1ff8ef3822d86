"""Tables for spreadsheets: CSV that opens right, and of which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response

from web.presentation import plain

CSV = "text/csv"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Response:
    """Answer the columns of the rows, in UTF-8 with the mark by which spreadsheets know it."""
    table = csv_text(columns, rows).encode("utf-8-sig")
    return Response(table, HTTPStatus.OK, mimetype=CSV)


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the columns of the rows as a table."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return out.getvalue()


def _cell(value: object) -> str:
    """Return the value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(plain(value))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
