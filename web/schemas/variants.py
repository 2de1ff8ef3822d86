"""Bodies whose details depend on a code beside them: a kind of help, a way of checking."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate
from marshmallow_oneofschema.one_of_schema import OneOfSchema
from msgspec import Struct

from web.schemas.fields import message_key
from web.schemas.from_struct import StrictSchema, by_tag, one_of, schema_of

Members = Mapping[str, fields.Field[Any]]


def variants(
    name: str,
    discriminator: tuple[str, type[StrEnum]],
    structs: tuple[type[Struct], ...],
    members: Members,
    **overrides: type[Schema],
) -> type[OneOfSchema]:
    """Return the schema of a body with ``details`` as its discriminator says."""
    field, codes = discriminator
    details = {
        tag: overrides.get(tag) or schema_of(struct) for tag, struct in by_tag(structs).items()
    }
    schemas = {
        tag: _variant(f"{name}{_title(tag)}", field, codes, tag, details, members)
        for tag in details
    }
    return one_of(field, schemas, name)


def _variant(
    name: str,
    field: str,
    codes: type[StrEnum],
    tag: str,
    details: Mapping[str, type[Schema]],
    members: Members,
) -> type[Schema]:
    return StrictSchema.from_dict(
        {
            field: Tag(codes(tag)),
            "details": DetailsOf(field, tag, details),
            **members,
        },
        name=name,
    )


class Tag(fields.String):
    """The code by which a variant is known: in that variant, no other."""

    def __init__(self, only: StrEnum) -> None:
        self._only = only
        super().__init__(required=True, validate=validate.OneOf([only.value]))

    def _deserialize(self, *args: Any, **kwargs: Any) -> str | StrEnum:
        text = str(super()._deserialize(*args, **kwargs))
        return self._only if text == self._only else text


class DetailsOf(fields.Nested):
    """Details of one kind; those of another kind are recognised and named."""

    def __init__(self, field: str, tag: str, details: Mapping[str, type[Schema]]) -> None:
        super().__init__(details[tag], required=True)
        self._others = {other: schema for other, schema in details.items() if other != tag}
        self._wanted = (field, tag)

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        try:
            return super()._deserialize(value, attr, data, *args, **kwargs)
        except ValidationError as error:
            other = next((tag for tag, one in self._others.items() if fits(one, value)), None)
            if other is None:
                raise
            field, wanted = self._wanted
            message = message_key(
                f"details-of-another-{field.replace('_', '-')} {field} {wanted} {other}"
            )
            raise ValidationError(message) from error


def fits(schema: type[Schema], value: object) -> bool:
    """Whether the value is what the schema describes, and not an empty one."""
    return bool(value) and isinstance(value, dict) and not schema().validate(value)


def _title(tag: str) -> str:
    return "".join(part.title() for part in tag.split("_"))
