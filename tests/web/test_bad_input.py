"""Bad input gets a clear problem document and changes nothing."""

import msgspec
import pytest
from people import actor

from application.read_models.lists import ORGANIZATIONS, ListQuery

FINDINGS = dict.fromkeys(
    ("voluntary", "unpaid", "public_benefit", "concrete_deeds", "aware", "harmless"), True
)


def problem(answer, status, code):
    body = answer.get_json()
    assert (answer.status_code, body["code"], body["status"]) == (status, code, status), body
    assert answer.mimetype == "application/problem+json"
    assert body["type"] == f"/problems/{code}"
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == answer.headers["X-Request-ID"]
    return body


def errors(answer):
    return {
        error["path"]: error["messages"]
        for error in problem(answer, 422, "validation-failed")["errors"]
    }


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"bin": "971240001316"}, "$.bin"),
        ({"bin": 971240001315}, "$.bin"),
        ({"team_type": "club"}, "$.team_type"),
        ({"directions": ["ayala", "nothing"]}, "$.directions[1]"),
        ({"directions": "ayala"}, "$.directions"),
        ({"name": "   "}, "$.name"),
        ({"name": "А\x00Б"}, "$.name"),
        ({"name": "А" * 501}, "$.name"),
        ({"name": None}, "$.name"),
        ({"colour": "green"}, "$.colour"),
        ({"website": "не адрес"}, "$.website"),
        (
            {"contact_persons": [{"name": "П", "role": "к", "consent": True, "phone": "12"}]},
            "$.contact_persons[0].phone",
        ),
        (
            {"contact_persons": [{"name": "П", "role": "к", "consent": "yes"}]},
            "$.contact_persons[0].consent",
        ),
        (
            {"contact_persons": [{"name": "П", "role": "к", "consent": True, "email": "нет"}]},
            "$.contact_persons[0].email",
        ),
        ({"leader": "Пример"}, "$.leader"),
        ({"occurred_on": "вчера"}, "$.occurred_on"),
        (
            {"registered_as_not_duplicate_of": {"ids": ["x"], "reason": "y"}},
            "$.registered_as_not_duplicate_of.ids[0]",
        ),
    ],
)
def test_a_wrong_field_is_named_by_its_path_and_nothing_is_recorded(
    caller, services, changes, path
):
    found = errors(caller.organization(**changes))

    assert list(found) == [path]
    assert all(not text.startswith("@") for text in found[path])
    page = services.front_office.queries.page(
        ORGANIZATIONS, ListQuery(today=services.today("KZ-75"))
    )
    assert page.rows == []


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"district": "711110000"}, "district-of-another-region", "$.district"),
        ({"district": "759990000"}, "unknown-district", "$.district"),
        ({"region": "KZ-99"}, "unknown-region", "$.region"),
        ({"bin": None}, "registration-data-missing", "$.bin"),
        ({"occurred_on": "2026-03-03"}, "date-in-future", "$.occurred_on"),
        (
            {"contact_persons": [{"name": "П", "role": "к", "consent": False}]},
            "consent-missing",
            "$.contact_persons[0].consent",
        ),
    ],
)
def test_a_value_the_domain_refuses_is_named_by_its_path_too(caller, changes, code, field):
    body = problem(caller.organization(**changes), 422, code)
    (error,) = body["errors"]
    assert (error["path"], error["codes"]) == (field, [code])
    assert "{" not in body["detail"]


def test_every_missing_field_is_named_at_once(caller):
    found = errors(caller.post("/organizations", {}))
    assert set(found) >= {"$.name", "$.region", "$.district", "$.team_type", "$.directions"}


@pytest.mark.parametrize(
    ("raw", "media_type", "status", "code"),
    [
        (b"{", "application/json", 400, "malformed-json"),
        (b"\xff\xfe", "application/json", 400, "malformed-json"),
        (b'{"name": "\xff"}', "application/json", 400, "malformed-json"),
        (b'{"name": "\\ud800"}', "application/json", 400, "malformed-json"),
        (b"[]", "application/json", 400, "malformed-json"),
        (b"7", "application/json", 400, "malformed-json"),
        (b'{"a": NaN}', "application/json", 400, "malformed-json"),
        (b"name=x", "application/x-www-form-urlencoded", 415, "not-json"),
        (b"{}", "text/plain", 415, "not-json"),
        (b'{"a": ' + b"[" * 25 + b"]" * 25 + b"}", "application/json", 400, "too-deep"),
        (b"[" * 60000 + b"]" * 5000, "application/json", 400, "malformed-json"),
        (b'{"name": "' + b"x" * 70000 + b'"}', "application/json", 413, "body-too-large"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_body_that_is_no_json_object_is_refused_with_what_is_wrong(
    client, raw, media_type, status, code
):
    problem(client.post("/api/v1/organizations", data=raw, content_type=media_type), status, code)


def test_an_absent_body_is_an_empty_one(client):
    errors(client.post("/api/v1/organizations"))


def test_details_of_another_kind_of_help_are_recognised(caller):
    organization = caller.organization().get_json()["id"]
    liaison = {"state_body": "Акимат", "matter": "Субботник"}

    body = problem(caller.request(organization, details=liaison), 422, "validation-failed")
    (error,) = body["errors"]
    assert error["path"] == "$.details"
    assert error["codes"] == ["details-of-another-help-type"]
    assert "state_body_liaison" in error["messages"][0]
    found = errors(caller.request(organization, details={"topic": "x", "colour": "y"}))
    assert set(found) == {"$.details.colour", "$.details.audience"}
    assert list(errors(caller.request(organization, help_type="money"))) == ["$.help_type"]


def test_an_outcome_of_another_kind_of_help_is_recognised(caller):
    request = caller.request(caller.organization().get_json()["id"]).get_json()
    path = f"/assistance-requests/{request['id']}/help"
    published = {"publications": [{"outlet": "Г", "media": "radio", "published_on": "2026-03-01"}]}

    body = problem(
        caller.post(path, {"outcome": "x", "details": published}, 1),
        409,
        "outcome-of-another-help-type",
    )
    assert (body["help_type"], body["details_of"]) == ("training", "media_coverage")
    found = errors(caller.post(path, {"outcome": "x", "details": {"topic": "x"}}, 1))
    assert set(found) == {"$.details.held_on", "$.details.participants"}
    assert list(errors(caller.post(path, {"outcome": "x", "details": 7}, 1))) == ["$.details"]


def test_a_change_names_the_version_it_is_based_on(caller):
    request = caller.request(caller.organization().get_json()["id"]).get_json()
    path, body = f"/assistance-requests/{request['id']}/note", {"text": "x"}

    problem(caller.post(path, body), 428, "precondition-required")
    assert problem(caller.post(path, body, 7), 412, "stale-version")["version"] == 1
    for tag in ('W/"1"', "1", '"x"', '"1", "2"', '"9999999999"', ""):
        problem(caller.post(path, body, **{"If-Match": tag}), 400, "precondition-malformed")
    assert caller.post(path, body, **{"If-Match": "*"}).status_code == 200
    assert caller.post(path, body, 2).headers["ETag"] == '"3"'


def test_a_command_the_state_does_not_allow_names_the_state_and_what_it_does_allow(caller):
    request = caller.request(caller.organization().get_json()["id"]).get_json()
    path = f"/assistance-requests/{request['id']}"

    body = problem(caller.post(f"{path}/reopen", {"reason": "x"}, 1), 409, "wrong-state")
    assert (body["state"], body["command"]) == ("requested", "reopen")
    assert body["allowed"] == caller.get(path).get_json()["links"]["actions"]
    assert "ask-organization" in body["allowed"]
    assert caller.get(path).get_json()["version"] == 1


def test_what_a_header_or_a_number_cannot_be_is_told(caller):
    path = caller.organization().headers["Location"].removeprefix("/api/v1")
    problem(
        caller.post(f"{path}/close", {"reason": "x"}, **{"If-Match": ""}),
        400,
        "precondition-malformed",
    )
    for version in (0, -1, 2**63):
        problem(caller.get(f"{path}?version={version}"), 422, "validation-failed")


@pytest.mark.parametrize(
    "decision",
    [{}, {"findings": FINDINGS, "ground": "paid", "comment": "Платят"}, {"ground": "paid"}],
    ids=["none", "both", "no words"],
)
def test_a_decision_is_one_and_says_why(caller, decision):
    organization = caller.organization().get_json()
    answer = caller.post(
        "/verifications", {"organization_id": organization["id"], "decision": decision}
    )
    problem(answer, 422, "validation-failed")
    assert all(each["path"].startswith("$.decision") for each in answer.get_json()["errors"])


@pytest.mark.parametrize(
    ("command", "body", "field"),
    [
        ("escalate", {"question": "Как быть?", "to": "KZ-99"}, "$.to"),
        ("offer-transfer", {"to_office": "KZ-99", "reason": "Там"}, "$.to_office"),
    ],
)
def test_a_wrong_office_is_named_where_it_stands(caller, command, body, field):
    organization = caller.organization().get_json()
    path = caller.request(organization["id"]).headers["Location"].removeprefix("/api/v1")
    (error,) = caller.post(f"{path}/{command}", body, 1).get_json()["errors"]
    assert error["path"] == field


def test_unknown_places_and_methods_answer_problems_with_their_headers(client):
    problem(client.get("/nowhere"), 404, "path-not-found")
    problem(client.get("/api/v1/organizations/not-an-id"), 404, "path-not-found")
    refused = client.delete("/api/v1/organizations")
    problem(refused, 405, "method-not-allowed")
    assert set(refused.headers["Allow"].split(", ")) >= {"GET", "POST"}
    problem(client.get("/api/v1/reference/colours"), 404, "path-not-found")
    problem(client.get("/problems/nothing"), 404, "not-found")


def test_an_unforeseen_error_says_nothing_of_the_inside(caller, services, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("postgresql://secret@inside")

    office = services.front_office_of(actor("specialist@KZ-75"))
    monkeypatch.setattr(office.queries, "page", broken)  # What nobody foresaw.
    answer = caller.get("/organizations")
    problem(answer, 500, "unexpected")
    assert b"secret" not in answer.data


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "Дело изменилось"),
        ("kk", "Іс өзгерді"),
        ("en", "The case has changed"),
        ("fr", "Дело изменилось"),
    ],
)
def test_problems_are_told_in_the_language_of_the_caller(caller, language, title):
    request = caller.request(caller.organization().get_json()["id"]).get_json()
    path = f"/assistance-requests/{request['id']}/note"
    answer = caller.post(path, {"text": "x"}, 9, **{"Accept-Language": language})

    assert problem(answer, 412, "stale-version")["title"] == title
    assert msgspec.json.decode(answer.data)["request_id"]
