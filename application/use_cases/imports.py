"""Organizations from an office's own list: every row is registered, or none of them is.

An organization has the id that its row gives it, so that a list which comes again, in the same
file or in another one, registers nothing twice: also after years, and also two at one moment.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import cast
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.read_models.organization_rows import identifiers, names
from application.repeating import repeated
from application.save_outcomes import BinJustTaken
from application.streams import Stream
from application.use_cases.likely_duplicates import Compared
from application.use_cases.organizations import OrganizationUseCases
from domain.actors import Occasion
from domain.catalogue.codes import OrganizationStatus
from domain.organization import Organization, OrganizationDetails
from domain.organization.duplicates import DuplicateSuspected, NotDuplicate
from domain.refusals import Refusal
from domain.rules.likeness import Candidate, beginnings

Progress = Callable[[int], object]


class ListedOrganization(Struct, frozen=True, kw_only=True):
    """A row of a list. ``told`` is what it says, whole: by that it is known again.

    ``known_as`` is the id that it had when it was given out, ``not_duplicate`` why it is none
    of those it looks like.
    """

    row: int
    told: str
    details: OrganizationDetails
    known_as: UUID | None = None
    not_duplicate: str | None = None
    occurred_on: date | None = None
    comment: str | None = None


class Verdict(Struct, frozen=True):
    """What becomes of a row: a case that begins, a refusal, or neither: it is there already."""

    row: int
    id: UUID
    begun: Stream[Organization] | None = None
    refusal: Refusal | None = None

    @property
    def candidates(self) -> tuple[UUID, ...]:
        """The organizations that it looks like, where it is refused for that."""
        return _candidates(self.refusal) if isinstance(self.refusal, DuplicateSuspected) else ()


def _candidates(refusal: DuplicateSuspected) -> tuple[UUID, ...]:
    found = cast("list[Candidate]", refusal.facts["candidates"])
    return tuple(each.id for each in found)


class ListedBefore:
    """The rows of a list so far, as organizations are compared that are registered."""

    def __init__(self, lookup: Callable[[str], str]) -> None:
        self._lookup = lookup
        self._by_mark: dict[str, list[Compared]] = {}

    def add(self, case_id: UUID, details: OrganizationDetails) -> None:
        """Let later rows be compared with the row."""
        compared = {
            "id": case_id,
            "name": details.name,
            "name_kk": details.name_kk,
            "region": details.region,
            "district": details.district,
            "status": OrganizationStatus.ACTIVE,
            "identifiers": identifiers(details, self._lookup),
            "not_duplicate_of": [],
        }
        for mark in self._marks(details):
            self._by_mark.setdefault(mark, []).append(compared)

    def alike(self, details: OrganizationDetails) -> list[Compared]:
        """Return the rows that share an identifier, or the beginning of a word in the region."""
        found = {
            each["id"]: each
            for mark in self._marks(details)
            for each in self._by_mark.get(mark, ())
        }
        return list(found.values())

    def _marks(self, details: OrganizationDetails) -> Iterator[str]:
        yield from identifiers(details, self._lookup)
        yield from (f"{details.region}:{each}" for each in beginnings(names(details)))


class ImportUseCases(OrganizationUseCases):
    """What an office does with its list."""

    def look_over(
        self, on: Occasion, rows: Sequence[ListedOrganization], progress: Progress
    ) -> list[Verdict]:
        """Return what would become of each row, and record nothing."""
        ids = list(self._ids(on, rows))
        told = [row.known_as for row in rows if row.known_as]
        found = self.everywhere.organizations_named(ids), self.queries.organizations_named(told)
        there = {each["id"] for each in chain(*found)}
        others = ListedBefore(self.vault.lookup)
        verdicts = []
        for row, given in zip(rows, ids, strict=True):
            case_id = row.known_as if row.known_as and row.known_as in there else given
            if case_id in there:
                verdicts.append(Verdict(row.row, case_id))
            else:
                verdicts.append(self._judged(on, row, case_id, others.alike(row.details)))
                others.add(case_id, row.details)
            progress(1)
        return verdicts

    def register_all(
        self, on: Occasion, rows: Sequence[ListedOrganization], progress: Progress
    ) -> list[Verdict]:
        """Register every row that is not there yet, in one transaction; none if one is refused."""
        return repeated(lambda: self._register_all(on, rows, progress), BinJustTaken)

    def _register_all(
        self, on: Occasion, rows: Sequence[ListedOrganization], progress: Progress
    ) -> list[Verdict]:
        verdicts = self.look_over(on, rows, progress)
        begun = [each.begun for each in verdicts if each.begun]
        if begun and not any(each.refusal for each in verdicts):
            self.keep(on, *begun)
        return verdicts

    def _ids(self, on: Occasion, rows: Sequence[ListedOrganization]) -> Iterator[UUID]:
        """Return the id that each row gives; of rows that say the same, each has its own."""
        places: Counter[str] = Counter()
        for row in rows:
            places[row.told] += 1
            told = f"{on.by.office}|{places[row.told]}|{row.told}"
            yield UUID(self.vault.lookup(f"listed:{told}")[:32], version=5)

    def _judged(
        self, on: Occasion, row: ListedOrganization, case_id: UUID, beside: list[Compared]
    ) -> Verdict:
        try:
            return Verdict(row.row, case_id, begun=self._begun(on, row, case_id, beside))
        except Refusal as refusal:
            verdict = Verdict(row.row, case_id, refusal=refusal)
        # Who takes the same list in at this moment may have been quicker: then it looks like itself.
        return Verdict(row.row, case_id) if case_id in verdict.candidates else verdict

    def _begun(
        self, on: Occasion, row: ListedOrganization, case_id: UUID, beside: list[Compared]
    ) -> Stream[Organization]:
        """Return the case that the row begins; refuse one that looks like another, undecided."""
        on = replace(
            on, cause=f"{on.cause}:{row.row}", occurred_on=row.occurred_on, comment=row.comment
        )
        try:
            return self.registration(case_id, on, row.details, beside=beside)
        except DuplicateSuspected as refusal:
            if row.not_duplicate is None:
                raise
            decided = NotDuplicate(_candidates(refusal), row.not_duplicate)
            return self.registration(case_id, on, row.details, decided, beside=beside)
