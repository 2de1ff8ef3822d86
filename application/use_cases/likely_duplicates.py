"""What a registration or a change makes an organization look like, before it is saved."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from application.read_models.organization_rows import identifier, identifiers, names
from application.use_cases.reading import ReadingUseCases
from domain.organization import OrganizationDetails
from domain.organization.duplicates import Resemblance
from domain.rules.likeness import (
    LIKELY,
    Candidate,
    Likeness,
    Name,
    beginnings,
    beginnings_of_places,
    name_likeness,
)

Compared = Mapping[str, Any]


class LikelyDuplicates(ReadingUseCases):
    """Looks for them among the organizations that the caller sees; for a BIN, everywhere."""

    @cached_property
    def _places(self) -> frozenset[str]:
        return beginnings_of_places(self.places)

    def alike(
        self,
        details: OrganizationDetails,
        before: OrganizationDetails | None = None,
        own_id: UUID | None = None,
        beside: Iterable[Compared] = (),
    ) -> Resemblance:
        """Return which organizations the details look like, by what they have not had before.

        ``beside`` are others that are not saved yet.
        """
        shared, named = self._news(details, before)
        if not (shared or named):
            return Resemblance()
        anywhere = self._having_bin(shared) - {own_id}
        alike = self.everywhere.alike(
            identifiers=shared,
            region=details.region,
            beginnings=sorted(beginnings(named)),
            but=own_id,
        )
        rows = [*self.queries.compared({*alike, *anywhere}), *beside]
        here = {row["id"] for row in rows if row["region"] == details.region}
        return Resemblance(
            candidates=tuple(self._candidates(rows, shared, named)),
            told_apart=frozenset(row["id"] for row in rows if own_id in row["not_duplicate_of"]),
            bin_elsewhere=bool(anywhere - here),
        )

    def _news(
        self, details: OrganizationDetails, before: OrganizationDetails | None
    ) -> tuple[list[str], list[str]]:
        """Return the identifiers and the names that were not there before in the region."""
        shared, named = self._identifiers(details), names(details)
        if before is None:
            return shared, named
        known = self._identifiers(before)
        had = names(before) if before.region == details.region else []
        return [x for x in shared if x not in known], [x for x in named if x not in had]

    def _identifiers(self, details: OrganizationDetails) -> list[str]:
        """Return what a duplicate would share, in every form in which it may stand."""
        found = (
            each for lookup in self.vault.every_lookup for each in identifiers(details, lookup)
        )
        return list(dict.fromkeys(found))

    def _candidates(
        self, rows: Iterable[Compared], shared: list[str], named: list[str]
    ) -> Iterator[Candidate]:
        own = [Name.of(name, self._places) for name in named]
        for row in rows:
            kinds = {each.partition(":")[0] for each in row["identifiers"] if each in shared}
            others = [Name.of(name, self._places) for name in (row["name"], row["name_kk"]) if name]
            likeness = max((name_likeness(a, b) for a in own for b in others), default=0)
            kinds |= {Likeness.NAME} if likeness >= LIKELY else set()
            if kinds:
                yield Candidate(
                    id=row["id"],
                    name=row["name"],
                    district=row["district"],
                    status=row["status"],
                    reasons=tuple(each for each in Likeness if each in kinds),
                    likeness=likeness if Likeness.NAME in kinds else None,
                )

    def _having_bin(self, shared: list[str]) -> set[UUID]:
        """Return who has the BIN that is brought in, wherever they are.

        Asked before the office's own records are read: so one that is registered here at the
        same moment is among those as well, and not taken for one of another region.
        """
        numbers = (each for each in shared if each.startswith(identifier(Likeness.BIN, "")))
        return {id_ for number in numbers for id_ in self.everywhere.having(number)}
