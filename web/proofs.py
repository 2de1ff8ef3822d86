"""Proofs of the log: what is signed, that it only grew, and that nothing is missing in a case."""

from http import HTTPStatus
from typing import Any

from flask import Response

from application.audit.log_proofs import CompletenessProof, InclusionProof, LogProofs
from web.api import API_PREFIX, CaseBlueprint, ProblemSchema
from web.callers import current_actor, may
from web.presentation import answer
from web.schemas.from_struct import schema_of
from web.schemas.proofs import EventSchema, SizesSchema, WholeCaseSchema
from web.services import services

TEXT = "text/plain"


def proofs_blueprint() -> CaseBlueprint:
    """Return the resources by which the log is checked."""
    blueprint = CaseBlueprint(
        "proofs", __name__, url_prefix=f"{API_PREFIX}/audit", description="Доказательства журнала"
    )
    _add_checkpoint(blueprint)
    _add_consistency(blueprint)
    _add_inclusion(blueprint)
    _add_completeness(blueprint)
    return blueprint


def proofs() -> LogProofs:
    """Return what proves by the log, with the rights of the caller."""
    return services().proofs_of(current_actor())


def _text(told: str) -> dict[str, Any]:
    return {"200": {"description": told, "content": {TEXT: {"schema": {"type": "string"}}}}}


def _add_checkpoint(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/checkpoint", methods=["GET"])
    @blueprint.doc(operationId="getCheckpoint", responses=_text("Записка (C2SP tlog-checkpoint)."))
    @blueprint.alt_response(HTTPStatus.CONFLICT, schema=ProblemSchema)
    @may("read_log")
    def checkpoint() -> Response:
        """Контрольная точка журнала, подписанная последней, с подписями свидетелей."""
        return Response(proofs().checkpoint(), mimetype=TEXT)


def _add_consistency(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/consistency", methods=["GET"])
    @blueprint.doc(operationId="getConsistency", responses=_text("Хеши в base64, по строке."))
    @blueprint.arguments(SizesSchema, location="query")
    @blueprint.alt_response(HTTPStatus.CONFLICT, schema=ProblemSchema)
    @may("read_log")
    def consistency(sizes: dict[str, int]) -> Response:
        """Доказательство, что журнал только рос (RFC 6962)."""
        return Response(
            "".join(f"{each}\n" for each in proofs().consistency(**sizes)), mimetype=TEXT
        )


def _add_inclusion(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/inclusion", methods=["GET"])
    @blueprint.doc(operationId="getInclusion")
    @blueprint.arguments(EventSchema, location="query")
    @blueprint.response(HTTPStatus.OK, schema_of(InclusionProof))
    @blueprint.alt_response(HTTPStatus.NOT_FOUND, schema=ProblemSchema)
    @blueprint.alt_response(HTTPStatus.CONFLICT, schema=ProblemSchema)
    @may("read_proofs")
    def inclusion(event: dict[str, Any]) -> Response:
        """Доказательство, что событие дела стоит в журнале (RFC 6962)."""
        return answer(proofs().inclusion(**event))


def _add_completeness(blueprint: CaseBlueprint) -> None:
    @blueprint.route("/completeness", methods=["GET"])
    @blueprint.doc(operationId="getCompleteness")
    @blueprint.arguments(WholeCaseSchema, location="query")
    @blueprint.response(HTTPStatus.OK, schema_of(CompletenessProof))
    @blueprint.alt_response(HTTPStatus.NOT_FOUND, schema=ProblemSchema)
    @blueprint.alt_response(HTTPStatus.CONFLICT, schema=ProblemSchema)
    @may("read_proofs")
    def completeness(case: dict[str, Any]) -> Response:
        """Доказательство, какая версия дела последняя: что ничего не отрезано."""
        return answer(proofs().completeness(**case))
