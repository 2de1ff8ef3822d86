"""The lists of accounts, and of what they have looked at."""

from application.read_models.lists import CaseList, Filter, Match

STAFF = CaseList(
    name="staff",
    source="(SELECT s.*, 0 AS place FROM staff s)",
    columns=("id", "version", "office", "post", "status", "roles", "created_at", "updated_at"),
    order=("created_at", "id", "place"),
    filters={
        "office": Filter("office"),
        "status": Filter("status"),
        "role": Filter("roles", Match.HAS),
    },
)

READS = CaseList(
    name="reads",
    source="""(SELECT r.*, recorded_at AS created_at,
        uuid '00000000-0000-0000-0000-000000000000' AS id, position AS place FROM reads r)""",
    columns=(
        "position",
        "recorded_at",
        "kind",
        "staff_id",
        "role",
        "office",
        "cause",
        "case_type",
        "case_id",
        "version",
        "subjects",
        "asked",
        "shown",
    ),
    order=("created_at", "id", "place"),
    filters={
        "subject": Filter("subjects", Match.CONTAINS),
        "staff": Filter("staff_id"),
        "office": Filter("office"),
        "case_id": Filter("case_id"),
        "from": Filter("recorded_at", Match.FROM),
        "to": Filter("recorded_at", Match.UNTIL),
    },
)
