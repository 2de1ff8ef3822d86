"""Reading streams and their people's keys over one connection, and so as of one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import psycopg
from cryptography.exceptions import InvalidTag

from application.backups.outcomes import BackupFailed
from application.case_types import EVENT_TYPES
from application.persistence.event_mapper import EventMapper
from application.persistence.key_file import KeyFile
from application.persistence.stream_reader import StreamReader
from application.persistence.vault import Vault


class OneConnection:
    """Lends the same connection again and again."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    @contextmanager
    def get_connection(self) -> Iterator[psycopg.Connection[Any]]:
        """Lend it."""
        yield self._connection


def streams_of(connection: psycopg.Connection[Any], keys: KeyFile) -> tuple[StreamReader, Vault]:
    """Return what reads whole streams over the connection, and the vault it opens them with."""
    vault = Vault(OneConnection(connection), keys)
    return StreamReader(connection, EventMapper(EVENT_TYPES), vault), vault


@contextmanager
def readable() -> Iterator[None]:
    """Tell in words that an event cannot be opened, or is none of ours."""
    try:
        yield
    except (InvalidTag, msgspec.MsgspecError, KeyError) as error:
        message = f"An event cannot be read ({type(error).__name__}): nothing was kept."
        raise BackupFailed(message) from error
