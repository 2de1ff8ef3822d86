"""The rows of cases as they are without a person: what an erasure writes, and what a report compares."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.case_types import ORGANIZATION, STAFF, CaseType
from application.read_models.appearance_rows import people_in_rows
from application.read_models.row import Row
from application.read_models.rows import OrganizationRow, StaffRow
from application.streams import Stream, projector
from application.use_cases.subjects import SubjectUseCases

KEYED: Mapping[str, CaseType[Any]] = {each.name: each for each in (ORGANIZATION, STAFF)}
KeyedRow = OrganizationRow | StaffRow


class Remade(Struct, frozen=True):
    """Rows that differ from the ones there are, and the cases that were read at their versions."""

    rows: tuple[KeyedRow, ...]
    versions: Mapping[UUID, int]
    others: frozenset[UUID]

    def count(self, row_type: type[Row]) -> int:
        """Return how many rows of a table differ."""
        return sum(isinstance(row, row_type) for row in self.rows)


class RemadeRows(SubjectUseCases):
    """Makes the rows that hold keyed hashes of people's values as if one of them were erased."""

    def remade(self, subject_id: UUID) -> Remade:
        """Return the rows that hold something of the person, as they are without."""
        streams = list(self._without(subject_id))
        there = self.people_anywhere.keyed([each.id for each in streams])
        rows = [row for each in streams for row in _keyed_rows(self.projection.rows(each))]
        others = (people_in_rows(each) for each in streams)
        return Remade(
            tuple(row for row in rows if sorted(_keys_of(row)) != sorted(there.get(row.id, ()))),
            {each.id: each.version for each in streams},
            frozenset().union(*others),
        )

    def _without(self, subject_id: UUID) -> Iterator[Stream[Any]]:
        for row in self.people_anywhere.appearances(subject_id):
            if row["case_type"] in KEYED:
                events = self._all_events.without(subject_id, row["case_id"])
                stream = projector(KEYED[row["case_type"]])(None, events)
                assert stream is not None  # noqa: S101  The row was made from its events.
                yield stream


def _keyed_rows(rows: Iterator[Row]) -> Iterator[KeyedRow]:
    return (row for row in rows if isinstance(row, OrganizationRow | StaffRow))


def _keys_of(row: KeyedRow) -> list[str]:
    if isinstance(row, OrganizationRow):
        return row.identifiers
    return [each for each in (row.login_key, row.identity_key) if each]
