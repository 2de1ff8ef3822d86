"""Measure saving one event: raw psycopg, the library as it comes, and ours (P1, P2).

Ours is the product's own path: the event is made, mapped and folded, the row of the read
model is made, and event, row and idempotency record are saved in one transaction. Raw is
psycopg with one prepared statement that writes exactly the same rows in one round trip,
from values made beforehand. The library saves its event alone.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
from msgspec.structs import astuple
from rounds import interleaved
from world import Noted, database, library_application, new_request, noted, occasion, their_note

from application import bootstrap
from application.attempts import AttemptRow, attempt_rows
from application.read_models.row import Row
from application.read_models.rows import RequestRow
from application.services import Services
from application.settings import Settings

STREAM = 50
SECONDS = 1.5
Steps = Iterator[None]


def ours(settings: Settings, url: str, writers: int) -> int:
    """Save as the product does."""
    with bootstrap.build(settings, url) as services:
        return _counted([_ours(services) for _ in range(writers)])


def _ours(services: Services) -> Steps:
    office = services.front_office
    while True:
        on = occasion(services)
        stream = office.keep(on, new_request(on))
        yield
        for number in range(STREAM):
            on = occasion(services)
            stream = office.keep(on, noted(stream, on, number))
            yield


def theirs(_: Settings, url: str, writers: int) -> int:
    """Save as the library does as it comes."""
    with library_application(url) as application:

        def steps() -> Steps:
            while True:
                case = Noted("Гранты", "Просят рассказать")
                application.save(case)
                yield
                for number in range(STREAM):
                    their_note(case, number)
                    application.save(case)
                    yield

        return _counted([steps() for _ in range(writers)])


def raw(settings: Settings, url: str, writers: int) -> int:
    """Save the same rows with nothing around."""
    with bootstrap.build(settings, url) as services:
        values = _values(services)
    connections = [psycopg.connect(url, autocommit=True) for _ in range(writers)]
    try:
        return _counted([_raw(connection, values) for connection in connections])
    finally:
        for connection in connections:
            connection.close()


def _raw(connection: psycopg.Connection[Any], values: tuple[Any, Any, Any]) -> Steps:
    (topic, state), row, attempt = values
    cursor = connection.cursor()
    while True:
        case_id, number = uuid4(), str(uuid4())
        for version in range(1, STREAM + 2):
            rows = [
                case_id,
                *row[1:3],
                version,
                number,
                *row[5:],
                *attempt[:2],
                str(uuid4()),
                *attempt[3:],
            ]
            cursor.execute(RAW, [case_id, version, topic, state, *rows], prepare=True)
            yield


def _values(services: Services) -> tuple[Any, Any, Any]:
    on = occasion(services)
    stream = new_request(on)
    stream = noted(stream, on, 1)
    state = msgspec.json.encode(stream.events[-1])
    row = next(services.front_office.projection.rows(stream))
    (attempt,) = attempt_rows(on, "request", stream.id, 2, services.front_office.vault.mark)
    return ("request.noted", state), astuple(row), astuple(attempt)


def _columns(row_type: type[Row]) -> str:
    return ", ".join(row_type.__struct_fields__)


def _places(row_type: type[Row]) -> str:
    return ", ".join("%s" for _ in row_type.__struct_fields__)


RAW = (
    "WITH e AS (INSERT INTO case_events (originator_id, originator_version, topic, state,"
    " office) VALUES (%s, %s, %s, %s, 'KZ-75')),"
    f" r AS (INSERT INTO requests ({_columns(RequestRow)}) VALUES ({_places(RequestRow)})"
    " ON CONFLICT (id, seen_by) DO UPDATE SET "
    + ", ".join(f"{name} = EXCLUDED.{name}" for name in RequestRow.__struct_fields__[2:])
    + f") INSERT INTO attempts ({_columns(AttemptRow)}) VALUES ({_places(AttemptRow)})"
)


def _counted(writers: list[Steps]) -> int:
    """Let the writers save for a while, each in a thread; return how many they saved."""
    for steps in writers:
        next(steps)
    until = time.perf_counter() + SECONDS

    def work(steps: Steps) -> int:
        count = 0
        while time.perf_counter() < until:
            next(steps)
            count += 1
        return count

    with ThreadPoolExecutor(len(writers)) as threads:
        return sum(threads.map(work, writers))


Side = Callable[[Settings, str, int], int]
SIDES: Mapping[str, Side] = {"raw": raw, "library": theirs, "ours": ours}


def measure(*, slow_disk: bool, processes: int, writers: int) -> dict[str, list[float]]:
    """Return saves per second, by side and round."""
    with (
        database(slow_disk=slow_disk) as (settings, url),
        get_context("fork").Pool(processes) as pool,
    ):

        def side(save: Side) -> Callable[[], float]:
            jobs = [(settings, url, writers)] * processes
            return lambda: sum(pool.starmap(save, jobs, chunksize=1)) / SECONDS

        return interleaved({name: side(save) for name, save in SIDES.items()})
