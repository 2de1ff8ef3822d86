"""The command that loads the demonstration."""

import click

from web import demo as demonstration
from web.cli_language import speaking, words
from web.cli_services import prepared_services


@click.command()
@speaking
def demo() -> None:
    """Загрузить показательный регион в пустую базу данных."""
    with prepared_services() as services:
        if not demonstration.is_wanted(services):
            raise click.ClickException(words("not-empty"))
        demonstration.load(services)
    click.echo(words("demo-loaded"))
