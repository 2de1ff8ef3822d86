"""Commands about the data of people: where it is, and to hold, release and erase it."""

from datetime import date
from uuid import UUID

import click

from application.streams import CaseRef
from domain.catalogue.codes import ErasureGround
from web.cli_calendar import Day
from web.cli_caller import occasion
from web.cli_output import answering
from web.cli_people import tell_file, tell_report
from web.cli_services import command_services
from web.schemas.subjects import GROUNDS

ID = click.argument("subject", type=click.UUID)
REASON = click.option("--reason", required=True, help="Почему, словами и без имён людей.")
GROUND = click.option(
    "--ground",
    type=click.Choice([each.value for each in GROUNDS]),
    required=True,
    help="На каком основании.",
)


@click.group()
def subjects() -> None:
    """Данные людей: где они есть; удержать, снять удержание, удалить навсегда."""


@subjects.command("show")
@ID
@answering()
def show(subject: UUID, output: str) -> None:
    """Показать, где есть данные человека, что удалено и что осталось."""
    with command_services() as services:
        tell_report(services, services.front_office.subject(subject), output)


@subjects.command("erase")
@ID
@GROUND
@REASON
@answering()
def erase(subject: UUID, ground: str, reason: str, output: str) -> None:
    """Удалить данные человека навсегда и показать, где их искали."""
    with command_services() as services:
        erased = services.front_office.erase_subject(
            CaseRef(subject), occasion(services), ground=ErasureGround(ground), reason=reason
        )
        tell_report(services, erased, output)


@subjects.command("hold")
@ID
@REASON
@click.option("--until", type=Day(), help="Последний день; без него — до снятия.")
@answering()
def hold(subject: UUID, reason: str, until: date | None, output: str) -> None:
    """Удержать данные: закон или суд требует их хранить."""
    with command_services() as services:
        held = services.front_office.hold_subject(
            CaseRef(subject), occasion(services), reason=reason, until=until
        )
        tell_file(services.front_office, held, output)


@subjects.command("release")
@ID
@REASON
@click.option("--held-by", help="Чьё удержание; без него — своё или единственное.")
@answering()
def release(subject: UUID, reason: str, held_by: str | None, output: str) -> None:
    """Снять удержание."""
    with command_services() as services:
        released = services.front_office.release_subject(
            CaseRef(subject), occasion(services), reason=reason, held_by=held_by
        )
        tell_file(services.front_office, released, output)
