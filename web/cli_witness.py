"""Commands of a witness: on another machine than the service, without its settings or database."""

import signal
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import click

from application.audit.keys import NotAKey, VerifyingKey, read_vkey
from application.audit.log_over_http import LogOverHttp
from application.audit.witness_folder import WitnessFolder
from application.audit.witness_refusals import WitnessAlarm, WitnessRefusal, WitnessUnusable
from application.audit.witnesses import Witnessed
from application.audit.witnesses import witness as look
from application.bootstrap import utc_now
from web.cli_witness_offline import cosign
from web.cli_witness_options import asked, asking, in_folder
from web.cli_witness_status import status
from web.cli_witness_words import outcome_words, refusal_words, refusals_told, witness_words


@click.group()
def witness() -> None:
    """Свидетель журнала: помнит, что видел, и подписывает только продолжение.

    Работает на другой машине, чем сервис: в республиканском офисе, у аудитора.
    """


@witness.command("init")
@click.option("--name", required=True, help="Имя свидетеля, например office.kz/witness.")
@click.option("--log", "vkey", required=True, help="Ключ журнала, его показывает сервис.")
@in_folder
def init(name: str, vkey: str, folder: Path) -> None:
    """Создать свидетеля и показать его ключ."""
    with refusals_told():
        made = WitnessFolder(folder).make(name, _log(vkey)).verifying
    click.echo(witness_words("made", name=name, folder=folder.resolve(), vkey=made.vkey))


@witness.command("once")
@asking
def once(folder: Path, **told: Any) -> None:
    """Посмотреть на журнал один раз: проверить, подписать, отдать подпись."""
    with refusals_told():
        click.echo(outcome_words(_looked(WitnessFolder(folder), asked(**told))))


@witness.command("run")
@click.option("--every", type=click.IntRange(1, 86_400), default=60, show_default=True)
@asking
def run(every: int, folder: Path, **told: Any) -> None:
    """Смотреть на журнал снова и снова. Тревога завершает работу с кодом 1."""
    home, over = WitnessFolder(folder), Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: over.set())
    with refusals_told():
        log = asked(**told)
        click.echo(witness_words("at-work", name=home.key().name, every=every))
        while not over.is_set():
            _look_and_tell(home, log)
            over.wait(every)


def _look_and_tell(home: WitnessFolder, log: LogOverHttp) -> None:
    """Look once; a refusal that may pass is told, and no more."""
    try:
        seen = _looked(home, log)
        if not seen.is_known:
            _tell(outcome_words(seen))
    except (WitnessAlarm, WitnessUnusable):
        raise
    except WitnessRefusal as refusal:
        _tell(refusal_words(refusal), err=True)


def _looked(home: WitnessFolder, log: LogOverHttp) -> Witnessed:
    seen = look(home, log, int(utc_now().timestamp()))
    if not seen.is_known:
        log.hand_in(seen.checkpoint.size, seen.line)
    return seen


def _tell(words: str, *, err: bool = False) -> None:
    click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z {words}", err=err)


def _log(vkey: str) -> VerifyingKey:
    try:
        return read_vkey(vkey.strip())
    except NotAKey as error:
        raise WitnessUnusable("log-key-wrong", told=str(error)) from error


for command in (cosign, status):
    witness.add_command(command)
