"""Whether the service lives, and whether it can work."""

from http import HTTPStatus

from eventsourcing.persistence import PersistenceError
from flask import Blueprint, Response

from web.callers import open_to_all
from web.presentation import answer
from web.services import services

health = Blueprint("health", __name__)


@health.get("/healthz")
@open_to_all
def alive() -> Response:
    """Say that the process lives."""
    return answer({"status": "alive"})


@health.get("/readyz")
@open_to_all
def ready() -> Response:
    """Say whether the database answers and its schema is the one this service works with."""
    try:
        is_ready = services().front_office.queries.is_ready()
    except PersistenceError:
        is_ready = False
    if is_ready:
        return answer({"status": "ready", "database": "ready"})
    return answer({"status": "not ready", "database": "not ready"}, HTTPStatus.SERVICE_UNAVAILABLE)
