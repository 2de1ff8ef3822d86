"""Commands about the key file: how it stands with the keys, and to replace them."""

import sys

import click

from application.bootstrap import utc_now
from application.case_files.key_status import KeyState
from web.cli_language import speaking, words
from web.cli_output import answering, tell
from web.cli_progress import progress_bar
from web.cli_services import command_services

COLUMNS = ("id", "made_at", "wraps", "state")


@click.group()
def keys() -> None:
    """Ключи, которыми закрыты данные людей: показать, сменить."""


@keys.command("status")
@answering()
def status(output: str) -> None:
    """Показать ключи файла: с какого времени и сколько ключей людей каждый закрывает.

    Код 1, если смена не закончена или какого-то ключа в файле нет.
    """
    with command_services() as services:
        found = services.front_office.key_status()
    rows = [
        {
            "id": each.id,
            "made_at": each.made_at,
            "wraps": each.wraps,
            "state": words(f"key-{each.state}"),
        }
        for each in found.keys
    ]
    tell(output, COLUMNS, rows, found)
    is_missing = any(each.state is KeyState.MISSING for each in found.keys)
    told = (
        "keys-missing" if is_missing else "keys-unfinished" if found.is_unfinished else "keys-good"
    )
    click.echo(words(told, erased=found.erased), err=output != "table")
    sys.exit(0 if told == "keys-good" else 1)


@keys.command("rotate")
@speaking
def rotate() -> None:
    """Сменить ключи и уничтожить прежние: так удаление доходит до старых копий.

    Работа не прерывается. Прерванную смену доводит до конца следующая.
    """
    with command_services() as services:
        office = services.front_office
        total = office.count_wrapped() + office.count_events()
        with progress_bar(total, words("keys-rotating")) as bar:
            rotated = office.rotate_keys(utc_now(), bar)
    click.echo(words("keys-rotated", current=rotated.current, count=rotated.rewrapped))
    click.echo(words("keys-to-copy", file=services.front_office.surroundings.keys.path.resolve()))
