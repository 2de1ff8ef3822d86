"""Signing in and out, and who one is."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from flask import Response
from marshmallow import fields

from application.sign_in.sessions import Session
from domain.actors import Actor, Occasion, Role, StaffId
from domain.places import REPUBLICAN_OFFICE
from domain.refusals import Refusal
from web.api import API_PREFIX, CaseBlueprint, ProblemSchema
from web.callers import address, current_caller, may, open_to_all
from web.me import add_me
from web.presentation import answer
from web.schemas.fields import Text
from web.schemas.from_struct import StrictSchema, schema_of
from web.services import request_id, services

log = structlog.get_logger()
NOBODY = Actor(StaffId("nobody"), Role.SERVICE, REPUBLICAN_OFFICE)


class SignInSchema(StrictSchema):
    """Login and password; a first password is replaced by one of their own in the same call."""

    login = Text(required=True, max_length=100)
    password = fields.String(required=True, metadata={"format": "password"})
    new_password = fields.String(
        metadata={
            "format": "password",
            "description": (
                "От 12 до 128 знаков, не из известных. Если ответ потерян, войдите с новым паролем:"
                " он уже действует."
            ),
        }
    )


class RenewSchema(StrictSchema):
    """The refresh token, which is good for one time."""

    refresh_token = fields.String(
        required=True,
        metadata={
            "description": "Годится один раз. Если ответ потерян, войдите заново: второй раз он"
            " завершает сеанс."
        },
    )


def session_blueprint() -> CaseBlueprint:
    """Return the resources of signing in."""
    blueprint = CaseBlueprint(
        "session", __name__, url_prefix=f"{API_PREFIX}", description="Вход и выход"
    )
    _add_session(blueprint)
    add_me(blueprint)
    return blueprint


def _told(begin: Callable[[], Session]) -> Session:
    """Begin or renew a session; the log says whose, or why it was refused."""
    try:
        session = begin()
    except Refusal as refusal:
        log.warning("session refused", reason=refusal.code, request_id=request_id())
        raise
    log.info("session given", staff_id=session.staff_id, request_id=request_id())
    return session


def _add_session(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/session", methods=["POST"])
    @blueprint.doc(operationId="signIn")
    @blueprint.arguments(SignInSchema)
    @blueprint.response(HTTPStatus.CREATED, schema_of(Session))
    @blueprint.alt_response(HTTPStatus.UNAUTHORIZED, schema=ProblemSchema)
    @blueprint.alt_response(HTTPStatus.FORBIDDEN, schema=ProblemSchema)
    @open_to_all
    def sign_in(body: dict[str, Any]) -> Response:
        """Войти по логину и паролю."""
        built = services()
        today = built.today(NOBODY.office)
        on = Occasion(by=NOBODY, recorded_at=built.clock(), today=today, cause=address())
        return answer(_told(lambda: built.desk.sign_in(on, **body)), HTTPStatus.CREATED)

    @blueprint.route("/session/refresh", methods=["POST"])
    @blueprint.doc(operationId="renewSession")
    @blueprint.arguments(RenewSchema)
    @blueprint.response(HTTPStatus.CREATED, schema_of(Session))
    @blueprint.alt_response(HTTPStatus.UNAUTHORIZED, schema=ProblemSchema)
    @open_to_all
    def renew(body: dict[str, Any]) -> Response:
        """Продлить сеанс: новые токены вместо прежних."""
        renew = services().desk.renew
        return answer(_told(lambda: renew(address=address(), **body)), HTTPStatus.CREATED)

    _add_sign_out(blueprint)


def _add_sign_out(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/session", methods=["DELETE"])
    @blueprint.doc(operationId="signOut")
    @blueprint.response(HTTPStatus.NO_CONTENT)
    @may("read_own_account")
    def sign_out() -> Response:
        """Выйти: токены сеанса больше не действуют."""
        session_id = current_caller().session_id
        if session_id is not None:
            services().desk.sessions.end(session_id)
        return Response(status=HTTPStatus.NO_CONTENT)
