"""Accounts of the staff: given, with roles and passwords, closed and opened again."""

from typing import Any

from drivers import ACCOUNTS, READER, Refused
from people import People, staff_id
from pytest_bdd import given, parsers, then, when
from steps.desk import ADMINISTRATOR, HEAD, OFFICES_OF, Desk

from domain.actors import Role
from domain.catalogue.catalogue import title_of

ROLES = {title_of(role).ru: role for role in Role}


def create(desk: Desk, login: str, office: str, who: str = ADMINISTRATOR) -> Any:
    """Give somebody an account; return the first password."""
    desk.begin(
        ACCOUNTS,
        who,
        login=login,
        name="Пример Примеров",
        office=office,
        post="Сотрудник",
        reason="Принят на работу",
    )
    return told(desk)


def told(desk: Desk) -> Any:
    """Return the first password that was told, if one was."""
    return None if isinstance(desk.answer, Refused) else desk.answer["first_password"]


@given(
    parsers.parse('администратор завёл сотруднику {office} учётную запись "{login}"'),
    target_fixture="first_password",
)
@when(
    parsers.parse('администратор заводит сотруднику {office} учётную запись "{login}"'),
    target_fixture="first_password",
)
def created(desk: Desk, office: str, login: str) -> Any:
    return create(desk, login, OFFICES_OF[office])


@when(parsers.parse('руководитель заводит сотруднику {office} учётную запись "{login}"'))
def created_by_head(desk: Desk, office: str, login: str) -> None:
    create(desk, login, OFFICES_OF[office], HEAD)


@given("учётная запись самого администратора")
def own_account(desk: Desk, people: People) -> None:
    take(desk, str(people.account(ADMINISTRATOR)))


@given("учётная запись сотрудника, который входит без пароля, через поставщика удостоверений")
def account_without_login(desk: Desk, people: People) -> None:
    take(desk, str(people.known_elsewhere("specialist@KZ-75#elsewhere")))


def take(desk: Desk, account_id: str) -> None:
    """Take an account to hand."""
    found = desk.driver.read(ACCOUNTS, account_id, who=ADMINISTRATOR)
    assert not isinstance(found, Refused), found
    desk.cases[ACCOUNTS] = found


def decide(desk: Desk, name: str, **body: Any) -> None:
    """Let the administrator read the account at hand and decide about it."""
    take(desk, str(desk.cases[ACCOUNTS]["id"]))
    desk.command(ACCOUNTS, name, ADMINISTRATOR, **body)


@given(parsers.parse('администратор дал роль "{role}": "{reason}"'))
@when(parsers.parse('администратор даёт роль "{role}": "{reason}"'))
def granted(desk: Desk, role: str, reason: str) -> None:
    decide(desk, "grant-role", role=ROLES[role], reason=reason)


@given(parsers.parse('администратор снял роль "{role}": "{reason}"'))
@when(parsers.parse('администратор снимает роль "{role}": "{reason}"'))
def revoked(desk: Desk, role: str, reason: str) -> None:
    decide(desk, "revoke-role", role=ROLES[role], reason=reason)


@when(parsers.parse('администратор меняет должность на "{post}"'))
def post_changed(desk: Desk, post: str) -> None:
    decide(desk, "change-post", post=post)


@given("администратор закрыл учётную запись")
@when("администратор закрывает учётную запись")
def closed(desk: Desk) -> None:
    decide(desk, "close", reason="Ушёл из фронт-офиса")


@given("администратор снова открыл учётную запись")
@when("администратор снова открывает учётную запись")
def reopened(desk: Desk) -> None:
    decide(desk, "reopen", reason="Вернулся на работу")


@given("администратор выдал новый первый пароль", target_fixture="first_password")
@when("администратор выдаёт новый первый пароль", target_fixture="first_password")
def password_reset(desk: Desk) -> Any:
    decide(desk, "reset-password", reason="Забыл пароль")
    return told(desk)


@given("администратор снова разрешил вход")
@when("администратор снова разрешает вход")
def unlocked(desk: Desk) -> None:
    decide(desk, "unlock", reason="Позвонил и назвал себя")


@given("администратор завершил все сеансы")
@when("администратор завершает все сеансы")
def sessions_ended(desk: Desk) -> None:
    decide(desk, "end-sessions", reason="Потерял телефон")


@then(parsers.parse('должность сотрудника: "{post}"'))
def post_is(desk: Desk, post: str) -> None:
    assert desk.refresh(ACCOUNTS)["post"] == post


@then("аудитор видит, какие роли, когда и почему администратор дал и снял:")
def roles_are(desk: Desk, datatable: list[list[str]]) -> None:
    found = desk.driver.read(ACCOUNTS, str(desk.cases[ACCOUNTS]["id"]), who=READER)
    assert not isinstance(found, Refused)
    by, shown = str(staff_id(ADMINISTRATOR)), found["roles"]
    assert [[title_of(Role(each["role"])).ru, *words_of(each)] for each in shown] == datatable[1:]
    assert all(each["granted_by"] == by and each["granted_at"] for each in shown)
    ended = [each for each in shown if each["revoked_because"]]
    assert all(each["revoked_by"] == by and each["revoked_at"] for each in ended)


def words_of(held: Any) -> tuple[str, str]:
    """Return why a role was given, and why it was ended."""
    return held["reason"], held["revoked_because"] or ""


@then(parsers.parse('сотрудники {office} видят учётную запись в списке в роли "{role}"'))
def listed(desk: Desk, office: str, role: str) -> None:
    found = desk.driver.page(f"specialist@{OFFICES_OF[office]}", ACCOUNTS)
    assert not isinstance(found, Refused), found
    rows = {row["id"]: row["roles"] for row in found["items"]}
    assert rows[str(desk.cases[ACCOUNTS]["id"])] == [ROLES[role]]
