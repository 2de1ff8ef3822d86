"""A document is what its content is, whatever it is called."""

import zipfile
from contextlib import suppress
from io import BytesIO
from uuid import UUID

import papers
import pytest
from builders import HEAD, REPUBLICAN, filed, on
from hypothesis import given as for_any
from hypothesis import strategies as some
from papers import PAPERS
from people import actor

from domain.document import Document
from domain.document.attachments import DocumentNotFound, DocumentTwice, check_documents
from domain.document.media_types import MediaType
from domain.document.packages import MAX_PARTS, MAX_TABLE
from domain.document.recognition import MAX_SIZE, recognise
from domain.document.refusals import (
    DocumentDamaged,
    DocumentEmpty,
    DocumentProtected,
    DocumentTooLarge,
    DocumentTypeDisguised,
    DocumentTypeUnknown,
    DocumentWithMacros,
)
from domain.refusals import Refusal
from domain.rules.authority import RoleForbidden
from domain.words import TextMissing

ONE, OTHER, HIDDEN = (UUID(int=number) for number in (11, 12, 13))


@pytest.mark.parametrize("kind", MediaType, ids=lambda each: each.name)
@pytest.mark.parametrize("called", ["its type", "APPLICATION/OCTET-STREAM", ""])
def test_a_document_is_recognised_by_its_content(kind, called):
    declared = kind.value.upper() if called == "its type" else called
    assert recognise(PAPERS[kind], declared) is kind


@pytest.mark.parametrize("kind", MediaType, ids=lambda each: each.name)
def test_a_document_that_is_called_otherwise_is_refused(kind):
    for declared in ({each.value for each in MediaType} | {"text/html"}) - {kind.value}:
        with pytest.raises(DocumentTypeDisguised) as refused:
            recognise(PAPERS[kind], declared)
        assert refused.value.facts["recognised"] == kind.name


def stored(*names: str, flags: int = 0, content: str = "x") -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name in names:
            made.writestr(name, content)
    return packed.getvalue().replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00" + bytes([flags])
    )


SLIDES = papers.package(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
)
REFUSED = {
    "nothing": (b"", DocumentEmpty),
    "one byte too many": (papers.sized(MAX_SIZE + 1), DocumentTooLarge),
    "text": ("Рекомендую".encode(), DocumentTypeUnknown),
    "a page of the web": (b"<!doctype html><script>alert(1)</script>", DocumentTypeUnknown),
    "a drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', DocumentTypeUnknown),
    "another picture": (b"GIF89a" + bytes(50), DocumentTypeUnknown),
    "a program": (b"\x7fELF" + bytes(50), DocumentTypeUnknown),
    "an old Word file": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), DocumentTypeUnknown),
    "slides": (SLIDES, DocumentTypeUnknown),
    "a package in a packing of its own": (
        papers.package(packing=zipfile.ZIP_BZIP2),
        DocumentDamaged,
    ),
    "the same, damaged": (
        papers.package(packing=zipfile.ZIP_BZIP2).replace(b"BZh9", b"BZh\0"),
        DocumentDamaged,
    ),
    "an archive": (stored("a.txt", "b.txt"), DocumentTypeUnknown),
    "a PDF behind something": (b"<html>" + papers.pdf(), DocumentTypeUnknown),
    "half a PDF": (papers.pdf()[:100], DocumentDamaged),
    "half a photograph": (papers.jpeg()[:-1], DocumentDamaged),
    "half a picture": (papers.png()[:-1], DocumentDamaged),
    "a picture with something behind it": (papers.png() + b"<html>", DocumentDamaged),
    "half a Word file": (papers.package()[:200], DocumentDamaged),
    "a Word file of letters": (b"PK\x03\x04" + b"x" * 400, DocumentDamaged),
    "a part that is there twice": (papers.twice(), DocumentDamaged),
    "more parts than any has": (stored(*map(str, range(MAX_PARTS + 1))), DocumentDamaged),
    "a table of contents without end": (papers.package("x" * MAX_TABLE), DocumentDamaged),
    "a bomb": (papers.bomb(), DocumentDamaged),
    "a photograph that is an archive": (papers.jpeg() + papers.package(), DocumentTypeDisguised),
    "a PDF that is an archive": (papers.pdf() + papers.package(), DocumentTypeDisguised),
    "parts with a password": (stored("[Content_Types].xml", flags=1), DocumentProtected),
    "a file with a password": (papers.with_password(), DocumentProtected),
    "a workbook with macros": (papers.with_macros(), DocumentWithMacros),
    "a part with macros": (papers.package(word__vbaProject_bin="x"), DocumentWithMacros),
}


@pytest.mark.parametrize("file", REFUSED)
def test_what_is_no_document_as_a_whole_is_refused(file):
    content, refusal = REFUSED[file]
    with pytest.raises(refusal):
        recognise(content)


def test_a_document_may_be_just_as_large_as_is_allowed():
    assert recognise(papers.sized(MAX_SIZE)) is MediaType.PDF


def test_what_a_telephone_puts_behind_a_photograph_is_no_harm():
    assert recognise(papers.jpeg(b"\0" * 100_000)) is MediaType.JPEG


@for_any(some.sampled_from(sorted(PAPERS)), some.data())
def test_no_file_however_broken_is_anything_but_recognised_or_refused(kind, data):
    content = bytearray(PAPERS[kind])
    for _ in range(data.draw(some.integers(1, 6))):
        content[data.draw(some.integers(0, len(content) - 1))] = data.draw(some.integers(0, 255))
    cut = content[: data.draw(some.integers(0, len(content)))]
    for broken in (content, cut):
        with suppress(Refusal):
            assert recognise(bytes(broken)) in MediaType


@pytest.mark.parametrize(
    ("kind", "ending"), [(MediaType.JPEG, "jpg"), (MediaType.DOCX, "docx"), (MediaType.PDF, "pdf")]
)
def test_a_document_is_saved_under_the_ending_people_know(kind, ending):
    assert kind.extension == ending


def test_a_document_is_known_by_its_content_and_belongs_to_the_office():
    one, other = filed(title=" Отчёт "), filed(by=REPUBLICAN)
    assert (one.office, other.office, one.title, other.title) == ("KZ-75", "KZ", "Отчёт", None)
    assert one.digest == other.digest == one.sha256 != filed(content=papers.pdf("x")).digest
    assert (one.size, one.media_type, one.subject_id) == (len(papers.pdf()), MediaType.PDF, None)


def test_the_digest_of_a_document_about_a_person_is_their_own_data():
    about = filed(by=HEAD, subject_id=ONE)
    assert (about.digest, about.subject_id, about.sha256) == ("", ONE, filed().digest)
    assert filed().digest not in repr(about)


@pytest.mark.parametrize("who", ["auditor@KZ", "administrator@KZ"])
def test_who_works_on_no_case_files_no_document(who):
    with pytest.raises(RoleForbidden):
        Document.upload(on(actor(who)), content=papers.pdf())


def test_a_title_that_says_nothing_is_none():
    with pytest.raises(TextMissing):
        filed(title=" ")


@pytest.mark.parametrize(
    ("documents", "refusal", "field"),
    [
        ((ONE, HIDDEN), DocumentNotFound, "documents[1]"),
        ((ONE, OTHER, ONE), DocumentTwice, "documents[2]"),
    ],
)
def test_a_document_that_cannot_be_attached_is_named_by_its_place(documents, refusal, field):
    with pytest.raises(refusal) as refused:
        check_documents(documents, {ONE, OTHER})
    assert refused.value.field == field
    check_documents((ONE, OTHER), {ONE, OTHER})
