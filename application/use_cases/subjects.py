"""People as subjects of data: where they appear, and what is decided about their data."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from msgspec.structs import replace

from application.case_files.subject_file import SubjectFile, subject_file
from application.case_types import SUBJECT
from application.persistence.people import People
from application.scopes import WHOLE, View
from application.sight import as_seen
from application.streams import CaseNotFound, CaseRef, StaleCase, Stream
from application.use_cases.case_work import CaseWork, not_before
from domain.actors import Actor, Occasion
from domain.events import Event
from domain.subject import Subject

# A person's stream has an id of its own: that of an account is the person's already.
STREAMS = UUID("5b1ec7e0-0000-4000-8000-000000000001")
Case = Stream[Subject]


class SubjectUseCases(CaseWork):
    """What heads of offices decide about the data of a person."""

    @cached_property
    def people(self) -> People:
        """What the caller sees of people."""
        return People(self.surroundings.pools.reader(self.scope))

    @cached_property
    def people_anywhere(self) -> People:
        """What there is of people, whoever sees it: for a decision, not to be shown."""
        return People(self.surroundings.pools.reader(WHOLE))

    def subject(self, subject_id: UUID) -> Case:
        """Return what was decided about a person, if the caller sees them in any case.

        With it comes what the next decision has to know: whose cases they are in.
        """
        decided = self.decided_about(subject_id)
        sees_all = self.scope.view is not View.REGION
        if not self.people.appearances(subject_id) and not (sees_all and decided.version):
            raise CaseNotFound(case_type=SUBJECT.name, id=subject_id)
        return self._with_whereabouts(decided)

    def _with_whereabouts(self, stream: Case) -> Case:
        subject_id = stream.state.subject_id
        state = stream.state.but(
            offices=frozenset(
                row["office"] for row in self.people_anywhere.appearances(subject_id)
            ),
            has_open_account=self.people_anywhere.works_here(subject_id),
        )
        return replace(stream, state=state)

    def subject_file(self, stream: Case, by: Actor | None) -> SubjectFile:
        """Return the file of a person, with the cases that the caller sees."""
        subject_id = stream.state.subject_id
        cases = self.people.appearances(subject_id)
        return subject_file(self._with_whereabouts(stream), subject_id, cases, by)

    def decisions(self, stream: Case) -> Case:
        """Return what the caller sees of what was decided: by their office, or all of it."""
        return as_seen(stream, self._seen(stream))

    def hold_subject(
        self, ref: CaseRef, on: Occasion, *, reason: str, until: date | None = None
    ) -> Case:
        """Let the data be kept, for the caller's office."""
        return self._decide_about(
            ref, on, lambda state, on: state.hold(on, reason=reason, until=until)
        )

    def release_subject(
        self, ref: CaseRef, on: Occasion, *, reason: str, held_by: str | None = None
    ) -> Case:
        """End a hold."""
        return self._decide_about(
            ref, on, lambda state, on: state.release(on, reason=reason, held_by=held_by)
        )

    def _decide_about(
        self, ref: CaseRef, on: Occasion, command: Callable[[Subject, Occasion], Event]
    ) -> Case:
        stream = self.subject_at_version(ref)
        return self.keep(on, decided(stream, on, command))

    def subject_at_version(self, ref: CaseRef) -> Case:
        """Return what was decided about a person, if it still is as the caller read it."""
        stream = self.subject(ref.id)
        if ref.version is not None and ref.version != stream.version:
            raise StaleCase(version=stream.version)
        return stream

    def decided_about(self, subject_id: UUID) -> Case:
        """Return what was decided about a person, whoever sees them; nothing yet, if it is so."""
        stream_id = uuid5(STREAMS, str(subject_id))
        try:
            return self.case_anywhere(SUBJECT, stream_id)
        except CaseNotFound:
            return Stream(SUBJECT, stream_id, (), Subject(subject_id=subject_id))

    def _seen(self, stream: Stream[Any]) -> int:
        """Return up to which version it is seen; of a person also by each office that decided."""
        is_own = isinstance(stream.state, Subject) and any(
            event.by.office == self.scope.office for event in stream.events
        )
        return stream.version if is_own else super()._seen(stream)


def decided(stream: Case, on: Occasion, command: Callable[[Subject, Occasion], Event]) -> Case:
    """Return the stream with the decision at its end, begun with the person where it is the first."""
    if stream.version:
        on = not_before(stream, on)
    event, state = command(stream.state, on), stream.state
    first = () if stream.version else (state.open(on, state.subject_id),)
    return stream.then(*first, event)
