"""Files of spreadsheets as rows of text: XLSX and its relatives, and CSV as Excel writes it."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from web.imports.headings import known_in
from web.imports.remarks import unreadable

MAX_BYTES = 20 * 1024 * 1024
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = b"\x00"
_APOSTROPHE_BEFORE = "=+-@0123456789"
Rows = list[list[str]]


class Spreadsheet(Struct, frozen=True, kw_only=True):
    """The rows of a file, from its first; what kind it is, and what it has beside them.

    ``merged`` are cells, by row and column from 0, that only look filled; ``lossy`` is an
    encoding that has no Kazakh letters.
    """

    rows: Rows
    form: str
    merged: frozenset[tuple[int, int]] = frozenset()
    other_sheets: tuple[str, ...] = ()
    lossy: bool = False


def read_spreadsheet(path: Path) -> Spreadsheet:
    """Read the file; say what to do when it is none."""
    if path.stat().st_size > MAX_BYTES:
        raise unreadable("file-too-large")
    content = path.read_bytes()
    if content.startswith(_BOOKS):
        return _read_book(content)
    encoding = _encoding_of(content)
    return _read_text(content.decode(encoding), encoding)


def _read_book(content: bytes) -> Spreadsheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        first, *others = (book.get_sheet_by_name(name) for name in book.sheet_names)
        rows = first.to_python(skip_empty_area=False)
    except PasswordError as error:
        raise unreadable("file-locked") from error
    except (CalamineError, ValueError) as error:
        raise unreadable("file-broken") from error
    return Spreadsheet(
        rows=[[_text(cell) for cell in row] for row in rows],
        form=f"XLSX, «{first.name}»",
        merged=frozenset(_hidden(first.merged_cell_ranges or ())),
        other_sheets=tuple(each.name for each in others if each.height),
    )


def _hidden(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """Return the cells of merged ranges but for the one that has the value."""
    for (top, left), (bottom, right) in ranges:
        for row in range(top, bottom + 1):
            yield from (
                (row, each) for each in range(left, right + 1) if (row, each) != (top, left)
            )


def _encoding_of(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return "utf-16"
    if _NO_TEXT in content:
        raise unreadable("file-broken")
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8-sig"


def _read_text(text: str, encoding: str) -> Spreadsheet:
    """Read the text by the delimiter with which most of its headings are known."""
    by_delimiter = {each: _records(text, each) for each in ";,\t"}
    delimiter = max(by_delimiter, key=lambda each: known_in(by_delimiter[each]))
    name = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1251": "Windows-1251"}[encoding]
    shown = {"\t": "TAB"}.get(delimiter, delimiter)
    return Spreadsheet(
        rows=by_delimiter[delimiter], form=f"CSV «{shown}», {name}", lossy=encoding == "cp1251"
    )


def _records(text: str, delimiter: str) -> Rows:
    """Return the records; a line ``sep=;`` is for Excel, and keeps its place among them."""
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise unreadable("file-broken") from error
    if records and "".join(records[0]).lower().startswith("sep="):
        records[0] = []
    return [[_text(cell) for cell in record] for record in records]


def _text(cell: object) -> str:
    """Return a cell as text: whole numbers without a fraction, days as ISO says them."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            text = str(cell).replace("\xa0", " ").strip()
            return text[1:] if text[:1] == "'" and text[1:2] in _APOSTROPHE_BEFORE else text
