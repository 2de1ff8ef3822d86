"""Measure reading a stream of 1,000 events from the store and folding it (P3)."""

import time
from collections.abc import Callable
from uuid import UUID

from rounds import interleaved
from world import (
    Noted,
    database,
    library_application,
    new_request,
    noted,
    occasion,
    their_note,
)

from application import bootstrap
from application.case_types import REQUEST
from application.services import Services

EVENTS = 1000


def measure() -> dict[str, list[float]]:
    """Return milliseconds for one reading, by side and round."""
    with (
        database() as (settings, url),
        bootstrap.build(settings, url) as services,
        library_application(url) as library,
    ):
        ours = _ours(services)
        case = Noted("Гранты", "Просят рассказать")
        for number in range(EVENTS - 1):
            their_note(case, number)
        library.save(case)
        return interleaved(
            {
                "library": lambda: _milliseconds(lambda: library.repository.get(case.id)),
                "ours": lambda: _milliseconds(lambda: services.front_office.case(REQUEST, ours)),
            },
            rounds=15,
        )


def _ours(services: Services) -> UUID:
    on = occasion(services)
    stream = new_request(on)
    for number in range(EVENTS - 1):
        stream = noted(stream, on, number)
    return services.front_office.keep(on, stream).id


def _milliseconds(read: Callable[[], object]) -> float:
    start = time.perf_counter()
    read()
    return (time.perf_counter() - start) * 1000
