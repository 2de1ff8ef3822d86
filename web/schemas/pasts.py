"""Which past of a case is asked for."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from web.schemas.fields import message_key
from web.schemas.from_struct import StrictSchema

VERSION = validate.Range(1, 2**31 - 1)


class MomentSchema(StrictSchema):
    """Which past of a case is asked for."""

    version = fields.Integer(validate=VERSION, metadata={"description": "Дело в этой версии."})
    as_of = fields.AwareDateTime(metadata={"description": "Дело на этот момент (RFC 3339)."})

    @validates_schema
    def one_at_most(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse a version and a moment at once."""
        if len(data) > 1:
            raise ValidationError(message_key("one-moment"))


class RangeSchema(StrictSchema):
    """Which versions of a history are asked for."""

    from_version = fields.Integer(validate=VERSION)
    to_version = fields.Integer(validate=VERSION)
