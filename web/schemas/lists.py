"""What a list is asked with, each refused with a reason when it can mean nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from application.read_models.lists import CaseList
from application.read_models.search_words import words_of
from web.schemas.fields import Text, message_key
from web.schemas.from_struct import StrictSchema, schema_of

MAX_LIMIT = 100
_SPANS = (("opened_from", "opened_to"), ("from", "to"))
_ORDER = "По чему упорядочить; с минусом — в обратном порядке."
_Q = "Слова или их начала: все должны встретиться. Регистр, ё и казахские буквы не важны."


class SearchWords(Text):
    """What is looked for: there has to be a word in it."""

    def __init__(self) -> None:
        super().__init__(max_length=200, metadata={"description": _Q})

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not words_of(text):
            raise ValidationError(message_key("no-words"))
        return text


class FilterSchema(StrictSchema):
    """The filters of a list."""

    @validates_schema
    def in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse a span whose end comes before its beginning."""
        for first, last in _SPANS:
            if first in data and last in data and data[last] < data[first]:
                raise ValidationError({last: [message_key("span-reversed")]})


def filters_of(
    noun: str, case_list: CaseList, filters: Mapping[str, fields.Field[Any]]
) -> type[Schema]:
    """Return the schema of what the list is asked with."""
    orders = [f"{sign}{name}" for name in case_list.orders for sign in ("", "-")]
    arguments = {
        **filters,
        "order": fields.String(
            validate=validate.OneOf(orders),
            metadata={"description": _ORDER, "default": case_list.usual_order},
        ),
        "cursor": Text(max_length=4000),
        "limit": fields.Integer(load_default=50, validate=validate.Range(1, MAX_LIMIT)),
    }
    return type(f"{noun}Filters", (FilterSchema,), arguments)


def page_of(
    noun: str, case_list: CaseList, beside: Iterable[tuple[str, fields.Field[Any]]]
) -> type[Schema]:
    """Return the schema of a page, whose rows have some fields beside those of the list."""
    item = type(f"Listed{noun}Schema", (schema_of(case_list.item),), dict(beside))
    members: dict[str, fields.Field[Any]] = {
        "items": fields.List(fields.Nested(item), required=True),
        "next_cursor": fields.String(allow_none=True),
    }
    return StrictSchema.from_dict(members, name=f"{noun}Page")
