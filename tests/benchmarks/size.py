"""Measure the bytes of an event on disk, with its indexes (P8)."""

from typing import Any

import psycopg
from eventsourcing.application import Application
from world import Noted, database, library_application, new_request, noted, occasion, their_note

from application import bootstrap
from application.services import Services

CASES, NOTES = 500, 19


def measure() -> dict[str, float]:
    """Return bytes per event, by side: the same cases with the same words."""
    with (
        database() as (settings, url),
        bootstrap.build(settings, url) as services,
        library_application(url) as library,
    ):
        for _ in range(CASES):
            _ours(services)
            _theirs(library)
        return {"library": _size(url, "application_events"), "ours": _size(url, "case_events")}


def _ours(services: Services) -> None:
    on = occasion(services)
    stream = new_request(on)
    for number in range(NOTES):
        stream = noted(stream, on, number)
    services.front_office.keep(on, stream)


def _theirs(library: Application[Any]) -> None:
    case = Noted("Гранты", "Просят рассказать")
    for number in range(NOTES):
        their_note(case, number)
    library.save(case)


def _size(url: str, table: str) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"VACUUM FULL {table}")
        row = connection.execute(
            f"SELECT pg_total_relation_size('{table}')::float / count(*) FROM {table}"
        ).fetchone()
    assert row is not None
    return float(row[0])
