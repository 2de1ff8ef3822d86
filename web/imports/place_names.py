"""Regions and districts by what people call them: with their kind, without it, or by code."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from domain.places import District, Places, Region
from web.imports.values import wrong
from web.imports.wording import bare
from web.languages import language

# As ``bare`` leaves them: short i has lost its mark.
_KINDS = re.compile(
    r"\b(область|обл|облысы|region|oblast|город|г|гор|каласы|city"
    r"|раион|р н|рн|ауданы|district)\b"
)
# In which order a name is held against titles: whole ones first, the Russian ones before others.
_ORDER = ("ru", "kk", "en")
Place = TypeVar("Place", Region, District)


def region_code(places: Places, text: str) -> str:
    """Return the code of the region."""
    found = _found(list(places.regions.values()), text)
    if not found:
        raise wrong("no-such-region", "region", value=text)
    return found[0].code


def district_code(places: Places, region: str, text: str) -> str:
    """Return the code of the district or city, which has to be in the region."""
    if text in places.districts:
        return text
    here = [each for each in places.districts.values() if each.region == region]
    found = _found(here, text)
    if len(found) != 1:
        known = ", ".join(_told(each, language()) for each in found or here)
        raise wrong("no-such-district", "district", value=text, known=known)
    return found[0].code


def _found(places: Iterable[Place], text: str) -> list[Place]:
    """Return the places that the text names, by the first way of naming that names any."""
    ways = [_whole_names, *(_short_name_in(each) for each in _ORDER)]
    asked = {bare(text), _short(text)} - {""}
    for names_of in ways:
        if found := [place for place in places if names_of(place) & asked]:
            return found
    return []


def _whole_names(place: Region | District) -> set[str]:
    return {bare(place.code), *(bare(_told(place, each)) for each in _ORDER)}


def _short_name_in(told_in: str) -> Callable[[Region | District], set[str]]:
    return lambda place: {_short(_told(place, told_in))}


def _told(place: Region | District, told_in: str) -> str:
    return str(getattr(place.title, told_in))


@lru_cache(maxsize=10_000)
def _short(text: str) -> str:
    """Return the name without the word for what kind of place it is."""
    return " ".join(_KINDS.sub(" ", bare(text)).split())
