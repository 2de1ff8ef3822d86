"""The command that seals what is recorded, and signs it."""

import select
import signal
import sys
from threading import Event
from typing import NoReturn

import click
import structlog
from eventsourcing.persistence import OperationalError

from application.audit.sealer_files import SealerFiles
from application.audit.stops import SealingStopped
from application.bootstrap import check_prepared, utc_now
from application.databases import database_to_read, database_to_seal
from application.sealer import Sealer
from application.settings import read_settings
from web.cli_language import speaking, words
from web.logs import configure_logs

log = structlog.get_logger()


@click.command()
@click.option("--once", is_flag=True, help="Запечатать то, что есть, и закончить.")
@click.option("--show-key", is_flag=True, help="Показать ключ журнала, который нужен аудитору.")
@click.option(
    "--new-log",
    metavar="ПРИЧИНА",
    help="Начать новый журнал, когда прежний продолжить нельзя: с новым именем и ключом.",
)
@click.option("--beside-service", is_flag=True, hidden=True)
@speaking
def seal(*, once: bool, show_key: bool, new_log: str | None, beside_service: bool) -> None:
    """Запечатывать журнал всего записанного и подписывать его. Код 1, если подписывать нельзя.

    Рядом с запущенным сервисом это делается само; отдельно — на другой машине или под другим
    пользователем, с FRONTOFFICE_SEALER=off у сервиса.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if show_key:
        click.echo(SealerFiles(read_settings().sealer_dir).key().signing.verifying.vkey)
    elif new_log is not None:
        _begin_new_log(new_log)
    elif beside_service:
        _beside_service()
    else:
        _alone(once=once)


def _alone(*, once: bool) -> None:
    configure_logs()
    settings = read_settings()
    with database_to_seal(settings) as url:
        check_prepared(url)
        sealer = Sealer(settings, url, utc_now)
        if once:
            click.echo(words("sealed", size=sealer.seal_once()))
        else:
            sealer.follow(Event().wait, Alone())


def _begin_new_log(reason: str) -> None:
    settings = read_settings()
    if not reason.strip():
        raise click.BadParameter(words("reason-needed"), param_hint="--new-log")
    with database_to_read(settings) as url:
        check_prepared(url)
        begun = Sealer(settings, url, utc_now).begin_new_log(url, reason)
    click.echo(words("log-begun", vkey=begun.key.vkey))
    for note in dict.fromkeys((begun.outside, begun.inside)):
        if note is not None:
            click.echo(words("log-ended", note=note))


def _beside_service() -> None:
    """Follow until the service closes our input, or has died and so left it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the service, which tells us.
    configure_logs()
    url = sys.stdin.readline().strip()

    def is_over(seconds: float) -> bool:
        return bool(select.select([sys.stdin], [], [], seconds)[0])

    Sealer(read_settings(), url, utc_now).follow(is_over, Beside())


class Beside:
    """Writes to the log of the service what becomes of the sealing."""

    def stopped(self, stop: SealingStopped) -> None:
        """Say that nothing more is signed."""
        log.error("sealer stopped", reason=stop.reason)

    def lost(self, _: OperationalError) -> None:
        """Say that the database is gone for now."""
        log.warning("sealer waits", reason="database-lost")


class Alone(Beside):
    """Ends the command when there is nothing more to be signed."""

    def stopped(self, stop: SealingStopped) -> NoReturn:
        """Say why, and leave."""
        raise stop
