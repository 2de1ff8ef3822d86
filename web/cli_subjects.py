"""Commands about the data of people: where it is, and to hold, release and erase it."""

from datetime import date
from typing import Any
from uuid import UUID

import click

from application.front_office import FrontOffice
from application.services import Services
from application.streams import CaseRef
from application.use_cases.subjects import Case
from domain.catalogue.catalogue import title_of
from domain.catalogue.codes import ErasureGround
from web.cli_calendar import Day
from web.cli_caller import at_the_machine, occasion
from web.cli_language import words
from web.cli_output import answering, tell
from web.cli_services import command_services
from web.erasure_words import told_report
from web.languages import language
from web.schemas.subjects import GROUNDS

ID = click.argument("subject", type=click.UUID)
REASON = click.option("--reason", required=True, help="Почему, словами и без имён людей.")
GROUND = click.option(
    "--ground",
    type=click.Choice([each.value for each in GROUNDS]),
    required=True,
    help="На каком основании.",
)
COLUMNS = ("title", "looked", "found", "left", "outcome_title")


@click.group()
def subjects() -> None:
    """Данные людей: где они есть; удержать, снять удержание, удалить навсегда."""


@subjects.command("show")
@ID
@answering()
def show(subject: UUID, output: str) -> None:
    """Показать, где есть данные человека, что удалено и что осталось."""
    with command_services() as services:
        _report(services, services.front_office.subject(subject), output)


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
        _report(services, erased, output)


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
        _file(services.front_office, held, output)


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
        _file(services.front_office, released, output)


def _file(office: FrontOffice, stream: Case, output: str) -> None:
    file = office.subject_file(stream, None)
    rows = [
        {"office": each.office, "reason": each.reason, "until": each.until} for each in file.holds
    ]
    tell(output, ("office", "reason", "until"), rows, file)


def _report(services: Services, stream: Case, output: str) -> None:
    office = services.front_office
    report = office.erasure_report(stream)
    services.reading_log.case(at_the_machine(), "case", stream, [report.id])
    told: dict[str, Any] = told_report(report, office.names_of(e.staff_id for e in report.exports))
    tell(output, COLUMNS, told["places"], told)
    if output != "table":
        return
    for case in told["cases"]:
        click.echo(words("person-in-case", **case))
    for export in told["exports"]:
        click.echo(
            words("person-exported", **{**export, "who": export["name"] or export["staff_id"]})
        )
    if report.erased:
        title = getattr(title_of(report.erased.ground), language())
        click.echo(words("person-erased", day=report.erased.erased_on, ground=title))
