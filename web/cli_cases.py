"""Commands that read cases: for auditors, without the server."""

from datetime import datetime
from uuid import UUID

import click

from web.cli_caller import at_the_machine
from web.cli_case_histories import show_changes, show_history
from web.cli_case_lists import show_list
from web.cli_case_names import CaseName, Moment, found_case
from web.cli_output import answering, tell
from web.cli_services import command_services
from web.presentation import plain


@click.group()
def cases() -> None:
    """Дела: списки, одно дело, как оно есть или было, и его история."""


for command in (show_list, show_history, show_changes):
    cases.add_command(command)


@cases.command("show")
@click.argument("case", type=CaseName())
@click.option("--version", type=click.IntRange(1), help="Дело в этой версии.")
@click.option("--as-of", type=Moment(), help="Дело на этот момент (RFC 3339).")
@answering("json")
def show(case: UUID | str, version: int | None, as_of: datetime | None, output: str) -> None:
    """Показать дело по номеру или id."""
    with command_services() as services:
        stream = found_case(services, case, version=version, as_of=as_of)
        look = at_the_machine()
        services.reading_log.case(look, "case", stream)
        past = as_of or (stream.changed_at if version else None)
        today = services.today(stream.state.office)
        file = plain(services.front_office.file(stream, today, past, look.by))
    rows = [{"field": name, "value": value} for name, value in file.items()]
    tell(output, ("field", "value"), rows, file)
