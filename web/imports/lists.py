"""A whole list: its headings and its rows, and what is to be said of it and of each of them."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from domain.places import Places
from web.imports.headings import REQUIRED, Headings, find_headings, title_of
from web.imports.people import Cells
from web.imports.place_names import region_code
from web.imports.remarks import Remark, remark, unreadable
from web.imports.rows import ListRow, RowReader
from web.imports.sheets import Spreadsheet
from web.imports.values import WrongCell
from web.imports.wording import bare

MAX_ROWS = 10_000
_TOTAL = re.compile(r"(итого|всего|барлыгы|жиыны|total)\b")
_LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]|\?[^\W\d_]|\?\?")


class OrganizationList(Struct, frozen=True, kw_only=True):
    """A list as it was read; its own remarks are on the row of headings."""

    form: str
    region: str
    heading_row: int
    remarks: tuple[Remark, ...]
    rows: tuple[ListRow, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing that is said of it stands in the way."""
        said = (*self.remarks, *(each for row in self.rows for each in row.remarks))
        return not any(each.is_fault for each in said)


def read_list(sheet: Spreadsheet, places: Places, region: str | None) -> OrganizationList:
    """Read the list of one region's organizations: the region given, or that of the first row."""
    headings = find_headings(sheet.rows)
    filled = list(_filled(sheet, headings))
    if not filled:
        raise unreadable("rows-none")
    if len(filled) > MAX_ROWS:
        raise unreadable("rows-too-many", limit=MAX_ROWS)
    region = region or _first_region(places, filled)
    missing = [each for each in REQUIRED if each not in headings.places]
    rows = (_row(sheet, headings, each, places, region) for each in filled)
    return OrganizationList(
        form=sheet.form,
        region=region,
        heading_row=headings.row + 1,
        remarks=(*headings.remarks, *_of_the_whole(sheet, missing)),
        rows=tuple(_but_of(missing, row) for row in rows),
    )


def _filled(sheet: Spreadsheet, headings: Headings) -> Iterator[tuple[int, Cells]]:
    """Return the rows that tell something, each with its number and the cells that do."""
    for at, row in enumerate(sheet.rows[headings.row + 1 :], start=headings.row + 1):
        cells = {
            field: row[place]
            for field, place in headings.places.items()
            if place < len(row) and row[place]
        }
        if cells:
            yield at + 1, cells


def _first_region(places: Places, filled: Sequence[tuple[int, Cells]]) -> str:
    for _, cells in filled:
        try:
            return region_code(places, cells["region"])
        except (KeyError, WrongCell):
            continue
    raise unreadable("region-missing", column=title_of("region"))


def _of_the_whole(sheet: Spreadsheet, missing: Sequence[str]) -> Iterator[Remark]:
    yield from (remark("heading-missing", column=title_of(each)) for each in missing)
    if sheet.other_sheets:
        yield remark("other-sheets", names=", ".join(sheet.other_sheets))


def _row(
    sheet: Spreadsheet, headings: Headings, filled: tuple[int, Cells], places: Places, region: str
) -> ListRow:
    number, cells = filled
    first = next(cell for cell in sheet.rows[number - 1] if cell)
    if _TOTAL.match(bare(first)) and "district" not in cells:
        return ListRow(number=number, remarks=(remark("total-row"),), is_counted=False)
    found = RowReader(number, cells, places, region).read()
    faults = (*_merged(sheet, headings, filled), *_lost_letters(sheet, cells))
    return _but_of([], replace(found, remarks=(*faults, *found.remarks)))


def _merged(sheet: Spreadsheet, headings: Headings, filled: tuple[int, Cells]) -> Iterator[Remark]:
    number, cells = filled
    for field, place in headings.places.items():
        if (number - 1, place) in sheet.merged and field not in cells:
            yield remark("merged", field)


def _lost_letters(sheet: Spreadsheet, cells: Cells) -> Iterator[Remark]:
    for field, text in cells.items():
        if sheet.lossy and field != "website" and _LOST_LETTER.search(text):
            yield remark("letters-lost", field)


def _but_of(missing: Sequence[str], row: ListRow) -> ListRow:
    """Return the row without what is said of the list as a whole, and each cell's first fault."""
    kept: dict[object, Remark] = {}
    for place, each in enumerate(row.remarks):
        if each.field not in missing or each.field is None:
            kept.setdefault(each.field if each.is_fault and each.field else place, each)
    is_good = not any(each.is_fault for each in row.remarks)
    return replace(row, remarks=tuple(kept.values()), listed=row.listed if is_good else None)
