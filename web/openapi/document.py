"""The description of the interface, completed with what every operation has."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from web.openapi.answers import complete_answers
from web.openapi.errors import components
from web.openapi.headers import HEADERS
from web.openapi.links import add_links
from web.openapi.operations import BODY, Document, Operation, operations

PARAMETERS: Mapping[str, Any] = {
    "Accept-Language": {
        "in": "header",
        "name": "Accept-Language",
        "description": "Язык текстов: `ru` (если не сказано иначе), `kk` или `en`.",
        "schema": {"type": "string"},
        "example": "kk",
    },
    "X-Request-ID": {
        "in": "header",
        "name": "X-Request-ID",
        "description": (
            "Ваш идентификатор запроса, до 100 латинских букв, цифр, «-» и «_»: он вернётся"
            " в ответе и останется в журнале. Другой заменяется новым."
        ),
        "schema": {"type": "string"},
        "example": "visit-17",
    },
}


def completed(document: Document, media_type: str) -> Document:
    """Complete the document, whose errors have this media type; return it."""
    document["components"] |= {
        "headers": dict(HEADERS),
        "parameters": dict(PARAMETERS),
        "responses": components(media_type),
    }
    for operation in operations(document):
        complete_answers(operation)
        operation.members["summary"] = operation.members["summary"].removesuffix(".")
        _add_examples(operation)
        operation.members["parameters"] = [
            *operation.members.get("parameters", ()),
            *({"$ref": f"#/components/parameters/{name}"} for name in PARAMETERS),
        ]
    add_links(document)
    return document


def _add_examples(operation: Operation) -> None:
    told = examples().get(operation.id, {})
    content = operation.members.get("requestBody", {}).get("content", {}).get(BODY)
    if content and told:
        content["examples"] = {name: {"value": value} for name, value in told.items()}


@cache
def examples() -> Mapping[str, Mapping[str, Any]]:
    """Return the examples of bodies: by operation, then by what each shows."""
    return tomllib.loads(files("web.openapi").joinpath("examples.toml").read_text("utf-8"))
