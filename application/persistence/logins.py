"""The login of the service at the database: it owns nothing, and may take on the roles only."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from application.persistence.files import sql
from application.persistence.pools import SEALER, WRITER, role_name
from application.scopes import View

EMBEDDED_LOGIN = "frontoffice"
EMBEDDED_SEALER = "frontoffice_sealer"
_SET_IS_A_RIGHT = 160_000
_SEALING = (role_name(SEALER),)
_ROLES = tuple(role_name(part) for part in (*View, WRITER))


class RolesMissing(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The database roles cannot be made with this login; the message says who can."""


def embedded_service_url(url: str) -> str:
    """Return the URL by which workers reach the embedded server: not as its superuser."""
    return make_conninfo(url, user=EMBEDDED_LOGIN)


def embedded_sealer_url(url: str) -> str:
    """Return the URL by which the sealer reaches the embedded server: workers cannot be it."""
    return make_conninfo(url, user=EMBEDDED_SEALER)


def let_log_in(connection: psycopg.Connection[Any], service_url: str) -> None:
    """Make the roles where they are missing, and let the service's login take them on."""
    login = _login(connection, service_url)
    with _told(connection, login, _ROLES):
        connection.execute(sql("roles.sql"))
        if login == EMBEDDED_LOGIN:
            connection.execute(_MADE.format(Identifier(login), Literal(login)))
        _let_take_on(connection, login, _ROLES)


def let_seal(url: str, sealer_url: str) -> None:
    """Let the sealer's login take on its role; at the embedded server it is the role itself."""
    with psycopg.connect(url, autocommit=True) as connection:
        login = _login(connection, sealer_url)
        with _told(connection, login, _SEALING):
            if login == EMBEDDED_SEALER:
                connection.execute(SQL("ALTER ROLE {} LOGIN").format(Identifier(login)))
            else:
                _let_take_on(connection, login, _SEALING)


def _login(connection: psycopg.Connection[Any], url: str) -> str:
    return str(conninfo_to_dict(url).get("user") or connection.info.user)


def _let_take_on(connection: psycopg.Connection[Any], login: str, roles: Sequence[str]) -> None:
    for role in roles:
        if not _may_take_on(connection, login, role):
            grant = SQL("GRANT {} TO {}").format(Identifier(role), Identifier(login))
            connection.execute(grant)


@contextmanager
def _told(connection: psycopg.Connection[Any], login: str, roles: Sequence[str]) -> Iterator[None]:
    """Say who can do it, where this login may not."""
    try:
        yield
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject) as error:
        message = (
            f"The database user {connection.info.user} may not make or grant the roles\n"
            f"{', '.join(roles)}\nto {login} ({error.diag.message_primary}).\n"
            f"Let an administrator of the database make them and grant them to {login}."
        )
        raise RolesMissing(message) from error


def _may_take_on(connection: psycopg.Connection[Any], login: str, role: str) -> bool:
    """Whether the login may act in the role; who makes a role is its member without that."""
    how = "SET" if connection.info.server_version >= _SET_IS_A_RIGHT else "MEMBER"
    found = connection.execute("SELECT pg_has_role(%s, %s, %s)", [login, role, how]).fetchone()
    return bool(found and found[0])


_MADE = SQL(
    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {1})"
    " THEN CREATE ROLE {0} LOGIN NOINHERIT; END IF; END $$"
)
