"""Measure the first page of a list at 10,000 and at 1,000,000 requests (P7).

The requests are copies of one that the product has made, each with its own number, office, day
and words, put into the read model by the database itself: saving a million would take an hour.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
from rounds import interleaved
from world import SPECIALIST, database, new_request, occasion

from application import bootstrap
from application.read_models.lists import REQUESTS, ListQuery
from application.services import Services
from domain.actors import Actor, Role, StaffId

FEW, MANY = 10_000, 1_000_000
PAGES = 20
REPUBLICAN = Actor(StaffId("dev-head-KZ"), Role.REPUBLICAN_HEAD, "KZ")
# What is asked, by whom: as an office begins its day, and as it looks for something.
ASKED: tuple[tuple[str, Actor, dict[str, Any]], ...] = (
    ("an office, newest first", SPECIALIST, {}),
    ("an office, by term", SPECIALIST, {"order": "due_on"}),
    ("an office, by name", SPECIALIST, {"order": "organization_name"}),
    ("an office, overdue", SPECIALIST, {"order": "due_on", "filters": {"overdue": True}}),
    ("an office, by a rare word", SPECIALIST, {"filters": {"q": "редкое77"}}),
    ("all offices, newest first", REPUBLICAN, {}),
    ("all offices, by a number", REPUBLICAN, {"filters": {"q": "000777"}}),
)
COPIES = """
INSERT INTO requests ({columns}) SELECT {columns} FROM (
    SELECT (jsonb_populate_record(seed, jsonb_build_object(
        'id', gen_random_uuid(), 'number', format('KZ/2026/%%s', lpad(n::text, 7, '0')),
        'office', 'KZ-' || 10 + n %% 20, 'seen_by', 'KZ-' || 10 + n %% 20,
        'created_at', seed.created_at - n * interval '1 second',
        'due_on', CASE WHEN n %% 100 < 5 THEN seed.due_on - n %% 60 END,
        'status', CASE WHEN n %% 100 < 5 THEN 'requested' ELSE 'helped' END,
        'organization_order', md5(n::text),
        'search_text', format('%%s слово%%s редкое%%s %%s', seed.search_text, n %% 1000, n,
            lpad(n::text, 6, '0'))
    ))).* FROM requests AS seed, generate_series(1, %s) AS n
) AS copies
"""
COLUMNS = """
SELECT string_agg(attname, ', ') FROM pg_attribute
WHERE attrelid = 'requests'::regclass AND attnum > 0 AND attgenerated = '' AND NOT attisdropped
"""


def measure() -> Iterator[tuple[str, dict[str, list[float]]]]:
    """Return, by what is asked, the milliseconds of a page at few and at many requests."""
    with ExitStack() as stack:
        few, many = (stack.enter_context(_filled(number)) for number in (FEW, MANY))
        for title, by, asked in ASKED:
            sides = {
                name: lambda services=services: _milliseconds(services, by, asked)  # noqa: B023  Called within the round.
                for name, services in (("few", few), ("many", many))
            }
            yield title, interleaved(sides)


@contextmanager
def _filled(number: int) -> Iterator[Services]:
    with database() as (settings, url), bootstrap.build(settings, url) as services:
        on = occasion(services)
        services.front_office.keep(on, new_request(on))
        with psycopg.connect(url, autocommit=True) as connection:
            (columns,) = connection.execute(COLUMNS).fetchone() or ("",)
            connection.execute(COPIES.format(columns=columns), [number])
            connection.execute("VACUUM ANALYZE requests")
        yield services


def _milliseconds(services: Services, by: Actor, asked: dict[str, Any]) -> float:
    queries = services.front_office_of(by).queries
    query = ListQuery(today=services.today(by.office), **asked)
    start = time.perf_counter()
    for _ in range(PAGES):
        queries.page(REQUESTS, query)
    return (time.perf_counter() - start) / PAGES * 1000
