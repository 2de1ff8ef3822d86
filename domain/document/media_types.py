"""The types of document that are taken, and how people call them."""

from collections.abc import Mapping
from enum import StrEnum


class MediaType(StrEnum):
    """A type of document, as it is recognised by its content and never by its name."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    JPEG = "image/jpeg"
    PNG = "image/png"

    @property
    def extension(self) -> str:
        """The ending of the name under which such a document is saved."""
        return _EXTENSIONS.get(self, self.name.lower())


_EXTENSIONS: Mapping[MediaType, str] = {MediaType.JPEG: "jpg"}
TAKEN = ", ".join(each.name for each in MediaType)
