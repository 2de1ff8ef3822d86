"""What is said of a list, row by row: what becomes of it, and what is in the way."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from web.imports.headings import title_of
from web.imports.remarks import Remark, said

COLUMNS = ("row", "outcome", "name", "column", "remark")


class ReportedRow(Struct, frozen=True, kw_only=True):
    """A row with its outcome, and all that is to be said of it."""

    row: int
    name: str
    outcome: str
    id: UUID | None = None
    remarks: tuple[Remark, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """Everything that is said of a list; ``is_done`` when all of it is registered now."""

    form: str
    is_done: bool
    rows: tuple[ReportedRow, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing that is said of it stands in the way."""
        faults = (one.is_fault for each in self.rows for one in each.remarks)
        return not any(faults)

    @property
    def words(self) -> Sequence[str]:
        """The list as a whole: how many rows are what, and what to do next."""
        found = Counter(each.outcome for each in self.rows)
        counts = said(
            "counts",
            form=self.form,
            rows=sum(found[each] for each in _COUNTED),
            new=found["will-be-registered"] + found["registered"],
            known=found["known"],
            refused=found["refused"],
        )
        if found["known"] and not found["will-be-registered"] + found["registered"]:
            ends = "nothing-new"
        else:
            ends = "all-recorded" if self.is_done else "only-checked"
        return (counts, said(ends if self.is_good else "nothing-recorded"))

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """The report as a table: a line for each remark, and for each row without any."""
        for each in self.rows:
            shown = {"row": each.row, "outcome": said(each.outcome), "name": each.name}
            for one in each.remarks or (None,):
                column = title_of(one.field) if one and one.field else ""
                yield {**shown, "column": column, "remark": one.words if one else ""}

    @property
    def document(self) -> dict[str, Any]:
        """The report as data."""
        return {
            "form": self.form,
            "registered": self.is_done,
            "rows": list(map(_as_data, self.rows)),
        }


_COUNTED = ("will-be-registered", "registered", "known", "refused")


def _as_data(row: ReportedRow) -> dict[str, Any]:
    remarks = [
        {"field": each.field, "code": each.code, "is_fault": each.is_fault, "words": each.words}
        for each in row.remarks
    ]
    return {
        "row": row.row,
        "outcome": row.outcome,
        "name": row.name,
        "id": row.id,
        "remarks": remarks,
    }
