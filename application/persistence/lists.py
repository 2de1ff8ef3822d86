"""How a page of a list is selected: by key, never by counting rows."""

from typing import Any, cast
from uuid import UUID

from msgspec import Struct
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from application.persistence.reader import Reader
from application.read_models.lists import CaseList, Filter, ListQuery, Match


class Page(Struct, frozen=True):
    """Rows of a list, and after which of them the next page begins, if there is one."""

    rows: list[dict[str, Any]]
    next_after: tuple[Any, UUID, int] | None


def select_page(reader: Reader, case_list: CaseList, query: ListQuery) -> Page:
    """Return one page of the list, newest first."""
    statement = SQL("SELECT {}, {} FROM {} AS list {} ORDER BY {} LIMIT {}").format(
        SQL(", ").join(Identifier(column) for column in case_list.columns),
        SQL(", ").join(
            SQL("{} AS {}").format(Identifier(column), Identifier(f"order_{place}"))
            for place, column in enumerate(case_list.order)
        ),
        _source(case_list, query),
        _where(case_list, query),
        SQL(", ").join(SQL("{} DESC").format(Identifier(column)) for column in case_list.order),
        Literal(query.limit + 1),
    )
    return _page(reader.rows(statement), query.limit)


def _page(rows: list[dict[str, Any]], limit: int) -> Page:
    keys = [tuple(row.pop(f"order_{place}") for place in range(3)) for row in rows]
    more = len(rows) > limit
    next_after = cast("tuple[Any, UUID, int]", keys[limit - 1]) if more else None
    return Page(rows[:limit], next_after)


def _source(case_list: CaseList, query: ListQuery) -> Composed:
    # The sources and the columns of filters are constants of the module read_models.lists.
    before, *after = case_list.source.split("%(today)s")
    parts: list[Composable] = [_constant(before)]
    for part in after:
        parts += [Literal(query.today), _constant(part)]
    return Composed(parts)


def _where(case_list: CaseList, query: ListQuery) -> Composed:
    conditions = [
        _condition(case_list.filters[name], value) for name, value in query.filters.items()
    ]
    if query.after is not None:
        conditions.append(
            SQL("({}) < ({})").format(
                SQL(", ").join(Identifier(column) for column in case_list.order),
                SQL(", ").join(Literal(value) for value in query.after),
            )
        )
    return SQL("WHERE {}").format(SQL(" AND ").join(conditions)) if conditions else Composed([])


def _condition(one: Filter, value: object) -> Composed:
    before, after = one.match.value.format(column=one.column).split("%s")
    text = f"%{_escaped(str(value))}%" if one.match is Match.LIKE else value
    return Composed([_constant(before), Literal(text), _constant(after)])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _constant(text: str) -> SQL:
    return SQL(text)
