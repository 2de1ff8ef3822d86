"""Who the caller is."""

from http import HTTPStatus

from flask import Response
from marshmallow import fields

from domain.catalogue.catalogue import title_of
from domain.office_titles import office_title
from web.api import CaseBlueprint
from web.callers import current_actor, may
from web.languages import language
from web.presentation import answer
from web.schemas.from_struct import StrictSchema
from web.services import front_office, services


class MeSchema(StrictSchema):
    """Who the caller is."""

    staff_id = fields.String(required=True)
    name = fields.String(allow_none=True)
    role = fields.String(required=True)
    role_title = fields.String(required=True)
    office = fields.String(required=True)
    office_title = fields.String(required=True)


def add_me(blueprint: CaseBlueprint) -> None:
    """Add the resource of the caller to the blueprint."""

    @blueprint.route("/me", methods=["GET"])
    @blueprint.doc(operationId="getMe")
    @blueprint.response(HTTPStatus.OK, MeSchema)
    @may("read_own_account")
    def me() -> Response:
        """Кто я: сотрудник, роль и фронт-офис на этот момент."""
        by, told = current_actor(), language()
        names = front_office().names_of([by.staff_id])
        office = office_title(services().places, by.office, services().today(by.office))
        titles = {"role_title": title_of(by.role), "office_title": office}
        return answer(
            {
                "staff_id": by.staff_id,
                "name": names.get(by.staff_id),
                "role": by.role,
                "office": by.office,
                **{name: getattr(title, told) for name, title in titles.items()},
            }
        )
