"""Where it was looked for a person, what was there, and what is there now."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from uuid import UUID

from msgspec import convert

from application.case_files.erasure_report import ErasureReport, Export, Outcome, PlaceReport
from application.case_files.subject_file import SubjectCase, erasure_of
from application.persistence.key_file import KeyFileUnusable
from application.persistence.people import People, Place
from application.read_models.rows import OrganizationRow, StaffRow
from application.scopes import Scope, View
from application.use_cases.erasure_outcomes import (
    NEVER,
    found_before,
    outcome_of,
    place_report,
)
from application.use_cases.remade_rows import RemadeRows
from application.use_cases.subjects import Case
from domain.actors import HEADS, Actor
from domain.subject.holds import SubjectStatus

Found = Mapping[str, Place]


class ErasureReports(RemadeRows):
    """Makes the report, before an erasure and at any time after it."""

    def erasure_report(self, stream: Case, by: Actor | None = None) -> ErasureReport:
        """Return where it was looked; to a head only of those who are theirs to erase."""
        refusal = stream.state.refusal_to(by, "erase_subject") if by and by.role in HEADS else None
        if refusal:
            raise refusal
        subject_id, audit = stream.state.subject_id, self._audit
        return ErasureReport(
            id=subject_id,
            version=stream.version,
            status=stream.state.status,
            erased=erasure_of(stream),
            places=tuple(self._place_reports(stream, self.found(subject_id))),
            cases=convert(self.people_anywhere.appearances(subject_id), tuple[SubjectCase, ...]),
            exports=convert(audit.exports(subject_id), tuple[Export, ...]),
        )

    def found(self, subject_id: UUID) -> Found:
        """Return how much there is of the person in each place of the database."""
        places, remade = self._audit.places(subject_id), self.remade(subject_id)
        for name, row_type in (("organizations", OrganizationRow), ("staff", StaffRow)):
            places[name] = places[name]._replace(found=remade.count(row_type))
        return places

    @property
    def _audit(self) -> People:
        return People(self.surroundings.pools.reader(Scope(View.AUDIT)))

    def _place_reports(self, stream: Case, now: Found) -> Iterator[PlaceReport]:
        before = found_before(stream)
        has_key = now["keys"].found > 0
        for name, place in now.items():
            left = place.found if name != "events" or has_key else 0
            found = max(before.get(name, 0), place.found)
            yield place_report(name, place.looked, found, left, outcome_of(name, found, left))
        yield from (
            place_report(name, 0, 0, 0, Outcome.NEVER_THERE) for name in NEVER if name not in now
        )
        yield self._backups(stream, has_key=has_key)
        if stream.state.status is SubjectStatus.ERASED:
            yield self._list_of_erased(stream.state.subject_id)

    def _backups(self, stream: Case, *, has_key: bool) -> PlaceReport:
        """Say of copies made before: they open for as long as the key file has the key of then."""
        wrapped_by = self.vault.was_wrapped_by(stream.state.subject_id)
        is_there = wrapped_by in self.surroundings.keys.now().keys
        if has_key or not wrapped_by:
            outcome = Outcome.PRESENT if has_key else Outcome.NOTHING
            return place_report("backups", 0, int(has_key), int(has_key), outcome)
        outcome = Outcome.UNTIL_KEYS_ROTATE if is_there else Outcome.UNREADABLE
        return place_report("backups", 0, 1, int(is_there), outcome)

    def _list_of_erased(self, subject_id: UUID) -> PlaceReport:
        ids: frozenset[UUID] = frozenset()
        with suppress(KeyFileUnusable):  # Then nobody is listed, and the next start says why.
            ids = self.surroundings.erased.ids()
        is_listed = subject_id in ids
        outcome = Outcome.LISTED if is_listed else Outcome.NOT_LISTED
        return place_report("erased_list", len(ids), int(is_listed), int(is_listed), outcome)
