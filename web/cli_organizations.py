"""Commands about an office's own list of organizations: taking it in, and giving it out."""

import sys
from functools import partial
from pathlib import Path

import click

from application.services import Services
from application.streams import StaleCase
from domain.places import UnknownRegion
from web.cli_caller import machine_user
from web.cli_export import give_out
from web.cli_language import words
from web.cli_output import answering, tell
from web.cli_progress import progress_bar
from web.cli_services import command_services
from web.imports.remarks import UnreadableFile
from web.imports.report import COLUMNS
from web.imports.taking_in import take_in

_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group()
def organizations() -> None:
    """Организации: внести список, как его ведёт фронт-офис, или выгрузить его."""


organizations.add_command(give_out)


@organizations.command("import")
@click.argument("file", type=_FILE)
@click.option("--region", help="Чей это список, если этого не говорят строки: KZ-75.")
@click.option("--confirm", is_flag=True, help="Внести. Без этого файл только проверяется.")
@answering()
def import_list(file: Path, region: str | None, output: str, *, confirm: bool) -> None:
    """Проверить список из XLSX или CSV построчно; с --confirm внести его, целиком и один раз."""
    watch = partial(progress_bar, label="Проверка строк")
    with command_services() as services:
        _check_region(services, region)
        try:
            told = take_in(services, machine_user(), file, region, watch, is_confirmed=confirm)
        except UnreadableFile as unreadable:
            raise click.ClickException(str(unreadable)) from unreadable
        except StaleCase as stale:
            raise click.ClickException(words("list-at-once")) from stale
    tell(output, COLUMNS, list(told.lines), told.document)
    for sentence in told.words:
        click.echo(sentence, err=output != "table")
    sys.exit(0 if told.is_good else 1)


def _check_region(services: Services, region: str | None) -> None:
    try:
        _ = region and services.places.check_region(region)
    except UnknownRegion as refusal:
        message = f"--region {region}: такого региона нет, нужен код вида KZ-75."
        raise click.BadParameter(message) from refusal
