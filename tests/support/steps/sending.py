"""Sending again what was not answered."""

from drivers import REQUESTS
from pytest_bdd import parsers, then, when
from steps.desk import Desk
from steps.requests import TRAINING, ask
from steps.verifications import organization_of


@when(parsers.parse('организация "{name}" просит об обучении, а ответ до сотрудника не дошёл'))
def asked_unheard(desk: Desk, name: str) -> None:
    ask(desk, TRAINING, organization_id=organization_of(desk, name))


@when(parsers.parse('специалист записывает заметку "{text}", а ответ до сотрудника не дошёл'))
def noted_unheard(desk: Desk, text: str) -> None:
    desk.command(REQUESTS, "note", text=text)


@when("сотрудник отправляет то же самое ещё раз")
def sent_again(desk: Desk) -> None:
    desk.send_again()


@when(parsers.parse('сотрудник под видом повторной отправки записывает заметку "{text}"'))
def sent_otherwise(desk: Desk, text: str) -> None:
    desk.send_again(text=text)


@then("сотрудник получает тот же ответ, что и в первый раз")
def same_answer(desk: Desk) -> None:
    assert desk.answer == desk.request


@then("следующий запрос получает следующий номер")
def next_number(desk: Desk) -> None:
    number = int(desk.request["number"].rsplit("/", 1)[1])
    ask(desk, TRAINING, organization_id=desk.request["organization"]["id"])
    assert int(desk.request["number"].rsplit("/", 1)[1]) == number + 1
