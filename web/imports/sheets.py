"""What every file of a list comes to: rows of text."""

import unicodedata
from datetime import date, datetime

from msgspec import Struct

# Our own tables put one before what may be a formula, and people before numbers with zeros.
_APOSTROPHE_BEFORE = frozenset("=+-@|%0123456789")
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


def text_of(cell: object) -> str:
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
            first = unicodedata.normalize("NFKC", text[1:2])
            return text[1:] if text[:1] == "'" and first in _APOSTROPHE_BEFORE else text
