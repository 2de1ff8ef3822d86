"""One moment of the database, seen by several processes at once, and changed by none of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import psycopg
from eventsourcing.persistence import OperationalError
from psycopg.sql import SQL

from application.persistence.connections import WAIT_SECONDS
from application.persistence.files import mark_of_read_models
from application.persistence.kept_tables import set_up
from application.persistence.row_guards import guarded_tables
from application.persistence.schema import DatabaseUnusable
from application.read_models.rows import READ_MODELS

_FORM = "SELECT mark FROM public.forms WHERE name = 'read models'"
_READ = ("case_events", "subject_keys", *(each.TABLE for each in READ_MODELS))
_LOST = (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn)


class ReplaySnapshot(NamedTuple):
    """A transaction that sees one moment, and the name by which another process joins it."""

    connection: psycopg.Connection[Any]
    name: str


@contextmanager
def replay_snapshot(url: str, name: str | None = None) -> Iterator[ReplaySnapshot]:
    """See the database as it is now, or as it is in a snapshot that another process holds.

    Raises:
        DatabaseUnusable: not everything can be read; the message says why and what to do.
        OperationalError: the connection was lost.

    """
    try:
        with _reading(url) as connection, connection.transaction():
            if name is not None:
                connection.execute(SQL("SET TRANSACTION SNAPSHOT {}").format(name))
            _check_whole(connection)
            found = name or connection.execute("SELECT pg_export_snapshot()").fetchall()[0][0]
            yield ReplaySnapshot(connection, str(found))
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseUnusable(_not_the_owner(str(error.diag.message_primary))) from error
    except _LOST as error:
        message = (
            f"The lists are not whole ({error.diag.message_primary}):\n"
            "make them anew with frontoffice read-models rebuild, and replay again."
        )
        raise DatabaseUnusable(message) from error
    except psycopg.OperationalError as error:
        raise OperationalError(str(error)) from error


@contextmanager
def _reading(url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(url, connect_timeout=WAIT_SECONDS, autocommit=True) as connection:
        set_up(connection)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection


def _check_whole(connection: psycopg.Connection[Any]) -> None:
    """Refuse to read what is not all there, or what is not all shown."""
    if guarded := guarded_tables(connection, _READ):
        fault = f"row-level security may hide rows of {', '.join(guarded)}"
        raise DatabaseUnusable(_not_the_owner(fault))
    form = connection.execute(_FORM).fetchone()
    if form is None or form[0] != mark_of_read_models():
        message = (
            "The lists are of an earlier form, or are being made: start the service once,\n"
            "it makes them anew, and replay again."
        )
        raise DatabaseUnusable(message)


def _not_the_owner(fault: str) -> str:
    return (
        f"The database user may not read everything ({fault}):\n"
        "set FRONTOFFICE_OWNER_DATABASE_URL to the owner of the tables."
    )
