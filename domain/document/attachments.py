"""Documents that are put into a case, with a check, a step or a note."""

from collections.abc import Collection
from uuid import UUID

from domain.events import Event
from domain.refusals import InvalidValue

Documents = tuple[UUID, ...]


class DocumentNotFound(InvalidValue):
    """There is no such document, or none that the caller's office sees."""

    code = "document-not-found"


class DocumentTwice(InvalidValue):
    """One document is named twice in one list."""

    code = "document-twice"


class Evidenced(Event, frozen=True, kw_only=True):
    """A fact of a case, with the documents that bear it out."""

    documents: Documents = ()


def check_documents(documents: Documents, seen: Collection[UUID], field: str = "documents") -> None:
    """Refuse a list that names a document twice, or one that is not ``seen``."""
    for place, document_id in enumerate(documents):
        path = f"{field}[{place}]"
        if document_id in documents[:place]:
            raise DocumentTwice(path, document_id)
        if document_id not in seen:
            raise DocumentNotFound(path, document_id)
