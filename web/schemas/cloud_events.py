"""The feed, as it is described: what it is asked with, and one CloudEvent of it."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from web.cloud_events import topics_of
from web.schemas.fields import Text, message_key
from web.schemas.from_struct import StrictSchema

MAX_LIMIT = 1000
_FIRST, _LAST = 0, 2**63 - 1


class TypesOfEvents(Text):
    """A type of event, or the beginning of several."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        beginning = super()._deserialize(value, attr, data, **kwargs)
        if not topics_of(beginning):
            raise ValidationError(message_key("unknown-event-type"))
        return beginning


class FollowingSchema(StrictSchema):
    """From where the feed is read on, how much at once, and which types of event."""

    after = fields.Integer(
        load_default=_FIRST,
        validate=validate.Range(_FIRST, _LAST),
        metadata={"description": "Позиция, после которой читать; без неё — с начала."},
    )
    limit = fields.Integer(load_default=100, validate=validate.Range(1, MAX_LIMIT))
    type = TypesOfEvents(
        max_length=100,
        metadata={"description": "Тип события или его начало.", "example": "kz.rfo.request."},
    )


class CloudEventSchema(StrictSchema):
    """An event (CloudEvents 1.0.2). ``source`` and ``id`` together are never given twice."""

    specversion = fields.String(required=True, validate=validate.OneOf(["1.0"]))
    id = fields.String(
        required=True, metadata={"example": "0b7c5f0e-3d0a-4a53-9c0f-1e6f4d1b2a30/3"}
    )
    source = fields.String(
        required=True,
        metadata={
            "format": "uri",
            "description": "Поток дела.",
            "example": "urn:uuid:0b7c5f0e-3d0a-4a53-9c0f-1e6f4d1b2a30",
        },
    )
    type = fields.String(required=True, metadata={"example": "kz.rfo.request.helped.v1"})
    subject = fields.UUID(required=True, metadata={"description": "Идентификатор дела."})
    time = fields.AwareDateTime(required=True, metadata={"description": "Когда записано."})
    datacontenttype = fields.String(required=True, metadata={"example": "application/json"})
    sequence = fields.String(
        required=True,
        metadata={"pattern": "^[1-9][0-9]*$", "description": "Версия дела.", "example": "3"},
    )
    sequencetype = fields.String(required=True, validate=validate.OneOf(["Integer"]))
    position = fields.String(
        required=True,
        metadata={"pattern": "^[1-9][0-9]*$", "description": "Место в журнале.", "example": "17"},
    )
    data = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={"description": "Поля события, как в истории дела; на месте данных людей — null."},
    )
