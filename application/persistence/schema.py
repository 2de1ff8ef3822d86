"""The schema: made once, in the parent, and brought up to date by the versions it has."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from eventsourcing.persistence import ApplicationRecorder

from application.persistence.connections import WAIT_SECONDS
from application.persistence.files import (
    READ_MODEL_FILES,
    RIGHTS,
    mark_of,
    mark_of_read_models,
    sql,
)
from application.persistence.logins import let_log_in
from application.persistence.recorder import CaseRecorder
from application.read_models.rows import READ_MODELS

SCHEMA_VERSION = 5
_EMPTY = "empty"
_MARK = """
INSERT INTO forms VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET mark = excluded.mark
"""
_UPGRADE_LOCK = 0x66726F6E74  # "front": any number will do, as long as it stays the same.


class DatabaseUnusable(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The database cannot be reached, or was upgraded by a later version of the service."""


def upgrade(url: str, service_url: str, recorder: ApplicationRecorder) -> bool:
    """Make the schema, or bring it up to date; several processes may ask at once.

    Return whether the read models still have to be filled: they have got another form, or
    whoever was to fill them did not come to the end.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_UPGRADE_LOCK])
        version = schema_version(connection)
        _check_known(version)
        assert isinstance(recorder, CaseRecorder)  # noqa: S101  The factory makes no other.
        _make_roles_and_events(connection, service_url, recorder)
        with connection.transaction():
            _upgrade_own_tables(connection, version)
            _say_rights(connection)
            return _read_models_are_old(connection, is_new=version == 0)


def hold_upgrades(connection: psycopg.Connection[Any]) -> None:
    """Let nobody else make or upgrade a schema before the caller's transaction has ended."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [_UPGRADE_LOCK])


def make_tables(
    connection: psycopg.Connection[Any], service_url: str, recorder: CaseRecorder, version: int
) -> None:
    """Make the tables as they were at a version, to be filled, in the caller's transaction.

    ``upgrade`` makes of them what they are today, and the read models.
    """
    _make_roles_and_events(connection, service_url, recorder)
    _upgrade_own_tables(connection, 0, to=version)


def _make_roles_and_events(
    connection: psycopg.Connection[Any], service_url: str, recorder: CaseRecorder
) -> None:
    let_log_in(connection, service_url)
    for statement in recorder.sql_create_statements:
        connection.execute(statement)


def read_models_are_filled(url: str) -> None:
    """Record that the read models have been filled in their form of today."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_MARK, ["read models", mark_of_read_models()])


def _say_rights(connection: psycopg.Connection[Any]) -> None:
    """Say who may do what, if that is not what the database has: it waits for every reader."""
    mark = mark_of(*RIGHTS)
    if _mark(connection, "rights") != mark:
        for name in RIGHTS:
            connection.execute(sql(name))
        connection.execute(_MARK, ["rights", mark])


def _read_models_are_old(connection: psycopg.Connection[Any], *, is_new: bool) -> bool:
    """Whether there is something to fill; the tables of another form give way to empty ones."""
    mark = mark_of_read_models()
    found = _mark(connection, "read models")
    if found in {mark, _EMPTY}:
        return found == _EMPTY
    connection.execute(sql("without_event_policies.sql"))
    tables = ", ".join(each.TABLE for each in READ_MODELS)
    connection.execute(f"DROP TABLE IF EXISTS {tables}")
    for name in READ_MODEL_FILES:
        connection.execute(sql(name))
    connection.execute(_MARK, ["read models", mark if is_new else _EMPTY])
    return not is_new


def _mark(connection: psycopg.Connection[Any], name: str) -> str | None:
    row = connection.execute("SELECT mark FROM forms WHERE name = %s", [name]).fetchone()
    return None if row is None else str(row[0])


def holds_keys(url: str) -> bool:
    """Whether the database holds keys of people already."""
    with _reached(url) as connection:
        if schema_version(connection) == 0:
            return False
        return connection.execute("SELECT FROM subject_keys LIMIT 1").fetchone() is not None


def check_current(url: str) -> None:
    """Refuse a database that has no schema yet, or another one than this service works with."""
    with _reached(url) as connection:
        try:
            version = schema_version(connection)
        except psycopg.errors.InsufficientPrivilege:
            return  # A login of the service alone may not look, and has been made by a start.
    _check_known(version)
    if version < SCHEMA_VERSION:
        message = (
            f"The database has schema {version}, this service needs {SCHEMA_VERSION}:\n"
            "run frontoffice serve once, it makes the schema and brings it up to date."
        )
        raise DatabaseUnusable(message)


@contextmanager
def _reached(url: str) -> Iterator[psycopg.Connection[Any]]:
    try:
        with psycopg.connect(url, connect_timeout=WAIT_SECONDS) as connection:
            yield connection
    except psycopg.OperationalError as error:
        message = f"The database cannot be reached: {error}\nCheck FRONTOFFICE_DATABASE_URL."
        raise DatabaseUnusable(message) from error


def schema_version(connection: psycopg.Connection[Any]) -> int:
    """Return the version of the schema; 0 where there is none."""
    if connection.execute("SELECT to_regclass('schema_version')").fetchone() == (None,):
        return 0
    row = connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()
    return int(row[0]) if row else 0


def _check_known(version: int) -> None:
    if version > SCHEMA_VERSION:
        message = f"The database has schema {version}, this service knows {SCHEMA_VERSION}: update the service."
        raise DatabaseUnusable(message)


def _upgrade_own_tables(
    connection: psycopg.Connection[Any], version: int, to: int = SCHEMA_VERSION
) -> None:
    if version == 0:
        connection.execute("CREATE TABLE schema_version (version integer PRIMARY KEY)")
    for step in range(version + 1, to + 1):
        connection.execute(sql(f"{step}.sql"))
        connection.execute("INSERT INTO schema_version VALUES (%s)", [step])
