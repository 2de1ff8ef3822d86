"""The history of a case as a table for spreadsheets, in the language of its reader."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from web.histories import History
from web.languages import language
from web.table_cells import Cells, headings_of

COLUMNS = (
    *("position", "version", "event", "occurred_on", "recorded_at", "staff_id", "staff_name"),
    *("role", "office", "reason", "rule", "sentence"),
)


def headings(columns: Sequence[str] = COLUMNS) -> list[str]:
    """Return what stands above the columns."""
    return headings_of(columns, language())


def cells_of(
    history: History, today: date, zone: str, columns: Sequence[str] = COLUMNS
) -> Iterator[list[Any]]:
    """Return the cells of each entry, with moments by the clock of the zone."""
    cells = Cells(history.reader.places, history.reader.language, today, zone)
    return ([cells.of(column, row[column]) for column in columns] for row in history.rows())
