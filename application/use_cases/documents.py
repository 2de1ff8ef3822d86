"""Documents: filed with their content, read, and put into cases."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from application.case_types import DOCUMENT
from application.documents import FiledDocument, documents_in, filed_document
from application.persistence.document_contents import DocumentContents
from application.scopes import View
from application.streams import Stream, begin
from application.use_cases.case_work import CaseWork
from domain.actors import Occasion
from domain.document import Document
from domain.document.attachments import Documents, check_documents
from domain.document.document import DocumentErased


class DocumentUseCases(CaseWork):
    """What an office does with documents."""

    def upload_document(
        self,
        on: Occasion,
        *,
        content: bytes,
        declared: str = "",
        title: str | None = None,
        subject_id: UUID | None = None,
    ) -> Stream[Document]:
        """File a document. Its content is saved with it, unless it lies there already."""
        uploaded = Document.upload(
            on, content=content, declared=declared, title=title, subject_id=subject_id
        )
        row = self._contents.row(content, subject_id)
        filed = begin(DOCUMENT, self.new_id(), replace(uploaded, digest=row.digest))
        return self.keep(on, filed, beside=[row])

    def content(self, document: Stream[Document]) -> bytes:
        """Return the content of a document."""
        filed = document.first(Document.Uploaded)
        content = self._contents.read(filed.digest, filed.subject_id)
        if content is None:
            raise DocumentErased(id=document.id)
        return content

    def attached(self, documents: Documents, field: str = "documents") -> Documents:
        """Return the documents that a command names, each once and each seen by its office."""
        if documents:
            check_documents(documents, self._documents_seen(documents), field)
        return documents

    def documents_of(self, stream: Stream[Any]) -> Mapping[UUID, FiledDocument]:
        """Return what the case shows of its documents: who reads it sees them."""
        ids = list(documents_in(stream))
        found = self._all_events.of_topic(Document.Uploaded.TOPIC, ids) if ids else []
        return {each.originator_id: _in_case(each.originator_id, each.event) for each in found}

    def _seen(self, stream: Stream[Any]) -> int:
        """Return up to which version the case is seen; a document also with a case it lies in."""
        version = super()._seen(stream)
        if not version and isinstance(stream.state, Document) and self._documents_seen([stream.id]):
            return stream.version
        return version

    def _documents_seen(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        office = self.scope.office if self.scope.view is View.REGION else None
        return self.queries.documents_seen(ids, office)

    @property
    def _contents(self) -> DocumentContents:
        return DocumentContents(self.surroundings.pools.reader(self.scope), self.vault)


def _in_case(document_id: UUID, event: object) -> FiledDocument:
    assert isinstance(event, Document.Uploaded)  # noqa: S101  Asked for by its topic.
    shown = filed_document(document_id, event)
    return shown if shown.subject_id is None else replace(shown, sha256=None)
