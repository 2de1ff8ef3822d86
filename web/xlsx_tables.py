"""Tables for spreadsheets: XLSX in which text stays text and days are days."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from web.sent_files import sent

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH = 24
_BOLD = Font(bold=True)
# XML has no place for these, and the file would not open.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def xlsx_file(title: str, headings: Sequence[str], rows: Iterator[Sequence[Any]]) -> Response:
    """Answer the rows as a workbook, which is written to a file first: memory stays small."""
    file = tempfile.TemporaryFile(prefix="frontoffice")  # noqa: SIM115  Closed when it has been sent.
    workbook_of(title, headings, rows).save(file)
    return sent(file, XLSX)


def workbook_of(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Workbook:
    """Return the rows as a workbook that is to be saved once."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place in range(len(headings)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = _WIDTH
    sheet.append([_cell(sheet, heading, font=_BOLD) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    return workbook


def _cell(sheet: WriteOnlyWorksheet, value: str | date | None, font: Font | None = None) -> Cell:
    text = _NOT_IN_XML.sub("", value) if isinstance(value, str) else None
    # Days are values of cells as well as moments, whatever the published types say.
    cell = WriteOnlyCell(sheet, cast("Any", value) if text is None else text)
    if text is not None:
        cell.data_type = "s"  # Whatever it begins with, it is no formula and no error.
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
    if font is not None:
        cell.font = font
    return cell
