"""Questions between offices over HTTP: the commands of a case, and the inbox of them all."""

from typing import Any

from marshmallow import fields, validate

from application.case_types import CaseType
from application.front_office import FrontOffice
from application.read_models.lists import ESCALATIONS
from application.streams import CaseRef, Stream
from domain.actors import Occasion
from domain.catalogue.codes import EscalationStatus
from domain.places import REPUBLICAN_OFFICE, Places
from web.api import API_PREFIX, CaseBlueprint
from web.commands import Command, UseCase
from web.lists import ListedCases, add_list
from web.schemas.fields import Text, code
from web.schemas.lists import SearchWords
from web.schemas.places import Place

BOX = (
    "incoming — ждут вашего фронт-офиса;"
    " came_back — ваш фронт-офис спросил, и вопрос вернулся с ответом или без него."
)
TABLE = (
    "case_id",
    "number",
    "case_type",
    "from_office",
    "to_office",
    "question",
    "status",
    "words",
    "raised_at",
    "updated_at",
)

LISTED = ListedCases(
    case_list=ESCALATIONS,
    summary="Вопросы между фронт-офисами по всем делам",
    filters={
        "status": code(EscalationStatus),
        "region": Place(Places.check_region),
        "case_type": fields.String(validate=validate.OneOf(("request", "verification"))),
        "box": fields.String(
            validate=validate.OneOf(("incoming", "came_back")), metadata={"description": BOX}
        ),
        "q": SearchWords(),
    },
    table=TABLE,
)


def escalation_commands(case_type: CaseType[Any]) -> tuple[Command, ...]:
    """Return the commands with which a question travels from a case and back."""
    return tuple(
        Command(path=path, summary=summary, use_case=_on(case_type, use_case), takes=takes)
        for path, summary, use_case, takes in _commands()
    )


def _commands() -> tuple[tuple[str, str, UseCase, dict[str, fields.Field[Any]]], ...]:
    office = FrontOffice
    question = {
        "question": Text(required=True),
        "to": Text(load_default=REPUBLICAN_OFFICE, max_length=10, form="office"),
    }
    answer, reason = {"answer": Text(required=True)}, {"reason": Text(required=True)}
    return (
        ("escalate", "Передать вопрос другому фронт-офису", office.escalate, {**question}),
        ("acknowledge-escalation", "Подтвердить получение", office.acknowledge_escalation, {}),
        ("answer-escalation", "Ответить на вопрос", office.answer_escalation, {**answer}),
        ("return-escalation", "Вернуть вопрос без ответа", office.return_escalation, {**reason}),
        ("recall-escalation", "Отозвать вопрос", office.recall_escalation, {}),
    )


def escalations_blueprint() -> CaseBlueprint:
    """Return the inbox of questions."""
    blueprint = CaseBlueprint(
        "escalations",
        __name__,
        url_prefix=f"{API_PREFIX}/escalations",
        description="Вопросы между фронт-офисами",
    )
    add_list(blueprint, "Escalation", LISTED)
    return blueprint


def _on(case_type: CaseType[Any], use_case: UseCase) -> UseCase:
    def command(office: FrontOffice, ref: CaseRef, on: Occasion, **body: Any) -> Stream[Any]:
        return use_case(office, case_type, ref, on, **body)

    return command
