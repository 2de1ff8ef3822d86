"""One entry of the catalogue."""

from enum import StrEnum

from msgspec import Struct

from domain.catalogue.title import Title


class Entry(Struct, frozen=True):
    """A code, what it is called, and the clause of the handbook it comes from."""

    code: StrEnum
    clause: str | None
    title: Title


def entry(code: StrEnum, clause: str | None, ru: str, kk: str, en: str) -> Entry:
    """Return an entry with its title in the three languages."""
    return Entry(code, clause, Title(ru, kk, en))
