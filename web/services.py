"""What a view works with: the application and the circumstances of the request."""

import re
from typing import Any, cast
from uuid import uuid4

from flask import current_app, g, request

from application.front_office import FrontOffice
from application.reading_log import Look
from application.services import Services
from domain.actors import Occasion
from web.callers import EXTENSION, current_actor
from web.idempotency import current_attempt

# The id is logged and recorded: no e-mail address, phone number or name with a space is one.
REQUEST_ID = re.compile(r"[0-9A-Za-z_-]{1,100}")


def services() -> Services:
    """Return what the composition root has built."""
    return cast("Services", current_app.extensions[EXTENSION])


def front_office() -> FrontOffice:
    """Return the case file as the caller sees it."""
    return services().front_office_of(current_actor())


def notes_office() -> FrontOffice:
    """Return the case file with what auditors note, for those few who read that."""
    return services().notes_for(current_actor())


def look() -> Look:
    """Return who looks at what is about to be shown."""
    return Look(current_actor(), request_id())


def request_id() -> str:
    """Return the id of this request: the caller's, when it is a sensible one, or a new one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else str(uuid4())
    return cast("str", g.request_id)


def occasion(body: dict[str, Any]) -> Occasion:
    """Take what every command may carry out of its body; return the occasion."""
    return services().occasion(
        current_actor(),
        cause=request_id(),
        occurred_on=body.pop("occurred_on", None),
        comment=body.pop("comment", None),
        attempt=current_attempt(),
    )
