"""What a file is, told by its content: a name or a type that somebody gives it proves nothing.

A file is taken when it begins like one of the types, ends like it, and is nothing else
beside it. It is looked at and never unpacked, run or shown.
"""

import zipfile
from io import BytesIO

import filetype

from domain.document.media_types import TAKEN, MediaType
from domain.document.packages import package_type
from domain.document.refusals import (
    DocumentDamaged,
    DocumentEmpty,
    DocumentProtected,
    DocumentTooLarge,
    DocumentTypeDisguised,
    DocumentTypeUnknown,
)

MAX_SIZE = 20 * 1024 * 1024
_UNDECLARED = frozenset({"", "application/octet-stream"})
_ENDS = {
    # Signed documents have data behind the mark, and telephones put theirs behind a photograph.
    MediaType.PDF: (b"%%EOF", 1024),
    MediaType.JPEG: (b"\xff\xd9", MAX_SIZE),
    MediaType.PNG: (b"IEND\xaeB`\x82", 12),
}
_PACKAGE = b"PK\x03\x04"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLD_OFFICE_FILE = bytes.fromhex("d0cf11e0a1b11ae1")


def recognise(content: bytes, declared: str = "") -> MediaType:
    """Return the type of the content; refuse what is not taken, or is not what it is called."""
    if not content:
        raise DocumentEmpty
    if len(content) > MAX_SIZE:
        raise DocumentTooLarge(limit=MAX_SIZE)
    found = package_type(content) if content.startswith(_PACKAGE) else _plain_type(content)
    if declared.lower() not in _UNDECLARED | {found.value}:
        raise DocumentTypeDisguised(declared=declared, recognised=found.name)
    return found


def _plain_type(content: bytes) -> MediaType:
    told = filetype.guess_mime(content[:8192])
    if told not in {each.value for each in _ENDS}:
        raise _unknown(content)
    found = MediaType(told)
    mark, within = _ENDS[found]
    if content.rfind(mark, max(len(content) - within, 0)) < 0:
        raise DocumentDamaged(recognised=found.name)
    if zipfile.is_zipfile(BytesIO(content)):
        raise DocumentTypeDisguised(declared=found.name, recognised="ZIP")
    return found


def _unknown(content: bytes) -> DocumentProtected | DocumentTypeUnknown:
    """Return why it is refused: an Office file with a password is packed in an old form."""
    if content.startswith(_OLD_OFFICE_FILE) and _ENCRYPTED_PACKAGE in content:
        return DocumentProtected()
    return DocumentTypeUnknown(taken=TAKEN)
