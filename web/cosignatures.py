"""What witnesses of the log read and hand in: hand-overs of its key, and their cosignatures."""

from http import HTTPStatus
from typing import Any

from flask import Response
from marshmallow import fields, validate

from web.api import API_PREFIX, CaseBlueprint, ProblemSchema
from web.callers import may
from web.schemas.fields import Text
from web.schemas.from_struct import StrictSchema
from web.services import services

_MOST_ENTRIES = 2**63 - 1
_TEXT = {
    "content": {"text/plain": {"schema": {"type": "string"}}},
    "description": "Все записки о передаче ключа по порядку, между ними пустая строка.",
}


class CosignatureSchema(StrictSchema):
    """The line that a witness adds to a checkpoint, and of how many entries that is."""

    size = fields.Integer(required=True, strict=True, validate=validate.Range(1, _MOST_ENTRIES))
    line = Text(
        required=True,
        max_length=500,
        metadata={"description": "Строка с подписью свидетеля, тип 0x04 (C2SP tlog-cosignature)."},
    )


def cosignatures_blueprint() -> CaseBlueprint:
    """Return the resources of witnesses."""
    blueprint = CaseBlueprint(
        "witnesses", __name__, url_prefix=f"{API_PREFIX}/audit", description="Свидетели журнала"
    )

    @blueprint.route("/hand-overs", methods=["GET"])
    @blueprint.doc(operationId="getHandOvers", responses={HTTPStatus.OK: _TEXT})
    @may("read_log")
    def hand_overs() -> Response:
        """Записки о передаче ключа журнала."""
        return Response(services().cosigning.hand_overs(), mimetype="text/plain")

    @blueprint.route("/cosignatures", methods=["POST"])
    @blueprint.doc(operationId="cosign")
    @blueprint.arguments(CosignatureSchema)
    @blueprint.response(HTTPStatus.NO_CONTENT)
    @blueprint.alt_response(HTTPStatus.CONFLICT, schema=ProblemSchema)
    @may("cosign")
    def cosign(body: dict[str, Any]) -> Response:
        """Передать подпись свидетеля под контрольной точкой."""
        services().cosigning.take_in(**body)
        return Response(status=HTTPStatus.NO_CONTENT)

    return blueprint
