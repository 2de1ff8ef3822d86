"""What is said of a cell, a row or the file: in words, and whether it stands in the way."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from web.languages import language, texts

NOTES = frozenset(
    {"bin-restored", "unknown-heading", "rows-above", "total-row", "other-sheets", "reason-unused"}
)


class Remark(Struct, frozen=True):
    """What is to be said of a field of a row, or of the row; a note stands in nobody's way."""

    code: str
    words: str
    field: str | None = None

    @property
    def is_fault(self) -> bool:
        """Whether the row cannot be imported as it is."""
        return self.code not in NOTES


class UnreadableFile(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The file is no table that can be read; the message says what to do."""


def remark(code: str, field: str | None = None, **facts: object) -> Remark:
    """Return the remark in the language of the caller."""
    return Remark(code, said(code, **facts), field)


def unreadable(code: str, **facts: object) -> UnreadableFile:
    """Return why the file cannot be read."""
    return UnreadableFile(said(code, **facts))


def said(code: str, **facts: object) -> str:
    """Return the words of a code in the language of the caller."""
    words: Mapping[str, Any] = texts("imports")[code]
    return str(words[language()]).format(**facts)
