"""What stands in the cells of a table: codes by their titles, places and offices by name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.catalogue.catalogue import title_of
from domain.catalogue.title import Title
from domain.office_titles import office_title
from domain.places import Places
from web.languages import texts

Cell = str | int | date | datetime | None


class Cells(Struct, frozen=True):
    """For whom the cells are: in which language, on which day, by which clock."""

    places: Places
    language: str
    today: date
    zone: str

    def of(self, column: str, value: Any) -> Cell:
        """Return what stands in the cell of a value: text, a day, or a moment by the clock."""
        if value is None:
            return None
        return self.title(column, value) or self._of(value)

    def title(self, column: str, value: Any) -> str | None:
        """Return what a place, an office or a kind of case is called; other columns have no title."""
        return self._told(_TITLES[column](self, value)) if column in _TITLES else None

    def row(self, columns: Sequence[str], item: Struct) -> list[Cell]:
        """Return the cells of an item of a list."""
        return [self.of(column, getattr(item, column)) for column in columns]

    def _of(self, value: Any) -> str | int | date | datetime:
        match value:
            case StrEnum():
                return self._told(title_of(value))
            case bool():
                return self._word("yes" if value else "no")
            case datetime():
                return value.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, microsecond=0)
            case date() | int():
                return value
            case tuple() | list():
                return "; ".join(str(self._of(each)) for each in value)
            case UUID() | str():
                return str(value)
        raise TypeError(type(value))

    def _told(self, title: Title) -> str:
        return str(getattr(title, self.language))

    def _word(self, key: str) -> str:
        return str(texts("tables")["words"][key][self.language])


def headings_of(columns: Sequence[str], language: str) -> list[str]:
    """Return what stands above the columns."""
    words = texts("tables")["columns"]
    return [str(words[column][language]) for column in columns]


def _region(cells: Cells, code: str) -> Title:
    return cells.places.check_region(code).title


def _district(cells: Cells, code: str) -> Title:
    return cells.places.check_district_code(code).title


def _office(cells: Cells, code: str) -> Title:
    return office_title(cells.places, code, cells.today)


def _case_type(_: Cells, name: str) -> Title:
    words = texts("tables")["words"][name]
    return Title(words["ru"], words["kk"], words["en"])


_TITLES: Mapping[str, Callable[[Cells, str], Title]] = {
    "region": _region,
    "district": _district,
    **dict.fromkeys(("office", "from_office", "to_office", "offered_to"), _office),
    "case_type": _case_type,
}
