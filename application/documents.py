"""Documents in cases: which lie in one, and what a case shows of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.streams import Stream
from domain.document.attachments import Evidenced
from domain.document.events import Uploaded
from domain.document.media_types import MediaType


class FiledDocument(Struct, frozen=True, kw_only=True):
    """What is shown of a document beside its content.

    A case does not show the ``sha256`` of one that holds data of a person, the ``subject_id``.
    """

    id: UUID
    title: str | None
    media_type: MediaType
    size: int
    sha256: str | None
    subject_id: UUID | None


def filed_document(document_id: UUID, filed: Uploaded) -> FiledDocument:
    """Return what is shown of the document to who reads it alone."""
    return FiledDocument(
        id=document_id,
        title=filed.title,
        media_type=filed.media_type,
        size=filed.size,
        sha256=filed.sha256,
        subject_id=filed.subject_id,
    )


def documents_in(stream: Stream[Any]) -> Mapping[UUID, int]:
    """Return the documents of a case, each with the version at which it first lay there."""
    found: dict[UUID, int] = {}
    for version, event in enumerate(stream.events, start=1):
        for document_id in event.documents if isinstance(event, Evidenced) else ():
            found.setdefault(document_id, version)
    return found
