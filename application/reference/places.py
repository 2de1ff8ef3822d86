"""Regions and districts, read from the table of administrative units (KATO)."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files

from domain.catalogue.title import Title
from domain.places import District, Places, Region

ALMATY = "Asia/Almaty"
# Where the clock was, or may be, another one than in Almaty. One zone since 1 March 2024.
ZONES = {
    "KZ-15": "Asia/Aqtobe",
    "KZ-23": "Asia/Atyrau",
    "KZ-27": "Asia/Oral",
    "KZ-39": "Asia/Qostanay",
    "KZ-43": "Asia/Qyzylorda",
    "KZ-47": "Asia/Aqtau",
}


def load_places() -> Places:
    """Return the places of the packaged table."""
    text = files("application.reference").joinpath("administrative_units.csv").read_text("utf-8")
    return read_places(csv.DictReader(text.splitlines()))


def read_places(rows: Iterable[Mapping[str, str]]) -> Places:
    """Return the places of a table; the first two digits of a code say the region."""
    units = list(rows)
    regions = {row["iso"]: _region(row) for row in units if row["iso"]}
    by_prefix = {region.kato[:2]: region.code for region in regions.values()}
    districts = {
        row["kato"]: _district(row, by_prefix[row["kato"][:2]]) for row in units if not row["iso"]
    }
    return Places(regions, districts)


def _region(row: Mapping[str, str]) -> Region:
    return Region(
        code=row["iso"],
        kato=row["kato"],
        kind=row["kind"],
        title=_title(row),
        centre=row["centre_ru"] or None,
        valid_from=_date(row["valid_from"]),
        zone=ZONES.get(row["iso"], ALMATY),
    )


def _district(row: Mapping[str, str], region: str) -> District:
    return District(
        code=row["kato"],
        region=region,
        kind=row["kind"],
        title=_title(row),
        valid_from=_date(row["valid_from"]),
        former_names=row["former_names"] or None,
    )


def _title(row: Mapping[str, str]) -> Title:
    return Title(row["name_ru"], row["name_kk"], row["name_en"])


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
