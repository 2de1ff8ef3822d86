"""The rows of documents: who has filed one, and who sees a case in which it lies."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from application.documents import documents_in
from application.read_models.rows import DocumentRow, DocumentUseRow
from application.sight import PARTS_BEGIN_OR_END, sights
from application.streams import Stream
from domain.document import Document
from domain.document.attachments import Evidenced


def document_row(stream: Stream[Document]) -> DocumentRow:
    """Return the document's row."""
    filed = stream.first(Document.Uploaded)
    return DocumentRow(id=stream.id, office=filed.office, digest=filed.digest)


def document_use_rows(stream: Stream[Any]) -> Iterator[DocumentUseRow]:
    """Return each document of the case for every office that sees the case with it."""
    if not stream.tells(Evidenced, *PARTS_BEGIN_OR_END):
        return
    used: Mapping[UUID, int] = documents_in(stream)
    for sight in sights(stream) if used else ():
        for document_id, version in used.items():
            if sight.until is None or version <= sight.until:
                yield DocumentUseRow(
                    document_id=document_id,
                    case_id=stream.id,
                    seen_by=sight.office,
                    version=version,
                )
