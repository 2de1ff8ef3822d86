"""The database as it is at one moment, read while others go on writing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from application.backups.outcomes import BackupFailed, BackupRefused
from application.persistence.backup_manifest import TableCopy
from application.persistence.kept_tables import KEPT, drawn_numbers, kept_tables, set_up
from application.persistence.new_backup import NewBackup
from application.persistence.row_guards import guarded_tables
from application.persistence.schema import SCHEMA_VERSION, schema_version
from application.persistence.table_copies import KeptTable

_EVENTS = "SELECT count(*), coalesce(max(notification_id), 0) FROM public.case_events"
_KEY_IDS = "SELECT DISTINCT kek_id FROM public.subject_keys WHERE wrapped IS NOT NULL"


class Snapshot:
    """One transaction that sees what had been saved when it began, and nothing later."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.schema = schema_version(connection)
        self._check()
        self.server = connection.info.parameter_status("server_version") or ""
        self.events, self.position = connection.execute(_EVENTS).fetchall()[0]
        self.key_ids = {row[0] for row in connection.execute(_KEY_IDS)}
        self.sequences = drawn_numbers(connection)

    def _check(self) -> None:
        """Refuse what would be copied in part only, or could not be put back."""
        if not self.schema:
            raise BackupRefused("There is no front office in this database: nothing to back up.")
        if self.schema > SCHEMA_VERSION:
            message = f"The database has schema {self.schema}, this service knows {SCHEMA_VERSION}: update the service."
            raise BackupRefused(message)
        guarded = guarded_tables(self.connection, KEPT)
        if guarded:
            message = (
                f"Row-level security may hide rows of {', '.join(guarded)} from the database user"
                f" {self.connection.info.user}:\nset FRONTOFFICE_OWNER_DATABASE_URL to the owner"
                " of the tables."
            )
            raise BackupRefused(message)

    def copy_tables(
        self, backup: NewBackup, progress: Callable[[int, int], object]
    ) -> tuple[TableCopy, ...]:
        """Copy every kept table; tell how many rows more are copied, and of how many."""
        tables = kept_tables(self.connection)
        total = sum(self._count(table) for table in tables)
        return tuple(
            self._copy(table, backup, lambda rows: progress(rows, total)) for table in tables
        )

    def _count(self, table: KeptTable) -> int:
        return int(self.connection.execute(table.count).fetchall()[0][0])

    def _copy(
        self, table: KeptTable, backup: NewBackup, progress: Callable[[int], object]
    ) -> TableCopy:
        rows = 0
        with (
            backup.member(f"tables/{table.name}") as member,
            self.connection.cursor() as cursor,
            cursor.copy(table.copy_out) as copy,
        ):
            for piece in copy:
                member.write(bytes(piece))
                ended = bytes(piece).count(b"\n")  # A line break in a value is written otherwise.
                rows += ended
                progress(ended)
        return TableCopy(table.name, table.columns, rows, member.sha256)


@contextmanager
def snapshot(url: str) -> Iterator[Snapshot]:
    """Open a snapshot for as long as the block lasts; tell in words why it cannot be read."""
    try:
        with psycopg.connect(url) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            set_up(connection)
            yield Snapshot(connection)
    except psycopg.errors.InsufficientPrivilege as error:
        message = (
            f"The database user may not read everything ({error.diag.message_primary}):\n"
            "set FRONTOFFICE_OWNER_DATABASE_URL to the owner of the tables."
        )
        raise BackupRefused(message) from error
    except psycopg.Error as error:
        message = f"The database could not be read to the end ({error}): no backup was made."
        raise BackupFailed(message) from error
