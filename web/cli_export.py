"""The command that gives a list of organizations out, in the form in which it can come back."""

from pathlib import Path

import click

from application.case_types import ORGANIZATION
from application.read_models.lists import ORGANIZATIONS, ListQuery
from application.services import Services
from web.cli_caller import at_the_machine
from web.cli_case_lists import query_asked
from web.cli_language import speaking, words
from web.cli_progress import progress_bar
from web.cli_services import command_services
from web.imports.export import COLUMNS, CONTACT_COLUMNS, Row, row_of, spreadsheet
from web.organizations import LISTED

_FORMS = frozenset({".xlsx", ".csv"})


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--region", help="Код региона, например KZ-75.")
@click.option("--filter", "more", multiple=True, help="Фильтр списка организаций: имя=значение.")
@click.option("--with-contacts", is_flag=True, help="И людей: кто их выгрузил, записывается.")
@speaking
def give_out(file: Path, region: str | None, more: tuple[str, ...], *, with_contacts: bool) -> None:
    """Выгрузить организации в XLSX или CSV: такой файл можно внести обратно."""
    if file.suffix.lower() not in _FORMS or file.exists() or not file.parent.is_dir():
        raise click.BadParameter(words("export-file", file=file))
    with command_services() as services:
        query = query_asked(services, LISTED, more, region=region)
        rows = _rows(services, query, with_contacts=with_contacts)
    columns = (*COLUMNS, *CONTACT_COLUMNS) if with_contacts else COLUMNS
    content = spreadsheet(file, columns, rows)
    file.touch(mode=0o600, exist_ok=False)  # There may be people in it.
    file.write_bytes(content)
    click.echo(words("exported", count=len(rows), file=file))


def _rows(services: Services, query: ListQuery, *, with_contacts: bool) -> list[Row]:
    office, places = services.front_office, services.places
    found = [row for batch in office.queries.batches(ORGANIZATIONS, query) for row in batch]
    streams = []
    with progress_bar(len(found), "Чтение дел") as bar:
        for row in found:
            streams.append(office.case(ORGANIZATION, row["id"]))
            bar(1)
    look, name = at_the_machine(), ORGANIZATIONS.name
    services.reading_log.export(look, name, query.filters, streams, with_people=with_contacts)
    return [row_of(each, places, with_contacts=with_contacts) for each in streams]
