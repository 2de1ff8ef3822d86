"""Whether the service lives, and whether it can work."""

from http import HTTPStatus
from typing import Any

from eventsourcing.persistence import PersistenceError
from flask import Blueprint, Response

from application.log_state import SealerState
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
    """Say whether the database answers and its schema is the one this service works with.

    The sealer is told of beside it: cases can be worked on while it has stopped.
    """
    try:
        if services().front_office.queries.is_ready():
            return answer({"status": "ready", "database": "ready", **_sealer()})
    except PersistenceError:
        pass
    return answer({"status": "not ready", "database": "not ready"}, HTTPStatus.SERVICE_UNAVAILABLE)


def _sealer() -> dict[str, Any]:
    """Return what the sealer does, and the code of the reason if it has stopped."""
    state = services().log_states.now()
    sealer = state.sealer(services().clock())
    told = {"sealer_reason": state.reason} if sealer is SealerState.STOPPED else {}
    return {"sealer": sealer, **told}
