"""An answer that is lost after COMMIT: who sends the same again has it done once, and is told so.

A proxy lets a request through, waits for its answer and passes on some bytes of it only. The
client sends the same again, with its key and the version it had read.
"""

import tempfile
from collections import Counter
from itertools import count
from pathlib import Path
from random import Random
from select import select
from time import monotonic

import psycopg
import pytest
from cut_answers import PLACES, Whole, cutting_proxy, received
from retried import ON_CASE, OPENED, SESSION, Call, Sent, as_json, call_of, case_of, writing
from running import SECONDS, running
from signing_in import PHRASE
from world import World

from application import bootstrap
from application.persistence.embedded import running_postgres
from application.settings import KEY_FILE, Settings

ANYWHERE = 3  # So many more cuts of each operation.
TOLD_ONCE = "first_password"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'case_events'::regclass"
STORED = """
SELECT count(*), max(originator_version) FILTER (WHERE originator_id = %s) FROM case_events
"""


class Rig:
    """A running service, a proxy before it, and its database."""

    def __init__(self, service, proxy, world, database) -> None:
        self.service, self.proxy, self.world, self.database = service, proxy, world, database
        self.url = running_postgres(service.data_dir)
        self.resets = count()

    def lost(self, call, place) -> Whole:
        """Send it and lose the answer after some bytes; return what the service answered."""
        self.proxy.place, self.proxy.reset = place, next(self.resets) % 2 == 1
        whole, arrived = self.proxy.lost(call.request)
        assert whole.bytes.startswith(arrived)
        assert len(arrived) < len(whole.bytes)
        return whole

    def sent(self, call) -> Whole:
        """Send it and hear the answer."""
        with self.service.connected() as client:
            client.sendall(call.request)
            return received(client)

    def events(self, case_id=None) -> tuple[int, int]:
        """Return how many events there are, and the version of a case."""
        return self.database.execute(STORED, [case_id]).fetchone()


@pytest.fixture(scope="module")
def rig():
    with (
        tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder,
        running(Path(folder)) as service,
    ):
        url = running_postgres(service.data_dir)
        settings = Settings(key_file=service.data_dir / KEY_FILE)
        with (
            cutting_proxy(service.port) as proxy,
            bootstrap.build(settings, url) as services,
            psycopg.connect(url, autocommit=True) as database,
        ):
            yield Rig(service, proxy, World(services), database)


def faults(first, again, before, lost, after) -> list[str]:
    """Return in which ways the second answer, or what is stored by then, is not as it has to be."""
    told = {**first.json, TOLD_ONCE: None}
    version = first.json.get("version", 1)  # A document is filed once, and has no other.
    if is_report := "exports" in first.json:  # It says what is there when it is read.
        version = lost[1]
    return [
        name
        for name, is_so in {
            "not done": lost[0] <= before[0] or lost[1] != version,
            "duplicate": after != lost,
            "false conflict": again.status in {409, 412},
            "another answer": again.status != first.status
            or ({**again.json, TOLD_ONCE: None} != told and not is_report),
            "another password": again.json.get(TOLD_ONCE) is not None,
            "another version": again.headers.get("ETag") != first.headers.get("ETag"),
            "another place": again.headers.get("Location") != first.headers.get("Location"),
        }.items()
        if is_so
    ]


def anywhere(share):
    """Return the place that is so far into an answer."""
    return lambda whole: int(share * len(whole.bytes))


def test_every_writing_operation_is_cut_or_has_a_test_of_its_own():
    assert writing() == {*ON_CASE, *OPENED, *SESSION}, (
        "Say in tests/support/retried.py (OPENED) what is sent to a new operation"
    )


def test_a_lost_answer_is_neither_a_double_nor_a_false_conflict(rig):
    begun, found, chance = monotonic(), Counter(), Random(3)
    for operation_id in (*OPENED, *ON_CASE):
        for place in (*PLACES.values(), *(anywhere(chance.random()) for _ in range(ANYWHERE))):
            call, before = call_of(operation_id, rig.world), rig.events()
            first = rig.lost(call, place)
            assert 200 <= first.status < 300, (operation_id, first)
            lost = rig.events(case_of(first.json))
            again = rig.sent(call)
            wrong = faults(first, again, before, lost, rig.events(case_of(first.json)))
            found.update(("cuts", *wrong))
            assert not wrong, (operation_id, place(first), wrong, first, again)
    operations = len(OPENED) + len(ON_CASE)
    print(  # noqa: T201  Shown with -s.
        f"\n{operations} operations, {found['cuts']} cuts in {monotonic() - begun:.0f} s:"
        f" {found['duplicate']} duplicates, {found['false conflict']} false conflicts"
    )
    assert found == {"cuts": operations * (len(PLACES) + ANYWHERE)}
    assert found["cuts"] >= 500


def test_an_answer_may_be_lost_again_and_again_at_every_byte_of_its_head(rig):
    call, before = call_of("registerOrganization", rig.world), rig.events()[0]
    first = rig.lost(call, PLACES["before its first byte"])
    after = rig.events()[0]
    for place in range(1, len(first.head)):
        again = rig.lost(call, lambda _, place=place: place)
        assert (again.status, again.body) == (201, first.body)
    assert rig.sent(call).body == first.body
    assert rig.events()[0] == after > before


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_change_without_a_key_is_told_that_the_case_has_moved_on_and_is_done_once(rig, place):
    call = call_of("changeOrganization", rig.world, key=False)
    first = rig.lost(call, place)
    again = rig.sent(call)
    assert (again.status, again.json["code"]) == (412, "stale-version")
    assert again.json["version"] == first.json["version"]
    assert rig.events(case_of(first.json))[1] == first.json["version"]


def events_of(rig, do) -> int:
    """Return how many events came of it."""
    before = rig.events()[0]
    do()
    return rig.events()[0] - before


def at_work(rig, requests, client) -> None:
    """Wait until so many requests stand before the table of events, and the client's is one."""
    until = monotonic() + SECONDS
    while rig.database.execute(WAITING).fetchone() != (requests,):
        answered, _, _ = select([client], [], [], 0.01)
        assert not answered
        assert monotonic() < until


@pytest.mark.parametrize(
    "operation_id",
    ["requestHelp", "changeOrganization", "escalateVerification", "createAccount", "closeAccount"],
)
def test_a_second_that_comes_while_the_first_is_at_work_is_the_same_one(rig, operation_id):
    alone, call = (call_of(operation_id, rig.world) for _ in range(2))
    answers = []

    def hastily():
        with psycopg.connect(rig.url) as held, rig.service.connected() as second:
            held.execute("LOCK TABLE case_events IN EXCLUSIVE MODE")
            with rig.service.connected() as first:
                first.sendall(call.request)
                at_work(rig, 1, first)
            second.sendall(call.request)
            at_work(rig, 2, second)
            held.rollback()
            answers.append(received(second))

    once = events_of(rig, lambda: rig.sent(alone))
    assert events_of(rig, hastily) == once
    assert events_of(rig, lambda: answers.append(rig.sent(call))) == 0
    assert {(each.status, each.json["id"], each.json["version"]) for each in answers} == {
        (answers[0].status, answers[0].json["id"], answers[0].json["version"])
    }
    assert 200 <= answers[0].status < 300


@pytest.fixture(params=PLACES.values(), ids=PLACES)
def place(request, rig):
    rig.database.execute("DELETE FROM rates")
    return request.param


@pytest.fixture
def account(rig):
    """Login and first password of somebody new."""
    made = rig.sent(call_of("createAccount", rig.world)).json
    return {"login": made["login"], "password": made["first_password"]}


@pytest.fixture
def known(rig, account):
    """Login and password of somebody who has chosen one."""
    assert rig.sent(session(**account, new_password=PHRASE)).status == 201
    return {**account, "password": PHRASE}


def session(**said) -> Call:
    """Return the call that begins a session."""
    return Call("POST", "/api/v1/session", as_json(said), {})


def renewal(token) -> Call:
    return Call("POST", "/api/v1/session/refresh", as_json({"refresh_token": token}), {})


def goodbye(token) -> Call:
    return Call("DELETE", "/api/v1/session", Sent(b""), {"Authorization": f"Bearer {token}"})


def test_who_does_not_hear_that_they_are_signed_in_signs_in_again(rig, place, known):
    first = rig.lost(session(**known), place)
    again = rig.sent(session(**known))
    assert (first.status, again.status) == (201, 201)
    assert again.json["access_token"] != first.json["access_token"]


def test_who_does_not_hear_that_their_password_was_changed_signs_in_with_the_new_one(
    rig, place, account
):
    assert rig.lost(session(**account, new_password=PHRASE), place).status == 201
    assert rig.sent(session(**account, new_password=PHRASE)).status == 401
    assert rig.sent(session(login=account["login"], password=PHRASE)).status == 201


def test_who_does_not_hear_their_new_tokens_signs_in_again(rig, place, known):
    """A refresh token that comes a second time might be a thief's: that ends the session."""
    token = rig.sent(session(**known)).json["refresh_token"]
    renewed = rig.lost(renewal(token), place)
    assert (renewed.status, rig.sent(renewal(token)).status) == (201, 401)
    assert rig.sent(renewal(renewed.json["refresh_token"])).status == 401
    assert rig.sent(session(**known)).status == 201


def test_who_does_not_hear_that_they_have_signed_out_is_signed_out(rig, place, known):
    token = rig.sent(session(**known)).json["access_token"]
    assert rig.lost(goodbye(token), place).status == 204
    assert rig.sent(goodbye(token)).status == 401
