"""The details of an organization, as they come in on registration and as they change."""

from typing import Any

from marshmallow import fields, post_load

from domain.organization import OrganizationDetails, OrganizationDetailsChange
from domain.organization.duplicates import NotDuplicate
from web.commands import circumstances
from web.schemas.fields import Text, TupleOf, bin_number
from web.schemas.from_struct import StrictSchema, schema_of
from web.schemas.people import ContactPersonInputSchema, PersonInputSchema


def _special() -> dict[str, fields.Field[Any]]:
    return {
        "name": Text(max_length=500),
        "region": Text(max_length=10, form="region"),
        "district": Text(max_length=9, form="district"),
        "bin": bin_number(allow_none=True),
        "leader": fields.Nested(PersonInputSchema, allow_none=True),
        "contact_persons": TupleOf(fields.Nested(ContactPersonInputSchema)),
        "website": fields.URL(allow_none=True),
    }


def _required() -> dict[str, fields.Field[Any]]:
    special = _special()
    for name in ("name", "region", "district"):
        special[name].required = True
    return special


def _beside(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data.pop(name) for name in circumstances() if name in data}


class NotDuplicateSchema(StrictSchema):
    """The decision that an organization is none of its likely duplicates."""

    ids = TupleOf(fields.UUID(), required=True)
    reason = Text(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> NotDuplicate:
        """Return the decision."""
        return NotDuplicate(data["ids"], data["reason"])


class RegistrationSchema(schema_of(OrganizationDetails, **_required())):  # type: ignore[misc]  # Made at run time.
    """A registration: the details, and what else the office says about it."""

    registered_as_not_duplicate_of = fields.Nested(NotDuplicateSchema)
    occurred_on, comment = circumstances().values()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the details beside the rest."""
        beside = _beside(data)
        decided = data.pop("registered_as_not_duplicate_of", None)
        return {**beside, "not_duplicate": decided, "details": OrganizationDetails(**data)}


class ChangeSchema(schema_of(OrganizationDetailsChange, **_special())):  # type: ignore[misc]  # Made at run time.
    """A change: the details that are different now."""

    not_duplicate_of = fields.Nested(NotDuplicateSchema)
    occurred_on, comment = circumstances().values()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the changes beside the rest."""
        beside = _beside(data)
        decided = data.pop("not_duplicate_of", None)
        return {**beside, "not_duplicate": decided, "changes": OrganizationDetailsChange(**data)}
