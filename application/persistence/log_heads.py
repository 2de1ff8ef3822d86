"""The map of heads as it was signed last, around one case: what its proof is made of."""

from typing import Any
from uuid import UUID

import psycopg

from application.audit.heads import ID_BITS, Tree, head

# The hashes above are those of the last checkpoint. The versions may be of events that were
# sealed since, and are not signed yet: those are taken off.
_ABOVE = """
SELECT depth, prefix, hash FROM log_head_nodes
WHERE (depth = 8 AND prefix <> %(upper)s)
    OR (depth = 16 AND prefix >> 8 = %(upper)s AND prefix <> %(lower)s)
"""
_CASES = """
SELECT case_id, version - (
    SELECT count(*) FROM public.case_events JOIN log_entries ON position = notification_id
    WHERE originator_id = case_id AND index >= %s
) FROM log_heads WHERE case_id BETWEEN %s AND %s
"""


def trees_around(connection: psycopg.Connection[Any], case_id: UUID, size: int) -> list[Tree]:
    """Return trees that make up the map at the size of the last checkpoint, the case's own alone."""
    lower = case_id.int >> ID_BITS - 16
    span = UUID(int=lower << ID_BITS - 16), UUID(int=(lower + 1 << ID_BITS - 16) - 1)
    above = connection.execute(_ABOVE, {"upper": lower >> 8, "lower": lower}).fetchall()
    cases = connection.execute(_CASES, [size, *span]).fetchall()
    whole = [Tree(prefix << ID_BITS - depth, bytes(each)) for depth, prefix, each in above]
    return [*whole, *(head(each, version) for each, version in cases if version)]
