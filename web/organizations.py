"""Organizations over HTTP."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from application.case_files.organization_file import OrganizationFile
from application.case_types import ORGANIZATION
from application.front_office import FrontOffice
from application.read_models.lists import ORGANIZATIONS
from domain.catalogue.codes import (
    Channel,
    Direction,
    OrganizationStatus,
    StandingStatus,
    TeamType,
)
from domain.places import Places
from web.api import CaseBlueprint
from web.callers import may
from web.cases import Collection, created, make_blueprint, present
from web.commands import Command
from web.idempotency import KEY_HEADER, OPTIONAL_KEY_HEADER
from web.lists import ListedCases
from web.preconditions import CASE_HEADER, case_ref
from web.schemas.fields import Text, code
from web.schemas.from_struct import schema_of
from web.schemas.lists import SearchWords
from web.schemas.organizations import ChangeSchema, RegistrationSchema
from web.schemas.places import Place
from web.services import front_office, occasion

FILE = schema_of(OrganizationFile)

COMMANDS = (
    Command(
        path="log-contact",
        summary="Записать контакт с организацией",
        use_case=FrontOffice.log_contact,
        takes={
            "channel": code(Channel, required=True),
            "summary": Text(required=True),
            "told_about_office": fields.Boolean(required=True, truthy={True}, falsy={False}),
            "activity_learned": Text(),
        },
    ),
    Command(
        path="mark-duplicate",
        summary="Отметить как дубликат другой организации",
        use_case=FrontOffice.mark_duplicate,
        takes={"duplicate_of": fields.UUID(required=True), "reason": Text(required=True)},
    ),
    Command(
        path="unmark-duplicate",
        summary="Снять отметку о дубликате",
        use_case=FrontOffice.unmark_duplicate,
        takes={"reason": Text(required=True)},
    ),
    Command(
        path="close",
        summary="Закрыть: организация больше не действует",
        use_case=FrontOffice.close_organization,
        takes={"reason": Text(required=True)},
    ),
    Command(
        path="reopen",
        summary="Открыть снова: организация действует",
        use_case=FrontOffice.reopen_organization,
        takes={"reason": Text(required=True)},
    ),
)

LISTED = ListedCases(
    case_list=ORGANIZATIONS,
    summary="Организации и инициативные группы",
    filters={
        "region": Place(Places.check_region),
        "district": Place(Places.check_district_code),
        "status": code(OrganizationStatus),
        "team_type": code(TeamType),
        "direction": code(Direction),
        "verification": code(StandingStatus),
        "needs_reverification": fields.Boolean(),
        "q": SearchWords(),
        "without_contact_since": fields.Date(),
    },
    table=(
        "id",
        "name",
        "team_type",
        "bin",
        "status",
        "standing",
        "valid_until",
        "directions",
        "last_contact_on",
        "region",
        "district",
        "office",
        "created_at",
        "updated_at",
    ),
)

COLLECTION = Collection(
    path="organizations",
    noun="Organization",
    about="Волонтёрские организации и инициативные группы",
    one="Организация",
    case_type=ORGANIZATION,
    file=OrganizationFile,
    listed=LISTED,
    commands=COMMANDS,
)


def organizations_blueprint() -> CaseBlueprint:
    """Return the resources of organizations."""
    blueprint = make_blueprint(COLLECTION)

    @blueprint.route("", methods=["POST"])
    @blueprint.doc(operationId="registerOrganization", parameters=[KEY_HEADER])
    @blueprint.arguments(RegistrationSchema)
    @blueprint.response(HTTPStatus.CREATED, FILE)
    @may("register_organization")
    def register(body: dict[str, Any]) -> Response:
        """Зарегистрировать организацию или инициативную группу."""
        on, office = occasion(body), front_office()
        stream = office.once(on, lambda: office.register_organization(on, **body))
        return created(stream, COLLECTION.path)

    _add_change(blueprint)
    return blueprint


def _add_change(blueprint: CaseBlueprint) -> None:
    @may("change_details")
    def change(body: dict[str, Any], case_id: UUID) -> Response:
        """Изменить сведения об организации."""
        ref, on, office = case_ref(case_id), occasion(body), front_office()
        return present(office.once(on, lambda: office.change_organization_details(ref, on, **body)))

    view = blueprint.arguments(ChangeSchema)(change)
    view = blueprint.response(HTTPStatus.OK, FILE)(view)
    documented = blueprint.doc(
        operationId="changeOrganization", parameters=[CASE_HEADER, OPTIONAL_KEY_HEADER]
    )(view)
    blueprint.route("/<uuid:case_id>", methods=["PATCH"])(documented)
