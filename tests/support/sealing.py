"""The log in tests: sealed as the service does, and looked at without it."""

from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from msgspec.structs import replace
from world import OWN, World

from application.audit import tree
from application.audit.checkpoints import Checkpoint, read_checkpoint
from application.audit.entries import event_entry, heads_entry
from application.audit.hashing import entry_hash
from application.audit.heads import heads_root
from application.audit.notes import read_note
from application.databases import sealer_url
from application.persistence.kept_tables import KEPT
from application.persistence.log_batches import seal_batch
from application.persistence.log_session import sealer_connection
from application.persistence.logins import embedded_sealer_url
from application.sealer import Sealer
from application.settings import Settings
from application.streams import Stream

LOG = [name for name in KEPT if name.startswith("log_") and name != "log_stops"]

EVENTS = """
SELECT notification_id, originator_id, originator_version, topic, state
FROM case_events ORDER BY notification_id
"""


def change(url: str, statement: str, *values: Any) -> None:
    """Do something to the database that nobody should be able to do."""
    with psycopg.connect(url) as connection:
        connection.execute(statement, values)


def rows(url: str, statement: str, *values: Any) -> list[Any]:
    """Return what the database has."""
    with psycopg.connect(url) as connection:
        return connection.execute(statement, values).fetchall()


def note(services: Any, case: Stream[Any]) -> Stream[Any]:
    """Add an event to a case."""
    world = World(services)
    return world.noted(world.again(case), OWN, "Ещё раз")


def work(services: Any, count: int = 1) -> Stream[Any]:
    """Let an office do a little: each time three events of two cases; return the last one."""
    world = World(services)
    for _ in range(count):
        made = world.noted(world.taken(OWN), OWN, "Звонили")
    return made


def checkpoints(url: str) -> list[Checkpoint]:
    """Return every checkpoint that was published, in order."""
    notes = rows(url, "SELECT note FROM log_checkpoints ORDER BY size")
    return [read_checkpoint(read_note(note).text) for (note,) in notes]


def expected(url: str) -> list[Checkpoint]:
    """Return the checkpoints as they have to be: made of the events alone, and of their sizes."""
    found, entries, heads = [], [], dict[UUID, int]()
    events = iter(rows(url, EVENTS))
    for each in checkpoints(url):
        while len(entries) < each.size - 1:
            position, case_id, version, topic, state = next(events)
            entries.append(event_entry(position, case_id, version, topic, bytes(state)))
            heads[case_id] = version
        entries.append(heads_entry(len(entries), len(heads), heads_root(heads)))
        found.append(Checkpoint(each.origin, each.size, root_of(entries)))
    assert next(events, None) is None
    return found


def root_of(entries: list[bytes]) -> bytes:
    """Return the root of these entries, by the definition."""
    hashes = list(map(entry_hash, entries))

    def nodes(level: int, index: int) -> bytes:
        if level == 0:
            return hashes[index]
        first, second = nodes(level - 1, 2 * index), nodes(level - 1, 2 * index + 1)
        return tree.node_hash(first, second)

    return tree.root(nodes, len(entries))


def sealer_of(services: Any, settings: Settings, url: str, folder: Path | str) -> Sealer:
    """Return a sealer with a folder of its own."""
    mine = replace(settings, sealer_dir=Path(folder), log_origin="office.test/log")
    return Sealer(mine, sealer_url(mine, url), services.clock)


def seal_without_signing(url: str) -> None:
    """Seal what there is, as before a crash."""
    with sealer_connection(embedded_sealer_url(url)) as connection:
        while seal_batch(connection):
            pass


def as_it_is(url: str) -> dict[str, list[Any]]:
    """Return the events and the log, as a backup has them."""
    tables = [name for name in KEPT if name == "case_events" or name in LOG]
    return {name: rows(url, f"SELECT * FROM {name}") for name in tables}


def put_back(url: str, tables: dict[str, list[Any]]) -> None:
    """Put the events and the log back to what they were."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
        for name, values in tables.items():
            places = ", ".join(["%s"] * len(values[0])) if values else ""
            cursor.executemany(f"INSERT INTO {name} VALUES ({places})", values)
