"""What auditors read: who has looked at whom."""

from marshmallow import fields

from application.read_models.account_lists import READS
from domain.places import Places
from web.api import API_PREFIX, CaseBlueprint
from web.lists import ListedCases, add_list
from web.schemas.fields import Text
from web.schemas.places import Place

LISTED = ListedCases(
    case_list=READS,
    summary="Кто что смотрел: по человеку (subject) или по учётной записи (staff)",
    filters={
        "subject": fields.UUID(metadata={"description": "Человек, чьи данные были показаны."}),
        "staff": Text(
            max_length=200, metadata={"description": "Учётная запись, которая смотрела."}
        ),
        "office": Place(Places.check_office),
        "case_id": fields.UUID(),
        "from": fields.AwareDateTime(),
        "to": fields.AwareDateTime(),
    },
    rule="read_reads",
    beside={
        "position": fields.Integer(required=True),
        "cause": fields.String(required=True, metadata={"description": "Номер запроса."}),
    },
)


def audit_blueprint() -> CaseBlueprint:
    """Return the resources of auditors."""
    blueprint = CaseBlueprint(
        "audit", __name__, url_prefix=f"{API_PREFIX}/audit/reads", description="Аудит"
    )
    add_list(blueprint, "Read", LISTED)
    return blueprint
