"""Measure the fold of a 1,000-event stream beside the event library as it comes.

Both sides read the same number of events from the same PostgreSQL, interleaved, at least
five rounds each; the ratio of the medians is printed with the spread. Run: make bench
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from application import bootstrap
from application.case_types import REQUEST
from application.persistence.embedded import embedded_postgres
from application.persistence.store import LIBRARY_X
from application.settings import Settings
from application.streams import begin
from application.use_cases.case_work import CaseWork
from domain.actors import Actor, Occasion, Role, StaffId
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.asked import Asked
from domain.assistance_request.details import GrantInformation
from domain.catalogue.codes import Channel, HelpType
from domain.personal import person

EVENTS, ROUNDS = 1000, 9


class Noted(Aggregate):
    """The same stream, as the library's own documentation would write it."""

    @event("Requested")
    def __init__(self, subject: str, description: str) -> None:
        self.subject = subject
        self.description = description
        self.notes: list[str] = []

    @event("Noted")
    def note(self, text: str, staff_id: str, role: str, office: str, cause: str) -> None:
        """Write down something worth knowing."""
        self.notes.append(text)
        self.last = (staff_id, role, office, cause)


def ours(office: CaseWork) -> UUID:
    """Save a stream of ours; return its id."""
    on = Occasion(
        by=Actor(StaffId("dev-specialist-KZ-75"), Role.SPECIALIST, "KZ-75"),
        recorded_at=datetime(2026, 3, 2, 7, tzinfo=UTC),
        today=date(2026, 3, 2),
        cause="benchmark",
    )
    asked = Asked(
        region="KZ-75",
        district="751710000",
        help_type=HelpType.GRANT_INFORMATION,
        subject="Гранты",
        description="Просят рассказать",
        channel=Channel.VISIT,
        details=GrantInformation(interests="Гранты"),
        volunteer=person(uuid4(), "Пример Примеров"),
    )
    first = AssistanceRequest.request(on, number="KZ-75/2026/999999", asked=asked)
    stream = begin(REQUEST, uuid4(), first)
    notes = [stream.state.note(on, text=f"Заметка {number}") for number in range(EVENTS - 1)]
    return office.keep(on, stream.then(*notes)).id


def theirs(application: Application[UUID]) -> UUID:
    """Save a stream of the library's; return its id."""
    noted = Noted("Гранты", "Просят рассказать")
    for number in range(EVENTS - 1):
        noted.note(f"Заметка {number}", "dev-specialist-KZ-75", "specialist", "KZ-75", "benchmark")
    application.save(noted)
    return noted.id


def timed(read: Callable[[], object]) -> float:
    """Return how long one reading takes, in milliseconds."""
    start = time.perf_counter()
    read()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure, and print the ratio."""
    with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder:
        settings = Settings(key_file=Path(folder) / "keys.json")
        with embedded_postgres(Path(folder)) as url:
            bootstrap.prepare(settings, url)
            environment = {**LIBRARY_X(url, 4), "CREATE_TABLE": "y"}
            with (
                bootstrap.build(settings, url) as services,
                Application[UUID](env=environment) as library,
            ):
                measure(services.front_office, library)


def measure(office: CaseWork, library: Application[UUID]) -> None:
    """Read both streams in turn."""
    our_id, their_id = ours(office), theirs(library)
    rounds = [
        (
            timed(lambda: library.repository.get(their_id)),
            timed(lambda: office.case(REQUEST, our_id)),
        )
        for _ in range(ROUNDS + 1)
    ][1:]
    library_ms, our_ms = zip(*rounds, strict=True)
    ratios = [one / other for one, other in rounds]
    sys.stdout.write(
        f"{EVENTS} events, {ROUNDS} rounds, interleaved\n"
        f"library repository.get  median {statistics.median(library_ms):7.2f} ms"
        f"  ({min(library_ms):.2f} to {max(library_ms):.2f})\n"
        f"ours                    median {statistics.median(our_ms):7.2f} ms"
        f"  ({min(our_ms):.2f} to {max(our_ms):.2f})\n"
        f"ratio                   median {statistics.median(ratios):7.1f}"
        f"     ({min(ratios):.1f} to {max(ratios):.1f})\n"
    )


if __name__ == "__main__":
    main()
