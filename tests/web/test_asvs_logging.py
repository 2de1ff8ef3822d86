"""The log tells who came in, who was kept out and why, in lines that nobody can forge."""

import json

import pytest

OWN = "четыре рыжих кота едят арбуз"


@pytest.fixture
def account(caller):
    body = {"login": "a.primerova", "name": "А. Примерова", "office": "KZ-75", "post": "С"}
    given = {**body, "roles": ["specialist"], "reason": "Приказ"}
    made = caller.post("/staff", given, who="administrator@KZ").get_json()
    return made["id"], made["first_password"]


def told(logged):
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    logged.truncate(0)
    logged.seek(0)
    return lines


def sign_in(client, **body):
    return client.post(
        "/api/v1/session", json=body, headers={"Authorization": "", "X-Request-ID": "visit-7"}
    )


def test_every_attempt_to_sign_in_is_told_with_its_outcome(client, account, logged):
    staff_id, first = account
    told(logged)
    sign_in(client, login="a.primerova", password="wrong words indeed")
    sign_in(client, login="a.primerova", password=first)
    session = sign_in(client, login="a.primerova", password=first, new_password=OWN).get_json()
    client.post("/api/v1/session/refresh", json={"refresh_token": session["refresh_token"]})
    client.post("/api/v1/session/refresh", json={"refresh_token": session["refresh_token"]})

    lines = told(logged)
    outcomes = [line for line in lines if line["event"] in {"session given", "session refused"}]
    assert [(each["event"], each.get("reason"), each.get("staff_id")) for each in outcomes] == [
        ("session refused", "sign-in-refused", None),
        ("session refused", "password-change-due", None),
        ("session given", None, staff_id),
        ("session given", None, staff_id),
        ("session refused", "not-signed-in", None),
    ]
    assert {each["request_id"] for each in outcomes[:3]} == {"visit-7"}
    requests = [line for line in lines if line["event"] == "request"]
    assert [each["status"] for each in requests] == [401, 403, 201, 201, 401]
    assert all(each["timestamp"].endswith("Z") for each in lines)
    for secret in ("a.primerova", first, OWN, session["access_token"], session["refresh_token"]):
        assert secret not in json.dumps(lines, ensure_ascii=False)


def test_whoever_is_kept_from_something_is_told_with_what_it_was(caller, people, logged):
    account_id = people.account("specialist@KZ-75")
    told(logged)
    answer = caller.post(f"/staff/{account_id}/unlock", {"reason": "x"}, 1)
    assert answer.status_code == 403

    (line,) = [line for line in told(logged) if line["event"] == "request"]
    assert (line["status"], line["staff_id"]) == (403, str(account_id))
    assert (line["method"], line["route"]) == ("POST", "/api/v1/staff/<uuid:case_id>/unlock")


def test_what_is_refused_for_its_form_or_its_rate_is_told_too(caller, client, logged):
    told(logged)
    caller.get("/organizations?colour=green")
    caller.organization(colour="green")
    client.get("/api/v1/me", headers={"Authorization": "Bearer x"})
    statuses = [line["status"] for line in told(logged) if line["event"] == "request"]
    assert statuses == [422, 422, 401]


@pytest.mark.parametrize("odd", ["a\\nb", 'x","event":"forged', "\u2028", "{}", "x" * 99])
def test_one_request_is_one_line_whatever_it_is_called(client, logged, odd):
    told(logged)
    named = {"X-Request-ID": odd.encode().decode("latin-1")}
    client.get("/healthz?q=%0Aevent", headers=named)
    (line,) = told(logged)
    assert line["event"] == "request"
