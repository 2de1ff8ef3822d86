"""Codes of the catalogue by what people call them: titles, their parts, and usual words."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from domain.catalogue.catalogue import CATALOGUE_2021
from domain.catalogue.entry import Entry
from web.imports.values import WrongCell, wrong
from web.imports.wording import bare
from web.languages import LANGUAGES, language, texts

_VOLUNTEERING = re.compile(r"\b(волонтерство|волонтерлик|волонтерлиги|volunteering|birgemiz)\b")
_LISTS: Mapping[str, str] = {
    "team_type": "team_types",
    "legal_form": "legal_forms",
    "directions": "directions",
    "volunteer_groups": "volunteer_groups",
    "participation_modes": "participation_modes",
}


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
