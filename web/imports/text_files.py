"""Lists as text: CSV as Excel writes it, in the encodings and with the delimiters it uses."""

import csv
import io

from web.imports.headings import known_in
from web.imports.remarks import unreadable
from web.imports.sheets import Rows, Spreadsheet, text_of

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = b"\x00"


def read_text(content: bytes) -> Spreadsheet:
    """Read the text by the delimiter with which most of its headings are known."""
    encoding = _encoding_of(content)
    text = _decoded(content, encoding)
    by_delimiter = {each: _records(text, each) for each in ";,\t"}
    delimiter = max(by_delimiter, key=lambda each: known_in(by_delimiter[each]))
    name = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1251": "Windows-1251"}[encoding]
    shown = {"\t": "TAB"}.get(delimiter, delimiter)
    return Spreadsheet(
        rows=by_delimiter[delimiter], form=f"CSV «{shown}», {name}", lossy=encoding == "cp1251"
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


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise unreadable("file-broken") from error


def _records(text: str, delimiter: str) -> Rows:
    """Return the records; a line ``sep=;`` is for Excel, and keeps its place among them."""
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise unreadable("file-broken") from error
    if records and "".join(records[0]).lower().startswith("sep="):
        records[0] = []
    return [[text_of(cell) for cell in record] for record in records]
