"""The command that lists cases: the lists of HTTP, with the same filters, read the same way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import click
import msgspec
from marshmallow import ValidationError
from msgspec.structs import replace

from application.read_models.lists import ListQuery
from application.services import Services
from domain.places import REPUBLICAN_OFFICE
from web import assistance_requests, escalations, organizations, verifications
from web.cli_caller import at_the_machine
from web.cli_language import words
from web.cli_output import answering, tell
from web.cli_services import command_services
from web.cursors import following_cursor
from web.languages import language
from web.lists import ListedCases, query_of
from web.problem_errors import field_errors
from web.schemas.lists import filters_of
from web.table_cells import Cells, headings_of

KINDS: Mapping[str, ListedCases] = {
    "requests": assistance_requests.LISTED,
    "organizations": organizations.LISTED,
    "verifications": verifications.LISTED,
    "escalations": escalations.LISTED,
}
# What a person wants to see of each on a terminal; CSV has the columns of a table of HTTP.
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "requests": ("number", "status", "organization_name", "subject", "due_on", "is_overdue", "id"),
    "organizations": ("name", "region", "team_type", "bin", "standing", "last_contact_on", "id"),
    "verifications": ("number", "status", "organization_name", "valid_until", "id"),
    "escalations": ("number", "status", "from_office", "to_office", "question"),
}


@click.command("list")
@click.option("--kind", type=click.Choice(list(KINDS)), default="requests", show_default=True)
@click.option("--region", help="Код региона, например KZ-75.")
@click.option("--status", help="Код состояния.")
@click.option("--overdue", help="true или false.")
@click.option("--q", help="Слова в номере, сути или названии.")
@click.option("--filter", "more", multiple=True, help="Любой другой фильтр: имя=значение.")
@click.option("--order", help="По чему упорядочить; с минусом — в обратном порядке.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@answering()
def show_list(
    kind: str, more: tuple[str, ...], limit: int, output: str, **named: str | None
) -> None:
    """Показать дела, если не сказано иначе, новые сначала; фильтры те же, что у сервиса."""
    listed = KINDS[kind]
    with command_services() as services:
        asked = query_asked(services, listed, more, **named)
        query = replace(asked, limit=limit)
        page = services.front_office.queries.page(listed.case_list, query)
        look, name = at_the_machine(), listed.case_list.name
        seen = "export" if output == "csv" else "list"
        services.reading_log.list(look, name, query.filters, len(page.rows), kind=seen)
        columns = _SHOWN[kind] if output == "table" else listed.table
        told = _in_words(services, listed, columns, page.rows, query.today)
    following = following_cursor(listed.case_list, query, page.next_after)
    document = {"items": page.rows, "next_cursor": following}
    tell(output, headings_of(columns, language()), told, document)
    if following:
        click.echo(words("more", shown=limit), err=True)


def _in_words(
    services: Services,
    listed: ListedCases,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    today: date,
) -> list[dict[str, Any]]:
    """Return the rows by their headings, as the tables of HTTP have them."""
    zone = services.places.zone(REPUBLICAN_OFFICE)
    cells, headings = (
        Cells(services.places, language(), today, zone),
        headings_of(columns, language()),
    )
    items = (msgspec.convert(row, listed.case_list.item) for row in rows)
    return [dict(zip(headings, cells.row(columns, item), strict=True)) for item in items]


def query_asked(
    services: Services, listed: ListedCases, more: Sequence[str], **named: str | None
) -> ListQuery:
    """Return what is asked, as HTTP reads it; a typing error is told in the same words."""
    known = ", ".join((*listed.filters, "cursor"))
    given = {name: value for name, value in named.items() if value is not None}
    for each in more:
        name, sign, value = each.partition("=")
        if not sign:
            raise click.BadParameter(words("filter-malformed", given=each, known=known))
        given[name] = value
    try:
        asked: dict[str, Any] = filters_of("Command", listed.case_list, listed.filters)().load(
            given
        )
        return query_of(listed.case_list, asked, services.today(REPUBLICAN_OFFICE))
    except ValidationError as error:
        (first, *_) = field_errors({"query": error.messages})
        name, messages = first["path"].removeprefix("$."), " ".join(first["messages"])
        told = words("filter-wrong", name=name, words=messages, known=known)
        raise click.BadParameter(told) from error
