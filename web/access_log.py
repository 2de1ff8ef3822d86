"""One line for each request: its route, never its path or query, which can name people."""

from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from web.services import request_id

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
log = structlog.get_logger()


def register_access_log(app: Flask) -> None:
    """Write the line; registered before all others, it is the last that sees the answer."""
    app.before_request(_begin)
    app.after_request(_write)


def _begin() -> None:
    g.began = perf_counter()


def _write(response: Response) -> Response:
    log.info(
        "request",
        # A method can be any word of a caller's.
        method=request.method if request.method in METHODS else "OTHER",
        route=request.url_rule.rule if request.url_rule else None,
        status=response.status_code,
        duration_ms=_duration(),
        request_id=request_id(),
        **_caller(),
    )
    return response


def _duration() -> float | None:
    return round((perf_counter() - g.began) * 1000, 1) if "began" in g else None


def _caller() -> dict[str, str]:
    actor = g.get("actor")
    return {} if actor is None else {"staff_id": str(actor.staff_id), "office": str(actor.office)}
