"""Commands that read cases: for auditors, without the server."""

from datetime import datetime
from typing import Any
from uuid import UUID

import click
import msgspec

from application.case_files.history import history
from application.case_types import CASE_TYPES
from application.services import Services
from application.streams import CaseNotFound, Stream
from web.cli_services import at_the_machine, command_services
from web.presentation import plain
from web.sentences import sentence, staff_in


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


@click.group()
def cases() -> None:
    """Дела: прочитать одно, как оно есть или было, и его историю."""


@cases.command("show")
@click.argument("case_id", type=click.UUID)
@click.option("--version", type=click.IntRange(1), help="Дело в этой версии.")
@click.option("--as-of", type=Moment(), help="Дело на этот момент (RFC 3339).")
def show(case_id: UUID, version: int | None, as_of: datetime | None) -> None:
    """Показать дело как JSON."""
    with command_services() as services:
        stream = _find(services, case_id, version=version, as_of=as_of)
        services.reading_log.case(at_the_machine(), "case", stream)
        past = as_of or (stream.changed_at if version else None)
        file = services.front_office.file(stream, services.today(stream.state.office), past)
        click.echo(msgspec.json.format(msgspec.json.encode(plain(file))).decode())


@cases.command("history")
@click.argument("case_id", type=click.UUID)
@click.option("-o", "output", type=click.Choice(["table", "json"]), default="table")
@click.option("--language", type=click.Choice(["ru", "kk", "en"]), default="ru")
def show_history(case_id: UUID, output: str, language: str) -> None:
    """Показать историю дела: каждое событие одной фразой или как JSON."""
    with command_services() as services:
        stream = _find(services, case_id)
        services.reading_log.case(at_the_machine(), "history", stream)
        entries = history(stream)
        names = services.front_office.names_of(
            each for entry in entries for each in staff_in(entry.event)
        )
        for entry in entries:
            if output == "json":
                click.echo(msgspec.json.encode(plain(entry)).decode())
            else:
                told = sentence(entry.event, language, services.places, names)
                click.echo(f"{entry.version:>4}  {entry.occurred_on}  {told}")


def _find(services: Services, case_id: UUID, **past: Any) -> Stream[Any]:
    for case_type in CASE_TYPES:
        try:
            return services.front_office.case(case_type, case_id, **past)
        except CaseNotFound:
            continue
    message = f"Дела {case_id} нет, или на этот момент его ещё не было."
    raise click.ClickException(message)
