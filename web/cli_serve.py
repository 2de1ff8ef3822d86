"""Commands that start the service or describe it."""

import json
import sys

import click

from application import bootstrap
from application.settings import Settings, read_settings
from web import demo, server
from web.app import description
from web.logs import configure_logs

FIRST_CALL = "curl {address}/api/v1/assistance-requests"


@click.command()
def serve() -> None:
    """Запустить сервис (и встроенный PostgreSQL, если не задан другой)."""
    configure_logs()
    settings = read_settings()
    _check_loopback(settings)
    with bootstrap.database(settings) as database_url:
        bootstrap.prepare(settings, database_url)
        with bootstrap.build(settings, database_url) as services:
            services.tidy_up()
            if settings.demo and demo.is_wanted(services):
                click.echo("Загружается показательный регион…")
                demo.load(services)
        code = server.run(settings, database_url, lambda: _greet(settings))
    sys.exit(code)


@click.command()
def openapi() -> None:
    """Напечатать описание интерфейса (OpenAPI 3.1)."""
    click.echo(json.dumps(description(), ensure_ascii=False, indent=2, sort_keys=True))


def _check_loopback(settings: Settings) -> None:
    if not settings.listens_on_loopback:
        message = (
            f"FRONTOFFICE_HOST={settings.host} can be reached from other machines, and anybody\n"
            "could say that they are anybody: until accounts exist the service believes the header\n"
            "X-Development-Identity. Set FRONTOFFICE_HOST to 127.0.0.1 or unset it."
        )
        raise bootstrap.StartRefused(message)


def _greet(settings: Settings) -> None:
    lines = (
        "",
        f"Фронт-офис работает:   {settings.address}",
        f"Описание интерфейса:   {settings.address}/docs",
        f"Первый вызов:          {FIRST_CALL.format(address=settings.address)}",
        "Остановить:            Ctrl+C",
    )
    click.echo("\n".join(lines))
