"""Requests for help over HTTP: how they come in, and the list of them."""

from http import HTTPStatus
from typing import Any

from flask import Response
from marshmallow import fields

from application.case_files.request_file import RequestFile
from application.case_types import REQUEST
from application.read_models.lists import REQUESTS
from domain.catalogue.codes import HelpCategory, HelpType, RequestStatus
from domain.places import Places
from web.api import CaseBlueprint
from web.callers import may
from web.cases import Collection, created, make_blueprint
from web.escalations import escalation_commands
from web.idempotency import KEY_HEADER
from web.lists import ListedCases
from web.request_commands import COMMANDS
from web.schemas.fields import Text, code
from web.schemas.from_struct import schema_of
from web.schemas.lists import SearchWords
from web.schemas.places import Place
from web.schemas.requests import REQUEST_BODY
from web.services import front_office, occasion

LISTED = ListedCases(
    case_list=REQUESTS,
    summary="Запросы о помощи",
    filters={
        "region": Place(Places.check_region),
        "office": Place(Places.check_office),
        "district": Place(Places.check_district_code),
        "status": code(RequestStatus),
        "help_type": code(HelpType),
        "category": code(HelpCategory),
        "organization_id": fields.UUID(),
        "assigned_to": Text(max_length=200),
        "overdue": fields.Boolean(),
        "escalated": fields.Boolean(),
        "q": SearchWords(),
        "opened_from": fields.Date(),
        "opened_to": fields.Date(),
    },
    table=(
        "id",
        "number",
        "subject",
        "organization_name",
        "category",
        "help_type",
        "status",
        "opened_on",
        "due_on",
        "is_overdue",
        "escalated",
        "offered_to",
        "region",
        "district",
        "office",
        "created_at",
        "updated_at",
    ),
)

COLLECTION = Collection(
    path="assistance-requests",
    noun="AssistanceRequest",
    about="Запросы организаций и волонтёров о помощи",
    one="Запрос о помощи",
    case_type=REQUEST,
    file=RequestFile,
    listed=LISTED,
    commands=(*COMMANDS, *escalation_commands(REQUEST)),
)


def requests_blueprint() -> CaseBlueprint:
    """Return the resources of requests."""
    blueprint = make_blueprint(COLLECTION)

    @blueprint.route("", methods=["POST"])
    @blueprint.doc(operationId="requestHelp", parameters=[KEY_HEADER])
    @blueprint.arguments(REQUEST_BODY)
    @blueprint.response(HTTPStatus.CREATED, schema_of(RequestFile))
    @may("request_help")
    def request_help(body: dict[str, Any]) -> Response:
        """Принять запрос о помощи."""
        on, office = occasion(body), front_office()
        stream = office.once(on, lambda: office.request_help(on, **body))
        return created(stream, COLLECTION.path)

    return blueprint
