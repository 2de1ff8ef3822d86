"""How a request body is read: strictly, and with an error that says what is wrong."""

import json
from collections.abc import Iterable
from typing import Any

import msgspec
from flask import Request
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser

from domain.refusals import Refusal
from web.forms import form_parts
from web.schemas.fields import message_key

MAX_DEPTH = 20
MAX_BODY = 64 * 1024


class NotJson(Refusal):
    """The body is of another media type than JSON."""

    code = "not-json"


class MalformedJson(Refusal):
    """The body is no JSON object in UTF-8."""

    code = "malformed-json"


class TooDeep(Refusal):
    """The body is nested deeper than anything the service takes."""

    code = "too-deep"


class StrictParser(FlaskParser):
    """Reads JSON bodies strictly; an unknown or repeated query argument is an error."""

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": "raise",
        "files": "raise",
    }

    def load_json(self, req: Request, schema: Any) -> Any:  # noqa: ARG002  webargs' own signature.
        """Return the body's object; nothing at all counts as an empty object."""
        raw = req.get_data()
        if not raw:
            return {}
        if not req.is_json:
            raise NotJson(media_type=req.mimetype)
        body = _decoded(raw)
        _check_depth(body)
        json.loads(raw, object_pairs_hook=_check_once)
        return body

    def load_querystring(self, req: Request, schema: Any) -> Any:
        """Return the arguments, each of which stands once: of two, one would be lost."""
        _check_told_once(req.args.lists())
        return super().load_querystring(req, schema)

    def load_files(self, req: Request, schema: Any) -> Any:  # noqa: ARG002  webargs' own signature.
        """Return the parts of a form, its fields beside its files, each of which stands once."""
        parts = form_parts()
        _check_told_once(parts)
        return {name: values[0] for name, values in parts}


def _check_told_once(told: Iterable[tuple[str, list[Any]]]) -> None:
    if twice := [name for name, values in told if len(values) > 1]:
        raise ValidationError({name: [message_key("stands-twice")] for name in twice})


def _decoded(raw: bytes) -> dict[str, Any]:
    try:
        body = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedJson(fault=str(error)) from error
    if not isinstance(body, dict):
        raise MalformedJson(fault="the body is not an object")
    return body


def _check_once(members: list[tuple[str, Any]]) -> None:
    """Refuse an object that says one thing twice: which of them counts, nobody could tell."""
    names = [name for name, _ in members]
    if len(set(names)) < len(names):
        raise MalformedJson(fault="a name stands twice in one object")


def _check_depth(value: object, depth: int = 1) -> None:
    if depth > MAX_DEPTH:
        raise TooDeep(limit=MAX_DEPTH)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        _check_depth(part, depth + 1)
