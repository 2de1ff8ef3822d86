"""The outcome of each row of a list, from what was read and what was judged of it."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from msgspec import Struct

from application.use_cases.imports import Verdict
from web.imports.faults import refused
from web.imports.lists import OrganizationList
from web.imports.remarks import Remark, remark, said
from web.imports.report import Report, ReportedRow
from web.imports.rows import ListRow

Names = Mapping[UUID, str]


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
