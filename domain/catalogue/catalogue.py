"""The catalogue by edition: what each code is called, and where it comes from.

An edition is never changed: a later one is added beside it. Every event that uses a
code names the edition it was taken from.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from domain.catalogue import handbook_titles, status_titles, work_titles
from domain.catalogue.entry import Entry
from domain.catalogue.title import Title


class Catalogue(Struct, frozen=True):
    """The lists of one edition, by their names."""

    version: str
    lists: Mapping[str, tuple[Entry, ...]]


CATALOGUE_2021 = Catalogue("2021", {**handbook_titles.ALL, **work_titles.ALL, **status_titles.ALL})
CATALOGUES: Mapping[str, Catalogue] = {CATALOGUE_2021.version: CATALOGUE_2021}

_TITLES = {
    (type(each.code), each.code): each.title
    for entries in CATALOGUE_2021.lists.values()
    for each in entries
}


def title_of(code: StrEnum) -> Title:
    """Return what a code is called."""
    return _TITLES[type(code), code]
