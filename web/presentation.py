"""How answers are written: structures as JSON, facts flat, an erased value as null."""

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Response

from application.case_files.parts import INTERNAL, Placed
from domain.personal import Personal

JSON = "application/json"


def plain(value: Any) -> Any:
    """Return the value as dictionaries, lists and scalars, leaving no field out."""
    match value:
        case Personal():
            return value.value
        case Placed():
            return {"version": value.version, **plain(value.fact), **_beside(value)}
        case msgspec.Struct():
            return {**_tag(value), **_fields(value)}
        case tuple() | list() | frozenset():
            return [plain(each) for each in value]
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case _:
            return value


def answer(body: Any, status: int = 200, **headers: str) -> Response:
    """Return the response with the body as JSON."""
    return Response(msgspec.json.encode(plain(body)), status, headers, mimetype=JSON)


def with_member(response: Response, **members: Any) -> Response:
    """Return the response with more members in its JSON object."""
    body = msgspec.json.decode(response.get_data())
    response.set_data(msgspec.json.encode({**body, **members}))
    return response


def _tag(struct: msgspec.Struct) -> dict[str, Any]:
    config = struct.__struct_config__
    return {config.tag_field: config.tag} if config.tag_field else {}


def _beside(placed: Placed[Any]) -> dict[str, Any]:
    """Return what is shown beside a fact, in place of what it says of that itself."""
    names = set(placed.__struct_fields__) - {"version", "fact"}
    return {name: plain(getattr(placed, name)) for name in names}


def _fields(struct: msgspec.Struct) -> dict[str, Any]:
    values = {name: getattr(struct, name) for name in struct.__struct_fields__}
    shown = {name: value for name, value in values.items() if name not in INTERNAL}
    return {name: plain(value) for name, value in shown.items() if value is not msgspec.UNSET}
