"""The command line of the front office."""

import sys

import click

from application.backups.outcomes import BackupFailed, BackupRefused
from application.databases import StartRefused
from application.settings import SettingsError
from web.cli_backup import backup, restore
from web.cli_calendar import calendar
from web.cli_cases import cases
from web.cli_read_models import read_models
from web.cli_serve import openapi, serve
from web.cli_staff import staff


@click.group()
@click.version_option(package_name="front-office")
def frontoffice() -> None:
    """Дела фронт-офисов волонтёров: сервер, дела, описание интерфейса."""


for command in (serve, cases, calendar, staff, read_models, backup, restore, openapi):
    frontoffice.add_command(command)


def main() -> None:
    """Run the command line; a refusal to start is a sentence, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # The streams of a console.
    try:
        frontoffice()
    except (SettingsError, StartRefused, BackupRefused) as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    except BackupFailed as failure:
        click.echo(str(failure), err=True)
        sys.exit(1)
