"""Accounts as they come in, and with the first password that is told once."""

from marshmallow import fields, validate

from application.case_files.staff_file import StaffFile
from domain.actors import Role
from domain.staff_account.logins import check_login
from web.commands import circumstances
from web.schemas.fields import Checked, Text, code
from web.schemas.from_struct import StrictSchema, schema_of

TOLD_ONCE = (
    "Первый пароль: показан один раз, заменяется своим при первом входе. В ответе на повтор с тем"
    " же ключом его нет: если первый ответ потерян, выдайте новый (reset-password)."
)


class AccountSchema(StrictSchema):
    """A new account. A person of the identity provider is made by their first sign-in."""

    login = Checked(check_login, form="login", required=True)
    name = Text(required=True, max_length=200)
    office = Text(required=True, max_length=10, form="office")
    post = Text(required=True, max_length=200, metadata={"example": "Специалист фронт-офиса"})
    roles = fields.List(code(Role), load_default=list, validate=validate.Length(max=len(Role)))
    reason = Text(required=True)
    occurred_on = circumstances()["occurred_on"]
    comment = circumstances()["comment"]


class ToldStaffFileSchema(schema_of(StaffFile)):  # type: ignore[misc]  # Made at run time.
    """An account with its first password."""

    first_password = fields.String(allow_none=True, metadata={"description": TOLD_ONCE})


class ResetSchema(StrictSchema):
    """Why there is to be a new first password."""

    reason = Text(required=True)
    occurred_on = circumstances()["occurred_on"]
    comment = circumstances()["comment"]
