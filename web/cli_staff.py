"""Commands about accounts: the first administrator, and the ways out when nobody can sign in."""

import click

from application.case_files.staff_file import staff_file
from application.case_types import STAFF as STAFF_CASE
from application.read_models.account_lists import STAFF
from application.read_models.lists import ListQuery
from application.scopes import Scope, View
from application.services import Services
from application.streams import CaseRef
from domain.actors import Role
from domain.personal import Personal
from domain.places import REPUBLICAN_OFFICE
from web.cli_caller import at_the_machine, occasion
from web.cli_services import command_services, prepared_services

FIRST_LOGIN = "admin"


@click.group()
def staff() -> None:
    """Учётные записи: завести, показать, сбросить пароль, снять блокировку входа."""


@staff.command("create")
@click.option("--login", required=True, help="С чем человек будет входить.")
@click.option("--name", required=True, help="Имя и фамилия.")
@click.option("--office", default=REPUBLICAN_OFFICE, show_default=True)
@click.option("--post", required=True, help="Должность.")
@click.option("--role", type=click.Choice([each.value for each in Role]), required=True)
def create(login: str, name: str, office: str, post: str, role: str) -> None:
    """Завести учётную запись и показать первый пароль."""
    with prepared_services() as services:
        told = create_account(
            services, login=login, name=name, office=office, post=post, role=Role(role)
        )
    click.echo(f"Учётная запись {login} заведена. Первый пароль (показан один раз): {told}")


@staff.command("list")
def show() -> None:
    """Показать учётные записи: логин, имя, роли, фронт-офис, состояние, должность."""
    with command_services() as services:
        query = ListQuery(today=services.today(REPUBLICAN_OFFICE), limit=10_000)
        for row in services.front_office.queries.page(STAFF, query).rows:
            account = services.front_office.case(STAFF_CASE, row["id"])
            services.reading_log.case(at_the_machine(), "case", account)
            told = staff_file(account, None)
            known = (_plain(told.login), _plain(told.name), ",".join(row["roles"]) or "-")
            click.echo("  ".join((*known, row["office"], row["status"], row["post"])))


@staff.command("reset-password")
@click.argument("login")
@click.option("--reason", required=True)
def reset_password(login: str, reason: str) -> None:
    """Выдать новый первый пароль; все сеансы завершаются."""
    told: list[str] = []
    with command_services() as services:
        office, on = services.front_offices.of(Scope(View.REGISTRY)), occasion(services)
        office.reset_password(_account(services, login), on, reason=reason, tell=told.append)
    click.echo(f"Новый первый пароль для {login} (показан один раз): {told[0]}")


@staff.command("unlock")
@click.argument("login")
@click.option("--reason", required=True)
def unlock(login: str, reason: str) -> None:
    """Снять блокировку входа после неверных паролей."""
    with command_services() as services:
        office, on = services.front_offices.of(Scope(View.REGISTRY)), occasion(services)
        office.unlock(_account(services, login), on, reason=reason)
    click.echo("Блокировка снята.")


def create_account(
    services: Services, *, login: str, name: str, office: str, post: str, role: Role
) -> str:
    """Create an account; return its first password."""
    told: list[str] = []
    registry = services.front_offices.of(Scope(View.REGISTRY))
    registry.create_account(
        occasion(services),
        office=office,
        post=post,
        name=name,
        login=login,
        roles=(role,),
        reason="Из командной строки",
        tell=told.append,
    )
    return told[0]


def _account(services: Services, login: str) -> CaseRef:
    office = services.front_office
    found = office.registry.by_login(*office.login_keys(login))
    if found is None:
        message = f"Нет учётной записи с логином {login}. Все: frontoffice staff list"
        raise click.ClickException(message)
    return CaseRef(found["id"])


def _plain(item: Personal | None) -> str:
    return item.value or "-" if item else "-"
