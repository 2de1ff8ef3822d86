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


class EndSchema(StrictSchema):
    """One of two versions of a case, and when it came to be."""

    version = fields.Integer(required=True)
    recorded_at = fields.AwareDateTime(required=True)


class FieldChangeSchema(StrictSchema):
    """A field that differs: codes by their titles, everything else as the case shows it."""

    field = fields.String(required=True, metadata={"example": "steps[1].summary"})
    label = fields.String(required=True, metadata={"example": "Шаг 2 · Кратко"})
    before = fields.Raw(allow_none=True, required=True)
    after = fields.Raw(allow_none=True, required=True)


class ChangesSchema(StrictSchema):
    """What has changed between two versions of a case, and the events by which it has."""

    start = fields.Nested(EndSchema, required=True, data_key="from")
    end = fields.Nested(EndSchema, required=True, data_key="to")
    changed = fields.List(fields.Nested(FieldChangeSchema), required=True, data_key="fields")
    events = fields.List(fields.Nested(HistoryItemSchema), required=True)
