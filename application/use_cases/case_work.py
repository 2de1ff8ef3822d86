"""What every use case is made of: get the case, act on it, save what happened."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application, Repository
from eventsourcing.persistence import InfrastructureFactory, IntegrityError
from eventsourcing.utils import Environment, EnvType
from msgspec.structs import replace

from application.attempts import AttemptedOccasion, attempt_rows
from application.calendar_in_force import (
    CALENDAR_ID,
    Corrections,
    nothing_corrected,
    uses,
)
from application.case_types import CALENDAR, EVENT_TYPES, CaseType, State
from application.persistence.event_mapper import EventMapper, SealingEventStore
from application.persistence.numbers import next_number
from application.persistence.queries import Queries
from application.persistence.recorder import CaseRecorder
from application.persistence.store import LIBRARY_ENVIRONMENT, CaseFactory, violated
from application.persistence.vault import Vault
from application.read_models.projection import Projection
from application.read_models.row import Row
from application.repeating import MOST, repeated
from application.save_outcomes import CalendarChanged, KeyUsed, PeopleChanged
from application.scopes import WHOLE, Scope
from application.sight import as_seen
from application.streams import CaseNotFound, CaseRef, StaleCase, Stream, projector
from application.use_cases.people_uses import opened_again, people_uses
from application.use_cases.surroundings import Surroundings
from application.use_cases.upheld import UPHELD
from domain.actors import Occasion
from domain.events import Event
from domain.working_days import WorkingCalendar


class CaseWork(Application[UUID]):
    """The event-sourced application under the use cases, as it is seen in one scope.

    What follows from a command for cases beyond the scope is looked up ``everywhere``.
    """

    name = "case"

    def __init__(self, surroundings: Surroundings, scope: Scope = WHOLE) -> None:
        self.surroundings = surroundings
        self.scope = scope
        self.places = surroundings.places
        self.new_id = surroundings.new_id
        super().__init__(LIBRARY_ENVIRONMENT)
        pools = surroundings.pools
        self.queries, self.everywhere = (Queries(pools.reader(each)) for each in (scope, WHOLE))

    @property
    def calendar(self) -> WorkingCalendar:
        """The calendar of working days, as it was corrected."""
        return self.surroundings.calendar.known(self.corrections).calendar

    def corrections(self) -> Corrections:
        """Return the corrections of the calendar as they are by now."""
        try:
            return self.case_anywhere(CALENDAR, CALENDAR_ID)
        except CaseNotFound:
            return nothing_corrected()

    @property
    def projection(self) -> Projection:
        """What makes the rows of the read models."""
        return Projection(self.calendar, self.vault.lookup)

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Take the settings given, and none from the environment of the process."""
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """Return the factory of our recorder, and open the vault beside it."""
        pools = self.surroundings.pools
        self.vault = Vault(pools.writer, self.surroundings.keys)
        self._all_events = self._store(CaseFactory(env, pools, WHOLE).application_recorder())
        return CaseFactory(env, pools, self.scope)

    def construct_event_store(self) -> SealingEventStore:
        """Return the store that seals personal values."""
        return self._store(cast("CaseRecorder", self.recorder))

    def _store(self, recorder: CaseRecorder) -> SealingEventStore:
        return SealingEventStore(EventMapper(EVENT_TYPES), recorder, self.vault)

    def case(
        self,
        case_type: CaseType[State],
        case_id: UUID,
        *,
        version: int | None = None,
        as_of: datetime | None = None,
    ) -> Stream[State]:
        """Return the case: as it is, as it was at a version, or as of a moment.

        One that is not seen in the scope is not found, like one that there is not.
        """
        stream = self._found(self.repository, case_type, case_id)
        seen = as_seen(stream, self._seen(stream))
        past = seen.version if version is None else version
        if as_of is not None:
            past = sum(event.recorded_at <= as_of for event in seen.events)
        if not 0 < past <= seen.version:
            raise CaseNotFound(case_type=case_type.name, id=case_id)
        return as_seen(seen, past)

    def _seen(self, stream: Stream[Any]) -> int:
        """Return up to which version the case is seen in the scope; 0 when it is not."""
        return self.scope.seen(stream)

    def case_anywhere(self, case_type: CaseType[State], case_id: UUID) -> Stream[State]:
        """Return the case, whoever sees it: for what follows from a command, not to be shown."""
        return self._found(Repository(self._all_events), case_type, case_id)

    def _found(
        self, repository: Repository[UUID], case_type: CaseType[State], case_id: UUID
    ) -> Stream[State]:
        try:
            found: Stream[State] = repository.get(case_id, projector_func=projector(case_type))
        except AggregateNotFoundError:
            raise CaseNotFound(case_type=case_type.name, id=case_id) from None
        return found

    def at_version(self, case_type: CaseType[State], ref: CaseRef) -> Stream[State]:
        """Return the case as it is, if it still is as the caller read it."""
        stream = self.case(case_type, ref.id)
        if ref.version is not None and ref.version != stream.version:
            raise StaleCase(version=stream.version)
        return stream

    def act(
        self,
        case_type: CaseType[State],
        ref: CaseRef,
        on: Occasion,
        command: Callable[[State, Occasion], Event],
    ) -> Stream[State]:
        """Get the case, act on it, and save what happened."""
        stream = self.at_version(case_type, ref)
        return self.keep(on, stream.then(command(stream.state, not_before(stream, on))))

    def keep(
        self,
        on: Occasion,
        stream: Stream[State],
        *others: Stream[Any],
        beside: Sequence[Row] = (),
    ) -> Stream[State]:
        """Save the new events of the cases, their rows and the attempt, all or nothing.

        ``beside`` are rows that are no read model's. The library's ``save`` would first look
        for aggregates, snapshots and subscribers in the same thread; there are only events here.
        Where the calendar has been corrected meanwhile, the terms are derived again; where
        somebody was erased, the cases are opened again without them.
        """
        streams = [stream, *others]

        def kept() -> Stream[State]:
            try:
                return self._kept(on, streams, beside)
            except PeopleChanged:
                streams[:] = [opened_again(each, self._all_events) for each in streams]
                raise

        return repeated(kept, CalendarChanged, PeopleChanged)

    def _kept(
        self, on: Occasion, streams: Sequence[Stream[Any]], beside: Sequence[Row]
    ) -> Stream[Any]:
        stream, lookup, made = streams[0], self.vault.lookup_id, self.projection
        new = [recorded for each in streams for recorded in each.new]
        rows = [row for each in streams if each.unsaved for row in made.rows(each)]
        attempt = attempt_rows(
            on, stream.case_type.name, stream.id, stream.version, self.vault.mark
        )
        said = (*uses(rows, made.calendar), *people_uses(streams, lookup))
        try:
            self.events.put(new, rows=[*rows, *beside, *attempt, *said], office=on.by.office)
        except IntegrityError as error:
            raise self._conflict(error, stream) from error
        return stream.saved()

    def keep_with(
        self, on: Occasion, stream: Stream[State], others: Callable[[], Iterable[Stream[Any]]]
    ) -> Stream[State]:
        """Save the case with what it means for others.

        Somebody may work on one of those at the same moment: then they are read again,
        for the case itself has not become stale by that.
        """
        for _ in range(MOST):
            try:
                return self.keep(on, stream, *others())
            except StaleCase as stale:
                conflict = stale
                self._check_unchanged(stream)
        raise conflict

    def _check_unchanged(self, stream: Stream[Any]) -> None:
        before = stream.version - stream.unsaved
        if before:
            self.at_version(stream.case_type, CaseRef(stream.id, before))

    def next_number(self, office: str, on: Occasion, mark: str = "") -> str:
        """Return a case number like ``KZ-75/2026/000123``, or ``KZ-75/V/2026/000123``.

        None is drawn for what was done before with the same key.
        """
        if self.attempt(on) is not None:
            raise KeyUsed
        series = f"{office}/{mark}{on.today.year}"
        return f"{series}/{next_number(self.surroundings.pools.writer, series):06}"

    def attempt(self, on: Occasion) -> dict[str, Any] | None:
        """Return what the caller has done before with the key of this occasion."""
        if not isinstance(on, AttemptedOccasion):
            return None
        return self.queries.attempt(on.by.office, on.by.staff_id, on.attempt.key)

    def _conflict(self, error: IntegrityError, stream: Stream[Any]) -> Exception:
        upheld = UPHELD.get(violated(error) or "")
        if upheld is CalendarChanged:
            self.surroundings.calendar.forget()
        if upheld is not None:
            return upheld()
        return StaleCase(version=self._current_version(stream))

    def _current_version(self, stream: Stream[Any]) -> int:
        """Return the version of the case by now; a case that is still to begin has none."""
        try:
            return self.case(stream.case_type, stream.id).version
        except CaseNotFound:
            return 0


def not_before(stream: Stream[Any], on: Occasion) -> Occasion:
    """Return the occasion at a time not before the last event: clocks differ, order does not."""
    return replace(on, recorded_at=max(on.recorded_at, stream.changed_at))
