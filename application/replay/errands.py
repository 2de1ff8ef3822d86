"""What the other process is started for."""

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from application.databases import StartRefused
from application.persistence.key_file import KeyFileUnusable, read_key_file
from application.persistence.replay_snapshot import replay_snapshot
from application.persistence.schema import DatabaseUnusable
from application.replay.environment import environment
from application.replay.folding import compared
from application.replay.replayed import Message


class Errand(Struct, frozen=True, kw_only=True):
    """To fold what a snapshot of a database shows, and to compare the read models with it."""

    database_url: str
    key_file: str
    snapshot: str


Elsewhere = Callable[[Errand], AbstractContextManager[Iterable[bytes]]]


def run_errand(errand: Errand) -> Generator[Message]:
    """Return what is found in the snapshot, after the environment in which it is found."""
    try:
        keys = read_key_file(Path(errand.key_file))
        with replay_snapshot(errand.database_url, errand.snapshot) as seen:
            yield environment()
            yield from compared(seen, keys)
    except (KeyFileUnusable, DatabaseUnusable) as error:
        raise StartRefused(str(error)) from error
