"""Commands that try another version of a rule on the history that there is."""

from functools import partial
from pathlib import Path

import click
import msgspec

from application.what_if.drafts import MOST_BYTES, DraftUnusable, draft
from application.what_if.rules import RULES
from application.what_if.walking import what_if
from domain.rules.versions import RuleVersion
from web.cli_caller import at_the_machine
from web.cli_output import answering, tell
from web.cli_progress import progress_bar
from web.cli_services import command_services
from web.languages import language, texts
from web.what_if_report import COLUMNS, document, parameters, row, whole

_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command("rules")
@answering()
def rules(output: str) -> None:
    """Показать правила, которые можно примерить иначе, и их параметры."""
    known = {name: parameters(each.standard) for name, each in RULES.items()}
    rows = [
        {"rule": name, "parameter": parameter, "value": value}
        for name, values in known.items()
        for parameter, value in values.items()
    ]
    tell(output, ("rule", "parameter", "value"), rows, known)


@click.command("what-if")
@click.option("--rule", "name", type=click.Choice(list(RULES)), required=True, help="Правило.")
@click.option(
    "--version-file",
    "file",
    type=_FILE,
    required=True,
    help="Файл TOML с параметрами; чего в нём нет, то как в действующей версии.",
)
@answering()
def try_version(name: str, file: Path, output: str) -> None:
    """Примерить другую версию правила к истории: какие решения были бы иными.

    Ничего не меняет. Параметры правил показывает команда audit rules.
    """
    version = _drafted(name, file)
    watch = partial(progress_bar, label="Чтение историй")
    with command_services() as services:
        given = services.front_office.surroundings
        found = what_if(
            given.owner_url, given.keys.now(), given.places, RULES[name], version, watch
        )
        filters = {"rule": name, "version": version.version}
        seen = "export" if output == "csv" else "list"
        look = at_the_machine()
        services.reading_log.list(look, "what-if", filters, len(found.items), kind=seen)
    if found.items or output != "table":
        tell(output, COLUMNS, [row(each) for each in found.items], document(found))
    click.echo(whole(found), err=output != "table")


def _drafted(name: str, file: Path) -> RuleVersion:
    """Return the version in the file, or say what is wrong with it and what there can be."""
    standard = RULES[name].standard
    try:
        with file.open("rb") as opened:
            return draft(standard, opened.read(MOST_BYTES + 1))
    except DraftUnusable as unusable:
        words = str(texts("what_if")["draft"][unusable.code][language()])
        known = ", ".join(
            f"{parameter} = {msgspec.json.encode(value).decode()}"
            for parameter, value in parameters(standard).items()
        )
        message = words.format(file=file, told=unusable.told, known=known, rule=name)
        raise click.BadParameter(message, param_hint="--version-file") from unusable
