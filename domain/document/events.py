"""The fact of a document's stream."""

from typing import ClassVar
from uuid import UUID

from domain.document.media_types import MediaType
from domain.events import Event
from domain.personal import Personal


class Uploaded(Event, frozen=True, kw_only=True):
    """A document was filed, and what tells its content from every other.

    ``digest`` is its SHA-256. Where it holds data of a person, the SHA-256 is their
    ``fingerprint``, sealed like every personal value, and ``digest`` is made from it under
    their key: whoever knows the document cannot ask for it once they are erased.
    """

    TOPIC: ClassVar[str] = "document.uploaded"
    office: str
    digest: str
    media_type: MediaType
    size: int
    title: str | None = None
    fingerprint: Personal | None = None

    @property
    def subject_id(self) -> UUID | None:
        """The person of whom the document holds data."""
        return self.fingerprint.subject_id if self.fingerprint else None

    @property
    def sha256(self) -> str | None:
        """The SHA-256 of the content; nothing once its person has been erased."""
        return self.fingerprint.value if self.fingerprint else self.digest

    @property
    def form(self) -> str:
        """The type as people call it."""
        return self.media_type.name
