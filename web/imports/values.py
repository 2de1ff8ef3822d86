"""The cells of a list as values: codes by what people call them, numbers as they were meant."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from functools import cache

from domain.bin import LENGTH, check_bin
from domain.catalogue.catalogue import CATALOGUE_2021
from domain.catalogue.entry import Entry
from domain.refusals import InvalidValue
from web.imports.remarks import Remark, remark
from web.imports.wording import bare
from web.languages import LANGUAGES, language, texts

# Numbers of 2000 to 2009 begin with up to three zeros; who has lost more is no number.
_LOST_ZEROS = 3
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[EeЕе]\+\d+")
_SPACES_AND_DASHES = re.compile(r"[\s.\-–—]")
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y")
_YES = frozenset({"да", "иа", "yes", "true", "1", "есть", "бар", "согласен", "согласна", "y", "+"})
_NO = frozenset({"нет", "жок", "no", "false", "0", "не согласен", "не согласна", "n"})
_VOLUNTEERING = re.compile(r"\b(волонтерство|волонтерлик|волонтерлиги|volunteering|birgemiz)\b")
_LISTS: Mapping[str, str] = {
    "team_type": "team_types",
    "legal_form": "legal_forms",
    "directions": "directions",
    "volunteer_groups": "volunteer_groups",
    "participation_modes": "participation_modes",
}


class WrongCell(Exception):  # noqa: N818  It carries what is to be said of the cell.
    """The cell cannot be understood."""

    def __init__(self, told: Remark) -> None:
        super().__init__(told.code)
        self.remark = told


def wrong(code: str, field: str, **facts: object) -> WrongCell:
    """Return what to raise about a cell."""
    return WrongCell(remark(code, field, **facts))


def coded(field: str, text: str) -> str:
    """Return the code that the text is, is titled, or is usually called."""
    entries = CATALOGUE_2021.lists[_LISTS[field]]
    found = _codes(field).get(bare(text)) or _codes(field).get(_short(text))
    if found is None:
        known = "; ".join(_shown(each) for each in entries)
        raise wrong("no-such-value", field, value=text, known=known)
    return found.value


def several(field: str, text: str) -> list[str]:
    """Return the codes of a cell with several values; a title may have commas of its own."""
    found: list[str] = []
    for piece in re.split(r"[;\n]", text):
        try:
            found.append(coded(field, piece))
        except WrongCell:
            found += (
                coded(field, each.strip()) for each in re.split(r"[,/]", piece) if each.strip()
            )
    return list(dict.fromkeys(found))


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


@cache
def _codes(field: str) -> Mapping[str, StrEnum]:
    """Return the codes of a list by every name that only one of them has."""
    by_name: dict[str, set[StrEnum]] = {}
    for each in CATALOGUE_2021.lists[_LISTS[field]]:
        for name in _names(each):
            by_name.setdefault(name, set()).add(each.code)
    return {name: min(codes) for name, codes in by_name.items() if len(codes) == 1 and name}


def _names(entry: Entry) -> Iterator[str]:
    for written in (entry.code.value, *texts("values").get(entry.code.value, ())):
        yield bare(written)
    for each in LANGUAGES:
        title = str(getattr(entry.title, each))
        for name in (title, *re.split(r"[—:()]", title), re.sub(r"\(.*\)", "", title)):
            yield bare(name)
            yield _short(name)


def _shown(entry: Entry) -> str:
    """Return what is enough to write: the name of a programme, or else the title."""
    title = str(getattr(entry.title, language()))
    return title.partition(" — ")[0].removeprefix("BIRGEMIZ: ")


def _short(text: str) -> str:
    """Return the words without those that all values of a list have."""
    return " ".join(_VOLUNTEERING.sub(" ", bare(text)).split())
