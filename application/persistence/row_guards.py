"""Whether row-level security may hide rows from whoever has to see all of them."""

from collections.abc import Sequence
from typing import Any

import psycopg

# A login to which a policy applies must have one that shows it every row, and none that hides any.
_GUARDED = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s) AND row_security_active(c.oid)
AND (EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive)
    OR NOT EXISTS (
        SELECT FROM pg_policy p CROSS JOIN unnest(p.polroles) AS whose (role)
        WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')
        AND pg_get_expr(p.polqual, p.polrelid) = 'true'
        AND (role = 0 OR pg_has_role(role, 'USAGE'))))
"""


def guarded_tables(connection: psycopg.Connection[Any], tables: Sequence[str]) -> list[str]:
    """Return those of the tables of which a policy might hide a row from the connection's user."""
    return [str(row[0]) for row in connection.execute(_GUARDED, [list(tables)])]
