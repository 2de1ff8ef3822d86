"""What the offices are called, and were called on a day of the past."""

from datetime import date

from domain.catalogue.title import Title
from domain.places import REPUBLICAN_OFFICE, Places

REPUBLICAN_TITLE = Title(
    "Республиканский фронт-офис волонтёров",
    "Республикалық волонтерлер фронт-офисі",
    "Republican volunteer front office",
)
CAPITAL = "KZ-71"
# The capital bore another name from 23 March 2019 until 18 September 2022 (notes/codes.md 5.1).
NUR_SULTAN = (date(2019, 3, 23), date(2022, 9, 18))
NUR_SULTAN_TITLE = Title("город Нур-Султан", "Нұр-Сұлтан қаласы", "Nur-Sultan")


def office_title(places: Places, office: str, on: date) -> Title:
    """Return what the office was called on the day."""
    if office == REPUBLICAN_OFFICE:
        return REPUBLICAN_TITLE
    place = _region_title(places, office, on)
    return Title(
        f"Фронт-офис волонтёров, {place.ru}",
        f"Волонтерлер фронт-офисі, {place.kk}",
        f"Volunteer front office, {place.en}",
    )


def _region_title(places: Places, region: str, on: date) -> Title:
    first, last = NUR_SULTAN
    if region == CAPITAL and first <= on <= last:
        return NUR_SULTAN_TITLE
    return places.regions[region].title
