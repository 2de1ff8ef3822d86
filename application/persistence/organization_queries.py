"""What is read of organizations: their standing, their duplicates, and whom they look like."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from application.persistence.questions import Questions
from domain.catalogue.codes import StandingStatus
from domain.standing import NOT_VERIFIED, Standing

_STANDING = """
SELECT status, verification_id, valid_until FROM standings WHERE organization_id = %s
"""
_STANDING_FOR = """
SELECT status, verification_id, valid_until FROM standings WHERE organization_id = coalesce(
(SELECT survivor FROM merges WHERE organization_id = %(id)s), %(id)s)
"""
_SURVIVOR = "SELECT survivor FROM merges WHERE organization_id = %s AND survivor IS NOT NULL"
_RECORDS_OF = """
SELECT organization_id AS id FROM merges WHERE survivor = %(id)s UNION ALL SELECT %(id)s
WHERE NOT EXISTS (SELECT FROM merges WHERE organization_id = %(id)s AND survivor IS NOT NULL)
"""
_ALIKE = """
SELECT id FROM organizations
WHERE status <> 'duplicate' AND id IS DISTINCT FROM %(but)s AND (identifiers && %(identifiers)s
    OR (region = %(region)s AND name_beginnings && %(beginnings)s))
ORDER BY identifiers && %(identifiers)s DESC,
    (SELECT count(*) FROM unnest(name_beginnings) AS one WHERE one = ANY(%(beginnings)s)) DESC,
    created_at, id LIMIT 300
"""
_COMPARED = """
SELECT id, name, name_kk, region, district, status, identifiers, not_duplicate_of FROM organizations
WHERE id = ANY(%s)
"""
_HAS_IDENTIFIER = """
SELECT id FROM organizations WHERE status <> 'duplicate' AND identifiers && ARRAY[%s::text]
"""
_NAMES = (
    "SELECT id, name, region, district, team_type, status FROM organizations WHERE id = ANY(%s)"
)


class OrganizationQueries(Questions):
    """Questions about organizations."""

    def standing(self, organization_id: UUID) -> Standing:
        """Return the outcome of the organization's latest decided verification."""
        return _standing(self._one(_STANDING, organization_id))

    def standing_for(self, organization_id: UUID) -> Standing:
        """Return the standing of the organization, or of the one whose duplicate it is."""
        return _standing(self._one(_STANDING_FOR, {"id": organization_id}))

    def survivor(self, organization_id: UUID) -> UUID:
        """Return of which organization this one is a duplicate, or itself."""
        row = self._one(_SURVIVOR, organization_id)
        return row["survivor"] if row else organization_id

    def records_of(self, organization_id: UUID) -> list[UUID]:
        """Return the organization and its duplicates; of a duplicate nothing."""
        return [row["id"] for row in self._all(_RECORDS_OF, {"id": organization_id})]

    def alike(self, **shared: Any) -> list[UUID]:
        """Return the organizations that share one of the ``identifiers``.

        Also those of the ``region`` that share one of the ``beginnings`` of their names; of
        none of these the one with the id ``but``. It is asked everywhere, for the rows of one
        office are not found by what arrays share; what the office sees of it, `compared` says.
        """
        return [row["id"] for row in self._all(_ALIKE, shared)]

    def compared(self, ids: Iterable[UUID]) -> list[dict[str, Any]]:
        """Return of organizations what they are compared by."""
        return self._all(_COMPARED, list(ids))

    def having(self, identifier: str) -> set[UUID]:
        """Return the organizations that have the identifier."""
        return {row["id"] for row in self._all(_HAS_IDENTIFIER, identifier)}

    def organizations_named(self, ids: Sequence[UUID]) -> list[dict[str, Any]]:
        """Return what tells the organizations apart."""
        return self._all(_NAMES, list(ids))


def _standing(row: dict[str, Any] | None) -> Standing:
    if row is None:
        return NOT_VERIFIED
    return Standing(StandingStatus(row["status"]), row["verification_id"], row["valid_until"])
