"""Requests: taken in, worked on, ended."""

from typing import Any, get_args
from uuid import UUID, uuid4, uuid5

from drivers import REQUESTS, day
from people import staff_id
from pytest_bdd import given, parsers, then, when
from steps.desk import HEAD, SPECIALIST, Desk
from steps.tables import coded, made
from steps.verifications import organization_of

from domain.assistance_request import details, outcomes, steps
from domain.catalogue.codes import (
    Audience,
    Channel,
    DeclineReason,
    Direction,
    HelpType,
    MediaKind,
    PermitResult,
    Relation,
    StepKind,
    VolunteerGroup,
)
from domain.personal import person
from web.schemas.from_struct import by_tag

DETAILS = by_tag(get_args(details.AnyRequestDetails))
OUTCOMES = by_tag(get_args(outcomes.AnyOutcome))
STEPS = by_tag(get_args(steps.AnyStep))
TRAINING = details.Training(topic="Первая помощь", audience=Audience.INITIATIVE_GROUP)
LIAISON = details.StateBodyLiaison(state_body="Акимат Медеуского района", matter="Субботник")


def ask(desk: Desk, asked: details.RequestDetails, *, who: str = SPECIALIST, **more: Any) -> None:
    """Take a request in."""
    values = {
        "subject": "Нужна помощь",
        "description": "Просят помочь",
        "help_type": asked.help_type,
    }
    desk.begin(REQUESTS, who, **{**values, **more}, channel=Channel.VISIT, details=asked)


@given(parsers.parse('организация "{name}" попросила о помощи "{help_type}":'))
@when(parsers.parse('организация "{name}" просит о помощи "{help_type}":'))
def asked_for(desk: Desk, name: str, help_type: str, datatable: Any) -> None:
    code = coded(HelpType, help_type)
    ask(desk, made(DETAILS[code], datatable), organization_id=organization_of(desk, name))


@given(parsers.parse('организация "{name}" попросила об обучении'))
@when(parsers.parse('организация "{name}" просит об обучении'))
def asked_for_training(desk: Desk, name: str) -> None:
    ask(desk, TRAINING, organization_id=organization_of(desk, name))


@given(parsers.parse('организация "{name}" попросила о разрешении акимата'))
@when(parsers.parse('организация "{name}" просит о разрешении акимата'))
def asked_for_permit(desk: Desk, name: str) -> None:
    ask(desk, LIAISON, organization_id=organization_of(desk, name))


@when(parsers.parse('организация "{name}" просит об обучении, описав разрешение акимата'))
def asked_for_another(desk: Desk, name: str) -> None:
    ask(desk, LIAISON, help_type=HelpType.TRAINING, organization_id=organization_of(desk, name))


@when(parsers.parse('группа "{name}" просит об обучении для работы в ЧС'))
def asked_for_emergency(desk: Desk, name: str) -> None:
    ask(desk, TRAINING, organization_id=organization_of(desk, name), direction=Direction.UMIT)


@when(parsers.parse('группа "{name}" просит об обучении взрослых для работы в ЧС'))
def asked_for_adults(desk: Desk, name: str) -> None:
    ask(
        desk,
        TRAINING,
        organization_id=organization_of(desk, name),
        direction=Direction.UMIT,
        participants=(VolunteerGroup.GENERAL,),
    )


@given("независимый волонтёр попросил об обучении")
@when("независимый волонтёр просит об обучении")
def volunteer_asked(desk: Desk) -> None:
    someone = person(uuid5(UUID(int=3), "volunteer"), "Пример Примеров", "+77000000009")
    ask(desk, TRAINING, volunteer=someone, region="KZ-75", district="751710000")


@when("запрос записывают без заявителя")
def nobody_asked(desk: Desk) -> None:
    ask(desk, TRAINING, region="KZ-75", district="751710000")


@given("запрос поручен специалисту")
@when("запрос поручен специалисту")
def assigned(desk: Desk) -> None:
    desk.command(REQUESTS, "assign", staff_id=str(staff_id(SPECIALIST)))


@when("запрос поручает тот, кто прочитал его раньше")
def assigned_stale(desk: Desk) -> None:
    old = {**desk.request, "version": desk.request["version"] - 1}
    desk.answer = desk.driver.command(
        SPECIALIST, REQUESTS, old, "assign", key=str(uuid4()), staff_id="other"
    )


@given(parsers.parse('записан шаг "{kind}", "{summary}":'))
@when(parsers.parse('записан шаг "{kind}", "{summary}":'))
def step_recorded(desk: Desk, kind: str, summary: str, datatable: Any) -> None:
    step = made(STEPS[coded(StepKind, kind)], datatable)
    desk.command(REQUESTS, "record-step", summary=summary, details=step)


@when(parsers.parse('записан другой шаг: "{summary}"'))
def other_step(desk: Desk, summary: str) -> None:
    desk.command(REQUESTS, "record-step", summary=summary, details=steps.OtherStep())


@when(parsers.parse('специалист знакомит её с организацией "{name}"'))
def introduced(desk: Desk, name: str) -> None:
    made_ = steps.IntroductionMade(organization_id=organization_of(desk, name))
    desk.command(REQUESTS, "record-step", summary="Встреча в офисе", details=made_)


@when(parsers.parse('помощь оказана, познакомили с "{name}": "{outcome}"'))
def helped_by_introduction(desk: Desk, name: str, outcome: str) -> None:
    partners = outcomes.PartnersIntroduced(introduced_to=(organization_of(desk, name),))
    desk.command(REQUESTS, "help", outcome=outcome, details=partners)


@given(parsers.parse('помощь оказана, "{outcome}":'))
@when(parsers.parse('помощь оказана, "{outcome}":'))
def helped(desk: Desk, outcome: str, datatable: Any) -> None:
    struct = OUTCOMES[str(desk.request["help_type"])]
    desk.command(REQUESTS, "help", outcome=outcome, details=made(struct, datatable))


@when(parsers.parse('помощь записана публикацией в издании "{outlet}" от {date}'))
def helped_by_publication(desk: Desk, outlet: str, date: str) -> None:
    one = outcomes.Publication(outlet=outlet, media=MediaKind.NEWSPAPER, published_on=day(date))
    published = outcomes.Published(publications=(one,))
    desk.command(REQUESTS, "help", outcome="Вышла публикация", details=published)


@when("помощь записана без единой публикации")
def helped_by_nothing(desk: Desk) -> None:
    nothing = outcomes.Published(publications=())
    desk.command(REQUESTS, "help", outcome="Рассказали", details=nothing)


@when("помощь записана как ответ акимата")
def helped_by_another(desk: Desk) -> None:
    answer = outcomes.StateBodyAnswered(
        state_body="Акимат", result=PermitResult.GRANTED, answered_on=day("02.03.2026")
    )
    desk.command(REQUESTS, "help", outcome="Разрешение получено", details=answer)


@given("организации помогли с обучением")
@when("организации помогли с обучением")
def trained(desk: Desk) -> None:
    held = outcomes.Trained(topic="Первая помощь", held_on=day("02.03.2026"), participants=12)
    desk.command(REQUESTS, "help", outcome="Обучение проведено", details=held)


@when(parsers.parse('специалист отказывает в помощи, "{reason}": "{words}"'))
def declined(desk: Desk, reason: str, words: str) -> None:
    desk.command(REQUESTS, "decline", reason_code=coded(DeclineReason, reason), explanation=words)


@when("специалист отказывает в помощи без объяснения")
def declined_without_words(desk: Desk) -> None:
    desk.command(REQUESTS, "decline", reason_code=DeclineReason.NOT_POSSIBLE_NOW, explanation="   ")


@given(parsers.parse('организация отозвала запрос: "{reason}"'))
@when(parsers.parse('организация отзывает запрос: "{reason}"'))
def withdrawn(desk: Desk, reason: str) -> None:
    desk.command(REQUESTS, "withdraw", reason=reason)


@when(parsers.parse('работа над запросом возобновлена: "{reason}"'))
def reopened(desk: Desk, reason: str) -> None:
    desk.command(REQUESTS, "reopen", reason=reason)


@given(parsers.parse('у организации запрошено: "{question}"'))
@when(parsers.parse('у организации запрошено: "{question}"'))
def organization_asked(desk: Desk, question: str) -> None:
    desk.command(REQUESTS, "ask-organization", question=question)


@when(parsers.parse('организация отвечает: "{answer}"'))
def organization_answered(desk: Desk, answer: str) -> None:
    desk.command(REQUESTS, "record-answer", answer=answer)


@when(parsers.parse('у организации запрошено ещё {date}: "{question}"'))
def organization_asked_earlier(desk: Desk, date: str, question: str) -> None:
    desk.command(REQUESTS, "ask-organization", question=question, occurred_on=day(date))


@when(parsers.parse('организация ответила ещё {date}: "{answer}"'))
def organization_answered_earlier(desk: Desk, date: str, answer: str) -> None:
    desk.command(REQUESTS, "record-answer", answer=answer, occurred_on=day(date))


@when(parsers.parse('срок продлён до {until}: "{reason}"'))
def extended(desk: Desk, until: str, reason: str) -> None:
    desk.command(REQUESTS, "extend-term", until=day(until), reason=reason)


@when(parsers.parse('руководитель решает помочь без проверки: "{reason}"'))
def waived(desk: Desk, reason: str) -> None:
    desk.command(REQUESTS, "waive-verification", HEAD, reason=reason)


@when("специалист решает помочь без проверки")
def waived_by_specialist(desk: Desk) -> None:
    desk.command(REQUESTS, "waive-verification", reason="Хорошие люди")


@when(parsers.parse('организация отзывается о помощи: "{feedback}"'))
def feedback(desk: Desk, feedback: str) -> None:
    desk.command(REQUESTS, "record-feedback", resolved=True, feedback=feedback)


@when(parsers.parse('записана заметка: "{text}"'))
def noted(desk: Desk, text: str) -> None:
    desk.command(REQUESTS, "note", text=text)


@when(parsers.parse('запрос связан с проверкой организации, "{relation}"'))
def linked(desk: Desk, relation: str) -> None:
    case_id = UUID(str(desk.verification["id"]))
    desk.command(REQUESTS, "link", case_id=case_id, relation=coded(Relation, relation))


@when("запрос связывают с делом, которого нет")
def linked_to_nothing(desk: Desk) -> None:
    desk.command(REQUESTS, "link", case_id=UUID(int=7), relation=Relation.RELATED)


@then(parsers.parse("ответ по запросу нужно дать до {due}"))
def due_on(desk: Desk, due: str) -> None:
    assert desk.refresh(REQUESTS)["due_on"] == day(due).isoformat()


@then(parsers.parse("передать запрос по принадлежности нужно до {due}"))
def forward_by(desk: Desk, due: str) -> None:
    assert desk.refresh(REQUESTS)["forward_by"] == day(due).isoformat()


@then("запрос передан вовремя")
def forwarded_in_time(desk: Desk) -> None:
    assert desk.refresh(REQUESTS)["forwarded_late"] is False


@then("запрос передан с опозданием")
def forwarded_late(desk: Desk) -> None:
    assert desk.refresh(REQUESTS)["forwarded_late"] is True


@then("срок приостановлен")
def paused(desk: Desk) -> None:
    assert desk.refresh(REQUESTS)["due_on"] is None


@then("запрос просрочен")
def overdue(desk: Desk) -> None:
    assert desk.refresh(REQUESTS)["is_overdue"] is True


@then("запрос не просрочен")
def not_overdue(desk: Desk) -> None:
    assert desk.refresh(REQUESTS)["is_overdue"] is False


@then(parsers.parse('организация в запросе по-прежнему называется "{name}"'))
def snapshot_name(desk: Desk, name: str) -> None:
    assert desk.refresh(REQUESTS)["organization"]["name"] == name


@then("заявителю выдан талон с номером, временем и именем принявшего")
def slip(desk: Desk) -> None:
    given_out = desk.request["slip"]
    assert given_out["number"] == desk.request["number"] == "KZ-75/2026/000001"
    assert given_out["received_at"].startswith("2026-03-02")
    assert (given_out["received_by"], given_out["post"]) == (
        str(staff_id(SPECIALIST)),
        "specialist",
    )


@given("специалист прочитал запрос заново")
def read_again(desk: Desk) -> None:
    desk.refresh(REQUESTS)


@when(parsers.parse("запрос поручен специалисту ещё {date}"))
def assigned_earlier(desk: Desk, date: str) -> None:
    desk.command(REQUESTS, "assign", staff_id=str(staff_id(SPECIALIST)), occurred_on=day(date))
