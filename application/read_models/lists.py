"""The lists that staff read, and by what they can be narrowed down."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from msgspec import Struct

# An organization and the records that turned out to be it; it is asked for by one of them.
_AND_ITS_DUPLICATES = """ARRAY(
    SELECT unnest(asked.id || ARRAY(SELECT organization_id FROM merges WHERE survivor = asked.id))
    FROM (SELECT %s::uuid) AS asked (id))"""
_RESTS_ON = "SELECT verification_id FROM letters WHERE issuer_id = ANY"


class Match(Enum):
    """How a filter's value is held against the list."""

    EQUAL = "{column} = %s"
    HAS = "%s = ANY({column})"
    LIKE = "{column} ILIKE %s"
    FROM = "{column} >= %s"
    UNTIL = "{column} <= %s"
    BEFORE = "{column} < %s"
    CONTAINS = "{column} @> ARRAY[%s]::uuid[]"
    OF_ORGANIZATION = f"{{column}} = ANY({_AND_ITS_DUPLICATES})"
    RESTS_ON = f"{{column}} = ANY(ARRAY({_RESTS_ON}({_AND_ITS_DUPLICATES})))"


class Filter(Struct, frozen=True):
    """One filter: an expression over the list's rows, and how it is matched."""

    column: str
    match: Match = Match.EQUAL


class CaseList(Struct, frozen=True, kw_only=True):
    """A list: where its rows come from, in which order, and its filters by name.

    ``order`` are two columns that tell the rows apart; newest first. ``today`` stands
    for the day on which the list is read.
    """

    name: str
    source: str
    columns: tuple[str, ...]
    order: tuple[str, ...]
    filters: Mapping[str, Filter]


class ListQuery(Struct, frozen=True, kw_only=True):
    """What one caller asks of a list: filters, how many rows, and after which row."""

    today: date
    filters: Mapping[str, Any] = {}
    limit: int = 50
    after: tuple[datetime, UUID, int] | None = None


ORGANIZATIONS = CaseList(
    name="organizations",
    source="""(SELECT o.*, s.verification_id, s.valid_until, 0 AS place,
        CASE WHEN s.status = 'verified' AND s.valid_until < %(today)s THEN 'expired'
        ELSE coalesce(s.status, 'none') END AS standing
        FROM organizations o LEFT JOIN standings s ON s.organization_id = o.id)""",
    columns=(
        "id",
        "version",
        "office",
        "region",
        "district",
        "status",
        "team_type",
        "name",
        "bin",
        "directions",
        "last_contact_on",
        "standing",
        "verification_id",
        "valid_until",
        "created_at",
        "updated_at",
    ),
    order=("created_at", "id", "place"),
    filters={
        "region": Filter("region"),
        "district": Filter("district"),
        "team_type": Filter("team_type"),
        "direction": Filter("directions", Match.HAS),
        "verification": Filter("standing"),
        "needs_reverification": Filter(
            "(standing = 'verified' AND coalesce(reverify = verification_id, false))"
        ),
        "q": Filter("name", Match.LIKE),
        "without_contact_since": Filter(
            "coalesce(last_contact_on, date '0001-01-01')", Match.BEFORE
        ),
    },
)

_CASE_FILTERS = {
    "region": Filter("region"),
    "office": Filter("office"),
    "district": Filter("district"),
    "status": Filter("status"),
    "organization_id": Filter("organization_id", Match.OF_ORGANIZATION),
    "escalated": Filter("escalated"),
}

# Of a letter counts what its issuer was when it was recorded, and what it is today.
_ISSUER_LOST_STANDING = """(status = 'verified' AND valid_until >= today AND id = ANY(ARRAY(
    SELECT letter.verification_id FROM letters AS letter
    LEFT JOIN merges ON merges.organization_id = letter.issuer_id
    LEFT JOIN standings AS now ON now.organization_id = coalesce(survivor, letter.issuer_id)
    WHERE letter.issuer_was_verified
    AND (now.status IS DISTINCT FROM 'verified' OR now.valid_until < today))))"""

VERIFICATIONS = CaseList(
    name="verifications",
    source="(SELECT v.*, 0 AS place, %(today)s AS today FROM verifications v)",
    columns=(
        "id",
        "number",
        "version",
        "seen_until",
        "office",
        "region",
        "district",
        "status",
        "organization_id",
        "organization_name",
        "valid_until",
        "due_on",
        "escalated",
        "created_at",
        "updated_at",
    ),
    order=("created_at", "id", "place"),
    filters={
        **_CASE_FILTERS,
        "rests_on": Filter("id", Match.RESTS_ON),
        "issuer_lost_standing": Filter(_ISSUER_LOST_STANDING),
    },
)

REQUESTS = CaseList(
    name="assistance-requests",
    source="""(SELECT r.*, 0 AS place, coalesce(due_on < %(today)s, false) AS is_overdue
        FROM requests r)""",
    columns=(
        "id",
        "number",
        "version",
        "seen_until",
        "office",
        "region",
        "district",
        "status",
        "help_type",
        "category",
        "subject",
        "organization_id",
        "organization_name",
        "assigned_to",
        "offered_to",
        "opened_on",
        "due_on",
        "is_overdue",
        "escalated",
        "created_at",
        "updated_at",
    ),
    order=("created_at", "id", "place"),
    filters={
        **_CASE_FILTERS,
        "help_type": Filter("help_type"),
        "category": Filter("category"),
        "assigned_to": Filter("assigned_to"),
        "overdue": Filter("is_overdue"),
        "q": Filter("concat_ws(' ', number, subject, organization_name)", Match.LIKE),
        "opened_from": Filter("opened_on", Match.FROM),
        "opened_to": Filter("opened_on", Match.UNTIL),
    },
)

ESCALATIONS = CaseList(
    name="escalations",
    source="(SELECT e.*, raised_at AS created_at, case_id AS id FROM escalations e)",
    columns=(
        "case_id",
        "place",
        "case_type",
        "number",
        "from_office",
        "to_office",
        "direction",
        "question",
        "status",
        "words",
        "raised_at",
        "updated_at",
    ),
    order=("created_at", "id", "place"),
    filters={
        "status": Filter("status"),
        "region": Filter("from_office"),
        "case_type": Filter("case_type"),
    },
)
