"""The description of the interface (OpenAPI 3.1), made from the views by flask-smorest."""

import json
from collections.abc import Mapping
from typing import Any

import apispec_oneofschema
from flask import Flask, Response
from flask_smorest import Api, Blueprint
from marshmallow import INCLUDE, Schema, fields
from werkzeug.exceptions import HTTPException

from domain.catalogue.catalogue import title_of
from domain.rules.authority import EVERYBODY, RULES
from web.callers import OPEN
from web.openapi.document import completed
from web.openapi.operations import Document
from web.parsing import StrictParser
from web.presentation import JSON
from web.problems import MEDIA_TYPE, http_error

API_PREFIX = "/api/v1"


class FieldErrorSchema(Schema):
    """One wrong field: where it is, and what is wrong with it."""

    path = fields.String(required=True, metadata={"example": "$.details.state_body"})
    messages = fields.List(fields.String(), required=True)
    codes = fields.List(fields.String(), metadata={"example": ["invalid-bin"]})


class ProblemSchema(Schema):
    """A problem document (RFC 9457). Further members depend on its type."""

    class Meta:
        """A description of answers: some types say more."""

        unknown = INCLUDE

    type = fields.String(required=True, metadata={"example": "/problems/wrong-state"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True, metadata={"example": "wrong-state"})
    request_id = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldErrorSchema))


class CaseBlueprint(Blueprint):
    """A blueprint whose arguments are read strictly, and which describes who may."""

    ARGUMENTS_PARSER = StrictParser()

    def _store_endpoint_docs(self, endpoint: str, obj: Any, *args: Any, **options: Any) -> None:
        super()._store_endpoint_docs(endpoint, obj, *args, **options)
        for method, told in self._docs[endpoint].items():
            if method != "parameters":
                told["docstring"] |= _admission(obj.action)


class ProblemApi(Api):
    """The interface: its errors are problem documents, and are described as such."""

    ERROR_SCHEMA = ProblemSchema
    _served: str | None = None

    def handle_http_exception(self, error: HTTPException) -> Any:
        """Answer an HTTP error the way every other error is answered."""
        return http_error(error)

    def description(self) -> Document:
        """Return the description of every operation that is registered by now."""
        return completed(json.loads(json.dumps(self.spec.to_dict())), MEDIA_TYPE)

    def _register_pagination_header(self) -> None:
        """Describe no pages of flask-smorest's own making: ours go by cursors."""

    def _openapi_json(self) -> Response:
        if self._served is None:
            self._served = written(self.description())
        return Response(self._served, mimetype=JSON)


ABOUT = """Фронт-офис волонтёров: организации, их проверки и запросы о помощи.

Каждое дело — поток событий. Его читают как есть, в любой версии (`version`) и на любой момент
(`as_of`), вместе с историей. Команда называет прочитанную версию (`If-Match`) и свой ключ
(`Idempotency-Key`): с тем же ключом её можно послать ещё раз, выполнится она один раз.

Ошибка — документ RFC 9457 (`application/problem+json`); её `type` — адрес страницы с объяснением.
Запрос, который сервер не смог дочитать, получает 408 или 417, неизвестный метод — 405.
"""
CONFIG: Mapping[str, Any] = {
    "API_TITLE": "Front office",  # Generators of clients make the name of a package of it.
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/",
    "OPENAPI_JSON_PATH": "api/v1/openapi.json",
    "OPENAPI_SWAGGER_UI_PATH": None,
    "API_SPEC_OPTIONS": {
        "info": {
            "description": ABOUT,
            "license": {"name": "Private"},
        },
        "servers": [{"url": "/"}],
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
        "security": [{"bearer": []}],
    },
}


def make_api(app: Flask) -> ProblemApi:
    """Return the interface of the application, still without its resources."""
    app.config.update(CONFIG)
    plugin = apispec_oneofschema.MarshmallowPlugin()
    return ProblemApi(app, spec_kwargs={"marshmallow_plugin": plugin})


def written(document: Document) -> str:
    """Return the description as text, in which the same stands at the same place every time."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _admission(action: str) -> dict[str, Any]:
    """Return who may do the action, as the description of a view has it."""
    if action == OPEN:
        return {"security": []}
    roles = RULES[action].roles
    if roles == EVERYBODY:
        return {}
    titles = sorted(title_of(role).ru for role in roles)
    return {"description": f"Кто может: {', '.join(titles)}."}
