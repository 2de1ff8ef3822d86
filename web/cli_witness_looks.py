"""A witness that looks at the log of a service: once, or again and again."""

import signal
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import click

from application.audit.log_over_http import LogOverHttp
from application.audit.witness_folder import WitnessFolder
from application.audit.witness_refusals import WitnessAlarm, WitnessRefusal, WitnessUnusable
from application.audit.witnesses import Witnessed
from application.audit.witnesses import witness as look
from application.bootstrap import utc_now
from web.cli_witness_options import asked, asking
from web.cli_witness_words import outcome_words, refusal_words, refusals_told, witness_words


@click.command("once")
@asking
def once(folder: Path, **told: Any) -> None:
    """Посмотреть на журнал один раз: проверить, подписать, отдать подпись."""
    with refusals_told():
        click.echo(outcome_words(_looked(WitnessFolder(folder), asked(**told))))


@click.command("run")
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
