"""Somebody at work until they are killed, and a disk that fails them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from builders import TODAY, TRAINING
from office import Office, ref

from application import bootstrap
from application.settings import Settings
from domain.assistance_request import details, steps
from domain.catalogue.codes import LoanKind

ROOM = details.PremisesAndEquipment(
    kind=LoanKind.PREMISES, needed="Зал", needed_from=TODAY, needed_until=TODAY
)

FAIL = """
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the disk' USING ERRCODE = '{}'; END $$
"""


def quiet(_: int) -> None:
    """Tell nobody how far the work is."""


@contextmanager
def failing(url: str, table: str, how: str) -> Iterator[None]:
    """Let every write to the table fail, as on a full or a broken disk."""
    with psycopg.connect(url) as connection:
        connection.execute(FAIL.format(how))
        connection.execute(
            f"CREATE TRIGGER fail AFTER INSERT OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION fail()"
        )
    try:
        yield
    finally:
        with psycopg.connect(url) as connection:
            connection.execute("DROP FUNCTION fail CASCADE")


def lent(item: str) -> steps.Lent:
    """Return the step that something was lent."""
    return steps.Lent(loan_kind=LoanKind.PREMISES, item=item, lent_from=TODAY, lent_until=TODAY)


def work(settings: Settings, url: str, started: Any, name: str) -> None:
    """Record cases with rows in every read model, one after the other."""
    with bootstrap.build(settings, url) as services:
        office, number = Office(services), 0
        started.send("at work")
        while True:
            organization = office.group(f"{name}-{number}")
            waiting = office.request(organization.id, ROOM)
            office.verified(organization.id)
            stream = office.cases.case(waiting.case_type, waiting.id)
            stream = office.cases.record_step(
                ref(stream), office.on(), summary="Зал", details=lent(f"{name}-{number}")
            )
            office.cases.escalate(stream.case_type, ref(stream), office.on(), question="Как быть?")
            office.request(organization.id, TRAINING)
            number += 1
