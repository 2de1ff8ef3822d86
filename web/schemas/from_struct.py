"""Marshmallow schemas read off the domain's structures, so that the two cannot disagree."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, post_load, validate
from marshmallow_oneofschema.one_of_schema import OneOfSchema
from msgspec import NODEFAULT, Struct, inspect

from application.case_files.parts import INTERNAL, Placed
from domain.events import Event
from web.schemas.fields import Text, TupleOf, Whole, code

Fields = Mapping[str, fields.Field[Any]]


class StrictSchema(Schema):
    """A schema that refuses what it does not know."""

    class Meta:
        """An unknown field is an error: a typo must not be lost."""

        unknown = RAISE


class StructSchema(StrictSchema):
    """A schema that loads into the structure it was read off."""

    STRUCT: ClassVar[type[Struct]]
    TAG: ClassVar[str | None] = None

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Struct:
        """Return the structure with the loaded values."""
        return self.STRUCT(**{name: value for name, value in data.items() if name != self.TAG})


def schema_of(struct: type[Struct], **overrides: fields.Field[Any]) -> type[Schema]:
    """Return the schema of a structure, with some of its fields given by the caller."""
    return _read_off(struct) if not overrides else _made(struct, overrides)


def one_of(type_field: str, schemas: Mapping[str, type[Schema]], name: str) -> type[OneOfSchema]:
    """Return the schema that is one of several, told apart by a field."""
    attributes = {"type_field": type_field, "type_field_remove": False, "type_schemas": schemas}
    return type(name, (OneOfSchema,), attributes)


def by_tag(structs: Iterable[type[Struct]]) -> dict[str, type[Struct]]:
    """Return tagged structures by their tags."""
    return {str(struct.__struct_config__.tag): struct for struct in structs}


@cache
def _read_off(struct: type[Struct]) -> type[Schema]:
    return _made(struct, {})


def _made(struct: type[Struct], overrides: Fields) -> type[Schema]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)  # noqa: S101  A structure is described as one.
    members = {
        field.name: overrides.get(field.name) or _field(field)
        for field in info.fields
        if field.name not in INTERNAL
    }
    config = struct.__struct_config__
    attributes = {**members, **_tag(config), "STRUCT": struct, "TAG": config.tag_field}
    taken_in = "Input" if overrides else ""
    return type(f"{_name(struct)}{taken_in}Schema", (StructSchema,), attributes)


def _tag(config: Any) -> dict[str, fields.Field[Any]]:
    if config.tag_field is None:
        return {}
    return {config.tag_field: fields.String(validate=validate.OneOf([config.tag]))}


def _name(struct: type[Struct]) -> str:
    if issubclass(struct, Event):
        return struct.TOPIC.replace(".", "-").title().replace("-", "")
    return struct.__name__


def _field(field: inspect.Field) -> fields.Field[Any]:
    options: dict[str, Any] = {"required": field.required}
    if field.default not in (NODEFAULT, None) and not callable(field.default):
        options.pop("required")
    return _of_type(field.type, options)


def _of_type(node: inspect.Type, options: dict[str, Any]) -> fields.Field[Any]:
    if isinstance(node, inspect.UnionType):
        return _of_union(node, options)
    make = _MAKERS.get(type(node))
    return fields.Raw(**options) if make is None else make(node, options)


def _of_union(node: inspect.UnionType, options: dict[str, Any]) -> fields.Field[Any]:
    some = [each for each in node.types if not isinstance(each, inspect.NoneType)]
    if len(some) < len(node.types):
        options = {**options, "allow_none": True}
    if len(some) == 1:
        return _of_type(some[0], options)
    structs = [each.cls for each in some if isinstance(each, inspect.StructType)]
    tag_field = structs[0].__struct_config__.tag_field if structs else None
    if tag_field is None:
        return fields.Dict(**options)
    schemas = {tag: schema_of(struct) for tag, struct in by_tag(structs).items()}
    return fields.Nested(
        one_of(tag_field, schemas, f"Any{structs[0].__mro__[1].__name__}"), **options
    )


def _of_struct(node: inspect.StructType, options: dict[str, Any]) -> fields.Field[Any]:
    if issubclass(_origin(node.cls), Placed):
        return fields.Nested(_placed(node), **options)
    return fields.Nested(schema_of(node.cls), **options)


def _placed(node: inspect.StructType) -> type[Schema]:
    fact = node.fields[1].type
    assert isinstance(fact, inspect.StructType)  # noqa: S101  A placed fact is an event.
    schema = schema_of(fact.cls)
    beside = {field.name: _field(field) for field in node.fields[2:]}
    members = {"version": fields.Integer(required=True), **beside}
    return type(f"Placed{_name(fact.cls)}Schema", (schema,), members)


def _origin(cls: Any) -> type:
    origin: type = getattr(cls, "__origin__", cls)
    return origin


Maker = Callable[[Any, dict[str, Any]], fields.Field[Any]]
_MAKERS: Mapping[type[inspect.Type], Maker] = {
    inspect.StrType: lambda _, options: Text(**options),
    inspect.IntType: lambda _, options: Whole(
        strict=True, validate=validate.Range(min=0, max=1_000_000), **options
    ),
    inspect.BoolType: lambda _, options: fields.Boolean(truthy={True}, falsy={False}, **options),
    inspect.DateType: lambda _, options: fields.Date(**options),
    inspect.DateTimeType: lambda _, options: fields.AwareDateTime(**options),
    inspect.UUIDType: lambda _, options: fields.UUID(**options),
    inspect.EnumType: lambda node, options: code(node.cls, **options),
    inspect.VarTupleType: lambda node, options: TupleOf(_of_type(node.item_type, {}), **options),
    inspect.DictType: lambda _, options: fields.Dict(keys=fields.String(), **options),
    inspect.CustomType: lambda _, options: fields.String(**{**options, "allow_none": True}),
    inspect.StructType: _of_struct,
}
