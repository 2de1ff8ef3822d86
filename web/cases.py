"""What every collection of cases answers: one case, its history, a page of the list."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response
from msgspec import Struct

from application.case_types import CaseType
from application.streams import Stream
from web.api import API_PREFIX, CaseBlueprint
from web.callers import current_actor, may
from web.changes import changes_answer
from web.commands import Command, add_command
from web.csv_tables import CSV
from web.history_answers import history_answer
from web.lists import ListedCases, add_list
from web.pages import HTML
from web.preconditions import with_etag
from web.presentation import answer
from web.schemas.from_struct import schema_of
from web.schemas.histories import ChangesSchema, HistorySchema
from web.schemas.pasts import EndsSchema, MomentSchema, RangeSchema
from web.services import front_office, look, services


class Collection(Struct, frozen=True, kw_only=True):
    """A collection of cases: its path, its kind of case, and how one is shown."""

    path: str
    noun: str
    about: str
    one: str = "Дело"
    case_type: CaseType[Any]
    file: type[Struct]
    listed: ListedCases
    read: str = "read_cases"
    commands: tuple[Command, ...]


def present(stream: Stream[Any], status: HTTPStatus = HTTPStatus.OK, **past: Any) -> Response:
    """Return a case as it is, or as it was."""
    by = current_actor()
    file = front_office().file(stream, services().today(stream.state.office), by=by, **past)
    services().reading_log.case(look(), "case", stream)
    return with_etag(answer(file, status), stream.version)


def created(stream: Stream[Any], path: str) -> Response:
    """Return a case that is new."""
    response = present(stream, HTTPStatus.CREATED)
    response.headers["Location"] = f"{API_PREFIX}/{path}/{stream.id}"
    return response


def make_blueprint(collection: Collection) -> CaseBlueprint:
    """Return the resources of the collection, but for how a case is begun."""
    blueprint = CaseBlueprint(
        collection.path,
        __name__,
        url_prefix=f"{API_PREFIX}/{collection.path}",
        description=collection.about,
    )
    _add_item(blueprint, collection)
    add_history(blueprint, collection.noun, collection.one, collection.case_type, collection.read)
    add_list(blueprint, collection.noun, collection.listed)
    for command in collection.commands:
        add_command(blueprint, collection.noun, command, schema_of(collection.file), present)
    return blueprint


def _add_item(blueprint: CaseBlueprint, collection: Collection) -> None:
    @blueprint.route("/<uuid:case_id>", methods=["GET"])
    @blueprint.doc(
        operationId=f"get{collection.noun}",
        summary=f"{collection.one}: сейчас, в прошлой версии или на прошлый момент",
    )
    @blueprint.arguments(MomentSchema, location="query")
    @blueprint.response(HTTPStatus.OK, schema_of(collection.file))
    @may(collection.read)
    def item(moment: dict[str, Any], case_id: UUID) -> Response:
        """Show a case as it is, or as it was."""
        stream = front_office().case(collection.case_type, case_id, **moment)
        past = moment.get("as_of") or (stream.changed_at if moment else None)
        return present(stream, moment=past)


def add_history(
    blueprint: CaseBlueprint, noun: str, one: str, case_type: CaseType[Any], rule: str
) -> None:
    """Add the history of a kind of case to its blueprint."""

    @blueprint.route("/<uuid:case_id>/history", methods=["GET"])
    @blueprint.doc(
        operationId=f"get{noun}History",
        summary=f"{one}: история, по событиям",
    )
    @blueprint.arguments(RangeSchema, location="query")
    @blueprint.response(HTTPStatus.OK, HistorySchema)
    @blueprint.alt_response(HTTPStatus.OK, schema={"type": "string"}, content_type=CSV)
    @blueprint.alt_response(HTTPStatus.OK, schema={"type": "string"}, content_type=HTML)
    @may(rule)
    def history(span: dict[str, Any], case_id: UUID) -> Response:
        """Show what has happened to a case."""
        stream = front_office().case(case_type, case_id)
        return history_answer(stream, **span)

    _add_changes(blueprint, noun, one, case_type, rule)


def _add_changes(
    blueprint: CaseBlueprint, noun: str, one: str, case_type: CaseType[Any], rule: str
) -> None:
    @blueprint.route("/<uuid:case_id>/changes", methods=["GET"])
    @blueprint.doc(
        operationId=f"get{noun}Changes",
        summary=f"{one}: что изменилось между двумя версиями или моментами",
    )
    @blueprint.arguments(EndsSchema, location="query")
    @blueprint.response(HTTPStatus.OK, ChangesSchema)
    @may(rule)
    def changed(ends: dict[str, Any], case_id: UUID) -> Response:
        """Show what has changed in a case."""
        return changes_answer(front_office().case(case_type, case_id), ends)
