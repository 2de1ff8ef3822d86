"""People in requests: each becomes a subject of personal data."""

from typing import Any
from uuid import UUID

from marshmallow import fields, post_load

from domain.catalogue.codes import BeneficiaryResult, Channel
from domain.organization_verification.checks import Beneficiary
from domain.personal import ContactPerson, Person, person
from web.schemas.fields import Text, code, phone
from web.schemas.from_struct import StrictSchema
from web.services import services

SUBJECT = "Идентификатор человека, если он уже известен: у него один ключ во всех делах."


class PersonInputSchema(StrictSchema):
    """A person; with ``subject_id`` one who is known already."""

    subject_id = fields.UUID(metadata={"description": SUBJECT})
    name = Text(required=True, max_length=200)
    phone = phone(allow_none=True, load_default=None)
    email = fields.Email(allow_none=True, load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        """Return the person, as a new subject unless they are a known one."""
        return _person(data)


class ContactPersonInputSchema(PersonInputSchema):
    """A person to whom an office may turn."""

    role = Text(required=True, max_length=200)
    consent = fields.Boolean(required=True, truthy={True}, falsy={False})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ContactPerson:
        """Return the contact person."""
        return ContactPerson(_person(data), data["role"], data["consent"])


class BeneficiaryInputSchema(StrictSchema):
    """A person for whom an organization says it worked."""

    subject_id = fields.UUID(metadata={"description": SUBJECT})
    name = Text(required=True, max_length=200)
    contacted_via = code(Channel, required=True)
    result = code(BeneficiaryResult, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Beneficiary:
        """Return the beneficiary."""
        return Beneficiary(
            person=_person(data), contacted_via=data["contacted_via"], result=data["result"]
        )


def _person(data: dict[str, Any]) -> Person:
    subject_id: UUID = data.get("subject_id") or services().new_id()
    return person(subject_id, data["name"], data.get("phone"), data.get("email"))
