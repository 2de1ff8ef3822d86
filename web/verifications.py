"""Verifications over HTTP."""

from http import HTTPStatus
from typing import Any

from flask import Response
from marshmallow import fields, validate

from application.case_files.verification_file import VerificationFile
from application.case_types import VERIFICATION
from application.front_office import FrontOffice
from application.read_models.lists import VERIFICATIONS
from application.streams import CaseRef, Stream
from domain.actors import Occasion
from domain.catalogue.codes import CheckOutcome, RefusalGround, VerificationStatus
from domain.document.attachments import Documents
from domain.organization_verification.checks import AnyCheckDetails
from domain.places import Places
from web.api import CaseBlueprint
from web.callers import may
from web.cases import Collection, created, make_blueprint
from web.commands import Command
from web.escalations import escalation_commands
from web.idempotency import KEY_HEADER
from web.lists import ListedCases
from web.schemas.fields import Text, code
from web.schemas.from_struct import schema_of
from web.schemas.lists import SearchWords
from web.schemas.places import Place
from web.schemas.verifications import CHECK_BODY, FindingsSchema, VerificationRequestSchema
from web.services import front_office, occasion

FILE = schema_of(VerificationFile)
EXPIRES = "Действует, кончается за столько дней, и новая проверка ещё не начата."


def _record_check(
    office: FrontOffice,
    ref: CaseRef,
    on: Occasion,
    *,
    method: str,  # noqa: ARG001  It has chosen the kind of details already.
    outcome: CheckOutcome,
    details: AnyCheckDetails,
    documents: Documents,
) -> Stream[Any]:
    return office.record_check(ref, on, outcome=outcome, details=details, documents=documents)


COMMANDS = (
    Command(
        path="record-check",
        summary="Записать результат проверки одним из пяти способов",
        use_case=_record_check,
        schema=CHECK_BODY,
    ),
    Command(
        path="verify",
        summary="Признать организацию волонтёрской",
        use_case=FrontOffice.verify,
        takes={
            "findings": fields.Nested(FindingsSchema, required=True),
            "valid_until": fields.Date(),
        },
    ),
    Command(
        path="refuse",
        summary="Отказать: организация не волонтёрская или это не подтвердилось",
        use_case=FrontOffice.refuse,
        takes={
            "ground": code(RefusalGround, required=True),
            "comment": Text(required=True, attribute="reason"),
        },
    ),
    Command(
        path="withdraw",
        summary="Прекратить проверку без решения",
        use_case=FrontOffice.withdraw_verification,
        takes={"reason": Text(required=True)},
    ),
    Command(
        path="revoke",
        summary="Отозвать решение о признании",
        use_case=FrontOffice.revoke,
        takes={"reason": Text(required=True)},
    ),
    Command(
        path="renew",
        summary="Начать новую проверку вслед за этой",
        use_case=FrontOffice.renew,
        takes={"reason": Text()},
        status=HTTPStatus.CREATED,
    ),
    *escalation_commands(VERIFICATION),
)

LISTED = ListedCases(
    case_list=VERIFICATIONS,
    summary="Проверки организаций",
    filters={
        "region": Place(Places.check_region),
        "office": Place(Places.check_office),
        "district": Place(Places.check_district_code),
        "status": code(VerificationStatus),
        "organization_id": fields.UUID(),
        "rests_on": fields.UUID(),
        "issuer_lost_standing": fields.Boolean(),
        "escalated": fields.Boolean(),
        "q": SearchWords(),
        "expires_within": fields.Integer(
            validate=validate.Range(1, 366), metadata={"description": EXPIRES}
        ),
    },
    table=(
        "id",
        "number",
        "organization_name",
        "status",
        "valid_until",
        "escalated",
        "region",
        "district",
        "office",
        "created_at",
        "updated_at",
    ),
)

COLLECTION = Collection(
    path="verifications",
    noun="Verification",
    about="Проверки: действительно ли организация волонтёрская",
    one="Проверка",
    case_type=VERIFICATION,
    file=VerificationFile,
    listed=LISTED,
    commands=COMMANDS,
)


def verifications_blueprint() -> CaseBlueprint:
    """Return the resources of verifications."""
    blueprint = make_blueprint(COLLECTION)

    @blueprint.route("", methods=["POST"])
    @blueprint.doc(operationId="requestVerification", parameters=[KEY_HEADER])
    @blueprint.arguments(VerificationRequestSchema)
    @blueprint.response(HTTPStatus.CREATED, FILE)
    @may("request_verification")
    def request_verification(body: dict[str, Any]) -> Response:
        """Начать проверку; с доказательствами на руках — сразу проверить и решить."""
        on, office = occasion(body), front_office()
        stream = office.once(on, lambda: office.request_verification(on, **body))
        return created(stream, COLLECTION.path)

    return blueprint
