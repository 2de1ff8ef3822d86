"""Which day it is at an office: by the zones that come with the service.

A machine's own table of zones may be older than the one zone of the whole country, which
is of 1 March 2024; then the same case would have other days there.
"""

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from domain.places import Places


def day_at(office: str, moment: datetime, places: Places) -> date:
    """Return the date where the office is, at the moment."""
    return moment.astimezone(_zone(places.zone(office))).date()


@cache
def _zone(name: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, name)
