"""Writers that do their worst, some of them killed, and followers that must miss nothing."""

import hashlib
import os
import random
import signal
import time
from collections.abc import Iterable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple
from uuid import uuid4

import psycopg
from eventsourcing.persistence import StoredEvent

from application.persistence.connections import CaseDatastore
from application.persistence.recorder import CaseRecorder
from application.persistence.tables import save

TABLE = "order_events"
CONTEXT = get_context("spawn")


class Seen(NamedTuple):
    """How many events were seen, and a digest of them in their order."""

    count: int
    digest: str


def prepare(url: str) -> None:
    """Make an empty table of events."""
    with psycopg.connect(url) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {TABLE} CASCADE")
    datastore = CaseDatastore(url, 1)
    CaseRecorder(datastore, events_table_name=TABLE).create_table()
    datastore.close()


def write(url: str, events: int, seed: int) -> None:
    """Save events: most as the product does, some in transactions that dawdle or roll back."""
    chance = random.Random(seed)
    datastore = CaseDatastore(url, 1)
    recorder = CaseRecorder(datastore, events_table_name=TABLE)
    written = 0
    with psycopg.connect(url) as slow:
        while written < events:
            several = [_event(place) for place in range(chance.choice((1, 1, 1, 1, 2, 7)))]
            if chance.random() < 0.9:
                recorder.insert_events(several)
                written += len(several)
            else:
                written += _dawdle(slow, several, chance)
    datastore.close()


def _dawdle(
    slow: psycopg.Connection[Any], several: list[StoredEvent], chance: random.Random
) -> int:
    slow.execute(*save(("public", TABLE), "", several, ()))
    slow.execute("SELECT pg_sleep(%s)", [chance.random() / 50])
    if chance.random() < 0.3:
        slow.rollback()
        return 0
    slow.commit()
    return len(several)


def _event(place: int) -> StoredEvent:
    return StoredEvent(uuid4(), place + 1, "order", b"{}")


def follow(url: str, stop: Any, seen: Any) -> None:
    """Follow the log until told that the writers are done, and there is no more."""
    datastore = CaseDatastore(url, 1)
    recorder = CaseRecorder(datastore, events_table_name=TABLE)
    digest, count, last = hashlib.sha256(), 0, 0
    while True:
        done = stop.is_set()
        found = recorder.select_notifications(last, 1000, inclusive_of_start=False)
        for each in found:
            assert each.id > last
            last = each.id
            digest.update(f"{each.id}{each.originator_id}".encode())
        count += len(found)
        if done and not found:
            break
    datastore.close()
    seen.put(Seen(count, digest.hexdigest()))


def truth(url: str) -> Seen:
    """Return what there is when all is over."""
    digest, count = hashlib.sha256(), 0
    with psycopg.connect(url) as connection, connection.cursor("truth") as cursor:
        cursor.itersize = 50_000
        cursor.execute(
            f"SELECT notification_id, originator_id FROM {TABLE} ORDER BY notification_id"
        )
        for position, originator_id in cursor:
            digest.update(f"{position}{originator_id}".encode())
            count += 1
    return Seen(count, digest.hexdigest())


def play(url: str, *, events: int, writers: int, followers: int, kills: int) -> list[Seen]:
    """Let writers and followers work at once and kill some writers; return what each saw."""
    prepare(url)
    stop, queue = CONTEXT.Event(), CONTEXT.Queue()
    readers = [CONTEXT.Process(target=follow, args=(url, stop, queue)) for _ in range(followers)]
    working = [_writer(url, events // writers, seed) for seed in range(writers)]
    _start(readers)
    for number in range(kills):
        working.append(_replaced(url, working[number % writers], events // writers, number))
    for process in working:
        process.join()
    stop.set()
    seen = [queue.get() for _ in readers]
    for process in readers:
        process.join()
    return seen


def _writer(url: str, events: int, seed: int) -> BaseProcess:
    process = CONTEXT.Process(target=write, args=(url, events, seed))
    process.start()
    return process


def _replaced(url: str, victim: BaseProcess, events: int, number: int) -> BaseProcess:
    """Kill a writer once it is at work, and let another go on."""
    with psycopg.connect(url, autocommit=True) as connection:
        before = _count(connection)
        while victim.is_alive() and _count(connection) < before + 50:
            time.sleep(0)
    if victim.is_alive():
        os.kill(victim.pid or 0, signal.SIGKILL)
    return _writer(url, events // 2, 1000 + number)


def _count(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute(f"SELECT count(*) FROM {TABLE}").fetchone()
    assert row is not None
    return int(row[0])


def _start(processes: Iterable[BaseProcess]) -> None:
    for process in processes:
        process.start()
