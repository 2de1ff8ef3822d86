"""The database behind the application: connections, conflicts, and the schema."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import psycopg
from eventsourcing.persistence import ApplicationRecorder, IntegrityError
from eventsourcing.postgres import PostgresDatastore, PostgresFactory
from eventsourcing.utils import Environment
from psycopg.conninfo import conninfo_to_dict

from application.persistence.recorder import CaseRecorder

SCHEMA_VERSION = 1
_UPGRADE_LOCK = 0x66726F6E74  # "front": any number will do, as long as it stays the same.
_DISCRETE = ("dbname", "host", "port", "user", "password")


class DatabaseUnusable(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The database cannot be reached, or was upgraded by a later version of the service."""


class CaseFactory(PostgresFactory):
    """The library's factory, with our recorder and every parameter of the database URL."""

    application_recorder_class = CaseRecorder

    def __init__(self, env: Environment, url: str) -> None:
        super().__init__(env)
        assert isinstance(self.datastore.pool.kwargs, dict)  # noqa: S101  The library makes it so.
        self.datastore.pool.kwargs.update(conninfo_to_dict(url))


def library_environment(url: str, pool_size: int) -> Mapping[str, str]:
    """Return the settings of the event library for the database.

    Tables are made once, by ``upgrade``, and never by a worker: the library's own way
    of making them fails when several processes start at once.
    """
    parameters = conninfo_to_dict(url)
    discrete = {f"POSTGRES_{name.upper()}": str(parameters.get(name) or "") for name in _DISCRETE}
    return {
        **discrete,
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "CREATE_TABLE": "n",
        "POSTGRES_POOL_SIZE": "1",
        "POSTGRES_MAX_OVERFLOW": str(pool_size - 1),
        "POSTGRES_CONNECT_TIMEOUT": "5",
        "POSTGRES_CONN_MAX_AGE": "3600",
        "POSTGRES_PRE_PING": "n",
    }


def upgrade(url: str, recorder: ApplicationRecorder) -> None:
    """Make the schema, or bring it up to date; several processes may ask at once."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_UPGRADE_LOCK])
        assert isinstance(recorder, CaseRecorder)  # noqa: S101  The factory makes no other.
        recorder.create_table()
        with connection.transaction():
            _upgrade_own_tables(connection)


def holds_keys(url: str) -> bool:
    """Whether the database holds keys of people already."""
    try:
        with psycopg.connect(url) as connection:
            if schema_version(connection) == 0:
                return False
            return connection.execute("SELECT FROM subject_keys LIMIT 1").fetchone() is not None
    except psycopg.OperationalError as error:
        message = f"The database cannot be reached: {error}\nCheck FRONTOFFICE_DATABASE_URL."
        raise DatabaseUnusable(message) from error


def schema_version(connection: psycopg.Connection[Any]) -> int:
    """Return the version of the schema; 0 where there is none."""
    found = connection.execute("SELECT to_regclass('schema_version')").fetchone()
    if found is None or found[0] is None:
        return 0
    row = connection.execute("SELECT max(version) FROM schema_version").fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _upgrade_own_tables(connection: psycopg.Connection[Any]) -> None:
    version = schema_version(connection)
    if version > SCHEMA_VERSION:
        message = f"The database has schema {version}, this service knows {SCHEMA_VERSION}: update the service."
        raise DatabaseUnusable(message)
    if version < SCHEMA_VERSION:
        connection.execute("CREATE TABLE schema_version (version integer PRIMARY KEY)")
        connection.execute(_sql("schema.sql"))
        connection.execute("INSERT INTO schema_version VALUES (%s)", [SCHEMA_VERSION])


def _sql(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


def violated(error: IntegrityError) -> str | None:
    """Return the name of the constraint that the database upheld."""
    cause = error.__cause__
    return cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None


def next_number(datastore: PostgresDatastore, series: str) -> int:
    """Return the next number of the series, from 1; a number is never given twice."""
    with datastore.get_connection() as connection:
        row = connection.execute(_NEXT_NUMBER, [series]).fetchone()
    assert row is not None  # noqa: S101  The statement returns one row.
    return int(row["last"])


_NEXT_NUMBER = """
INSERT INTO case_numbers AS n (series, last) VALUES (%s, 1)
ON CONFLICT (series) DO UPDATE SET last = n.last + 1 RETURNING last
"""
