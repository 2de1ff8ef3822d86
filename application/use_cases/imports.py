"""Organizations from an office's own list: every row is registered, or none of them is.

An organization has the id that its row gives it, so that a list which comes again, in the same
file or in another one, registers nothing twice: also after years, and also two at one moment.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.read_models.organization_rows import identifiers
from application.streams import Stream
from application.use_cases.organizations import OrganizationUseCases, looking_again
from domain.actors import Occasion
from domain.catalogue.codes import OrganizationStatus
from domain.names import name_key
from domain.organization import Organization, OrganizationDetails
from domain.organization.duplicates import DuplicateSuspected, NotDuplicate
from domain.refusals import Refusal
from domain.rules.likeness import Candidate, Likeness

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
    return tuple(each.id for each in cast("list[Candidate]", refusal.facts["candidates"]))


def _twins(found: Mapping[str, tuple[UUID, ListedOrganization]], own_id: UUID) -> list[Candidate]:
    """Return the earlier rows of the list that share a mark, as candidates."""
    kinds: dict[UUID, set[str]] = {}
    for mark, (case_id, _) in found.items():
        kinds.setdefault(case_id, set()).add(mark.partition(":")[0])
    rows = dict(found.values())
    return [
        Candidate(
            id=case_id,
            name=rows[case_id].details.name,
            district=rows[case_id].details.district,
            status=OrganizationStatus.ACTIVE,
            reasons=tuple(each for each in Likeness if each in shared),
            likeness=100 if Likeness.NAME in shared else None,
        )
        for case_id, shared in kinds.items()
        if case_id != own_id
    ]


class ImportUseCases(OrganizationUseCases):
    """What an office does with its list."""

    def look_over(
        self, on: Occasion, rows: Sequence[ListedOrganization], progress: Progress
    ) -> list[Verdict]:
        """Return what would become of each row, and record nothing."""
        ids = list(self._ids(on, rows))
        named = [*ids, *(row.known_as for row in rows if row.known_as)]
        there = {each["id"] for each in self.everywhere.organizations_named(named)}
        alike: dict[str, tuple[UUID, ListedOrganization]] = {}
        verdicts = []
        for row, given in zip(rows, ids, strict=True):
            case_id = row.known_as if row.known_as and row.known_as in there else given
            marks = self._marks(row)
            twins = _twins(
                {mark: alike.setdefault(mark, (case_id, row)) for mark in marks}, case_id
            )
            known = Verdict(row.row, case_id) if case_id in there else None
            verdicts.append(known or self._judged(on, row, case_id, twins))
            progress(1)
        return verdicts

    def register_all(
        self, on: Occasion, rows: Sequence[ListedOrganization], progress: Progress
    ) -> list[Verdict]:
        """Register every row that is not there yet, in one transaction; none if one is refused."""
        return looking_again(lambda: self._register_all(on, rows, progress))

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

    def _marks(self, row: ListedOrganization) -> list[str]:
        """Return what rows of one list have in common when they may be one organization."""
        named = f"{Likeness.NAME}:{row.details.region}:{name_key(row.details.name)}"
        return [*identifiers(row.details, self.vault.lookup), named]

    def _judged(
        self, on: Occasion, row: ListedOrganization, case_id: UUID, twins: list[Candidate]
    ) -> Verdict:
        try:
            return Verdict(row.row, case_id, begun=self._begun(on, row, case_id, twins))
        except Refusal as refusal:
            verdict = Verdict(row.row, case_id, refusal=refusal)
        # Who takes the same list in at this moment may have been quicker: then it looks like itself.
        return Verdict(row.row, case_id) if case_id in verdict.candidates else verdict

    def _begun(
        self, on: Occasion, row: ListedOrganization, case_id: UUID, twins: list[Candidate]
    ) -> Stream[Organization]:
        """Return the case that the row begins; refuse one that looks like another, undecided."""
        on = replace(
            on, cause=f"{on.cause}:{row.row}", occurred_on=row.occurred_on, comment=row.comment
        )
        try:
            return self.registration(case_id, on, row.details, twins=twins)
        except DuplicateSuspected as refusal:
            if row.not_duplicate is None:
                raise
            decided = NotDuplicate(_candidates(refusal), row.not_duplicate)
            return self.registration(case_id, on, row.details, decided, twins=twins)
