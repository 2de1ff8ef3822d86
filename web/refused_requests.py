"""Answers to what the server could not read as a request."""

from collections.abc import Iterator
from http import HTTPStatus
from wsgiref.handlers import format_date_time

import structlog
from flask import Flask, Response, request
from gunicorn.http.errors import (
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from werkzeug.exceptions import HTTPException

from web.problems import http_error, unexpected
from web.services import request_id, services

log = structlog.get_logger()


def register_refused_requests(app: Flask) -> None:
    """Answer a body that turns out to be no body while it is read."""
    app.register_error_handler(ParseException, malformed)


def malformed(error: Exception) -> Response:
    """Answer what breaks the rules of HTTP, or is larger than the server takes."""
    refused = HTTPException()
    match error:
        case InvalidResponseHeader() | InvalidResponseHeaderName():
            return unexpected(error)
        case LimitRequestLine():
            refused.code = HTTPStatus.REQUEST_URI_TOO_LONG
        case LimitRequestHeaders():
            refused.code = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        case ExpectationFailed():
            refused.code = HTTPStatus.EXPECTATION_FAILED
        case _:
            refused.code = HTTPStatus.BAD_REQUEST
    log.warning("request refused", error=type(error).__name__, request_id=request_id())
    return http_error(refused)


def refused_request(app: Flask, error: Exception) -> bytes:
    """Return the whole answer to a request that never became one."""
    with app.test_request_context(method="OTHER"):
        response = app.process_response(_answer(error))
        body, status, headers = response.get_wsgi_response(request.environ)
        return "\r\n".join(_head(status, headers)).encode("latin-1") + b"".join(body)


def _answer(error: Exception) -> Response:
    match error:
        case ParseException():
            return malformed(error)
        case HTTPException():
            return http_error(error)
        case _:
            return unexpected(error)


def _head(status: str, headers: list[tuple[str, str]]) -> Iterator[str]:
    now = services().clock().timestamp()
    yield f"HTTP/1.1 {status}"
    yield from (f"{name}: {value}" for name, value in headers)
    yield f"Date: {format_date_time(now)}"
    yield from ("Connection: close", "", "")
