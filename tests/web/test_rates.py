"""Nobody drowns the others: rates are by account and by address, and shared by all workers."""

import time
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


def me(client, headers, address="192.0.2.1"):
    here = {"REMOTE_ADDR": address}
    return client.get("/api/v1/me", headers=headers, environ_overrides=here)


def until_refused(send):
    """Send until it is refused; return how often it was not, in how many seconds, and the answer."""
    begun = time.monotonic()
    for sent in range(1000):
        answer = send(sent)
        if answer.status_code == 429:
            return sent, time.monotonic() - begun, answer
    raise AssertionError


def test_an_account_is_held_to_its_rate_by_all_workers_together(workers):
    clients, people = [client for client, _ in workers], workers[0][1]
    headers = people.headers("specialist@KZ-75")
    sent, seconds, refused = until_refused(lambda number: me(clients[number % 2], headers))

    assert 10 <= sent <= 10 + seconds * 1.0 + 1
    assert refused.get_json()["code"] == "too-many-requests"
    assert int(refused.headers["Retry-After"]) >= 1
    assert me(clients[0], people.headers("head@KZ-75")).status_code == 200


def test_an_address_is_held_to_its_rate_whoever_sends(workers):
    (client, people), _ = workers
    head = people.headers("head@KZ-75")
    sent, seconds, _ = until_refused(lambda _: me(client, {}, "192.0.2.7"))

    assert 30 <= sent <= 30 + seconds * 3.0 + 1
    assert me(client, head, "192.0.2.8").status_code == 200


def test_a_question_that_takes_too_long_is_ended(services, database_url):
    pools = Pools(embedded_service_url(database_url), 1, seconds=0.1)
    try:
        with pytest.raises(OperationalError):
            pools.reader(WHOLE).rows("SELECT pg_sleep(60)")
        assert pools.reader(WHOLE).rows("SELECT 1 AS one") == [{"one": 1}]
    finally:
        pools.close()
