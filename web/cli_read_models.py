"""Commands that look after the read models: lists and searches, made from the streams."""

import sys
from collections.abc import Callable, Sequence

import click

from application.read_models.differences import Difference
from application.use_cases.upkeep import Progress, Upkeep
from web.cli_language import words
from web.cli_output import answering, tell
from web.cli_progress import progress_bar
from web.cli_services import command_services

Work = Callable[[Upkeep, Progress], Sequence[Difference]]


@click.group("read-models")
def read_models() -> None:
    """Списки и поиск: что в них, сходятся ли они с делами; построить заново."""


@read_models.command("status")
@answering()
def status(output: str) -> None:
    """Показать, сколько строк в каждом списке и в нынешнем ли он виде. Код 1, если нет."""
    with command_services() as services:
        found = services.front_office.read_model_status()
    rows = [{"table": table, "rows": count} for table, count in found.rows.items()]
    tell(output, ("table", "rows"), rows, found)
    told = "current" if found.is_current else "outdated"
    whole = words(told, events=found.events, position=found.position)
    click.echo(whole, err=output != "table")
    sys.exit(0 if found.is_current else 1)


@read_models.command("check")
def check() -> None:
    """Сверить списки с историями дел, ничего не меняя. Код 1, если что-то расходится."""
    different = _run(Upkeep.check_read_models)
    click.echo("Списки расходятся с делами." if different else "Списки сходятся с историями дел.")
    sys.exit(1 if different else 0)


@read_models.command("rebuild")
def rebuild() -> None:
    """Построить списки заново рядом с действующими, сверить и заменить. Работа не прерывается."""
    different = _run(Upkeep.rebuild_read_models)
    click.echo(f"Списки построены заново; исправлено строк: {len(different)}.")


def _run(work: Work) -> Sequence[Difference]:
    with command_services() as services:
        office = services.front_office
        with progress_bar(office.count_events(), "Чтение историй") as bar:
            different = work(office, bar)
    for each in different:
        side = "лишнее" if each.is_live else "недостаёт"
        click.echo(f"{each.table}: {side}: {each.row}")
    return different
