"""What a database says of itself, for whoever looks after it. Nothing is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg
from cryptography.exceptions import InvalidTag
from msgspec import Struct
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from application.log_state import LogState
from application.persistence.connections import WAIT_SECONDS
from application.persistence.files import RIGHTS, mark_of, mark_of_read_models
from application.persistence.key_file import KeyFile
from application.persistence.log_states import STATEMENT, log_state_of
from application.persistence.pools import SEALER, WRITER, role_name
from application.persistence.schema import schema_version
from application.persistence.vault import unwrapped
from application.scopes import View

_ROLES = [role_name(part) for part in (*View, WRITER, SEALER)]
_LOGIN = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_MISSING = "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regrole(name) IS NULL"
_UNGUARDED = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
AND relname = ANY(%s) AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname
"""
GUARDED = [
    *("case_events", "attempts", "document_contents", "organizations", "letters", "verifications"),
    *("requests", "escalations", "loans", "sights", "documents", "document_uses", "staff"),
    "appearances",
]
_MARKS = "SELECT name, mark FROM forms"
_OLD_KEYS = "SELECT count(*) FROM attempts WHERE made_at < %s"
_RUN_OUT = "SELECT count(*) FROM verifications WHERE status = 'verified' AND valid_until < %s::date"
_A_KEY = "SELECT subject_id, kek_id, wrapped FROM subject_keys WHERE wrapped IS NOT NULL LIMIT 1"


class DatabaseSilent(Exception):  # noqa: N818  It says what is the matter.
    """The database cannot be reached; the message is its own."""


class Examination(Struct, frozen=True, kw_only=True):
    """What was found. ``seconds_ahead`` is the database's clock against ours.

    Where the schema is another one than the service's, or roles are missing, no more is asked:
    the rest stands as if nothing were wrong.
    """

    server: int
    schema: int
    is_mighty: bool
    missing_roles: list[str]
    unguarded: list[str]
    seconds_ahead: float
    is_current: bool = True
    key_opens: bool = True
    log: LogState = LogState()
    old_keys: int = 0
    run_out: int = 0


def examine(
    url: str, schema: int, keys: KeyFile | None, now: datetime, kept: timedelta
) -> Examination:
    """Ask the database as the service's own login, in the roles that it takes on."""
    with _reached(url) as connection:
        missing = _column(connection, _MISSING, _ROLES)
        found = {
            "server": connection.info.server_version // 10_000,
            "is_mighty": _one(connection, _LOGIN),
            "missing_roles": missing,
            "unguarded": _column(connection, _UNGUARDED, GUARDED),
            "seconds_ahead": (_one(connection, "SELECT clock_timestamp()") - now).total_seconds(),
        }
        if missing:
            return Examination(**found, schema=0)
        with _as(connection, View.SYSTEM):
            version = schema_version(connection)
        if version != schema:
            return Examination(**found, schema=version)
        return Examination(**found, schema=version, **_contents(connection, keys, now - kept, now))


def _contents(
    connection: psycopg.Connection[Any], keys: KeyFile | None, before: datetime, now: datetime
) -> dict[str, Any]:
    with _as(connection, View.SYSTEM):
        marks = dict(connection.execute(_MARKS).fetchall())
        counts = {
            "old_keys": _one(connection, _OLD_KEYS, before),
            "run_out": _one(connection, _RUN_OUT, now),
            "log": _log_state(connection),
        }
    with _as(connection, WRITER):
        wrapped = connection.execute(_A_KEY).fetchone()
    wanted = {"rights": mark_of(*RIGHTS), "read models": mark_of_read_models()}
    return {
        **counts,
        "is_current": marks == wanted,
        "key_opens": wrapped is None or (keys is not None and _opens(keys, wrapped)),
    }


def _log_state(connection: psycopg.Connection[Any]) -> LogState:
    with connection.cursor(row_factory=dict_row) as cursor:
        (row,) = cursor.execute(STATEMENT).fetchall()
    return log_state_of(row)


def _opens(keys: KeyFile, wrapped: tuple[Any, ...]) -> bool:
    try:
        return bool(unwrapped(keys, *wrapped))
    except (KeyError, InvalidTag):
        return False


@contextmanager
def _reached(url: str) -> Iterator[psycopg.Connection[Any]]:
    try:
        with psycopg.connect(url, connect_timeout=WAIT_SECONDS) as connection:
            connection.read_only = True
            yield connection
    except psycopg.OperationalError as error:
        raise DatabaseSilent(str(error)) from error


@contextmanager
def _as(connection: psycopg.Connection[Any], part: str) -> Iterator[None]:
    with connection.transaction():
        connection.execute(SQL("SET LOCAL ROLE {}").format(Identifier(role_name(part))))
        yield
        connection.execute("RESET ROLE")


def _column(connection: psycopg.Connection[Any], statement: str, *values: Any) -> list[Any]:
    return [row[0] for row in connection.execute(statement, values).fetchall()]


def _one(connection: psycopg.Connection[Any], statement: str, *values: Any) -> Any:
    return _column(connection, statement, *values)[0]
