"""Filling an empty database from a backup: in one transaction, so that it is all there or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from application.backups.outcomes import BackupFailed, BackupRefused
from application.persistence.backup_file import Backup
from application.persistence.backup_manifest import TableCopy
from application.persistence.connections import CaseDatastore
from application.persistence.kept_tables import set_up
from application.persistence.logins import RolesMissing
from application.persistence.recorder import CaseRecorder
from application.persistence.schema import SCHEMA_VERSION, hold_upgrades, make_tables
from application.persistence.store import EVENTS
from application.persistence.table_copies import KeptTable

# What an extension has brought along is not somebody's data.
_ANYTHING = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' AND c.relkind <> 'i'
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
    AND d.objid = c.oid AND d.deptype = 'e') ORDER BY 1 LIMIT 1
"""
_DRAWN = "SELECT setval(format('public.%%I', %s::text), %s)"


class Loading:
    """One restore, over a connection whose transaction ends with the block."""

    def __init__(self, connection: psycopg.Connection[Any], backup: Backup) -> None:
        self.connection = connection
        self._backup = backup

    def fill(self, url: str, service_url: str, progress: Callable[[int, int], object]) -> None:
        """Make the tables of the backup's own time and copy its rows into them."""
        manifest = self._backup.manifest
        recorder = CaseRecorder(CaseDatastore(url, 1), events_table_name=EVENTS)
        make_tables(self.connection, service_url, recorder, manifest.schema)
        total = sum(table.rows for table in manifest.tables)
        for table in manifest.tables:
            self._copy(table, lambda rows: progress(rows, total))
        for sequence, last in manifest.sequences.items():
            if last:
                self.connection.execute(_DRAWN, [sequence, last])

    def _copy(self, table: TableCopy, progress: Callable[[int], object]) -> None:
        kept = KeptTable(table.name, table.columns)
        with self.connection.cursor() as cursor:
            with cursor.copy(kept.copy_in) as copy:
                for piece in self._backup.chunks(table.member):
                    copy.write(piece)
                    progress(piece.count(b"\n"))
            if cursor.rowcount != table.rows:
                message = (
                    f"{table.name} took {cursor.rowcount} of {table.rows} rows: nothing was kept."
                )
                raise BackupFailed(message)
        self.connection.execute(kept.analyze)


@contextmanager
def loading(url: str, backup: Backup) -> Iterator[Loading]:
    """Begin to fill a database that has nothing in it; what fails leaves it as empty as it was."""
    _check_known(backup)
    try:
        with psycopg.connect(url) as connection:
            set_up(connection)
            hold_upgrades(connection)
            _check_empty(connection)
            yield Loading(connection, backup)
    except RolesMissing as error:
        raise BackupRefused(str(error)) from error
    except psycopg.Error as error:
        message = f"The database did not take it ({error}): nothing was kept, it is still empty."
        raise BackupFailed(message) from error


def _check_known(backup: Backup) -> None:
    schema = backup.manifest.schema
    if schema > SCHEMA_VERSION:
        message = f"The backup has schema {schema}, this service knows {SCHEMA_VERSION}: update the service."
        raise BackupRefused(message)


def _check_empty(connection: psycopg.Connection[Any]) -> None:
    found = connection.execute(_ANYTHING).fetchone()
    if found is not None:
        message = (
            f"The database is not empty: it has {found[0]}, for one. Restore into an empty one:\n"
            "set FRONTOFFICE_DATA_DIR to a new folder, or FRONTOFFICE_DATABASE_URL to a new database."
        )
        raise BackupRefused(message)
