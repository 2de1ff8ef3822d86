"""Nobody drowns the others: rates are by account and by address, and shared by all workers."""

from contextlib import ExitStack

import pytest
from eventsourcing.persistence import OperationalError
from msgspec.structs import replace
from people import People

from application import bootstrap
from application.persistence.logins import embedded_service_url
from application.persistence.pools import Pools
from application.scopes import WHOLE
from web.app import create_app


@pytest.fixture
def workers(services, settings, database_url, clock):
    """Two workers of a service that lets an account send ten requests, and an address thirty."""
    slow = replace(settings, account_rate=1.0, address_rate=3.0)
    with ExitStack() as stack:
        built = [
            stack.enter_context(bootstrap.build(slow, database_url, clock=clock)) for _ in range(2)
        ]
        yield [(create_app(each).test_client(), People(each)) for each in built]


def statuses(workers, who, count, address="192.0.2.1"):
    (one, people), (other, _) = workers
    headers = people.headers(who)
    for number in range(count):
        client = (one, other)[number % 2]
        answer = client.get(
            "/api/v1/me", headers=headers, environ_overrides={"REMOTE_ADDR": address}
        )
        yield answer


def test_an_account_is_held_to_its_rate_by_all_workers_together(workers):
    answers = list(statuses(workers, "specialist@KZ-75", 16))

    told = [each.status_code for each in answers]
    assert 10 <= told.count(200) <= 12
    refused = next(each for each in answers if each.status_code == 429)
    assert refused.get_json()["code"] == "too-many-requests"
    assert int(refused.headers["Retry-After"]) >= 1
    assert next(statuses(workers, "head@KZ-75", 1)).status_code == 200


def test_an_address_is_held_to_its_rate_whoever_sends(workers):
    (client, _), _ = workers
    here = {"REMOTE_ADDR": "192.0.2.7"}
    told = [client.get("/api/v1/me", environ_overrides=here).status_code for _ in range(40)]

    assert 30 <= told.count(401) <= 34
    assert set(told) == {401, 429}
    assert next(statuses(workers, "head@KZ-75", 1, "192.0.2.7")).status_code == 429
    assert next(statuses(workers, "head@KZ-75", 1, "192.0.2.8")).status_code == 200


def test_a_question_that_takes_too_long_is_ended(services, database_url):
    pools = Pools(embedded_service_url(database_url), 1, seconds=0.1)
    try:
        with pytest.raises(OperationalError):
            pools.reader(WHOLE).rows("SELECT pg_sleep(60)")
        assert pools.reader(WHOLE).rows("SELECT 1 AS one") == [{"one": 1}]
    finally:
        pools.close()
