"""Signing in: who is let in, for how long, and what everybody else is told."""

import json
import re
import time
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID, uuid4

import psycopg
import pytest

from application.sign_in.tokens import is_own

ADMINISTRATOR = "administrator@KZ"
OWN = "четыре рыжих кота едят арбуз"
OTHER = "wet piano under seven bridges"
LOGIN = "a.primerova"


class Entrance:
    """The door of the service, and the administrator behind it."""

    def __init__(self, client, caller, database_url):
        self.client = client
        self.caller = caller
        self.database_url = database_url

    def account(self, login=LOGIN, roles=("specialist",), office="KZ-75"):
        """Create an account; return its id and the first password."""
        body = {"login": login, "name": "А. Примерова", "office": office, "post": "Специалист"}
        given = {**body, "roles": list(roles), "reason": "Приказ 1"}
        made = self.caller.post("/staff", given, who=ADMINISTRATOR)
        assert made.status_code == 201, made.get_json()
        return UUID(made.get_json()["id"]), made.get_json()["first_password"]

    def sign_in(self, password, login=LOGIN, address="192.0.2.1", **more):
        """Try to sign in, without saying otherwise who one is."""
        return self.client.post(
            "/api/v1/session",
            json={"login": login, "password": password, **more},
            headers={"Authorization": "", "X-Request-ID": "same"},
            environ_base={"REMOTE_ADDR": address},
        )

    def own(self, login=LOGIN, **more):
        """Create an account, and replace its first password by one of its own."""
        account_id, first = self.account(login, **more)
        return account_id, self.sign_in(first, login, new_password=OWN).get_json()

    def me(self, token):
        """Ask who one is."""
        return self.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})

    def renew(self, token):
        """Ask for new tokens in place of the old."""
        return self.client.post("/api/v1/session/refresh", json={"refresh_token": token})

    def command(self, account_id, name, **body):
        """Let the administrator do something about an account."""
        path, tags = f"/staff/{account_id}/{name}", {"If-Match": "*"}
        answer = self.caller.post(path, {"reason": "Так надо", **body}, who=ADMINISTRATOR, **tags)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    def wait(self, seconds):
        """Let time pass for the rates, which go by the clock of the database."""
        with psycopg.connect(self.database_url) as connection:
            connection.execute("UPDATE rates SET at = at - %s", [timedelta(seconds=seconds)])

    def use_up(self, bucket):
        """Take everything out of the buckets whose name begins so."""
        with psycopg.connect(self.database_url) as connection:
            changed = connection.execute(
                "UPDATE rates SET tokens = 0, at = clock_timestamp() WHERE starts_with(key, %s)",
                [bucket],
            )
            assert changed.rowcount >= 1


@pytest.fixture
def door(client, caller, database_url):
    return Entrance(client, caller, database_url)


def code(answer):
    return answer.status_code, answer.get_json()["code"]


REFUSED = (401, "sign-in-refused")
NOT_SIGNED_IN = (401, "not-signed-in")
THROTTLED = (429, "sign-in-throttled")


def test_who_signs_in_is_who_they_are_in_their_role_at_their_office(door):
    account_id, session = door.own()
    me = door.me(session["access_token"]).get_json()

    assert (me["staff_id"], me["name"]) == (str(account_id), "А. Примерова")
    assert (me["role"], me["office"]) == ("specialist", "KZ-75")
    assert (session["token_type"], session["expires_in"]) == ("Bearer", 15 * 60)
    assert session["refresh_expires_in"] == 12 * 3600


def test_a_first_password_opens_nothing_before_it_is_replaced(door):
    _, first = door.account()
    assert code(door.sign_in(first)) == (403, "password-change-due")
    assert door.sign_in(first).get_json().keys().isdisjoint({"access_token", "refresh_token"})

    assert door.sign_in(first, new_password=OWN).status_code == 201
    assert code(door.sign_in(first)) == REFUSED
    assert door.sign_in(OWN).status_code == 201


@pytest.mark.parametrize(("days", "status"), [(6, 201), (7, 401)])
def test_a_first_password_is_good_for_a_week(door, clock, days, status):
    _, first = door.account()
    clock.now += timedelta(days=days)
    assert door.sign_in(first, new_password=OWN).status_code == status


def test_a_first_password_is_random_and_told_once(door, caller):
    firsts = {door.account(f"login-{number}")[1] for number in range(20)}
    assert len(firsts) == 20
    assert all(re.fullmatch(r"[\w-]{22}", first) for first in firsts)  # 128 bits.

    key = {"Idempotency-Key": "once"}
    body = {"login": "once", "name": "П", "office": "KZ-75", "post": "С", "reason": "Приказ"}
    told = [
        caller.post("/staff", body, who=ADMINISTRATOR, **key).get_json()["first_password"]
        for _ in range(2)
    ]
    assert (len(told[0]), told[1]) == (22, None)


def test_a_password_of_ones_own_does_not_run_out(door, clock):
    door.own()
    clock.now += timedelta(days=2000)
    assert door.sign_in(OWN).status_code == 201


def test_a_program_keeps_its_password_and_need_not_replace_it(door, clock):
    account_id, password = door.account("import", roles=["service"])
    clock.now += timedelta(days=400)
    session = door.sign_in(password, "import").get_json()

    me = door.me(session["access_token"]).get_json()
    assert (me["staff_id"], me["role"]) == (str(account_id), "service")
    door.command(account_id, "reset-password")
    assert code(door.sign_in(password, "import")) == REFUSED
    assert code(door.me(session["access_token"])) == NOT_SIGNED_IN


def refused_for_every_reason(door, people, clock):
    """Return login and password for every reason there is to refuse them."""
    door.own("known")
    closed, _ = door.own("closed")
    idle, _ = door.own("idle")
    _, week = door.account("week")
    people.account("head@KZ-75")  # Has a login, and never had a password.
    door.command(closed, "close")
    door.command(idle, "revoke-role", role="specialist")
    clock.now += timedelta(days=8)
    return {
        "no such login": ("nobody", OWN),
        "wrong password": ("known", OTHER),
        "closed account": ("closed", OWN),
        "no role": ("idle", OWN),
        "first password too old": ("week", week),
        "no password": ("head@KZ-75", OWN),
        "no words": ("known", ""),
        "longer than any": ("known", "ы" * 5000),
        "a login of odd letters": ("кnоwn' OR 1=1 --", OWN),
    }


def test_nobody_learns_from_a_refusal_whether_there_is_an_account(door, people, clock):
    reasons = refused_for_every_reason(door, people, clock)
    answers = {
        why: door.sign_in(password, login, f"192.0.2.{number}")
        for number, (why, (login, password)) in enumerate(reasons.items())
    }
    told = {(answer.status_code, answer.data, str(answer.headers)) for answer in answers.values()}

    assert len(told) == 1
    assert {code(answer) for answer in answers.values()} == {REFUSED}


def test_nobody_learns_from_a_lock_whether_there_is_an_account(door):
    door.own("known")
    told = set()
    for login in ("known", "nobody"):
        answers = [door.sign_in(OTHER, login) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        assert 25 <= answers[-1].get_json()["retry_after"] <= 31
        told.add(re.sub(r"\b\d\d\b", "…", answers[-1].get_data(as_text=True)))
    assert len(told) == 1


def test_a_refusal_takes_as_long_where_there_is_no_account(door):
    door.own("known")

    def shortest(login):
        times = []
        for number in range(4):
            began = time.perf_counter()
            door.sign_in(OTHER, login, f"192.0.2.{number}")
            times.append(time.perf_counter() - began)
        return min(times)

    assert 1 / 3 < shortest("known") / shortest("nobody") < 3


def test_after_five_wrong_passwords_not_even_the_right_one_is_tried(door):
    door.own()
    answers = [door.sign_in(OTHER) for _ in range(5)]
    assert {code(answer) for answer in answers} == {REFUSED}

    locked = door.sign_in(OWN)
    assert code(locked) == THROTTLED
    assert 1 <= int(locked.headers["Retry-After"]) <= 31
    assert code(door.sign_in(OWN, f"  {LOGIN.upper()} ")) == THROTTLED
    assert code(door.sign_in(OWN, address="198.51.100.7")) == THROTTLED
    assert code(door.sign_in(OWN, "somebody.else")) == REFUSED


def test_every_half_minute_gives_one_more_attempt(door):
    door.own()
    for _ in range(6):
        door.sign_in(OTHER)
    door.wait(31)
    assert code(door.sign_in(OTHER)) == REFUSED
    assert code(door.sign_in(OWN)) == THROTTLED
    door.wait(31)
    assert door.sign_in(OWN).status_code == 201
    assert [door.sign_in(OTHER).status_code for _ in range(5)] == [401] * 5  # All five again.


def test_twenty_wrong_passwords_lock_for_the_day_until_an_administrator_unlocks(door):
    account_id, session = door.own()
    for _ in range(20):
        door.sign_in(OTHER)
        door.wait(31)
    locked = door.sign_in(OWN)
    assert code(locked) == THROTTLED
    assert int(locked.headers["Retry-After"]) > 1800

    assert door.me(session["access_token"]).status_code == 200  # A stranger signs nobody out.
    door.command(account_id, "unlock")
    assert door.sign_in(OWN).status_code == 201


def test_many_logins_from_one_address_are_throttled_and_other_addresses_are_not(door):
    door.own()
    for _ in range(3):
        assert code(door.sign_in(OTHER, token_urlsafe(8))) == REFUSED
    door.use_up("sign-in-from:192.0.2.1")
    assert code(door.sign_in(OTHER, token_urlsafe(8))) == THROTTLED
    assert code(door.sign_in(OWN)) == THROTTLED
    assert door.sign_in(OWN, address="198.51.100.7").status_code == 201


def test_whoever_sends_more_than_their_share_waits(door):
    _, session = door.own()
    assert door.me(session["access_token"]).status_code == 200
    door.use_up("account:")
    waiting = door.me(session["access_token"])
    assert code(waiting) == (429, "too-many-requests")
    assert int(waiting.headers["Retry-After"]) >= 1
    door.wait(60)
    assert door.me(session["access_token"]).status_code == 200


def test_guessing_tokens_from_one_address_is_throttled(door):
    assert code(door.me(f"fo_{'a' * 43}")) == NOT_SIGNED_IN
    for send in (lambda: door.me(f"fo_{'b' * 43}"), lambda: door.me("x"), lambda: door.renew("x")):
        door.use_up("address:")
        assert code(send()) == (429, "too-many-requests")


def test_whoever_signs_out_is_out(door):
    _, session = door.own()
    other = door.sign_in(OWN).get_json()
    header = {"Authorization": f"Bearer {session['access_token']}"}
    assert door.client.delete("/api/v1/session", headers=header).status_code == 204

    assert code(door.me(session["access_token"])) == NOT_SIGNED_IN
    assert code(door.renew(session["refresh_token"])) == NOT_SIGNED_IN
    assert door.me(other["access_token"]).status_code == 200


def test_an_access_token_lives_for_a_quarter_of_an_hour(door, clock):
    _, session = door.own()
    clock.now += timedelta(minutes=14)
    assert door.me(session["access_token"]).status_code == 200
    clock.now += timedelta(minutes=1)
    assert code(door.me(session["access_token"])) == NOT_SIGNED_IN
    assert door.renew(session["refresh_token"]).status_code == 201


def test_a_session_ends_after_twelve_hours_however_often_it_is_renewed(door, clock):
    _, session = door.own()
    for hours in range(1, 12):
        clock.now += timedelta(hours=1)
        session = door.renew(session["refresh_token"]).get_json()
        assert session["refresh_expires_in"] <= (12 - hours) * 3600
    clock.now += timedelta(minutes=55)
    session = door.renew(session["refresh_token"]).get_json()
    assert session["expires_in"] <= 5 * 60  # Never longer than the session.
    clock.now += timedelta(minutes=5)

    assert code(door.me(session["access_token"])) == NOT_SIGNED_IN
    assert code(door.renew(session["refresh_token"])) == NOT_SIGNED_IN


def test_a_session_that_nobody_uses_cannot_be_renewed(door, clock):
    _, session = door.own()
    clock.now += timedelta(minutes=74)
    session = door.renew(session["refresh_token"]).get_json()
    clock.now += timedelta(minutes=76)

    assert code(door.renew(session["refresh_token"])) == NOT_SIGNED_IN


def test_renewing_puts_new_tokens_in_place_of_the_old(door):
    _, old = door.own()
    new = door.renew(old["refresh_token"]).get_json()

    assert len({*map(old.get, TOKENS), *map(new.get, TOKENS)}) == 4
    assert code(door.me(old["access_token"])) == NOT_SIGNED_IN
    assert door.me(new["access_token"]).status_code == 200


TOKENS = ("access_token", "refresh_token")


@pytest.mark.parametrize("renewals", [1, 3])
def test_a_refresh_token_that_comes_back_was_stolen_and_ends_the_session(door, renewals):
    _, stolen = door.own()
    other, last = door.sign_in(OWN).get_json(), stolen
    for _ in range(renewals):
        last = door.renew(last["refresh_token"]).get_json()

    assert code(door.renew(stolen["refresh_token"])) == NOT_SIGNED_IN
    assert code(door.me(last["access_token"])) == NOT_SIGNED_IN
    assert code(door.renew(last["refresh_token"])) == NOT_SIGNED_IN
    assert door.me(other["access_token"]).status_code == 200  # The session of another device.


def test_tokens_are_good_for_what_they_are_for_only(door):
    _, session = door.own()
    access, refresh = map(session.get, TOKENS)

    assert code(door.me(refresh)) == NOT_SIGNED_IN
    assert code(door.renew(access)) == NOT_SIGNED_IN
    assert door.me(access).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        *("", "Bearer", "Bearer ", "Basic {token}", "{token}", "Bearer {token}x"),
        *("Bearer {token} x", "Bearer {cut}", "Bearer fo_{cut}", "Token {token}"),
        *("Bearer {token},{token}", "Bearer а"),
    ],
)
def test_what_is_no_token_of_ours_names_nobody(door, header):
    token = door.own()[1]["access_token"]
    given = header.format(token=token, cut=token[:-1])
    answer = door.client.get("/api/v1/me", headers={"Authorization": given.encode().decode("l1")})

    assert code(answer) == NOT_SIGNED_IN
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="frontoffice"'


def test_a_token_stands_in_the_header_and_nowhere_else(door):
    token = door.own()[1]["access_token"]
    nobody = {"Authorization": ""}
    for name in ("access_token", "token", "authorization"):
        assert code(door.client.get(f"/api/v1/me?{name}={token}", headers=nobody)) == NOT_SIGNED_IN
        body = {name: token}
        asked = door.client.post("/api/v1/organizations", json=body, headers=nobody)
        assert code(asked) == NOT_SIGNED_IN
    door.client.set_cookie("access_token", token)
    assert code(door.client.get("/api/v1/me", headers=nobody)) == NOT_SIGNED_IN


def test_no_answer_sets_a_cookie(door):
    _, session = door.own()
    answers = [door.sign_in(OWN), door.sign_in(OTHER), door.me(session["access_token"])]
    answers += [door.renew(session["refresh_token"]), door.client.get("/docs")]
    answers += [door.client.get("/problems/not-signed-in"), door.client.get("/nowhere")]
    assert not [answer for answer in answers if "Set-Cookie" in answer.headers]


def test_all_who_are_not_signed_in_are_told_the_same(door, clock):
    account_id, session = door.own()
    signed_out = door.sign_in(OWN).get_json()["access_token"]
    header = {"Authorization": f"Bearer {signed_out}"}
    door.client.delete("/api/v1/session", headers=header)
    tokens = ["", "x", f"fo_{'a' * 43}", signed_out, session["refresh_token"]]
    door.command(account_id, "close")
    tokens.append(session["access_token"])

    asked = [{"Authorization": f"Bearer {each}", "X-Request-ID": "same"} for each in tokens]
    answers = [door.client.get("/api/v1/me", headers=each) for each in asked]
    told = {(each.status_code, each.data, str(each.headers)) for each in answers}
    assert len(told) == 1
    assert {code(each) for each in answers} == {NOT_SIGNED_IN}


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("close", {}),
        ("revoke-role", {"role": "specialist"}),
        ("reset-password", {}),
        ("end-sessions", {}),
    ],
)
def test_what_an_administrator_ends_is_ended_with_the_next_request(door, command, more):
    account_id, session = door.own()
    other = door.sign_in(OWN).get_json()
    assert door.me(session["access_token"]).status_code == 200
    door.command(account_id, command, **more)

    for each in (session, other):
        assert code(door.me(each["access_token"])) == NOT_SIGNED_IN
        assert code(door.renew(each["refresh_token"])) == NOT_SIGNED_IN
    expected = 201 if command == "end-sessions" else 401
    assert door.sign_in(OWN).status_code == expected


def test_a_reopened_account_does_not_bring_its_sessions_back(door):
    account_id, session = door.own()
    door.command(account_id, "close")
    door.command(account_id, "reopen")

    assert code(door.me(session["access_token"])) == NOT_SIGNED_IN
    assert door.sign_in(OWN).status_code == 201


def test_a_role_that_is_given_or_ended_counts_from_the_next_request(door):
    account_id, session = door.own()
    token = session["access_token"]
    path, body = "/api/v1/assistance-requests/{}/waive-verification", {"reason": "Срочно"}
    organization = door.caller.organization().get_json()["id"]
    request = door.caller.request(organization).get_json()["id"]

    def waive():
        named = {"Authorization": f"Bearer {token}", "If-Match": "*"}
        named["Idempotency-Key"] = str(uuid4())
        return (
            door.client.post(path.format(request), json=body, headers=named).get_json().get("code")
        )

    assert (door.me(token).get_json()["role"], waive()) == ("specialist", "role-forbidden")
    door.command(account_id, "grant-role", role="head")
    assert (door.me(token).get_json()["role"], waive()) == ("head", None)
    door.command(account_id, "revoke-role", role="head")
    assert (door.me(token).get_json()["role"], waive()) == ("specialist", "role-forbidden")


def test_a_changed_password_signs_out_whoever_knew_the_old_one(door):
    _, session = door.own()
    other = door.sign_in(OWN).get_json()
    new = door.sign_in(OWN, new_password=OTHER).get_json()

    for each in (session, other):
        assert code(door.me(each["access_token"])) == NOT_SIGNED_IN
        assert code(door.renew(each["refresh_token"])) == NOT_SIGNED_IN
    assert door.me(new["access_token"]).status_code == 200
    assert code(door.sign_in(OWN)) == REFUSED


def test_a_password_is_changed_by_whoever_knows_the_one_before(door):
    door.own()
    assert code(door.sign_in(OTHER, new_password="seven blue umbrellas sing")) == REFUSED
    assert door.sign_in(OWN).status_code == 201


def test_changing_a_password_is_in_the_history_of_the_account_without_the_password(door):
    account_id, _ = door.own()
    answer = door.caller.get(f"/staff/{account_id}/history", who=ADMINISTRATOR)
    events = [each["event"] for each in answer.get_json()["items"]]

    assert events == ["staff.created", "staff.role-granted", "staff.password-changed"]
    assert OWN not in json.dumps(answer.get_json(), ensure_ascii=False)


def test_signing_in_again_begins_a_session_of_its_own(door):
    _, session = door.own()
    again = door.sign_in(OWN).get_json()

    assert len({*map(session.get, TOKENS), *map(again.get, TOKENS)}) == 4
    assert all(is_own(again[name]) for name in TOKENS)


def test_neither_password_nor_token_is_said_aloud(door, capfd, caplog):
    account_id, first = door.account()
    session = door.sign_in(first, new_password=OWN).get_json()
    secrets = [first, OWN, OTHER, *map(session.get, TOKENS)]
    answers = [door.sign_in(OTHER), door.sign_in(OWN, new_password="short")]
    answers += [door.me(session["access_token"]), door.me(session["refresh_token"])]
    door.command(account_id, "reset-password")
    answers += [door.me(session["access_token"]), door.renew(session["refresh_token"])]

    said = "".join(capfd.readouterr()) + caplog.text
    said += "".join(answer.get_data(as_text=True) for answer in answers)
    assert not [secret for secret in secrets if secret in said]
