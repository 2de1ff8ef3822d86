"""Who sends a request, and whether it is theirs to send: asked before anything else is done.

Every view says which action it is (`domain.rules.authority`), or that it is open to all; one
that says neither is not let into the service at all.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request

from application.services import Services
from application.sign_in.sessions import Caller
from domain.actors import Actor
from domain.rules.authority import RULES, check_role

EXTENSION = "front_office"
OPEN = "open to all"
# What Flask and flask-smorest serve by themselves: files of ours, and the description.
_SERVED = frozenset({"static", "api-docs.openapi_json", "api-docs.openapi_swagger_ui"})
_BEARER = re.compile(r"Bearer +([\x21-\x7e]+)", re.IGNORECASE)
View = TypeVar("View", bound=Callable[..., Any])


def may(action: str) -> Callable[[View], View]:
    """Say which action a view is; only roles that may do it reach it."""
    assert action in RULES or action == OPEN, action  # noqa: S101  A misspelt rule is no rule.

    def mark(view: View) -> View:
        view.action = action  # type: ignore[attr-defined]  # Views are functions.
        return view

    return mark


def open_to_all(view: View) -> View:
    """Say that a view asks nobody who they are."""
    return may(OPEN)(view)


def admit_callers(app: Flask) -> None:
    """Let every request in by the rule of its view, once all views are there."""
    without = [name for name, view in app.view_functions.items() if _action(name, view) is None]
    if without:
        message = f"Views without a rule: {', '.join(without)}"
        raise RuntimeError(message)
    app.before_request(_admit)


def current_caller() -> Caller:
    """Return who sends this request."""
    return cast("Caller", g.caller)


def current_actor() -> Actor:
    """Return who acts in this request, in the role they have now."""
    return current_caller().actor


def _admit() -> None:
    endpoint = request.endpoint
    if endpoint is None:
        return
    action = _action(endpoint, current_app.view_functions[endpoint])
    if action == OPEN:
        return
    desk = cast("Services", current_app.extensions[EXTENSION]).desk
    g.caller = desk.caller(_token(), address())
    g.actor = g.caller.actor
    check_role(current_actor().role, str(action))


def _action(endpoint: str, view: Any) -> str | None:
    return OPEN if endpoint in _SERVED else getattr(view, "action", None)


def _token() -> str | None:
    """Return the token of the request; one of a strange form is none."""
    match = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    return match[1] if match else None


def address() -> str:
    """Return the address from which the request comes."""
    return request.remote_addr or "unknown"
