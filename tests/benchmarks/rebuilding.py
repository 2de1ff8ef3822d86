"""Measure rebuilding the read models, and how well a follower keeps up (P4).

The library's peer is its `ProjectionRunner` with a view in PostgreSQL that writes one row and
its tracking for each event, as its documentation shows.
"""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL
from rounds import interleaved
from world import Noted, database, library_application, new_request, noted, occasion, their_note

from application import bootstrap
from application.services import Services

CASES, NOTES = 2000, 9
THEIR_EVENTS = 300


class NotesView(PostgresTrackingRecorder):
    """A row for each case: how many notes it has."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:
        super().__init__(datastore, **kwargs)
        self.sql_create_statements.append(
            SQL("CREATE TABLE IF NOT EXISTS notes (id uuid PRIMARY KEY, notes integer)").format()
        )

    def count(self, case_id: UUID, tracking: Tracking) -> None:
        """Write the row and the tracking."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                "INSERT INTO notes VALUES (%s, 1)"
                " ON CONFLICT (id) DO UPDATE SET notes = notes.notes + 1",
                [case_id],
                prepare=True,
            )


class NotesProjection(Projection[NotesView]):
    """Writes a row for each event."""

    name = "notes"

    def process_event(self, domain_event: DomainEventProtocol[Any], tracking: Tracking) -> None:
        """Write it."""
        self.view.count(domain_event.originator_id, tracking)


class TheirCases(Application[UUID]):
    """The library's application whose log is projected."""


def measure() -> dict[str, list[float]]:
    """Return events per second, by side and round."""
    with database() as (settings, url), bootstrap.build(settings, url) as services:
        events = _fill(services)
        return interleaved(
            {
                "library": lambda: _theirs(url),
                "ours": lambda: _rate(events, lambda: _ours(services)),
            }
        )


def _fill(services: Services) -> int:
    office = services.front_office
    for _ in range(CASES):
        on = occasion(services)
        stream = new_request(on)
        for number in range(NOTES):
            stream = noted(stream, on, number)
        office.keep(on, stream)
    return CASES * (NOTES + 1)


def _ours(services: Services) -> None:
    assert not services.front_office.rebuild_read_models(lambda _: None)


def _theirs(url: str) -> float:
    environment = {**library_application(url).env, "CREATE_TABLE": "y"}
    with TheirCases(env=environment) as application:
        case = Noted("Гранты", "Просят рассказать")
        for place in range(THEIR_EVENTS - 1):
            their_note(case, place)
        last = application.save(case)[-1].notification.id
    with ProjectionRunner(
        application_class=TheirCases,
        projection_class=NotesProjection,
        view_class=NotesView,
        env=environment,
    ) as runner:
        first = _position(runner)
        start = time.perf_counter()
        runner.wait(last, timeout=120)
        return (last - first) / (time.perf_counter() - start)


def _position(runner: ProjectionRunner[Any, Any]) -> int:
    return runner.projection.view.max_tracking_id("TheirCases") or 0


def _rate(events: int, work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return events / (time.perf_counter() - start)
