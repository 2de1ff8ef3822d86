"""What passes between offices: questions and transfers."""

from drivers import REQUESTS, VERIFICATIONS
from pytest_bdd import given, parsers, then, when
from steps.desk import OFFICES, Desk

CASES = {"запросу": REQUESTS, "проверке": VERIFICATIONS}
PEOPLE = {
    "фронт-офис города Алматы": "specialist@KZ-75",
    "фронт-офис Алматинской области": "specialist@KZ-19",
    "республиканский фронт-офис": "republican_specialist@KZ",
}


@given(parsers.parse('по {case} задан вопрос республиканскому фронт-офису: "{question}"'))
@when(parsers.parse('по {case} задан вопрос республиканскому фронт-офису: "{question}"'))
def escalated(desk: Desk, case: str, question: str) -> None:
    desk.command(CASES[case], "escalate", question=question)


@when("вопрос задан фронт-офису другой области")
def escalated_aside(desk: Desk) -> None:
    desk.command(REQUESTS, "escalate", question="Как вы поступили?", to="KZ-19")


@when("вопрос задан фронт-офису, которого нет")
def escalated_nowhere(desk: Desk) -> None:
    desk.command(REQUESTS, "escalate", question="Кто вы?", to="KZ-00")


@given(parsers.parse("{office} подтверждает, что вопрос по {case} получен"))
@when(parsers.parse("{office} подтверждает, что вопрос по {case} получен"))
def acknowledged(desk: Desk, office: str, case: str) -> None:
    desk.command(CASES[case], "acknowledge-escalation", PEOPLE[office])


@when(parsers.parse('{office} отвечает на вопрос по {case}: "{answer}"'))
def answered(desk: Desk, office: str, case: str, answer: str) -> None:
    desk.command(CASES[case], "answer-escalation", PEOPLE[office], answer=answer)


@when(parsers.parse('{office} возвращает вопрос по {case}: "{reason}"'))
def returned(desk: Desk, office: str, case: str, reason: str) -> None:
    desk.command(CASES[case], "return-escalation", PEOPLE[office], reason=reason)


@when(parsers.parse("{office} отзывает вопрос по {case}"))
def recalled(desk: Desk, office: str, case: str) -> None:
    desk.command(CASES[case], "recall-escalation", PEOPLE[office])


@given(parsers.parse('запрос предложен, {office}: "{reason}"'))
@when(parsers.parse('запрос предложен, {office}: "{reason}"'))
def offered(desk: Desk, office: str, reason: str) -> None:
    desk.command(REQUESTS, "offer-transfer", to_office=OFFICES[office], reason=reason)


@given(parsers.parse("{office} принял предложенный запрос"))
@when(parsers.parse("{office} принимает предложенный запрос"))
def accepted(desk: Desk, office: str) -> None:
    desk.command(REQUESTS, "accept-transfer", PEOPLE[office])


@given(parsers.parse('{office} не принял предложенный запрос: "{reason}"'))
@when(parsers.parse('{office} не принимает предложенный запрос: "{reason}"'))
def declined(desk: Desk, office: str, reason: str) -> None:
    desk.command(REQUESTS, "decline-transfer", PEOPLE[office], reason=reason)


@given(parsers.parse('фронт-офис Алматинской области предложил запрос обратно: "{reason}"'))
def offered_back(desk: Desk, reason: str) -> None:
    who = PEOPLE["фронт-офис Алматинской области"]
    desk.command(REQUESTS, "offer-transfer", who, to_office="KZ-75", reason=reason)


@when(parsers.parse("{office} снимает предложение"))
def cancelled(desk: Desk, office: str) -> None:
    desk.command(REQUESTS, "cancel-transfer", PEOPLE[office])


@then(parsers.parse("запрос находится у: {office}"))
def held_by(desk: Desk, office: str) -> None:
    assert desk.refresh(REQUESTS)["office"] == OFFICES[office]


@then(parsers.parse("по {case} есть открытый вопрос"))
def question_open(desk: Desk, case: str) -> None:
    question = desk.refresh(CASES[case])["open_escalation"]
    assert question["direction"] == "to_republican"


@then(parsers.parse("по {case} нет открытых вопросов"))
def no_question_open(desk: Desk, case: str) -> None:
    assert desk.refresh(CASES[case])["open_escalation"] is None


@then(parsers.parse('в деле по {case} есть ответ: "{answer}"'))
def has_answer(desk: Desk, case: str, answer: str) -> None:
    assert desk.refresh(CASES[case])["escalations"][-1]["words"] == answer
