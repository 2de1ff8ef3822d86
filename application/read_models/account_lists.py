"""The lists of accounts, and of what they have looked at."""

from application.read_models.listed import ListedAccount, ListedRead
from application.read_models.lists import CREATED, CaseList, Filter, Match

STAFF = CaseList(
    name="staff",
    table="staff",
    item=ListedAccount,
    source="(SELECT s.*, 0 AS place FROM staff s)",
    filters={
        "office": Filter("office"),
        "status": Filter("status"),
        "role": Filter("roles", Match.HAS),
    },
    orders={"created_at": CREATED},
)

READS = CaseList(
    name="reads",
    table="reads",
    item=ListedRead,
    source="""(SELECT r.*, recorded_at AS created_at,
        uuid '00000000-0000-0000-0000-000000000000' AS id, position AS place FROM reads r)""",
    filters={
        "subject": Filter("subjects", Match.CONTAINS),
        "staff": Filter("staff_id"),
        "office": Filter("office"),
        "case_id": Filter("case_id"),
        "from": Filter("recorded_at", Match.FROM),
        "to": Filter("recorded_at", Match.UNTIL),
    },
    orders={"created_at": CREATED},
)
