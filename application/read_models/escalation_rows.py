"""The rows of a case's questions, for the inbox."""

from collections.abc import Iterator
from typing import Any

from application.escalations import EVENTS, Question, questions
from application.read_models.rows import EscalationRow
from application.read_models.search_words import search_words
from application.streams import Stream
from domain.assistance_request import AssistanceRequest
from domain.organization_verification import OrganizationVerification


def escalation_rows(stream: Stream[Any]) -> Iterator[EscalationRow]:
    """Return each question of the case for both its ends, if there is news of them."""
    if not stream.tells(*EVENTS):
        return
    for question in questions(stream):
        for office in (question.from_office, question.to_office):
            yield _row(stream, question, office)


def _row(stream: Stream[Any], question: Question, office: str) -> EscalationRow:
    number = _number(stream)
    return EscalationRow(
        case_id=stream.id,
        place=question.place,
        seen_by=office,
        case_type=stream.case_type.name,
        number=number,
        from_office=question.from_office,
        to_office=question.to_office,
        direction=question.direction,
        question=question.question,
        status=question.status,
        words=question.words,
        search_text=search_words(number, question.question),
        raised_at=question.raised_at,
        updated_at=question.updated_at,
    )


def _number(stream: Stream[Any]) -> str:
    first = stream.events[0]
    assert isinstance(first, AssistanceRequest.Requested | OrganizationVerification.Requested)  # noqa: S101  No other kind of case has questions.
    return first.number
