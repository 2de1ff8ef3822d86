"""Signing in with a password, what is done while signed in, and leaving."""

from collections.abc import Mapping
from typing import Any

from drivers import Refused
from pytest_bdd import given, parsers, then, when
from steps.accounts import ROLES
from steps.desk import Desk

Session = Mapping[str, Any]


def enter(desk: Desk, **said: str) -> Session | None:
    """Sign in; return the session, if one was begun."""
    answer = desk.answer = desk.driver.sign_in(**said)
    return None if isinstance(answer, Refused) else answer


@when(parsers.parse('сотрудник входит как "{login}" с первым паролем'))
def entered_first(desk: Desk, login: str, first_password: str) -> None:
    enter(desk, login=login, password=first_password)


@given(parsers.parse('программа вошла как "{login}" с первым паролем'), target_fixture="session_")
@when(parsers.parse('программа входит как "{login}" с первым паролем'), target_fixture="session_")
def entered_as_program(desk: Desk, login: str, first_password: str) -> Session | None:
    return enter(desk, login=login, password=first_password)


@given(
    parsers.parse('сотрудник вошёл как "{login}" и заменил первый пароль на "{password}"'),
    target_fixture="session_",
)
@when(
    parsers.parse('сотрудник входит как "{login}" и заменяет первый пароль на "{password}"'),
    target_fixture="session_",
)
def entered_replacing(desk: Desk, login: str, password: str, first_password: str) -> Session | None:
    return enter(desk, login=login, password=first_password, new_password=password)


@given(
    parsers.parse('сотрудник вошёл как "{login}" с паролем "{password}"'), target_fixture="session_"
)
@when(
    parsers.parse('сотрудник входит как "{login}" с паролем "{password}"'),
    target_fixture="session_",
)
def entered(desk: Desk, login: str, password: str) -> Session | None:
    return enter(desk, login=login, password=password)


@given(parsers.parse('кто-то пять раз подряд ошибся паролем, входя как "{login}"'))
def guessed(desk: Desk, login: str) -> None:
    for number in range(5):
        enter(desk, login=login, password=f"догадка {number}")


@given("сотрудник вышел")
@when("сотрудник выходит")
def left(desk: Desk, session_: Session) -> None:
    desk.answer = desk.driver.sign_out(session_)
    assert not isinstance(desk.answer, Refused)


@when("сотрудник продолжает работу")
def goes_on(desk: Desk, session_: Session) -> None:
    desk.answer = desk.driver.who_am_i(session_)


@when("программа обращается к сервису сотни раз без остановки")
def floods(desk: Desk, session_: Session) -> None:
    for _ in range(1000):
        desk.answer = desk.driver.who_am_i(session_)
        if isinstance(desk.answer, Refused):
            return


@then("вход выполнен")
def is_in(desk: Desk) -> None:
    assert not isinstance(desk.answer, Refused), desk.answer


@then(parsers.parse('сотрудник работает в роли "{role}"'))
@then(parsers.parse('программа работает в роли "{role}"'))
def works_as(desk: Desk, session_: Session, role: str) -> None:
    found = desk.driver.who_am_i(session_)
    assert not isinstance(found, Refused), found
    assert found["role"] == ROLES[role]
