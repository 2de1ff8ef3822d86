"""Annotations of auditors over HTTP: added, listed, read and withdrawn, apart from the cases."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from application.case_types import ANNOTATION
from application.front_office import FrontOffice
from application.read_models.annotation_lists import ANNOTATIONS, AnnotationFile
from domain.annotation.annotation import AnnotationStatus
from web.api import API_PREFIX, CaseBlueprint
from web.callers import may
from web.cases import created, present
from web.commands import Command, add_command
from web.idempotency import KEY_HEADER
from web.lists import ListedCases, Rows, add_list
from web.preconditions import with_etag
from web.presentation import answer
from web.schemas.annotations import AnnotationSchema
from web.schemas.fields import Text, code
from web.schemas.from_struct import schema_of
from web.services import front_office, look, notes_office, occasion, services

PATH = "audit/annotations"
SHOWN = schema_of(AnnotationFile)


def _named(rows: Rows) -> set[UUID]:
    names = front_office().names_of(row["staff_id"] for row in rows)
    for row in rows:
        row["name"] = names.get(row["staff_id"])
    return {UUID(each) for each in names}


LISTED = ListedCases(
    case_list=ANNOTATIONS,
    summary="Примечания аудиторов к делам",
    filters={
        "case_id": fields.UUID(),
        "by": Text(max_length=200, metadata={"description": "Учётная запись аудитора."}),
        "status": code(AnnotationStatus),
        "from": fields.AwareDateTime(),
        "to": fields.AwareDateTime(),
    },
    rule="read_annotations",
    named=_named,
    beside={"name": fields.String(allow_none=True)},
    office=notes_office,
)
WITHDRAW = Command(
    path="withdraw",
    summary="Снять своё примечание; оно остаётся записанным",
    use_case=FrontOffice.withdraw_annotation,
    takes={"reason": Text(required=True)},
    rule="withdraw_annotation",
)


def annotations_blueprint() -> CaseBlueprint:
    """Return the resources of annotations."""
    blueprint = CaseBlueprint(
        "annotations",
        __name__,
        url_prefix=f"{API_PREFIX}/{PATH}",
        description="Примечания аудиторов: в потоке рядом с делом, не в нём",
    )
    _add_adding(blueprint)
    _add_item(blueprint)
    add_list(blueprint, "Annotation", LISTED)
    add_command(blueprint, "Annotation", WITHDRAW, SHOWN, present)
    return blueprint


def _add_adding(blueprint: CaseBlueprint) -> None:
    @blueprint.route("", methods=["POST"])
    @blueprint.doc(operationId="addAnnotation", parameters=[KEY_HEADER])
    @blueprint.arguments(AnnotationSchema)
    @blueprint.response(HTTPStatus.CREATED, SHOWN)
    @may("annotate")
    def add(body: dict[str, Any]) -> Response:
        """Записать примечание к делу или к одному его событию; дело от этого не меняется."""
        on, office = occasion(body), front_office()
        return created(office.once(on, lambda: office.add_annotation(on, **body)), PATH)


def _add_item(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/<uuid:case_id>", methods=["GET"])
    @blueprint.doc(operationId="getAnnotation")
    @blueprint.response(HTTPStatus.OK, SHOWN)
    @may("read_annotations")
    def item(case_id: UUID) -> Response:
        """Примечание аудитора."""
        office = notes_office()
        stream = office.case(ANNOTATION, case_id)
        services().reading_log.case(look(), "case", stream)
        file = office.file(stream, services().today(stream.state.office))
        return with_etag(answer(file), stream.version)
