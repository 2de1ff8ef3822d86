"""The login of the service at the database: it owns nothing, and may take on the roles only."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from application.persistence.pools import WRITER, role_name
from application.scopes import View

EMBEDDED_LOGIN = "frontoffice"
_ROLES = tuple(role_name(part) for part in (*View, WRITER))


class RolesMissing(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The database roles cannot be made with this login; the message says who can."""


def embedded_service_url(url: str) -> str:
    """Return the URL by which workers reach the embedded server: not as its superuser."""
    return make_conninfo(url, user=EMBEDDED_LOGIN)


def let_log_in(connection: psycopg.Connection[Any], service_url: str) -> None:
    """Let the login of the service take on the roles; make it where the server is our own."""
    login = conninfo_to_dict(service_url).get("user") or connection.info.user
    try:
        if login == EMBEDDED_LOGIN:
            connection.execute(_MADE.format(Identifier(login), Literal(login)))
        for role in _ROLES:
            if not _may_take_on(connection, str(login), role):
                grant = SQL("GRANT {} TO {}").format(Identifier(role), Identifier(str(login)))
                connection.execute(grant)
    except psycopg.errors.InsufficientPrivilege as error:
        message = (
            f"The database user {connection.info.user} may not make or grant the roles\n"
            f"{', '.join(_ROLES)}.\n"
            f"Let an administrator of the database make them and grant them to {login}."
        )
        raise RolesMissing(message) from error


def _may_take_on(connection: psycopg.Connection[Any], login: str, role: str) -> bool:
    found = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_auth_members WHERE roleid = %s::regrole"
        " AND member = quote_ident(%s)::regrole)",
        [role, login],
    ).fetchone()
    return bool(found and found[0])


_MADE = SQL(
    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {1})"
    " THEN CREATE ROLE {0} LOGIN NOINHERIT; END IF; END $$"
)
