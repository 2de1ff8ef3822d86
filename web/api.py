"""The description of the interface (OpenAPI 3.1), made from the views by flask-smorest."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import apispec_oneofschema
from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import INCLUDE, Schema, fields
from werkzeug.exceptions import HTTPException

from web.parsing import StrictParser
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
    """A blueprint whose arguments are read strictly, and whose errors are problem documents."""

    ARGUMENTS_PARSER = StrictParser()

    def alt_response(self, status_code: Any, **kwargs: Any) -> Any:
        """Describe another answer."""
        if kwargs.get("schema") is ProblemSchema:
            kwargs["content_type"] = MEDIA_TYPE
        return super().alt_response(status_code, **kwargs)


class ProblemApi(Api):
    """The interface: its errors are problem documents, and are described as such."""

    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: HTTPException) -> Any:
        """Answer an HTTP error the way every other error is answered."""
        return http_error(error)

    def _register_responses(self) -> None:
        usual = str(Api.DEFAULT_RESPONSE_CONTENT_TYPE)
        self.DEFAULT_RESPONSE_CONTENT_TYPE = MEDIA_TYPE
        try:
            super()._register_responses()
        finally:
            self.DEFAULT_RESPONSE_CONTENT_TYPE = usual


CONFIG: Mapping[str, Any] = {
    "API_TITLE": "Фронт-офис волонтёров: дела",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/",
    "OPENAPI_JSON_PATH": "api/v1/openapi.json",
    "OPENAPI_SWAGGER_UI_PATH": None,
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "Дела фронт-офиса: организации, проверки, запросы о помощи.",
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


CONFLICTS = (
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.PRECONDITION_REQUIRED,
)
