"""Word and Excel files: packages whose table of contents says what is in them.

Only the list of parts and that one table are read, and the table only up to a size: however
large the rest says it would be, nothing of it is unpacked.
"""

import re
import zipfile
from io import BytesIO

from domain.document.media_types import TAKEN, MediaType
from domain.document.refusals import (
    DocumentDamaged,
    DocumentProtected,
    DocumentTypeUnknown,
    DocumentWithMacros,
)
from domain.zip_files import DAMAGE, PACKINGS

MAX_PARTS = 10_000
MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200
MAX_TABLE = 1024 * 1024
TABLE_OF_CONTENTS = "[Content_Types].xml"
_MAIN_PART = re.compile(r'ContentType\s*=\s*"([^"]+)\.main\+xml"')
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


def package_type(content: bytes) -> MediaType:
    """Return whether the package is one of Word or of Excel; refuse every other."""
    if content.count(_ENTRY) > MAX_PARTS:
        raise DocumentDamaged(recognised="ZIP")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_parts(package.infolist(), len(content))
            return _main_type(_table_of_contents(package))
    except DAMAGE as error:
        raise DocumentDamaged(recognised="ZIP") from error


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise DocumentProtected
    if any(part.filename.endswith("vbaProject.bin") for part in parts):
        raise DocumentWithMacros
    unpacked = sum(part.file_size for part in parts)
    names = {part.filename for part in parts}
    is_bomb = unpacked > min(MAX_UNPACKED, size * MAX_RATIO)
    is_strange = any(part.compress_type not in PACKINGS for part in parts)
    if is_bomb or is_strange or len(names) < len(parts):
        raise DocumentDamaged(recognised="ZIP")


def _table_of_contents(package: zipfile.ZipFile) -> str:
    if TABLE_OF_CONTENTS not in package.namelist():
        raise DocumentTypeUnknown(taken=TAKEN)
    with package.open(TABLE_OF_CONTENTS) as part:
        table = part.read(MAX_TABLE + 1)
    if len(table) > MAX_TABLE:
        raise DocumentDamaged(recognised="ZIP")
    return table.decode()


def _main_type(table: str) -> MediaType:
    if "macroEnabled" in table or "vbaProject" in table:
        raise DocumentWithMacros
    for name in _MAIN_PART.findall(table):
        if name in {MediaType.DOCX.value, MediaType.XLSX.value}:
            return MediaType(name)
    raise DocumentTypeUnknown(taken=TAKEN)
