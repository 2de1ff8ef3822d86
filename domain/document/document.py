"""A document: filed once, never changed, and read for as long as its person is not erased."""

import hashlib
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.actors import Occasion
from domain.case import Case
from domain.document import events
from domain.document.recognition import recognise
from domain.personal import Personal
from domain.refusals import Refusal
from domain.rules import authority
from domain.words import check_words


class DocumentErased(Refusal):
    """The person of whom the document holds data was erased, and the document with them."""

    code = "document-erased"


class DocumentStatus(StrEnum):
    """What a document can be: it only begins."""

    FILED = "filed"


class Document(Case, frozen=True, kw_only=True):
    """A document as the next decision about it needs to know it: there is none."""

    status: DocumentStatus = DocumentStatus.FILED

    Uploaded: ClassVar = events.Uploaded

    @classmethod
    def upload(
        cls,
        on: Occasion,
        *,
        content: bytes,
        declared: str = "",
        title: str | None = None,
        subject_id: UUID | None = None,
    ) -> events.Uploaded:
        """File a document at the caller's office.

        ``declared`` is the media type that the sender gives it, ``subject_id`` the person
        whose data it holds. What is filed of such a one still needs its ``digest``.
        """
        authority.check_role(on.by.role, "upload_document")
        found = recognise(content, declared)
        sha256 = hashlib.sha256(content).hexdigest()
        of_person = None if subject_id is None else Personal(subject_id, "fingerprint", sha256)
        return cls.Uploaded(
            **on.stamp,
            office=on.by.office,
            digest="" if of_person else sha256,
            media_type=found,
            size=len(content),
            title=None if title is None else check_words("title", title),
            fingerprint=of_person,
        )

    @property
    def actions(self) -> tuple[str, ...]:
        """No command changes a document."""
        return ()
