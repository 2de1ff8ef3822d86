"""Questions between offices over HTTP: the commands of a case, and the inbox of them all."""

from typing import Any

from marshmallow import fields

from application.case_types import CaseType
from application.front_office import FrontOffice
from application.read_models.lists import ESCALATIONS
from application.streams import CaseRef, Stream
from domain.actors import Occasion
from domain.catalogue.codes import EscalationStatus
from domain.places import REPUBLICAN_OFFICE
from web.api import API_PREFIX, CaseBlueprint
from web.commands import Command, UseCase
from web.lists import ListedCases, add_list
from web.schemas.fields import Text, code


def escalation_commands(case_type: CaseType[Any]) -> tuple[Command, ...]:
    """Return the commands with which a question travels from a case and back."""
    return (
        Command(
            path="escalate",
            summary="Передать вопрос другому фронт-офису",
            use_case=_on(case_type, FrontOffice.escalate),
            takes={
                "question": Text(required=True),
                "to": Text(load_default=REPUBLICAN_OFFICE, max_length=10),
            },
        ),
        Command(
            path="acknowledge-escalation",
            summary="Подтвердить, что вопрос получен",
            use_case=_on(case_type, FrontOffice.acknowledge_escalation),
        ),
        Command(
            path="answer-escalation",
            summary="Ответить на вопрос",
            use_case=_on(case_type, FrontOffice.answer_escalation),
            takes={"answer": Text(required=True)},
        ),
        Command(
            path="return-escalation",
            summary="Вернуть вопрос без ответа",
            use_case=_on(case_type, FrontOffice.return_escalation),
            takes={"reason": Text(required=True)},
        ),
        Command(
            path="recall-escalation",
            summary="Отозвать вопрос",
            use_case=_on(case_type, FrontOffice.recall_escalation),
        ),
    )


def escalations_blueprint() -> CaseBlueprint:
    """Return the inbox of questions."""
    blueprint = CaseBlueprint(
        "escalations",
        __name__,
        url_prefix=f"{API_PREFIX}/escalations",
        description="Вопросы между фронт-офисами",
    )
    filters: dict[str, fields.Field[Any]] = {
        "status": code(EscalationStatus),
        "region": Text(),
        "case_type": Text(),
    }
    summary = "Вопросы между фронт-офисами по всем делам"
    add_list(
        blueprint,
        "Escalation",
        ListedCases(case_list=ESCALATIONS, filters=filters, summary=summary),
    )
    return blueprint


def _on(case_type: CaseType[Any], use_case: UseCase) -> UseCase:
    def command(office: FrontOffice, ref: CaseRef, on: Occasion, **body: Any) -> Stream[Any]:
        return use_case(office, case_type, ref, on, **body)

    return command
