"""The cells of a list as values: codes by what people call them, numbers as they were meant."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from domain.bin import LENGTH, check_bin
from domain.refusals import InvalidValue
from web.imports.remarks import Remark, remark
from web.imports.wording import bare

# Numbers of 2000 to 2009 begin with up to three zeros; who has lost more is no number.
_LOST_ZEROS = 3
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[EeЕе]\+\d+")
_SPACES_AND_DASHES = re.compile(r"[\s.\-–—]")
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y")
_YES = frozenset({"да", "иа", "yes", "true", "1", "есть", "бар", "согласен", "согласна", "y", "+"})
_NO = frozenset({"нет", "жок", "no", "false", "0", "не согласен", "не согласна", "n"})


class WrongCell(Exception):  # noqa: N818  It carries what is to be said of the cell.
    """The cell cannot be understood."""

    def __init__(self, told: Remark) -> None:
        super().__init__(told.code)
        self.remark = told


def wrong(code: str, field: str, **facts: object) -> WrongCell:
    """Return what to raise about a cell."""
    return WrongCell(remark(code, field, **facts))


def bin_number(text: str, tell: Callable[[Remark], None]) -> str:
    """Return the BIN, with the zeros it has lost where the check digit then holds."""
    _check_whole("bin", text)
    digits = _SPACES_AND_DASHES.sub("", text)
    if LENGTH - _LOST_ZEROS <= len(digits) < LENGTH:
        with suppress(InvalidValue):
            restored = check_bin(digits.zfill(LENGTH))
            tell(remark("bin-restored", "bin", bin=restored))
            return restored
    return digits


def phone(text: str) -> str:
    """Return the phone number; refuse a cell with several."""
    _check_whole("phone", text)
    if re.search(r"\d[^\d]*[;,\n/]\s*[+\d]", text):
        raise wrong("several-phones", "phone")
    return text


def day(text: str) -> str:
    """Return the day as ISO says it."""
    for form in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  A day has no zone.
    raise wrong("not-a-day", "occurred_on", value=text)


def yes(text: str) -> bool:
    """Return whether the answer is yes."""
    answer = "+" if text == "+" else bare(text)
    if answer not in _YES | _NO:
        raise wrong("not-yes-or-no", "consent", value=text)
    return answer in _YES


def _check_whole(field: str, text: str) -> None:
    if _ROUNDED.fullmatch(text):
        raise wrong("number-rounded", field, value=text)
