"""The commands of a request over HTTP."""

from typing import Any

from marshmallow import fields

from application.case_types import REQUEST
from application.front_office import FrontOffice
from application.streams import CaseRef, Stream
from domain.actors import Occasion
from domain.assistance_request.steps import AnyStep
from domain.catalogue.codes import DeclineReason, Relation
from domain.document.attachments import Documents
from web.commands import Command
from web.schemas.documents import attached
from web.schemas.fields import Text, code
from web.schemas.requests import STEP_BODY, HelpBody, outcome_of


def _reason() -> dict[str, fields.Field[Any]]:
    return {"reason": Text(required=True)}


def _record_step(
    office: FrontOffice,
    ref: CaseRef,
    on: Occasion,
    *,
    kind: str,  # noqa: ARG001  It has chosen the kind of details already.
    summary: str,
    details: AnyStep,
    documents: Documents,
) -> Stream[Any]:
    return office.record_step(ref, on, summary=summary, details=details, documents=documents)


def _help(
    office: FrontOffice, ref: CaseRef, on: Occasion, *, outcome: str, details: dict[str, Any]
) -> Stream[Any]:
    help_type = office.case(REQUEST, ref.id).state.help_type
    return office.help(ref, on, outcome=outcome, details=outcome_of(help_type, details))


WORK = (
    Command(
        path="assign",
        summary="Назначить сотрудника",
        use_case=FrontOffice.assign,
        takes={"staff_id": Text(required=True, max_length=200)},
    ),
    Command(
        path="ask-organization",
        summary="Запросить у организации недостающее: срок приостанавливается",
        use_case=FrontOffice.ask_organization,
        takes={"question": Text(required=True)},
    ),
    Command(
        path="record-answer",
        summary="Записать ответ организации: срок идёт дальше",
        use_case=FrontOffice.record_answer,
        takes={"answer": Text(required=True)},
    ),
    Command(
        path="record-step",
        summary="Записать сделанный шаг",
        use_case=_record_step,
        schema=STEP_BODY,
    ),
    Command(
        path="extend-term",
        summary="Продлить срок с объяснением причины",
        use_case=FrontOffice.extend_term,
        takes={"until": fields.Date(required=True), **_reason()},
    ),
    Command(
        path="note",
        summary="Сделать заметку",
        use_case=FrontOffice.note,
        takes={"text": Text(required=True), **attached()},
    ),
    Command(
        path="link",
        summary="Связать с другим делом",
        use_case=FrontOffice.link,
        takes={
            "case_id": fields.UUID(required=True),
            "relation": code(Relation, required=True),
        },
    ),
)

ENDING = (
    Command(
        path="help",
        summary="Помощь оказана: записать, что получилось",
        use_case=_help,
        schema=HelpBody,
    ),
    Command(
        path="decline",
        summary="Отказать и объяснить причину",
        use_case=FrontOffice.decline,
        takes={
            "reason_code": code(DeclineReason, required=True),
            "explanation": Text(required=True),
        },
    ),
    Command(
        path="withdraw",
        summary="Организация отозвала запрос",
        use_case=FrontOffice.withdraw_request,
        takes=_reason(),
    ),
    Command(
        path="reopen",
        summary="Возобновить работу над запросом",
        use_case=FrontOffice.reopen_request,
        takes=_reason(),
    ),
    Command(
        path="record-feedback",
        summary="Записать отзыв организации о помощи",
        use_case=FrontOffice.record_feedback,
        takes={
            "resolved": fields.Boolean(required=True, truthy={True}, falsy={False}),
            "comment": Text(required=True, attribute="feedback"),
        },
    ),
    Command(
        path="waive-verification",
        summary="Помочь без проверки: решение руководителя в одном случае",
        use_case=FrontOffice.waive_verification,
        takes=_reason(),
    ),
)

TRANSFER = (
    Command(
        path="offer-transfer",
        summary="Предложить запрос другому фронт-офису",
        use_case=FrontOffice.offer_transfer,
        takes={"to_office": Text(required=True, max_length=10, form="office"), **_reason()},
    ),
    Command(
        path="accept-transfer",
        summary="Принять предложенный запрос",
        use_case=FrontOffice.accept_transfer,
    ),
    Command(
        path="decline-transfer",
        summary="Не принять предложенный запрос",
        use_case=FrontOffice.decline_transfer,
        takes=_reason(),
    ),
    Command(
        path="cancel-transfer",
        summary="Снять предложение о передаче",
        use_case=FrontOffice.cancel_transfer,
    ),
)

COMMANDS = (*WORK, *ENDING, *TRANSFER)
