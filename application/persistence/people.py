"""Questions about people: where they appear, what there is of them, and who took it away."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from application.persistence.questions import Questions

_APPEARANCES = """
SELECT case_type, case_id, office, version, events FROM appearances WHERE subject_id = %s
ORDER BY case_type, case_id
"""
_WORKS = "SELECT FROM staff WHERE id = %s AND status <> 'closed'"
_PLACES = "SELECT place, looked, found FROM places_of_subject(%s)"
_EXPORTS = """
SELECT recorded_at, staff_id, role, office, cause, coalesce(asked ->> 'list', case_type) AS list
FROM reads WHERE kind = 'export' AND subjects @> ARRAY[%s::uuid] ORDER BY position
"""
_KEYED = """
SELECT id, identifiers AS keys FROM organizations WHERE id = ANY(%(ids)s) UNION ALL
SELECT id, array_remove(ARRAY[login_key, identity_key], NULL) FROM staff WHERE id = ANY(%(ids)s)
"""


class Place(NamedTuple):
    """How much was looked through in a place, and how much of it is about the person."""

    looked: int
    found: int


class People(Questions):
    """Asks about one person. Places and exports are the audit's to ask for."""

    def appearances(self, subject_id: UUID) -> list[dict[str, Any]]:
        """Return the cases with the person that the asker sees."""
        return self._all(_APPEARANCES, subject_id)

    def works_here(self, subject_id: UUID) -> bool:
        """Whether the person has an account that is not closed."""
        return self._one(_WORKS, subject_id) is not None

    def places(self, subject_id: UUID) -> dict[str, Place]:
        """Return what there is of the person, place by place; the whole log is read for it."""
        found = self._all(_PLACES, subject_id)
        return {row["place"]: Place(row["looked"], row["found"]) for row in found}

    def exports(self, subject_id: UUID) -> list[dict[str, Any]]:
        """Return who took the person's data away, when, and with which list or case."""
        return self._all(_EXPORTS, subject_id)

    def keyed(self, case_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
        """Return what the rows of organizations and accounts hold that is made from people."""
        found = self._all(_KEYED, {"ids": list(case_ids)})
        return {row["id"]: row["keys"] for row in found}
