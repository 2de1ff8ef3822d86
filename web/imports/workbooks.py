"""Workbooks of spreadsheets: XLSX and its relatives."""

import io
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from web.imports.remarks import unreadable
from web.imports.sheets import Spreadsheet, text_of

BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_book(content: bytes) -> Spreadsheet:
    """Read the first sheet of the workbook."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        first, *others = (book.get_sheet_by_name(name) for name in book.sheet_names)
        rows = first.to_python(skip_empty_area=False)
    except PasswordError as error:
        raise unreadable("file-locked") from error
    except (CalamineError, ValueError) as error:
        raise unreadable("file-broken") from error
    return Spreadsheet(
        rows=[[text_of(cell) for cell in row] for row in rows],
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
