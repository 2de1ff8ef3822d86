"""Commands on a case: `POST /<collection>/<id>/<command>`, all made the same way."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import Schema, fields
from msgspec import Struct

from application.streams import Stream
from web.api import CaseBlueprint
from web.callers import may
from web.idempotency import KEY_HEADER
from web.preconditions import CASE_HEADER, case_ref
from web.schemas.fields import Text
from web.schemas.from_struct import StrictSchema
from web.services import front_office, occasion

UseCase = Callable[..., Stream[Any]]
Presenter = Callable[[Stream[Any], HTTPStatus], Response]


def circumstances() -> dict[str, fields.Field[Any]]:
    """Return what every command may carry: the day it happened, and a comment."""
    return {
        "occurred_on": fields.Date(
            metadata={"description": "День, когда это произошло, если не сегодня."}
        ),
        "comment": Text(metadata={"description": "Пояснение сотрудника."}),
    }


class Command(Struct, frozen=True, kw_only=True):
    """One command: its path, what it takes, the use case it calls, and what it is for."""

    path: str
    summary: str
    use_case: UseCase
    takes: Mapping[str, fields.Field[Any]] = {}
    schema: type[Schema] | None = None
    status: HTTPStatus = HTTPStatus.OK
    rule: str = ""

    def body(self, noun: str) -> type[Schema]:
        """Return the schema of the body."""
        if self.schema is not None:
            return self.schema
        name = f"{self.operation[0].upper()}{self.operation[1:]}{noun}"
        return StrictSchema.from_dict({**circumstances(), **self.takes}, name=name)

    @property
    def action(self) -> str:
        """The action that the command is, for the rules of who may do what."""
        return self.rule or self.path.replace("-", "_")

    @property
    def operation(self) -> str:
        """The path as the beginning of an operation id."""
        first, *rest = self.path.split("-")
        return first + "".join(part.title() for part in rest)


def add_command(
    blueprint: CaseBlueprint, noun: str, command: Command, shown: type[Schema], present: Presenter
) -> None:
    """Add the command to the blueprint of its collection."""

    def view(body: dict[str, Any], case_id: UUID) -> Response:
        ref, on = case_ref(case_id), occasion(body)
        office = front_office()
        stream = office.once(on, lambda: command.use_case(office, ref, on, **body))
        response = present(stream, command.status)
        if command.status is HTTPStatus.CREATED:  # It has begun another case.
            response.headers["Location"] = f"{blueprint.url_prefix}/{stream.id}"
        return response

    may(command.action)(view)
    view.__name__ = command.path.replace("-", "_")
    view.__doc__ = command.summary
    view = blueprint.doc(
        operationId=f"{command.operation}{noun}", parameters=[CASE_HEADER, KEY_HEADER]
    )(view)
    view = blueprint.arguments(command.body(noun))(view)
    view = blueprint.response(command.status, shown)(view)
    blueprint.route(f"/<uuid:case_id>/{command.path}", methods=["POST"])(view)
