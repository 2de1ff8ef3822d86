"""Documents over HTTP: sent as a form, and given back as files to be saved, never to be shown."""

import re
from http import HTTPStatus
from threading import Lock
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, request

from application.case_types import DOCUMENT
from application.documents import filed_document
from application.streams import Stream
from domain.document import Document
from domain.document.events import Uploaded
from domain.document.media_types import MediaType
from web.api import API_PREFIX, CaseBlueprint, ProblemSchema
from web.callers import may
from web.cases import add_history
from web.forms import FORM, with_time_for_a_document
from web.idempotency import KEY_HEADER
from web.presentation import answer
from web.schemas.documents import FILED, UploadSchema
from web.security_headers import NOTHING
from web.services import front_office, look, occasion, services

PATH = f"{API_PREFIX}/documents"
_NO_NAME = re.compile(r'[\\/:*?"<>|.\s]+')
BYTES: dict[str, Any] = {
    "200": {
        "description": "Содержимое документа: файл, который сохраняют, а не открывают на месте.",
        "content": {each.value: {"schema": {}} for each in MediaType},
        "headers": {
            "Content-Disposition": {"schema": {"type": "string"}},
            "ETag": {"schema": {"type": "string"}},
        },
    }
}
# A form's part is described by its media types in OpenAPI 3.1, and ``format`` is for its tools.
TAKEN = {
    "content": {
        FORM: {"encoding": {"file": {"contentType": ", ".join(each for each in MediaType)}}}
    }
}


def documents_blueprint() -> CaseBlueprint:
    """Return the resources of documents.

    One at a time is held in memory while it is recognised, sealed and saved, or read: a
    document takes several times its size there.
    """
    blueprint = CaseBlueprint(
        "documents", __name__, url_prefix=PATH, description="Документы: письма, отчёты, фотографии"
    )
    turn = Lock()
    _add_upload(blueprint, turn)
    _add_content(blueprint, turn)
    add_history(blueprint, "Document", "Документ", DOCUMENT, "read_cases")
    return blueprint


def _add_upload(blueprint: CaseBlueprint, turn: Lock) -> None:
    @blueprint.route("", methods=["POST"])
    @with_time_for_a_document
    @blueprint.doc(operationId="uploadDocument", parameters=[KEY_HEADER], requestBody=TAKEN)
    @blueprint.arguments(UploadSchema, location="files")
    @blueprint.response(HTTPStatus.CREATED, FILED)
    @blueprint.alt_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, schema=ProblemSchema)
    @blueprint.alt_response(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, schema=ProblemSchema)
    @may("upload_document")
    def upload(form: dict[str, Any]) -> Response:
        """Сдать документ; к делу его прикладывают потом, по идентификатору."""
        file, on, office = form.pop("file"), occasion(form), front_office()
        with turn:
            form |= {"content": file.read(), "declared": file.mimetype}
            stream = office.once(on, lambda: office.upload_document(on, **form))
        shown = filed_document(stream.id, stream.first(Document.Uploaded))
        return answer(shown, HTTPStatus.CREATED, Location=f"{PATH}/{stream.id}")


def _add_content(blueprint: CaseBlueprint, turn: Lock) -> None:
    @blueprint.route("/<uuid:case_id>", methods=["GET"])
    @with_time_for_a_document
    @blueprint.doc(operationId="getDocument", responses=BYTES)
    @blueprint.alt_response(HTTPStatus.NOT_FOUND, schema=ProblemSchema)
    @blueprint.alt_response(HTTPStatus.GONE, schema=ProblemSchema)
    @may("read_cases")
    def content(case_id: UUID) -> Response:
        """Содержимое документа."""
        office = front_office()
        stream = office.case(DOCUMENT, case_id)
        with turn:
            found = office.content(stream)
        services().reading_log.case(look(), "document", stream)
        return _file(stream, found)


def _file(stream: Stream[Document], content: bytes) -> Response:
    """Return the content as a file that no browser shows in the service's own name."""
    filed = stream.first(Document.Uploaded)
    response = Response(content, content_type=filed.media_type.value)
    response.headers["Content-Disposition"] = _disposition(stream.id, filed)
    response.headers["Content-Security-Policy"] = f"sandbox; {NOTHING}"
    response.set_etag(filed.digest)
    response.make_conditional(request)
    return response


def _disposition(document_id: UUID, filed: Uploaded) -> str:
    """Return under which name the file is to be saved: its title, for whoever reads such names."""
    ending = filed.media_type.extension
    plain = f'attachment; filename="document-{str(document_id)[:8]}.{ending}"'
    name = _NO_NAME.sub(" ", filed.title or "").strip()
    return f"{plain}; filename*=UTF-8''{quote(name, safe='')}.{ending}" if name else plain
