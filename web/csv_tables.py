"""Tables for spreadsheets: CSV that opens right, and of which no cell is a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from itertools import chain
from typing import Any

from flask import Response

from web.presentation import plain

CSV = "text/csv"
_FORMULA = frozenset("=+-@|%")
_ROWS = 500


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the columns of the rows as a table."""
    return "".join(_pieces(columns, _values(columns, rows)))


def csv_stream(_: str, headings: Sequence[str], rows: Iterator[Sequence[Any]]) -> Response:
    """Answer the rows as they are read, in UTF-8 with the mark by which spreadsheets know it."""
    pieces = chain(["\ufeff"], _pieces(headings, rows))
    return Response((piece.encode() for piece in pieces), HTTPStatus.OK, mimetype=CSV)


def _values(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[Any]]:
    return ([row[column] for column in columns] for row in rows)


def _pieces(headings: Sequence[str], rows: Iterator[Sequence[Any]]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_cell(value) for value in row])
        if number % _ROWS == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _cell(value: object) -> str:
    """Return the value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(plain(value))
    return f"'{text}" if _may_be_formula(text) else text


def _may_be_formula(text: str) -> bool:
    """Whether a formula may begin behind what a spreadsheet passes over at the beginning.

    It does so for spaces, ends of lines and letters without width; and takes the wide forms
    of the signs for the signs themselves.
    """
    for letter in text:
        if letter in "\t\r\n":
            return True
        if not letter.isspace() and unicodedata.category(letter)[0] != "C":
            return unicodedata.normalize("NFKC", letter)[0] in _FORMULA
    return False
