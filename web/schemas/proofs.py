"""What proofs and bundles of the log are asked with."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from web.schemas.fields import message_key
from web.schemas.from_struct import StrictSchema

_WHOLE_NUMBER = validate.Range(1, 2**63 - 1)


def _size(text: str, **more: Any) -> fields.Integer:
    return fields.Integer(validate=_WHOLE_NUMBER, metadata={"description": text}, **more)


class SizesSchema(StrictSchema):
    """Between which sizes of the log."""

    old = _size("Размер прежнего журнала.", data_key="from", required=True)
    new = _size("Размер нового; без него — подписанный последним.", data_key="to")


class EventSchema(StrictSchema):
    """Which event of which case, and in the log of which size."""

    case_id = fields.UUID(data_key="case", required=True)
    version = _size("Какая версия дела этим событием получилась.", required=True)
    size = _size("Размер журнала; без него — подписанный последним.")


class WholeCaseSchema(StrictSchema):
    """Which case."""

    case_id = fields.UUID(data_key="case", required=True)


class WantedSchema(StrictSchema):
    """What a bundle is about: a case, a period or the whole log."""

    case_id = fields.UUID(data_key="case", metadata={"description": "Пакет о деле."})
    start = fields.AwareDateTime(data_key="from", metadata={"description": "Начало периода."})
    end = fields.AwareDateTime(data_key="to", metadata={"description": "Конец периода."})
    whole = fields.Boolean(metadata={"description": "Весь журнал."})
    since = _size("Размер контрольной точки, которая уже есть у аудитора.")

    @validates_schema
    def is_one(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse a bundle about nothing, or about several things; and a period without time."""
        kinds = ["case_id" in data, "start" in data or "end" in data, bool(data.get("whole"))]
        if sum(kinds) != 1 or ("start" in data) != ("end" in data):
            raise ValidationError(message_key("one-bundle"))
        if "start" in data and data["start"] >= data["end"]:
            raise ValidationError({"to": [message_key("period-empty")]})
