"""Commands that start the service or describe it."""

import sys

import click

from application import bootstrap
from application.databases import database
from application.settings import read_settings
from web import demo, server
from web.api import written
from web.app import description
from web.cli_language import words
from web.greeting import greeting, keys_to_begin_with
from web.logs import configure_logs
from web.ports import check_port
from web.sealing import sealed


@click.command()
def serve() -> None:
    """Запустить сервис (и встроенный PostgreSQL, если не задан другой)."""
    configure_logs()
    settings = read_settings()
    check_port(settings)
    with database(settings) as database_url:
        if erased := bootstrap.prepare(settings, database_url):
            click.echo(words("erased-again", count=erased))
        with bootstrap.build(settings, database_url) as services:
            services.tidy_up()
            if settings.demo and demo.is_wanted(services):
                click.echo("Загружается показательный регион…")
                demo.load(services)
            told = list(keys_to_begin_with(services, settings))
        with sealed(settings, database_url):
            code = server.run(settings, database_url, lambda: click.echo(greeting(settings, told)))
    sys.exit(code)


@click.command()
def openapi() -> None:
    """Напечатать описание интерфейса (OpenAPI 3.1)."""
    click.echo(written(description()), nl=False)
