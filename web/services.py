"""What a view works with: the application and the circumstances of the request."""

import re
from typing import Any, cast
from uuid import uuid4

from flask import current_app, g, request

from application.services import Services
from domain.actors import Occasion
from web.idempotency import current_attempt
from web.identity import current_actor

EXTENSION = "front_office"
# The id is logged and recorded: no e-mail address, phone number or name with a space is one.
REQUEST_ID = re.compile(r"[0-9A-Za-z_-]{1,100}")


def services() -> Services:
    """Return what the composition root has built."""
    return cast("Services", current_app.extensions[EXTENSION])


def request_id() -> str:
    """Return the id of this request: the caller's, when it is a sensible one, or a new one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else str(uuid4())
    return cast("str", g.request_id)


def occasion(body: dict[str, Any]) -> Occasion:
    """Take what every command may carry out of its body; return the occasion."""
    return services().occasion(
        current_actor(services().places),
        cause=request_id(),
        occurred_on=body.pop("occurred_on", None),
        comment=body.pop("comment", None),
        attempt=current_attempt(),
    )
