"""Commands that read cases: for auditors, without the server."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import click

from application.case_types import CASE_TYPES
from application.services import Services
from application.streams import CaseNotFound, Stream
from web.cli_caller import at_the_machine
from web.cli_case_lists import show_list
from web.cli_language import words
from web.cli_output import answering, tell
from web.cli_services import command_services
from web.histories import COLUMNS, flat, history_items
from web.presentation import plain

_NO_CASE = UUID(int=0)
_TOLD = ("version", "occurred_on", "sentence")


class Moment(click.ParamType[datetime]):
    """A moment as HTTP takes it: with its offset, so that it is the same on every machine."""

    name = "moment"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the moment."""
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fail(f"{value!r}: нужен момент вида 2026-03-02T10:00:00+05:00.", param, ctx)
        return moment


class CaseName(click.ParamType[UUID | str]):
    """A case as people name it: by its number, or by its id."""

    name = "case"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> UUID | str:
        """Return the id, or the number in capitals."""
        number = str(value).upper()
        if re.fullmatch(r"[A-Z]{2}(-\d\d)?(/V)?/\d{4}/\d{6,}", number):
            return number
        try:
            return UUID(value)
        except ValueError:
            self.fail(f"{value!r}: нужен номер вида KZ-75/2026/000123 или id дела.", param, ctx)


@click.group()
def cases() -> None:
    """Дела: списки, одно дело, как оно есть или было, и его история."""


cases.add_command(show_list)


@cases.command("show")
@click.argument("case", type=CaseName())
@click.option("--version", type=click.IntRange(1), help="Дело в этой версии.")
@click.option("--as-of", type=Moment(), help="Дело на этот момент (RFC 3339).")
@answering("json")
def show(case: UUID | str, version: int | None, as_of: datetime | None, output: str) -> None:
    """Показать дело по номеру или id."""
    with command_services() as services:
        stream = _find(services, case, version=version, as_of=as_of)
        look = at_the_machine()
        services.reading_log.case(look, "case", stream)
        past = as_of or (stream.changed_at if version else None)
        today = services.today(stream.state.office)
        file = plain(services.front_office.file(stream, today, past, look.by))
    rows = [{"field": name, "value": value} for name, value in file.items()]
    tell(output, ("field", "value"), rows, file)


@cases.command("history")
@click.argument("case", type=CaseName())
@answering()
def show_history(case: UUID | str, output: str) -> None:
    """Показать историю дела: каждое событие одной фразой, или всё о нём."""
    with command_services() as services:
        stream = _find(services, case)
        items, people = history_items(services.front_office, services.places, stream)
        kind = "export" if output == "csv" else "history"
        services.reading_log.case(at_the_machine(), kind, stream, people)
    columns = _TOLD if output == "table" else COLUMNS
    tell(output, columns, list(flat(items)), {"items": items})


def _find(services: Services, case: UUID | str, **past: Any) -> Stream[Any]:
    office = services.front_office
    case_id = office.queries.case_numbered(case) if isinstance(case, str) else case
    for case_type in CASE_TYPES:
        try:
            return office.case(case_type, case_id or _NO_CASE, **past)
        except CaseNotFound:
            continue
    raise click.ClickException(words("no-such-case", case=case))
