"""Files of spreadsheets, whatever their kind."""

from pathlib import Path

from web.imports.remarks import unreadable
from web.imports.sheets import Spreadsheet
from web.imports.text_files import read_text
from web.imports.workbooks import BEGINNINGS, read_book

MAX_BYTES = 20 * 1024 * 1024


def read_spreadsheet(path: Path) -> Spreadsheet:
    """Read the file; say what to do when it is none."""
    if path.stat().st_size > MAX_BYTES:
        raise unreadable("file-too-large")
    content = path.read_bytes()
    return (read_book if content.startswith(BEGINNINGS) else read_text)(content)
