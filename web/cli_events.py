"""The command that shows the log at the machine itself: as JSON lines, or to be read."""

from collections.abc import Iterator, Mapping
from typing import Any

import click
import msgspec

from application.services import Services
from application.use_cases.feed import Batch
from web.cli_caller import at_the_machine
from web.cli_language import speaking, words
from web.cli_services import command_services
from web.cloud_events import cloud_event, topics_of
from web.schemas.cloud_events import MAX_LIMIT

_LINE = "{position:>10}  {time:%Y-%m-%dT%H:%M:%SZ}  {type}  {subject}  {sequence}"


class TypesOfEvents(click.ParamType[str]):
    """A type of event, or the beginning of several."""

    name = "type"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the beginning, if any type begins so."""
        if not topics_of(value):
            self.fail(words("unknown-event-type", given=value), param, ctx)
        return str(value)


@click.command()
@click.option("--after", type=click.IntRange(0), default=0, help="Позиция, после которой читать.")
@click.option("--limit", type=click.IntRange(1), help="Сколько событий самое большее.")
@click.option("--type", "beginning", type=TypesOfEvents(), help="Тип события или его начало.")
@click.option("-o", "output", type=click.Choice(["table", "json"]), default="table")
@speaking
def events(after: int, limit: int | None, beginning: str | None, output: str) -> None:
    """Показать журнал событий по порядку; -o json: на каждой строке событие CloudEvents."""
    tell = _tell_json if output == "json" else _tell_line
    with command_services() as services:
        for batch in _batches(services, after, limit, beginning):
            after = batch.reached
            for each in batch.events:
                tell(cloud_event(each))
    click.echo(words("followed", position=after), err=True)


def _batches(
    services: Services, after: int, limit: int | None, beginning: str | None
) -> Iterator[Batch]:
    """Yield what there is after the position by now, each batch on record before it is shown."""
    topics = None if beginning is None else topics_of(beginning)
    look, left = at_the_machine(), limit
    while left is None or left > 0:
        most = MAX_LIMIT if left is None else min(left, MAX_LIMIT)
        batch = services.front_office.events_after(look.by, after, most, topics)
        services.reading_log.feed(look, after, beginning, len(batch.events))
        yield batch
        if len(batch.events) < most:
            return
        after, left = batch.reached, None if left is None else left - most


def _tell_json(event: Mapping[str, Any]) -> None:
    click.echo(msgspec.json.encode(event).decode())


def _tell_line(event: Mapping[str, Any]) -> None:
    click.echo(_LINE.format(**event))
