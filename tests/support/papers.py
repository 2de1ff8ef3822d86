"""Tiny documents of every type, made here, and files that only look like ones."""

import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from openpyxl import Workbook

from domain.document.media_types import MediaType

WORD = MediaType.DOCX.value
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
)


def pdf(words: str = "Отчёт") -> bytes:
    """Return a PDF with one empty page, which says the words in a comment."""
    return (
        f"%PDF-1.4\n%{words}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        "trailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode()


def package(
    main: str = f"{WORD}.main+xml", packing: int = zipfile.ZIP_DEFLATED, **parts: str
) -> bytes:
    """Return a package of Word with this main part; of further parts ``a__b_bin`` is ``a/b.bin``."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as made:
        made.writestr("[Content_Types].xml", CONTENT_TYPES.format(main=main))
        made.writestr("word/document.xml", "<w:document/>")
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_bin", ".bin"), text)
    return packed.getvalue()


def twice() -> bytes:
    """Return a Word file of which two readers might read two different texts."""
    packed = BytesIO(package())
    with zipfile.ZipFile(packed, "a") as made, warnings.catch_warnings(action="ignore"):
        made.writestr("word/document.xml", "<other/>")
    return packed.getvalue()


def with_macros() -> bytes:
    """Return a workbook that brings a program along."""
    return package("application/vnd.ms-excel.sheet.macroEnabled.main+xml")


def with_password() -> bytes:
    """Return the beginning of a Word file that is encrypted: an old container around it."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def bomb() -> bytes:
    """Return a package that is a thousand times as large when it is unpacked."""
    return package(word__media__zeros="\0" * 20_000_000)


def table() -> bytes:
    """Return a workbook of Excel."""
    packed = BytesIO()
    Workbook().save(packed)
    return packed.getvalue()


def png() -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def jpeg(trailer: bytes = b"") -> bytes:
    """Return the frame of a photograph, and what a telephone may put behind it."""
    return bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9") + trailer


def sized(size: int) -> bytes:
    """Return a PDF of exactly so many bytes."""
    begin, end = b"%PDF-1.4\n%", b"\n%%EOF\n"
    return begin + b"x" * (size - len(begin) - len(end)) + end


PAPERS: Mapping[MediaType, bytes] = {
    MediaType.PDF: pdf(),
    MediaType.DOCX: package(),
    MediaType.XLSX: table(),
    MediaType.JPEG: jpeg(),
    MediaType.PNG: png(),
}


def form(
    *parts: tuple[str, bytes, str | None],
    border: str = "----border",
    names: str = "Иванов И.И.pdf",
) -> tuple[bytes, str]:
    """Return a form as a client sends it, and its media type; a part with a type is a file."""
    pieces = []
    for name, content, kind in parts:
        told = f'Content-Disposition: form-data; name="{name}"'
        if kind is not None:
            told += f'; filename="{names}"' + (f"\r\nContent-Type: {kind}" if kind else "")
        pieces += [f"--{border}\r\n{told}\r\n\r\n".encode(), content, b"\r\n"]
    body = b"".join((*pieces, f"--{border}--\r\n".encode()))
    return body, f"multipart/form-data; boundary={border}"


def filing(
    content: bytes,
    declared: str = "",
    border: str = "----border",
    names: str = "Иванов И.И.pdf",
    **fields: str,
) -> tuple[bytes, str]:
    """Return the form that files a document."""
    said = ((name, text.encode(), None) for name, text in fields.items())
    return form(("file", content, declared), *said, border=border, names=names)
