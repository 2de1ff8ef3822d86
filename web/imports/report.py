"""What is said of a list, row by row: what becomes of it, and what is in the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.use_cases.imports import Verdict
from web.imports.headings import title_of
from web.imports.lists import OrganizationList
from web.imports.remarks import Remark, remark, said
from web.imports.rows import ListRow, refused

COLUMNS = ("row", "outcome", "name", "column", "remark")
Names = Mapping[UUID, str]


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


def report(
    listed: OrganizationList, verdicts: Iterable[Verdict], names: Names, *, is_confirmed: bool
) -> Report:
    """Return what is to be said; ``names`` are those of organizations that rows look like."""
    by_row = {each.row: each for each in verdicts}
    rows_of = {each.id: each.row for each in by_row.values()}
    is_done = is_confirmed and listed.is_good and not any(each.refusal for each in by_row.values())
    told = _Telling(by_row, rows_of, names, is_done=is_done)
    rows = map(told.row, listed.rows)
    return Report(form=listed.form, is_done=is_done, rows=(*_on_headings(listed), *rows))


class _Telling(Struct, frozen=True):
    verdicts: Mapping[int, Verdict]
    rows_of: Mapping[UUID, int]
    names: Names
    is_done: bool

    def row(self, row: ListRow) -> ReportedRow:
        verdict = self.verdicts.get(row.number)
        remarks = (*row.remarks, *self._refusal(verdict), *_unused(row, verdict))
        is_there = verdict is not None and (self.is_done or not (verdict.begun or verdict.refusal))
        return ReportedRow(
            row=row.number,
            name=row.name,
            outcome=self._outcome(row, verdict),
            id=verdict.id if verdict and is_there else None,
            remarks=remarks,
        )

    def _outcome(self, row: ListRow, verdict: Verdict | None) -> str:
        if not row.is_counted:
            return "passed-over"
        if verdict is None or verdict.refusal:
            return "refused"
        if verdict.begun is None:
            return "known"
        return "registered" if self.is_done else "will-be-registered"

    def _refusal(self, verdict: Verdict | None) -> Iterator[Remark]:
        if verdict and verdict.refusal:
            others = ", ".join(map(self._called, verdict.candidates))
            yield refused(verdict.refusal, others)

    def _called(self, candidate: UUID) -> str:
        if candidate in self.rows_of:
            return said("row-of-list", row=self.rows_of[candidate])
        return f"{self.names.get(candidate, candidate)} ({candidate})"


def _unused(row: ListRow, verdict: Verdict | None) -> Iterator[Remark]:
    """Return that a reason was given of which there was no need."""
    begun = verdict.begun if verdict else None
    if begun and row.listed and row.listed.not_duplicate:
        registered = begun.events[0]
        if getattr(registered, "not_duplicate", None) is None:
            yield remark("reason-unused", "not_duplicate")


def _on_headings(listed: OrganizationList) -> Iterator[ReportedRow]:
    if listed.remarks:
        yield ReportedRow(
            row=listed.heading_row, name="", outcome="headings", remarks=listed.remarks
        )


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
