"""People as subjects of data over HTTP: where they appear, held, released, erased."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response

from application.use_cases.subjects import Case
from web.api import API_PREFIX, CaseBlueprint, ProblemSchema
from web.callers import current_actor, may
from web.commands import add_command
from web.csv_tables import CSV
from web.erasure_words import told_report
from web.history_answers import history_answer
from web.pages import HTML
from web.preconditions import with_etag
from web.presentation import answer
from web.schemas.histories import HistorySchema
from web.schemas.pasts import RangeSchema
from web.schemas.subjects import SUBJECT, ErasureReportSchema
from web.services import front_office, look, services
from web.subject_commands import ERASE, HOLD, RELEASE

PATH = f"{API_PREFIX}/subjects"


def subjects_blueprint() -> CaseBlueprint:
    """Return the resources of people."""
    blueprint = CaseBlueprint(
        "subjects", __name__, url_prefix=PATH, description="Люди: чьи данные где есть, их удаление"
    )
    _add_item(blueprint)
    _add_history(blueprint)
    _add_report(blueprint)
    for command in (HOLD, RELEASE):
        add_command(blueprint, "Subject", command, SUBJECT, _shown)
    add_command(blueprint, "Subject", ERASE, ErasureReportSchema, _reported)
    return blueprint


def _add_item(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/<uuid:case_id>", methods=["GET"])
    @blueprint.doc(operationId="getSubject")
    @blueprint.response(HTTPStatus.OK, SUBJECT)
    @blueprint.alt_response(HTTPStatus.NOT_FOUND, schema=ProblemSchema)
    @may("read_subject")
    def item(case_id: UUID) -> Response:
        """Человек: в каких делах он есть и что решено о его данных."""
        return _shown(front_office().subject(case_id))


def _add_history(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/<uuid:case_id>/history", methods=["GET"])
    @blueprint.doc(operationId="getSubjectHistory")
    @blueprint.arguments(RangeSchema, location="query")
    @blueprint.response(HTTPStatus.OK, HistorySchema)
    @blueprint.alt_response(HTTPStatus.OK, schema={"type": "string"}, content_type=CSV)
    @blueprint.alt_response(HTTPStatus.OK, schema={"type": "string"}, content_type=HTML)
    @may("read_subject")
    def history(span: dict[str, Any], case_id: UUID) -> Response:
        """Человек: что решено о его данных, по событиям."""
        return history_answer(front_office().decisions(front_office().subject(case_id)), **span)


def _add_report(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/<uuid:case_id>/report", methods=["GET"])
    @blueprint.doc(operationId="getSubjectReport")
    @blueprint.response(HTTPStatus.OK, ErasureReportSchema)
    @blueprint.alt_response(HTTPStatus.NOT_FOUND, schema=ProblemSchema)
    @may("read_erasure")
    def report(case_id: UUID) -> Response:
        """Человек: где искали его данные, сколько их было и сколько осталось."""
        return _reported(front_office().subject(case_id))


def _shown(stream: Case, status: HTTPStatus = HTTPStatus.OK) -> Response:
    file = front_office().subject_file(stream, current_actor())
    services().reading_log.case(look(), "case", stream, [file.id])
    return with_etag(answer(file, status), stream.version)


def _reported(stream: Case, status: HTTPStatus = HTTPStatus.OK) -> Response:
    office = front_office()
    found = office.erasure_report(stream, current_actor())
    services().reading_log.case(look(), "case", stream, [found.id])
    names = office.names_of(each.staff_id for each in found.exports)
    return with_etag(answer(told_report(found, names), status), stream.version)
