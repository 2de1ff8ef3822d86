"""Documents: filed, opened, and put into cases."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import papers
from drivers import DOCUMENTS, REQUESTS, VERIFICATIONS, Refused, day
from pytest_bdd import given, parsers, then, when
from steps.access import READERS, WHO, contact_of
from steps.desk import SPECIALIST, Desk
from steps.verifications import experience

from domain.assistance_request.steps import OtherStep
from domain.catalogue.codes import BeneficiaryResult, CheckOutcome
from domain.document.media_types import MediaType
from domain.document.recognition import MAX_SIZE
from domain.organization_verification import checks

File = Callable[[], tuple[bytes, str]]
FILES: Mapping[str, File] = {
    "отчёт PDF": lambda: (papers.pdf(), MediaType.PDF),
    "письмо Word": lambda: (papers.package(), MediaType.DOCX),
    "таблица Excel": lambda: (papers.table(), "application/octet-stream"),
    "фотография": lambda: (papers.jpeg(b"telephone"), MediaType.JPEG),
    "снимок экрана": lambda: (papers.png(), ""),
    "программа": lambda: (b"MZ" + bytes(100), ""),
    "картинка под видом письма Word": lambda: (papers.png(), MediaType.DOCX),
    "отчёт PDF, он же архив": lambda: (papers.pdf() + papers.package(), MediaType.PDF),
    "половина отчёта PDF": lambda: (papers.pdf()[:100], MediaType.PDF),
    "письмо Word, раздутое нулями": lambda: (papers.bomb(), MediaType.DOCX),
    "пустой файл": lambda: (b"", MediaType.PDF),
    "письмо Word с паролем": lambda: (papers.with_password(), MediaType.DOCX),
    "таблица Excel с макросами": lambda: (papers.with_macros(), MediaType.XLSX),
    "отчёт PDF больше 20 МиБ": lambda: (papers.sized(MAX_SIZE + 1), MediaType.PDF),
}


def document_of(desk: Desk) -> UUID:
    """Return the document at hand."""
    return UUID(str(desk.cases[DOCUMENTS]["id"]))


@given(parsers.parse("специалист сдал: {what}"))
@when(parsers.parse("специалист сдаёт: {what}"))
def filed(desk: Desk, what: str) -> None:
    content, declared = FILES[what]()
    desk.begin(DOCUMENTS, content=content, declared=str(declared))


@given("сдан документ о контактном лице")
def filed_about_contact(desk: Desk) -> None:
    desk.begin(DOCUMENTS, content=papers.pdf(), subject_id=UUID(contact_of(desk)))


@when(parsers.parse("сотрудник под видом повторной отправки сдаёт: {what}"))
def filed_otherwise(desk: Desk, what: str) -> None:
    content, declared = FILES[what]()
    desk.send_again(content=content, declared=str(declared))


@then("сотрудник получает о документе тот же ответ")
def same_answer(desk: Desk) -> None:
    assert desk.answer == desk.cases[DOCUMENTS]


@when(parsers.re(f"{WHO} открывает документ"))
def opens(desk: Desk, who: str) -> None:
    found = desk.driver.open(str(document_of(desk)), who=READERS[who])
    desk.answer = found if isinstance(found, Refused) else {"content": found}


@then("документ открывается")
def opened(desk: Desk) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer


@then("специалист открывает документ и видит то, что сдавал")
def opened_as_filed(desk: Desk) -> None:
    _, _, body = desk.sent
    assert desk.driver.open(str(document_of(desk)), who=SPECIALIST) == body["content"]


@given(parsers.parse('записана заметка с документом: "{text}"'))
@when(parsers.parse('записана заметка с документом: "{text}"'))
def noted(desk: Desk, text: str) -> None:
    note(desk, document_of(desk), text=text)


@when("записана заметка, в которой документ назван дважды")
def noted_twice(desk: Desk) -> None:
    note(desk, document_of(desk), document_of(desk))


@when("записана заметка с документом, которого нет")
def noted_with_none(desk: Desk) -> None:
    note(desk, UUID(int=404))


def note(desk: Desk, *documents: UUID, text: str = "Отчёт") -> None:
    """Write a note with documents."""
    desk.command(REQUESTS, "note", text=text, documents=documents)


@when(parsers.parse('записан шаг с документом: "{summary}"'))
def step_taken(desk: Desk, summary: str) -> None:
    documents = (document_of(desk),)
    desk.command(REQUESTS, "record-step", summary=summary, details=OtherStep(), documents=documents)


@when(parsers.parse('отчёт "{report}" с документом проверен, бенефициар ответил: подтвердил'))
def experience_checked(desk: Desk, report: str) -> None:
    experience(desk, report, BeneficiaryResult.CONFIRMED, documents=(document_of(desk),))


LETTERS = {
    "партнёра": checks.PartnerRecommendation,
    "партнёра сети": checks.NetworkRecommendation,
}


@when(
    parsers.re(
        'получено письмо с документом (?P<kind>партнёра сети|партнёра) "(?P<issuer>.+)" от (?P<date>.+)'
    )
)
def letter(desk: Desk, kind: str, issuer: str, date: str) -> None:
    details = LETTERS[kind](issuer_name=issuer, letter_date=day(date))
    documents = (document_of(desk),)
    confirmed = CheckOutcome.CONFIRMED
    desk.command(
        VERIFICATIONS, "record-check", outcome=confirmed, details=details, documents=documents
    )


PLACES = {
    "проверке к результату": (VERIFICATIONS, "checks"),
    "запросе к шагу": (REQUESTS, "steps"),
    "запросе к заметке": (REQUESTS, "notes"),
}


@then(parsers.re(f"в (?P<place>{'|'.join(PLACES)}) приложен документ"))
def lies_in(desk: Desk, place: str) -> None:
    collection, name = PLACES[place]
    facts: list[Any] = desk.refresh(collection)[name]
    (shown,) = facts[-1]["documents"]
    assert shown == desk.cases[DOCUMENTS]
