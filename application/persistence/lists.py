"""How a list is selected: page by page, by key, never by counting rows."""

from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from application.persistence.reader import Reader
from application.persistence.searches import among_the_found, search
from application.read_models.lists import After, CaseList, Filter, ListQuery, Match

BATCH = 1000


class Page(Struct, frozen=True):
    """Rows of a list, and after which of them the next page begins, if there is one."""

    rows: list[dict[str, Any]]
    next_after: After | None


def select_page(reader: Reader, case_list: CaseList, query: ListQuery) -> Page:
    """Return one page of the list in the order that is asked for."""
    keys, direction = _keys(case_list, query), SQL("DESC" if _descends(case_list, query) else "ASC")
    statement = SQL("SELECT {}, {} FROM {} ORDER BY {} LIMIT {}").format(
        SQL(", ").join(Identifier(column) for column in case_list.columns),
        SQL(", ").join(
            SQL("{} AS {}").format(key, Identifier(f"key_{place}"))
            for place, key in enumerate(keys)
        ),
        _narrowed(reader, case_list, query),
        SQL(", ").join(SQL("{} {}").format(key, direction) for key in keys),
        Literal(query.limit + 1),
    )
    return _page(reader.rows(statement), query.limit)


def select_all(
    reader: Reader, case_list: CaseList, query: ListQuery
) -> Iterator[list[dict[str, Any]]]:
    """Return the whole list in batches, each read when it is asked for."""
    after = query.after
    while True:
        page = select_page(reader, case_list, replace(query, limit=BATCH, after=after))
        yield page.rows
        after = page.next_after
        if after is None:
            return


def count_up_to(reader: Reader, case_list: CaseList, query: ListQuery, most: int) -> int:
    """Return how many rows the list has, and look at no more of them than one over ``most``."""
    statement = SQL("SELECT count(*) AS rows FROM (SELECT FROM {} LIMIT {}) AS counted").format(
        _narrowed(reader, case_list, query), Literal(most + 1)
    )
    return int(reader.row(statement)["rows"])


def _page(rows: list[dict[str, Any]], limit: int) -> Page:
    keys = [tuple(row.pop(f"key_{place}") for place in range(3)) for row in rows]
    more = len(rows) > limit
    return Page(rows[:limit], cast("After", keys[limit - 1]) if more else None)


def _keys(case_list: CaseList, query: ListQuery) -> tuple[Composable, ...]:
    order = case_list.orders[case_list.order_of(query).removeprefix("-")]
    return (_constant(order.column), Identifier("id"), Identifier("place"))


def _descends(case_list: CaseList, query: ListQuery) -> bool:
    return case_list.order_of(query).startswith("-")


def _narrowed(reader: Reader, case_list: CaseList, query: ListQuery) -> Composed:
    conditions = [among_the_found(reader, case_list, query)]
    conditions += [
        _condition(case_list.filters[name], value, query) for name, value in query.filters.items()
    ]
    if query.after is not None:
        conditions.append(_beyond(case_list, query))
    return SQL("{} AS list WHERE {}").format(
        _on_day(case_list.source, query), SQL(" AND ").join(conditions)
    )


def _beyond(case_list: CaseList, query: ListQuery) -> Composed:
    assert query.after is not None  # noqa: S101  It is asked only then.
    return SQL("({}) {} ({})").format(
        SQL(", ").join(_keys(case_list, query)),
        SQL("<" if _descends(case_list, query) else ">"),
        SQL(", ").join(Literal(value) for value in query.after),
    )


def _condition(one: Filter, value: Any, query: ListQuery) -> Composed:
    before, after = one.match.value.format(column=one.column).split("%s")
    sought = search(value) if one.match is Match.WORDS else Literal(value)
    return SQL("{}{}{} AND {}").format(
        _on_day(before, query), sought, _constant(after), _constant(one.also)
    )


def _on_day(text: str, query: ListQuery) -> Composed:
    # The sources and the columns of filters are constants of the module read_models.lists.
    before, *after = text.split("%(today)s")
    parts: list[Composable] = [_constant(before)]
    for part in after:
        parts += [Literal(query.today), _constant(part)]
    return Composed(parts)


def _constant(text: str) -> SQL:
    return SQL(text)
