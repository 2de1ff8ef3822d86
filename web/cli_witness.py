"""Commands of a witness: on another machine than the service, without its settings or database."""

from pathlib import Path

import click

from application.audit.keys import NotAKey, VerifyingKey, read_vkey
from application.audit.witness_folder import WitnessFolder
from application.audit.witness_refusals import WitnessUnusable
from web.cli_witness_looks import once, run
from web.cli_witness_offline import cosign
from web.cli_witness_options import in_folder
from web.cli_witness_status import status
from web.cli_witness_words import refusals_told, witness_words


@click.group()
def witness() -> None:
    """Свидетель журнала: помнит, что видел, и подписывает только продолжение.

    Работает на другой машине, чем сервис: в республиканском офисе, у аудитора.
    """


@witness.command("init")
@click.option("--name", required=True, help="Имя свидетеля, например office.kz/witness.")
@click.option("--log", "vkey", required=True, help="Ключ журнала: frontoffice seal --show-key.")
@in_folder
def init(name: str, vkey: str, folder: Path) -> None:
    """Создать свидетеля и показать его ключ."""
    with refusals_told():
        made = WitnessFolder(folder).make(name, _log(vkey)).verifying
    click.echo(witness_words("made", name=name, folder=folder.resolve(), vkey=made.vkey))


def _log(vkey: str) -> VerifyingKey:
    try:
        return read_vkey(vkey.strip())
    except NotAKey as error:
        raise WitnessUnusable("log-key-wrong", told=str(error)) from error


for command in (once, run, cosign, status):
    witness.add_command(command)
