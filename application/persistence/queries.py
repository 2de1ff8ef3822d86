"""What is read from the read models: single answers here, lists in ``lists``."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.persistence.files import mark_of_read_models
from application.persistence.lists import Page, count_up_to, select_all, select_page
from application.persistence.organization_queries import OrganizationQueries
from application.persistence.schema import SCHEMA_VERSION
from application.read_models.lists import CaseList, ListQuery

_OPEN_VERIFICATION = """
SELECT id FROM verifications WHERE organization_id = %s AND status = 'requested'
"""
_VERIFICATIONS_OF = "SELECT id FROM verifications WHERE organization_id = %s"
_POSITIONS = "SELECT originator_version, notification_id FROM case_events WHERE originator_id = %s"
_EXPIRED = """
SELECT id FROM verifications WHERE status = 'verified' AND valid_until < %s ORDER BY valid_until, id
"""
_OPEN_REQUESTS = """
SELECT id FROM requests WHERE organization_id = ANY(%s) AND seen_by = office
AND status IN ('requested', 'in_progress', 'waiting_for_organization') ORDER BY created_at, id
"""
_ATTEMPT = """
SELECT asked, case_type, case_id, version FROM attempts
WHERE office = %s AND staff_id = %s AND key = %s
"""
_FORGET_ATTEMPTS = "DELETE FROM attempts WHERE made_at < %s"
_LOAN = """
SELECT lent_from, lent_until FROM loans WHERE item_key = %s AND request_id <> %s
AND daterange(lent_from, lent_until, '[]') && daterange(%s, %s, '[]') ORDER BY lent_from LIMIT 1
"""
_WORKS_AT = """
SELECT id FROM staff WHERE id = %s::uuid AND office = %s AND role IN
('specialist', 'head', 'republican_specialist', 'republican_head')
"""
_READY = """
SELECT (SELECT max(version) FROM schema_version) AS version,
    (SELECT mark FROM forms WHERE name = 'read models') AS mark
"""
_SEEN_DOCUMENTS = """
SELECT id FROM documents WHERE id = ANY(%(ids)s) AND (%(office)s::text IS NULL OR office = %(office)s
    OR EXISTS (SELECT FROM document_uses WHERE document_id = id AND seen_by = %(office)s))
"""
_NUMBERED = """
SELECT id FROM requests WHERE number = %(number)s AND seen_by = office
UNION ALL SELECT id FROM verifications WHERE number = %(number)s AND seen_by = office
"""
_CALLED = """
SELECT id, name AS called FROM organizations WHERE id = ANY(%(ids)s)
UNION ALL SELECT id, number FROM requests WHERE id = ANY(%(ids)s)
UNION ALL SELECT id, number FROM verifications WHERE id = ANY(%(ids)s)
"""
_IS_CASE = """
SELECT EXISTS (SELECT FROM requests WHERE id = %(id)s)
OR EXISTS (SELECT FROM verifications WHERE id = %(id)s) AS found
"""


class Queries(OrganizationQueries):
    """Questions put to the read models."""

    def open_verification(self, organization_id: UUID) -> UUID | None:
        """Return the verification of the organization that is going on."""
        row = self._one(_OPEN_VERIFICATION, organization_id)
        return row["id"] if row else None

    def expired_verifications(self, day: date) -> list[UUID]:
        """Return the verifications that hold by their status and not by their last day."""
        return [row["id"] for row in self._all(_EXPIRED, day)]

    def verifications_of(self, organization_id: UUID) -> list[UUID]:
        """Return every verification of the organization."""
        return [row["id"] for row in self._all(_VERIFICATIONS_OF, organization_id)]

    def positions(self, case_id: UUID) -> dict[int, int]:
        """Return the position in the log of each version of a case."""
        rows = self._all(_POSITIONS, case_id)
        return {row["originator_version"]: row["notification_id"] for row in rows}

    def open_requests(self, *organization_ids: UUID) -> list[UUID]:
        """Return the requests of these organizations that have not ended."""
        return [row["id"] for row in self._all(_OPEN_REQUESTS, list(organization_ids))]

    def loan_in(
        self, item_key: int, start: date, end: date, but_request: UUID
    ) -> dict[str, Any] | None:
        """Return when the thing is lent to another request within the period, if it is."""
        return self._one(_LOAN, item_key, but_request, start, end)

    def works_at(self, staff_id: str, office: str) -> bool:
        """Whether somebody with an active account does case work at the office."""
        return self._one(_WORKS_AT, _uuid(staff_id), office) is not None

    def is_case(self, case_id: UUID) -> bool:
        """Whether there is a request or verification of the id."""
        row = self._one(_IS_CASE, {"id": case_id})
        return bool(row and row["found"])

    def documents_seen(self, ids: Sequence[UUID], office: str | None) -> frozenset[UUID]:
        """Return which of the documents an office sees; without one, which of them there are."""
        found = self._all(_SEEN_DOCUMENTS, {"ids": list(ids), "office": office})
        return frozenset(row["id"] for row in found)

    def case_numbered(self, number: str) -> UUID | None:
        """Return the request or verification of the number."""
        row = self._one(_NUMBERED, {"number": number})
        return row["id"] if row else None

    def called(self, ids: Iterable[UUID]) -> Iterator[tuple[str, str]]:
        """Return the name of each organization and the number of each case among the ids."""
        for row in self._all(_CALLED, {"ids": list(ids)}):
            yield str(row["id"]), row["called"]

    def attempt(self, office: str, staff_id: str, key: str) -> dict[str, Any] | None:
        """Return what the caller has done with the key, and where the answer is found."""
        return self._one(_ATTEMPT, office, staff_id, key)

    def forget_attempts(self, before: datetime) -> int:
        """Forget the attempts made before the moment; return how many there were."""
        return self._reader.run(_FORGET_ATTEMPTS, [before])

    def page(self, case_list: CaseList, query: ListQuery) -> Page:
        """Return one page of a list."""
        return select_page(self._reader, case_list, query)

    def batches(self, case_list: CaseList, query: ListQuery) -> Iterator[list[dict[str, Any]]]:
        """Return the whole list, in batches that are read one after the other."""
        return select_all(self._reader, case_list, query)

    def count_up_to(self, case_list: CaseList, query: ListQuery, most: int) -> int:
        """Return how many rows a list has; of one that has more than ``most``, one more."""
        return count_up_to(self._reader, case_list, query, most)

    def is_ready(self) -> bool:
        """Whether the database answers and has the schema that this service works with."""
        row = self._one(_READY)
        known = (SCHEMA_VERSION, mark_of_read_models())
        return row is not None and (row["version"], row["mark"]) == known


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
