"""Commands that start the service or describe it."""

import json
import sys
from collections.abc import Iterator, Sequence

import click

from application import bootstrap
from application.services import Services
from application.settings import Settings, read_settings
from domain.actors import Role
from domain.places import REPUBLICAN_OFFICE
from web import demo, demo_staff, server
from web.app import description
from web.cli_staff import FIRST_LOGIN, create_account
from web.logs import configure_logs

FIRST_CALL = 'curl -H "Authorization: Bearer $TOKEN" {address}/api/v1/assistance-requests'


@click.command()
def serve() -> None:
    """Запустить сервис (и встроенный PostgreSQL, если не задан другой)."""
    configure_logs()
    settings = read_settings()
    with bootstrap.database(settings) as database_url:
        bootstrap.prepare(settings, database_url)
        with bootstrap.build(settings, database_url) as services:
            services.tidy_up()
            if settings.demo and demo.is_wanted(services):
                click.echo("Загружается показательный регион…")
                demo.load(services)
            told = [*_tokens(services, settings), *_first_administrator(services)]
        code = server.run(settings, database_url, lambda: _greet(settings, told))
    sys.exit(code)


@click.command()
def openapi() -> None:
    """Напечатать описание интерфейса (OpenAPI 3.1)."""
    click.echo(json.dumps(description(), ensure_ascii=False, indent=2, sort_keys=True))


def _tokens(services: Services, settings: Settings) -> Iterator[str]:
    """Return a ready token for one person of every role, where there is the demonstration."""
    if settings.demo and (ready := list(demo_staff.tokens(services))):
        yield "Токены на 12 часов, по одному на роль:"
        yield from (f"  {token}  {post}" for post, token in ready)
        yield f"TOKEN={ready[0][1]}"


def _first_administrator(services: Services) -> Iterator[str]:
    """Create the first administrator where there is no account at all."""
    if not services.front_office.registry.has_accounts():
        password = create_account(
            services,
            login=FIRST_LOGIN,
            name="Первый администратор",
            office=REPUBLICAN_OFFICE,
            post="Администратор",
            role=Role.ADMINISTRATOR,
        )
        yield f"Первый администратор: логин {FIRST_LOGIN}, пароль {password} (показан один раз)"


def _greet(settings: Settings, told: Sequence[str]) -> None:
    lines = (
        "",
        *told,
        "",
        f"Фронт-офис работает:   {settings.address}",
        f"Описание интерфейса:   {settings.address}/docs",
        f"Первый вызов:          {FIRST_CALL.format(address=settings.address)}",
        "Остановить:            Ctrl+C",
    )
    click.echo("\n".join(lines))
