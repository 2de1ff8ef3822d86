"""The history of a case, as it is described."""

from marshmallow import fields

from web.schemas.from_struct import StrictSchema


class HistoryActorSchema(StrictSchema):
    """Who acted, as they were then."""

    staff_id = fields.String(required=True)
    role = fields.String(required=True)
    office = fields.String(required=True)
    name = fields.String(allow_none=True)


class HistoryItemSchema(StrictSchema):
    """One event of a case."""

    position = fields.Integer(required=True)
    version = fields.Integer(required=True)
    event = fields.String(required=True)
    occurred_on = fields.Date(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    by = fields.Nested(HistoryActorSchema, required=True)
    reason = fields.String(allow_none=True)
    rule = fields.String(allow_none=True)
    sentence = fields.String(required=True)
    data = fields.Dict(required=True)


class HistorySchema(StrictSchema):
    """The history of a case."""

    items = fields.List(fields.Nested(HistoryItemSchema), required=True)
