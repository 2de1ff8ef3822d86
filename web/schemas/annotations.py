"""Annotations as they come in."""

from marshmallow import fields

from web.commands import circumstances
from web.schemas.fields import Text
from web.schemas.from_struct import StrictSchema
from web.schemas.pasts import VERSION


class AnnotationSchema(StrictSchema):
    """An annotation: on which case, and on the event of which version if on one."""

    case_id = fields.UUID(required=True)
    version = fields.Integer(
        strict=True,
        validate=VERSION,
        metadata={"description": "Версия дела, о событии которой речь; без неё — о деле."},
    )
    text = Text(required=True)
    occurred_on, comment = circumstances().values()
