"""Accounts of staff over HTTP: who may work where, in which roles, and since when."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from application.case_files.staff_file import StaffFile
from application.case_types import STAFF
from application.front_office import FrontOffice
from application.read_models.account_lists import STAFF as STAFF_LIST
from domain.actors import Role
from domain.places import Places
from domain.staff_account.account import AccountStatus
from web.api import CaseBlueprint
from web.callers import may
from web.cases import Collection, created, make_blueprint, present
from web.commands import Command
from web.idempotency import KEY_HEADER
from web.lists import ListedCases, Rows
from web.preconditions import CASE_HEADER, case_ref
from web.presentation import with_member
from web.schemas.fields import Text, code
from web.schemas.places import Place
from web.schemas.staff import AccountSchema, ResetSchema, ToldStaffFileSchema
from web.services import front_office, occasion


def _reason() -> dict[str, fields.Field[Any]]:
    return {"reason": Text(required=True)}


def _named(rows: Rows) -> set[UUID]:
    names = front_office().names_of(str(row["id"]) for row in rows)
    for row in rows:
        row["name"] = names.get(str(row["id"]))
    return {UUID(each) for each in names}


COMMANDS = (
    Command(
        path="grant-role",
        summary="Дать роль",
        use_case=FrontOffice.grant_role,
        takes={"role": code(Role, required=True), **_reason()},
    ),
    Command(
        path="revoke-role",
        summary="Снять роль: действует со следующего запроса",
        use_case=FrontOffice.revoke_role,
        takes={"role": code(Role, required=True), **_reason()},
    ),
    Command(
        path="change-post",
        summary="Изменить должность",
        use_case=FrontOffice.change_post,
        takes={"post": Text(required=True, max_length=200)},
    ),
    Command(
        path="unlock",
        summary="Снять блокировку входа",
        use_case=FrontOffice.unlock,
        takes=_reason(),
    ),
    Command(
        path="end-sessions",
        summary="Завершить все сеансы",
        use_case=FrontOffice.end_sessions,
        takes=_reason(),
    ),
    Command(
        path="close",
        summary="Закрыть учётную запись",
        use_case=FrontOffice.close_account,
        takes=_reason(),
        rule="close_account",
    ),
    Command(
        path="reopen",
        summary="Открыть учётную запись снова",
        use_case=FrontOffice.reopen_account,
        takes=_reason(),
        rule="reopen_account",
    ),
)

COLLECTION = Collection(
    path="staff",
    noun="Account",
    about="Учётные записи сотрудников: кто, где и в какой роли работает",
    one="Учётная запись",
    case_type=STAFF,
    file=StaffFile,
    listed=ListedCases(
        case_list=STAFF_LIST,
        summary="Сотрудники",
        filters={
            "office": Place(Places.check_office),
            "status": code(AccountStatus),
            "role": code(Role),
        },
        rule="read_staff",
        named=_named,
        beside={"name": fields.String(allow_none=True)},
    ),
    read="read_accounts",
    commands=COMMANDS,
)


def staff_blueprint() -> CaseBlueprint:
    """Return the resources of accounts."""
    blueprint = make_blueprint(COLLECTION)

    @blueprint.route("", methods=["POST"])
    @blueprint.doc(operationId="createAccount", parameters=[KEY_HEADER])
    @blueprint.arguments(AccountSchema)
    @blueprint.response(HTTPStatus.CREATED, ToldStaffFileSchema)
    @may("create_account")
    def create(body: dict[str, Any]) -> Response:
        """Завести учётную запись; первый пароль показывается один раз."""
        on, office, told = occasion(body), front_office(), [""]
        tell = told.append
        stream = office.once(on, lambda: office.create_account(on, tell=tell, **body))
        return with_member(created(stream, COLLECTION.path), first_password=told[-1] or None)

    _add_reset(blueprint)
    return blueprint


def _add_reset(blueprint: CaseBlueprint) -> None:
    @may("reset_password")
    def reset_password(body: dict[str, Any], case_id: UUID) -> Response:
        """Выдать новый первый пароль; все сеансы завершаются."""
        ref, on, office, told = case_ref(case_id), occasion(body), front_office(), [""]
        tell = told.append
        stream = office.once(on, lambda: office.reset_password(ref, on, tell=tell, **body))
        return with_member(present(stream), first_password=told[-1] or None)

    view = blueprint.arguments(ResetSchema)(reset_password)
    view = blueprint.response(HTTPStatus.OK, ToldStaffFileSchema)(view)
    view = blueprint.doc(operationId="resetPasswordAccount", parameters=[CASE_HEADER, KEY_HEADER])(
        view
    )
    blueprint.route("/<uuid:case_id>/reset-password", methods=["POST"])(view)
