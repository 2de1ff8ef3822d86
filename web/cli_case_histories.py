"""Commands that tell what has happened to a case, and what has changed by it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import click

from application.services import Services
from domain.places import REPUBLICAN_OFFICE
from web.changes import changes_told, events_between
from web.cli_caller import at_the_machine
from web.cli_case_names import CaseName, Moment, found_case
from web.cli_output import answering, tell
from web.cli_services import command_services
from web.histories import History, history_of
from web.history_tables import COLUMNS
from web.languages import language
from web.printed_histories import printed
from web.printings import printing_of
from web.table_cells import Cells, headings_of

_CHANGED = ("label", "before", "after")
_TOLD = ("version", "occurred_on", "sentence")


@click.command("history")
@click.argument("case", type=CaseName())
@click.option("--purpose", help="Для чего печатают: стоит на странице (-o html).")
@answering("table", "html")
def show_history(case: UUID | str, output: str, purpose: str | None) -> None:
    """Показать историю дела: каждое событие одной фразой или всё о нём; -o html — для печати."""
    with command_services() as services:
        stream, look = found_case(services, case), at_the_machine()
        history = history_of(services.front_office, services.places, stream)
        if output == "html":
            click.echo(_page(services, history, purpose), nl=False)
            return
        kind = "export" if output == "csv" else "history"
        services.reading_log.case(look, kind, stream, history.people)
        columns = _TOLD if output == "table" else COLUMNS
        rows = _rows(services, columns, history.rows())
    tell(output, headings_of(columns, language()), rows, {"items": history.items})


@click.command("changes")
@click.argument("case", type=CaseName())
@click.option("--from", "from_version", type=click.IntRange(1), help="С какой версии; с первой.")
@click.option("--to", "to_version", type=click.IntRange(1), help="До какой версии; до последней.")
@click.option("--from-moment", type=Moment(), help="Или с какого момента (RFC 3339).")
@click.option("--to-moment", type=Moment(), help="Или до какого момента (RFC 3339).")
@answering()
def show_changes(case: UUID | str, output: str, **ends: int | datetime | None) -> None:
    """Показать, что изменилось в деле между двумя версиями и какими событиями."""
    given = {name: value for name, value in ends.items() if value is not None}
    for end in ("from", "to"):
        if {f"{end}_version", f"{end}_moment"} <= given.keys():
            message = f"Назовите --{end} или --{end}-moment, но не то и другое."
            raise click.UsageError(message)
    with command_services() as services:
        stream, office = found_case(services, case), services.front_office
        compared = office.compared(stream, services.today(stream.state.office), given)
        events = events_between(office, services.places, compared)
        services.reading_log.case(at_the_machine(), "changes", compared.after, events.people)
        document = changes_told(compared, events)
        fields = _rows(services, _CHANGED, document["fields"])
        sentences = _rows(services, _TOLD, events.rows())
    tell(output, headings_of(_CHANGED, language()), fields, document)
    if output == "table":
        click.echo()
        tell(output, headings_of(_TOLD, language()), sentences, document)


def _rows(
    services: Services, columns: Sequence[str], rows: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return what tables say, by their headings, with moments by the republican office's clock."""
    today, zone = services.today(REPUBLICAN_OFFICE), services.places.zone(REPUBLICAN_OFFICE)
    cells = Cells(services.places, language(), today, zone)
    named = dict(zip(headings_of(columns, language()), columns, strict=True))
    return [{heading: cells.of(each, row[each]) for heading, each in named.items()} for row in rows]


def _page(services: Services, history: History, purpose: str | None) -> str:
    look = at_the_machine()
    printing = printing_of(services, history, look, purpose)
    services.reading_log.case(look, "export", history.stream, printing.people)
    return printed(history, printing)
