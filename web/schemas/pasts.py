"""Which past of a case is asked for."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from web.schemas.fields import Text, message_key
from web.schemas.from_struct import StrictSchema

_FIRST = "С какой версии; если не сказано, с первой."
_LAST = "До какой версии; если не сказано, до последней."
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
    purpose = Text(
        max_length=200, metadata={"description": "Для чего печатают: стоит на странице, и только."}
    )


class EndsSchema(StrictSchema):
    """Between which versions or moments of a case is compared."""

    from_version = fields.Integer(validate=VERSION, metadata={"description": _FIRST})
    to_version = fields.Integer(validate=VERSION, metadata={"description": _LAST})
    from_moment = fields.AwareDateTime(
        data_key="from", metadata={"description": "Или момент (RFC 3339), с которого."}
    )
    to_moment = fields.AwareDateTime(
        data_key="to", metadata={"description": "Или момент (RFC 3339), до которого."}
    )

    @validates_schema
    def one_of_each(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse a version and a moment for one end."""
        for end in ("from", "to"):
            if {f"{end}_version", f"{end}_moment"} <= data.keys():
                raise ValidationError({end: [message_key("one-moment")]})
