"""Commands that prove by the log: for programs, and for whoever checks by hand."""

from typing import Any
from uuid import UUID

import click
import msgspec

from application.audit.log_proofs import LogProofs
from application.services import Services
from web.cli_caller import at_the_machine
from web.cli_language import speaking
from web.cli_services import command_services
from web.presentation import plain

_SIZE = click.IntRange(1, 2**63 - 1)
_size = click.option(
    "--size", type=_SIZE, help="В журнале такого размера; иначе — подписанном последним."
)


@click.command()
@speaking
def checkpoint() -> None:
    """Показать контрольную точку журнала: её хранят у себя и сравнивают с нею потом."""
    with command_services() as services:
        click.echo(proofs_at_the_machine(services).checkpoint(), nl=False)


@click.command()
@click.option("--from", "old", type=_SIZE, required=True, help="Размер прежнего журнала.")
@click.option("--to", "new", type=_SIZE, help="Размер нового; иначе — подписанный последним.")
@speaking
def consistency(old: int, new: int | None) -> None:
    """Доказать, что журнал только рос: хеши в base64, по строке (RFC 6962)."""
    with command_services() as services:
        for each in proofs_at_the_machine(services).consistency(old, new):
            click.echo(each)


@click.command()
@click.argument("case", type=click.UUID)
@click.argument("version", type=_SIZE)
@_size
@speaking
def inclusion(case: UUID, version: int, size: int | None) -> None:
    """Доказать, что событие дела стоит в журнале (RFC 6962)."""
    with command_services() as services:
        _tell(proofs_at_the_machine(services).inclusion(case, version, size))


@click.command()
@click.argument("case", type=click.UUID)
@speaking
def completeness(case: UUID) -> None:
    """Доказать, какая версия дела последняя: что ничего не отрезано."""
    with command_services() as services:
        _tell(proofs_at_the_machine(services).completeness(case))


def proofs_at_the_machine(services: Services) -> LogProofs:
    """Return what proves by the log, for whoever may use the machine."""
    return services.proofs_of(at_the_machine().by)


def _tell(proof: Any) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(plain(proof))).decode())
