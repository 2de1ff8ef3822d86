"""Writers that save through the store of a running service, and followers of its feed."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from uuid import uuid4

import feed_follower
import psycopg
from eventsourcing.persistence import StoredEvent
from examples import examples
from people import People
from running import Running

from application import bootstrap
from application.persistence.embedded import running_postgres
from application.persistence.store import EVENTS
from application.persistence.tables import save
from application.services import Services
from application.settings import KEY_FILE, Settings
from application.streams import Recorded
from domain.events import Event

OFFICE = "KZ-75"
# Two of them are not shown what happens to accounts.
FOLLOWERS = ("auditor@KZ", "auditor@KZ", "republican_specialist@KZ", "service@KZ")
_TRUTH = f"""
SELECT notification_id, originator_id, originator_version FROM {EVENTS}
WHERE %s OR NOT (starts_with(topic, 'staff.') OR starts_with(topic, 'annotation.'))
ORDER BY notification_id
"""


_NOTED = (
    b'{"recorded_at":"2026-03-02T07:00:00Z","occurred_on":"2026-03-02","by":{"staff_id":"s-1",'
    b'"role":"specialist","office":"KZ-75"},"cause":"order","text":"'
    b'..."}'
)


class Working(Protocol):
    """A thread or a process."""

    def start(self) -> None:
        """Begin."""

    def join(self) -> None:
        """Wait for its end."""


class Seen(NamedTuple):
    """How many events there are, and a digest of them in their order."""

    count: int
    digest: str


@contextmanager
def services_of(data_dir: Path) -> Iterator[Services]:
    """Put the application together over the database of a running service."""
    settings = Settings(data_dir=data_dir, key_file=data_dir / KEY_FILE, threads=1)
    with bootstrap.build(settings, str(running_postgres(data_dir))) as services:
        yield services


def write(data_dir: Path, events: int, seed: int) -> None:
    """Save events: some overtake others that were given their positions before."""
    chance, kinds = random.Random(seed), examples()
    with services_of(data_dir) as services, psycopg.connect(_url(data_dir)) as slow:
        store, written = services.front_office.events, 0
        while written < events:
            new = _new(chance, kinds)
            if chance.random() < 0.1:
                written += _overtaken(slow, store, chance, new)
            else:
                store.put(new, office=OFFICE)
            written += len(new)


def _new(chance: random.Random, kinds: Sequence[Event]) -> list[Recorded]:
    """Return a stream of one event, of several, or of so many that they are saved as a batch."""
    count = 60 if chance.random() < 0.01 else chance.choice((1, 1, 1, 1, 2, 7))
    case_id = uuid4()
    return [Recorded(case_id, place + 1, chance.choice(kinds)) for place in range(count)]


def _overtaken(
    slow: psycopg.Connection[Any], store: Any, chance: random.Random, new: list[Recorded]
) -> int:
    """Let the new events be saved while others, before them in the log, still may come."""
    late = [StoredEvent(uuid4(), place + 1, "request.noted", _NOTED) for place in range(3)]
    slow.execute(*save(("public", EVENTS), OFFICE, late, ()))
    store.put(new, office=OFFICE)
    if chance.random() < 0.3:
        slow.rollback()
        return 0
    slow.commit()
    return len(late)


class Followers:
    """Processes that follow, each with a file of what it has read."""

    def __init__(self, service: Running, folder: Path) -> None:
        self._port, self._folder = service.port, folder
        self._stop = folder / "stop"
        with services_of(service.data_dir) as services:
            people = People(services)
            self._tokens = [people.token(who) for who in FOLLOWERS]
        self._working: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, number: int, limit: int | None = None, file: str | None = None) -> None:
        """Let one begin, or go on where it was; with a limit it always asks for as many."""
        told = {
            "port": self._port,
            "token": self._tokens[number],
            "file": str(self._folder / file if file else self.file(number)),
            "stop": str(self._stop),
            "seed": number,
            "limit": limit,
        }
        command = [sys.executable, "-P", feed_follower.__file__, json.dumps(told)]
        self._working[number] = subprocess.Popen(command)

    def kill(self, number: int, after: int) -> None:
        """Kill one once its file has grown by so many bytes."""
        process, before = self._working[number], self._size(number)
        while process.poll() is None and self._size(number) < before + after:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def finish(self) -> None:
        """Tell all that nothing more will be written, and wait until they have read the rest."""
        self._stop.touch()
        assert [each.wait() for each in self._working.values()] == [0] * len(self._working)

    def file(self, number: int) -> Path:
        """Return where one keeps what it has read."""
        return self._folder / f"read-{number}"

    def seen(self, number: int) -> Seen:
        """Return what one has read."""
        return _seen(self.file(number).read_bytes().splitlines(keepends=True))

    def _size(self, number: int) -> int:
        return self.file(number).stat().st_size if self.file(number).exists() else 0


def play(
    service: Running, folder: Path, writers: list[Working], kills: int, each: int
) -> Followers:
    """Let writers write and followers follow, one of them killed and resumed; return those."""
    followers = Followers(service, folder)
    for number in range(len(FOLLOWERS)):
        followers.start(number)
    for writer in writers:
        writer.start()
    for _ in range(kills):
        followers.kill(0, each)
        followers.start(0)
    for writer in writers:
        writer.join()
    followers.finish()
    return followers


def truth(data_dir: Path, who: str) -> Seen:
    """Return what there is for somebody when all is over."""
    with psycopg.connect(_url(data_dir)) as connection, connection.cursor("truth") as cursor:
        cursor.itersize = 50_000
        cursor.execute(_TRUTH, [who.startswith("auditor")])
        return _seen(
            f"{position} {case}/{version}\n".encode() for position, case, version in cursor
        )


def _seen(lines: Any) -> Seen:
    digest, count = hashlib.sha256(), 0
    for line in lines:
        digest.update(line)
        count += 1
    return Seen(count, digest.hexdigest())


def _url(data_dir: Path) -> str:
    return str(running_postgres(data_dir))
