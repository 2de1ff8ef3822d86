"""What is told of people at the machine: what was decided, and where their data is."""

from typing import Any

import click

from application.front_office import FrontOffice
from application.services import Services
from application.use_cases.subjects import Case
from domain.catalogue.catalogue import title_of
from web.cli_caller import at_the_machine
from web.cli_language import words
from web.cli_output import tell
from web.erasure_words import told_report
from web.languages import language

COLUMNS = ("title", "looked", "found", "left", "outcome_title")


def tell_file(office: FrontOffice, stream: Case, output: str) -> None:
    """Tell who holds the data of a person, and why."""
    file = office.subject_file(stream, None)
    rows = [
        {"office": each.office, "reason": each.reason, "until": each.until} for each in file.holds
    ]
    tell(output, ("office", "reason", "until"), rows, file)


def tell_report(services: Services, stream: Case, output: str) -> None:
    """Tell where it was looked for a person, and record that it was told."""
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
