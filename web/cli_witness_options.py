"""What several commands of a witness are told: its folder, the service, and who it is there."""

from pathlib import Path
from typing import Any

import click

from application.audit.credentials import Credentials, Login, TokenFile
from application.audit.log_over_http import LogOverHttp
from web.cli_language import Command, speaking
from web.languages import SPOKEN

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("witness"),
    show_default=True,
    help="Папка свидетеля.",
)
_ASKING = (
    click.option("--url", required=True, help="Адрес сервиса, на https."),
    click.option("--token-file", type=FILE, help="Файл с токеном; читается каждый раз."),
    click.option("--login", help="Учётная запись программы или аудитора."),
    click.option("--password-file", type=FILE, help="Файл с её паролем."),
)


def in_folder(command: Command) -> Command:
    """Let a command be told the folder and the language."""
    return FOLDER(speaking(command))


def asking(command: Command) -> Command:
    """Let a command be told whom it asks, and as whom."""
    for option in reversed(_ASKING):
        command = option(command)
    return in_folder(command)


def asked(
    url: str, token_file: Path | None, login: str | None, password_file: Path | None
) -> LogOverHttp:
    """Return the log of the service that a command was told of."""
    return LogOverHttp(url, _credentials(token_file, login, password_file), SPOKEN.get())


def _credentials(
    token_file: Path | None, login: str | None, password_file: Path | None
) -> Credentials:
    match token_file, login, password_file:
        case Path() as file, None, None:
            return TokenFile(file)
        case None, str(name), Path() as file:
            return Login(name, file)
    message: Any = "Назовите --token-file, или вместе --login и --password-file."
    raise click.UsageError(message)
