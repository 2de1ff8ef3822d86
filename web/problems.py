"""Every error as a problem document (RFC 9457): the one place that knows status codes."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from eventsourcing.persistence import PersistenceError, ProgrammingError
from flask import Flask, Response
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from application.case_files.parts import path_name
from application.save_outcomes import OutcomeUnknown
from application.sign_in.answers import ProviderUnreachable
from domain.organization.duplicates import OrganizationMerged
from domain.refusals import CommandNotAllowed, InvalidValue, Refusal
from web.languages import language, texts
from web.logs import frames
from web.presentation import plain
from web.problem_errors import detail, field_error, field_errors
from web.services import request_id

MEDIA_TYPE = "application/problem+json"
STATUSES: Mapping[str, HTTPStatus] = {
    "not-found": HTTPStatus.NOT_FOUND,
    "path-not-found": HTTPStatus.NOT_FOUND,
    "stale-version": HTTPStatus.PRECONDITION_FAILED,
    "precondition-required": HTTPStatus.PRECONDITION_REQUIRED,
    "precondition-malformed": HTTPStatus.BAD_REQUEST,
    "idempotency-key-required": HTTPStatus.BAD_REQUEST,
    "idempotency-key-malformed": HTTPStatus.BAD_REQUEST,
    "idempotency-key-reused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "export-too-large": HTTPStatus.UNPROCESSABLE_ENTITY,
    "bundle-too-large": HTTPStatus.UNPROCESSABLE_ENTITY,
    "log-not-sealed": HTTPStatus.CONFLICT,
    "log-damaged": HTTPStatus.CONFLICT,
    "malformed-json": HTTPStatus.BAD_REQUEST,
    "too-deep": HTTPStatus.BAD_REQUEST,
    "not-json": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "not-signed-in": HTTPStatus.UNAUTHORIZED,
    "token-refused": HTTPStatus.UNAUTHORIZED,
    "sign-in-refused": HTTPStatus.UNAUTHORIZED,
    "password-change-due": HTTPStatus.FORBIDDEN,
    "sign-in-throttled": HTTPStatus.TOO_MANY_REQUESTS,
    "too-many-requests": HTTPStatus.TOO_MANY_REQUESTS,
    "role-forbidden": HTTPStatus.FORBIDDEN,
    "office-forbidden": HTTPStatus.FORBIDDEN,
    "assigned-to-another": HTTPStatus.FORBIDDEN,
    "own-rights": HTTPStatus.FORBIDDEN,
    "not-the-author": HTTPStatus.FORBIDDEN,
    "subject-erased": HTTPStatus.GONE,
    "document-erased": HTTPStatus.GONE,
    "document-too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "not-multipart": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "host-unknown": HTTPStatus.BAD_REQUEST,
    "witness-unknown": HTTPStatus.UNPROCESSABLE_ENTITY,
}
HTTP_CODES: Mapping[int, str] = {
    HTTPStatus.NOT_FOUND: "path-not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.REQUEST_TIMEOUT: "request-too-slow",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "body-too-large",
    HTTPStatus.REQUEST_URI_TOO_LONG: "head-too-large",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "head-too-large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "validation-failed",
    HTTPStatus.NOT_ACCEPTABLE: "not-acceptable",
}
log = structlog.get_logger()


def register_problems(app: Flask) -> None:
    """Answer every error of the application with a problem document."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(ValidationError, invalid)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OutcomeUnknown, outcome_unknown)
    app.register_error_handler(ProviderUnreachable, provider_unreachable)
    app.register_error_handler(PersistenceError, unavailable)
    app.register_error_handler(ProgrammingError, unexpected)
    app.register_error_handler(Exception, unexpected)


def refused(refusal: Refusal) -> Response:
    """Answer a refusal with its code, its words and its facts."""
    usual = (
        HTTPStatus.UNPROCESSABLE_ENTITY
        if isinstance(refusal, InvalidValue)
        else HTTPStatus.CONFLICT
    )
    facts = _told(refusal)
    errors = field_error(refusal) if isinstance(refusal, InvalidValue) else {}
    response = problem(refusal.code, STATUSES.get(refusal.code, usual), facts, **errors)
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="frontoffice"'
    if "links" in facts:
        response.headers["Link"] = f'<{facts["links"]["survivor"]}>; rel="canonical"'
    if "retry_after" in facts:
        response.headers["Retry-After"] = str(facts["retry_after"])
    return response


def invalid(error: ValidationError) -> Response:
    """Answer values that could be checked only once the case was known."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    errors = field_errors({"json": error.messages})
    return problem("validation-failed", status, {}, errors=errors)


def http_error(error: HTTPException) -> Response:
    """Answer an error of the HTTP layer, keeping the headers it needs, such as ``Allow``."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    code = HTTP_CODES.get(
        status, "unexpected" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "bad-request"
    )
    messages = getattr(error, "data", None) or {}
    fields = field_errors(messages.get("messages", {}))
    response = problem(code, status, {}, **({"errors": fields} if fields else {}))
    kept = ("Allow", "Retry-After", "WWW-Authenticate", "Location")
    for name, value in error.get_response().headers:
        if name in kept:
            response.headers[name] = value
    return response


def unavailable(error: PersistenceError) -> Response:
    """Answer that the database cannot be reached; the caller may try again."""
    log.error("database unavailable", error=type(error).__name__, request_id=request_id())
    response = problem("unavailable", HTTPStatus.SERVICE_UNAVAILABLE, {})
    response.headers["Retry-After"] = "1"
    return response


def outcome_unknown(_: OutcomeUnknown) -> Response:
    """Answer that nobody knows yet whether it was recorded; the key will tell."""
    log.error("outcome unknown", request_id=request_id())
    response = problem("outcome-unknown", HTTPStatus.SERVICE_UNAVAILABLE, {})
    response.headers["Retry-After"] = "1"
    return response


def provider_unreachable(_: ProviderUnreachable) -> Response:
    """Answer that nobody can say now whether the token is good; the caller may try again."""
    log.error("identity provider unreachable", request_id=request_id())
    response = problem("identity-provider-unreachable", HTTPStatus.SERVICE_UNAVAILABLE, {})
    response.headers["Retry-After"] = "10"
    return response


def unexpected(error: Exception) -> Response:
    """Answer an error nobody foresaw, and say nothing of the inside.

    The log says where it was and of what kind, without its words and values: they may
    be somebody's personal data.
    """
    where, kind = frames(error.__traceback__), type(error).__name__
    log.error("unexpected error", error=kind, frames=where, request_id=request_id())
    return problem("unexpected", HTTPStatus.INTERNAL_SERVER_ERROR, {})


def problem(code: str, status: HTTPStatus, facts: Mapping[str, Any], **more: Any) -> Response:
    """Return a problem document in the language of the caller."""
    words = texts("problems").get(code, {})
    told = language()
    members = {
        **{name: plain(fact) for name, fact in facts.items() if name not in {"field", "value"}},
        "type": f"/problems/{code}",
        "title": words.get(f"title_{told}", code),
        "status": int(status),
        "detail": detail(words.get(f"detail_{told}", ""), facts),
        "code": code,
        "request_id": request_id(),
        **more,
    }
    body = msgspec.json.encode(members, enc_hook=str)
    return Response(body, status, mimetype=MEDIA_TYPE)


def _told(refusal: Refusal) -> dict[str, Any]:
    facts = {name: fact for name, fact in refusal.facts.items() if fact is not None}
    if isinstance(refusal, CommandNotAllowed):
        facts["command"] = path_name(refusal.command)
        facts["allowed"] = [path_name(command) for command in refusal.allowed]
    if isinstance(refusal, OrganizationMerged):
        facts["links"] = {"survivor": f"/api/v1/organizations/{facts['survivor']}"}
    return facts
