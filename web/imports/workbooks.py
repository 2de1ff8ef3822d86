"""Workbooks of spreadsheets: XLSX and its relatives."""

import io
import re
from collections.abc import Iterator, Sequence
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from domain.zip_files import DAMAGE, PACKINGS
from web.imports.remarks import unreadable
from web.imports.sheets import Rows, Spreadsheet, text_of

BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# The library makes room for every cell up to the farthest one, and ends the process without it.
MAX_CELLS = 5_000_000
MAX_UNPACKED = 200 * 1024 * 1024
_PACKAGE = BEGINNINGS[0]
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')


def read_book(content: bytes) -> Spreadsheet:
    """Read the first sheet of the workbook."""
    _check_room(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        first, *others = (book.get_sheet_by_name(name) for name in book.sheet_names)
        rows = first.to_python(skip_empty_area=False)
    except PasswordError as error:
        raise unreadable("file-locked") from error
    except (CalamineError, ValueError) as error:
        raise unreadable("file-broken") from error
    texts = [[text_of(cell) for cell in row] for row in rows]
    return Spreadsheet(
        rows=texts,
        form=f"XLSX, «{first.name}»",
        merged=frozenset(_hidden(first.merged_cell_ranges or (), texts)),
        other_sheets=tuple(each.name for each in others if each.height),
    )


def _check_room(content: bytes) -> None:
    """Refuse a workbook that is larger unpacked, or reaches farther, than any list does."""
    if not content.startswith(_PACKAGE):
        return
    try:
        with ZipFile(io.BytesIO(content)) as book:
            parts = book.infolist()
            if any(part.compress_type not in PACKINGS for part in parts):
                raise unreadable("file-broken")
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise unreadable("sheet-too-far")
            sheets = (name for name in book.namelist() if name.startswith("xl/worksheets/"))
            if any(_room(book.read(name)) > MAX_CELLS for name in sheets):
                raise unreadable("sheet-too-far")
    except DAMAGE as error:
        raise unreadable("file-broken") from error


def _room(sheet: bytes) -> int:
    """Return how many cells lie up to the farthest row and the farthest column."""
    width = height = 0
    for column, row in _PLACE.findall(sheet):
        width, height = max(width, _number(column)), max(height, int(row))
    return width * height


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = 26 * number + letter - ord("A") + 1
    return number


def _hidden(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], rows: Rows
) -> Iterator[tuple[int, int]]:
    """Return the cells of merged ranges but for the one that has the value, among the rows."""
    width = max(map(len, rows), default=0)
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom + 1, len(rows))):
            yield from (
                (row, each)
                for each in range(left, min(right + 1, width))
                if (row, each) != (top, left)
            )
