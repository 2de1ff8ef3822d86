"""Commands that make a bundle of the log, and that verify one as an auditor does at home."""

import sys
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from marshmallow import ValidationError

from application.audit import verify as verifier
from application.audit.bundling import MadeBundle, Wanted, make_bundle
from application.services import Services
from web.cli_audit_proofs import proofs_at_the_machine
from web.cli_caller import at_the_machine
from web.cli_language import speaking, words
from web.cli_services import command_services
from web.languages import SPOKEN
from web.problem_errors import field_errors
from web.schemas.proofs import WantedSchema

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--case", type=click.UUID, help="О деле.")
@click.option("--from", "start", help="О периоде: начало, например 2026-03-02T00:00:00+05:00.")
@click.option("--to", "end", help="О периоде: конец; он сам уже не входит.")
@click.option("--whole", is_flag=True, default=None, help="Обо всём журнале.")
@click.option("--since", type=int, help="Размер контрольной точки, которая уже есть у аудитора.")
@speaking
def bundle(file: Path, start: str | None, end: str | None, **asked: Any) -> None:
    """Составить пакет: события, доказательства и verify.py, чтобы проверить без сервиса."""
    if file.exists() or not file.parent.is_dir():
        raise click.BadParameter(words("bundle-file", file=file))
    wanted = _wanted({**asked, "from": start, "to": end})
    with command_services() as services:
        made = _written(services, wanted, file)
    click.echo(words("bundled", entries=made.entries, size=made.size, file=file))


@click.command()
@click.argument("file", type=_FILE)
@click.option("--policy", type=_FILE, required=True, help="Файл с ключами, которым вы верите.")
@click.option("--checkpoint", type=_FILE, help="Ваша прежняя контрольная точка.")
@click.option("--case", type=click.UUID, help="Пакет должен быть об этом деле.")
@click.option("--from", "start", help="Пакет должен быть о периоде с этого времени.")
@click.option("--to", "end", help="Пакет должен быть о периоде до этого времени.")
@speaking
def verify(file: Path, **asked: Any) -> None:
    """Проверить пакет тем же verify.py, что лежит в нём; сервис для этого не нужен."""
    names = {"policy": "--policy", "checkpoint": "--checkpoint", "case": "--case"}
    names |= {"start": "--from", "end": "--to"}
    given = [(names[name], str(value)) for name, value in asked.items() if value is not None]
    language = ("--language", SPOKEN.get())
    sys.exit(verifier.main([str(file), *language, *(each for pair in given for each in pair)]))


def _wanted(asked: dict[str, str | int | UUID | None]) -> Wanted:
    """Read what is asked for as the interface does, with its words for what is wrong."""
    given = {name: str(value) for name, value in asked.items() if value is not None}
    try:
        read = WantedSchema().load(given)
    except ValidationError as error:
        told = [
            text for each in field_errors({"query": error.messages}) for text in each["messages"]
        ]
        raise click.UsageError(" ".join(told)) from error
    read.pop("whole", None)
    return Wanted(**read)


def _written(services: Services, wanted: Wanted, file: Path) -> MadeBundle:
    """Write the bundle beside its place, put it on record, and only then into its place."""
    proofs = proofs_at_the_machine(services)
    with tempfile.NamedTemporaryFile(
        dir=file.parent, prefix=f".{file.name}.", delete=False
    ) as part:
        try:
            made = make_bundle(proofs.opened, wanted, part, services.clock())
            services.reading_log.bundle(at_the_machine(), made.about, made.entries, made.people)
            part.close()
            Path(part.name).rename(file)
        except BaseException:
            Path(part.name).unlink()
            raise
    return made
