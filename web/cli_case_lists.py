"""The command that lists cases: the lists of HTTP, with the same filters, read the same way."""

from collections.abc import Mapping, Sequence
from typing import Any

import click
from marshmallow import ValidationError

from application.read_models.lists import ListQuery
from domain.places import REPUBLICAN_OFFICE
from web import assistance_requests, escalations, organizations, verifications
from web.cli_language import words
from web.cli_output import answering, tell
from web.cli_services import at_the_machine, command_services
from web.cursors import cursor_after, mark_of
from web.lists import ListedCases
from web.problem_errors import field_errors
from web.schemas.from_struct import StrictSchema

KINDS: Mapping[str, ListedCases] = {
    "requests": assistance_requests.LISTED,
    "organizations": organizations.LISTED,
    "verifications": verifications.LISTED,
    "escalations": escalations.LISTED,
}
# What a person wants to see of each on a terminal; CSV and JSON have every column.
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
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@answering()
def show_list(
    kind: str, more: tuple[str, ...], limit: int, output: str, **named: str | None
) -> None:
    """Показать дела, новые сначала; фильтры те же, что у сервиса."""
    listed = KINDS[kind]
    with command_services() as services:
        asked = filters_of(listed, more, **named)
        query = ListQuery(today=services.today(REPUBLICAN_OFFICE), filters=asked, limit=limit)
        page = services.front_office.queries.page(listed.case_list, query)
        look = at_the_machine()
        services.reading_log.list(look, listed.case_list.name, asked, len(page.rows))
    mark = mark_of(listed.case_list, asked)
    following = None if page.next_after is None else cursor_after(mark, page.next_after)
    columns = _SHOWN[kind] if output == "table" else listed.case_list.columns
    tell(output, columns, page.rows, {"items": page.rows, "next_cursor": following})
    if following:
        click.echo(words("more", shown=limit), err=True)


def filters_of(listed: ListedCases, more: Sequence[str], **named: str | None) -> dict[str, Any]:
    """Return the filters as HTTP reads them; a typing error is told in the same words."""
    known = ", ".join(listed.filters)
    given = {name: value for name, value in named.items() if value is not None}
    for each in more:
        name, sign, value = each.partition("=")
        if not sign:
            raise click.BadParameter(words("filter-malformed", given=each, known=known))
        given[name] = value
    try:
        asked: dict[str, Any] = StrictSchema.from_dict(dict(listed.filters))().load(given)
    except ValidationError as error:
        (first, *_) = field_errors({"query": error.messages})
        name, messages = first["path"].removeprefix("$."), " ".join(first["messages"])
        told = words("filter-wrong", name=name, words=messages, known=known)
        raise click.BadParameter(told) from error
    return asked
