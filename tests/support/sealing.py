"""The log in tests: sealed as the service does, and looked at without it."""

from typing import Any
from uuid import UUID

import psycopg
from world import OWN, World

from application.audit import tree
from application.audit.checkpoints import Checkpoint, read_checkpoint
from application.audit.entries import event_entry, heads_entry
from application.audit.hashing import entry_hash
from application.audit.heads import heads_root
from application.audit.notes import read_note
from application.streams import Stream

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
