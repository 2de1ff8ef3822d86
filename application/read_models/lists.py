"""The lists that staff read: by what they can be narrowed down, and in which order they are."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID

from msgspec import Struct

from application.read_models.listed import (
    ListedEscalation,
    ListedOrganization,
    ListedRequest,
    ListedVerification,
)

# An organization and the records that turned out to be it; it is asked for by one of them.
_AND_ITS_DUPLICATES = """ARRAY(
    SELECT unnest(asked.id || ARRAY(SELECT organization_id FROM merges WHERE survivor = asked.id))
    FROM (SELECT %s::uuid) AS asked (id))"""
_RESTS_ON = "SELECT verification_id FROM letters WHERE issuer_id = ANY"
NEWEST_FIRST = "-created_at"
Key: TypeAlias = datetime | date | str
After: TypeAlias = tuple[Key, UUID, int]


class Match(Enum):
    """How a filter's value is held against the list; ``WORDS`` is a search of its own."""

    EQUAL = "{column} = %s"
    HAS = "%s = ANY({column})"
    FROM = "{column} >= %s"
    UNTIL = "{column} <= %s"
    BEFORE = "{column} < %s"
    CONTAINS = "{column} @> ARRAY[%s]::uuid[]"
    OF_ORGANIZATION = f"{{column}} = ANY({_AND_ITS_DUPLICATES})"
    RESTS_ON = f"{{column}} = ANY(ARRAY({_RESTS_ON}({_AND_ITS_DUPLICATES})))"
    WITHIN = "{column} BETWEEN %(today)s AND %(today)s + %s"
    WORDS = "{column} @@ %s"


class Filter(Struct, frozen=True):
    """One filter: an expression over the list's rows, how it is matched, and what holds too."""

    column: str
    match: Match = Match.EQUAL
    also: str = "true"


class Order(Struct, frozen=True):
    """An order: the expression that rows are sorted by, which is never null, and its kind."""

    column: str
    kind: type[Key]


class ListQuery(Struct, frozen=True, kw_only=True):
    """What one caller asks of a list: filters, in which order, how many, and after which row.

    An ``order`` that begins with a minus is the other way round.
    """

    today: date
    filters: Mapping[str, Any] = {}
    order: str | None = None
    limit: int = 50
    after: After | None = None


class CaseList(Struct, frozen=True, kw_only=True):
    """A list: where its rows come from, its filters and its orders by name.

    ``table`` is the one in which words are looked for. Rows that are equal in an order are told apart by the columns ``id`` and ``place``.
    ``today`` stands for the day on which the list is read.
    """

    name: str
    table: str
    item: type[Struct]
    source: str
    filters: Mapping[str, Filter]
    orders: Mapping[str, Order]
    usual_order: str = NEWEST_FIRST

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are shown."""
        return self.item.__struct_fields__

    def order_of(self, query: ListQuery) -> str:
        """Return the order in which the list is read."""
        return query.order or self.usual_order


CREATED = Order("created_at", datetime)
_SEARCH = Filter("words_in(search_text)", Match.WORDS)
# A day that there is not yet, or not any more, comes after every other; a contact that never
# was lies before every other. So nulls have their place, and a page can begin after one.
_DUE = "coalesce(due_on, date '9999-12-31')"
_VALID = "coalesce(valid_until, date '9999-12-31')"
_CONTACT = "coalesce(last_contact_on, date '0001-01-01')"
_OWN = "current_setting('frontoffice.office')"

ORGANIZATIONS = CaseList(
    name="organizations",
    table="organizations",
    item=ListedOrganization,
    source="""(SELECT o.*, s.verification_id, s.valid_until, 0 AS place,
        CASE WHEN s.status = 'verified' AND s.valid_until < %(today)s THEN 'expired'
        ELSE coalesce(s.status, 'none') END AS standing
        FROM organizations o LEFT JOIN standings s ON s.organization_id = o.id)""",
    filters={
        "region": Filter("region"),
        "district": Filter("district"),
        "status": Filter("status"),
        "team_type": Filter("team_type"),
        "direction": Filter("directions", Match.HAS),
        "verification": Filter("standing"),
        "needs_reverification": Filter(
            "(standing = 'verified' AND coalesce(reverify = verification_id, false))"
        ),
        "q": _SEARCH,
        "without_contact_since": Filter(_CONTACT, Match.BEFORE),
    },
    orders={
        "created_at": CREATED,
        "name": Order("name_order", str),
        "last_contact_on": Order(_CONTACT, date),
    },
)

_CASE_FILTERS = {
    "region": Filter("region"),
    "office": Filter("office"),
    "district": Filter("district"),
    "status": Filter("status"),
    "organization_id": Filter("organization_id", Match.OF_ORGANIZATION),
    "escalated": Filter("escalated"),
    "q": _SEARCH,
}
_BY_ORGANIZATION = Order("organization_order", str)

# Of a letter counts what its issuer was when it was recorded, and what it is today.
_ISSUER_LOST_STANDING = """(status = 'verified' AND valid_until >= %(today)s AND id = ANY(ARRAY(
    SELECT letter.verification_id FROM letters AS letter
    LEFT JOIN merges ON merges.organization_id = letter.issuer_id
    LEFT JOIN standings AS now ON now.organization_id = coalesce(survivor, letter.issuer_id)
    WHERE letter.issuer_was_verified
    AND (now.status IS DISTINCT FROM 'verified' OR now.valid_until < %(today)s))))"""

VERIFICATIONS = CaseList(
    name="verifications",
    table="verifications",
    item=ListedVerification,
    source="(SELECT v.*, 0 AS place FROM verifications v)",
    filters={
        **_CASE_FILTERS,
        "expires_within": Filter(
            _VALID, Match.WITHIN, also="status = 'verified' AND renewed_by IS NULL"
        ),
        "rests_on": Filter("id", Match.RESTS_ON),
        "issuer_lost_standing": Filter(_ISSUER_LOST_STANDING),
    },
    orders={
        "created_at": CREATED,
        "organization_name": _BY_ORGANIZATION,
        "valid_until": Order(_VALID, date),
    },
)

REQUESTS = CaseList(
    name="assistance-requests",
    table="requests",
    item=ListedRequest,
    source="""(SELECT r.*, 0 AS place, coalesce(due_on < %(today)s, false) AS is_overdue
        FROM requests r)""",
    filters={
        **_CASE_FILTERS,
        "help_type": Filter("help_type"),
        "category": Filter("category"),
        "assigned_to": Filter("assigned_to"),
        "overdue": Filter("is_overdue"),
        "opened_from": Filter("opened_on", Match.FROM),
        "opened_to": Filter("opened_on", Match.UNTIL),
    },
    orders={
        "created_at": CREATED,
        "due_on": Order(_DUE, date),
        "organization_name": _BY_ORGANIZATION,
    },
)

ESCALATIONS = CaseList(
    name="escalations",
    table="escalations",
    item=ListedEscalation,
    source=f"""(SELECT e.*, case_id AS id, CASE
        WHEN to_office = {_OWN} AND status IN ('open', 'acknowledged') THEN 'incoming'
        WHEN from_office = {_OWN} AND status IN ('answered', 'returned') THEN 'came_back'
        END AS box FROM escalations e)""",  # noqa: S608  A constant of this module.
    filters={
        "status": Filter("status"),
        "region": Filter("from_office"),
        "case_type": Filter("case_type"),
        "box": Filter("box"),
        "q": _SEARCH,
    },
    orders={"raised_at": Order("raised_at", datetime)},
    usual_order="-raised_at",
)
