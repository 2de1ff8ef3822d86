"""What this stack of libraries gets wrong when left to itself; docs/interface.md lists it all."""

import json
import re

import pytest

from web.openapi.document import examples

ODD = "%00", "%ff", "%c0%ae", "%ed%a0%80", "%F0%9F%98%80", "%0d%0aX-A:%20b", "..%2f..%2f", "%25"
LISTS = "organizations", "verifications", "assistance-requests", "escalations", "staff"


def told(answer):
    """Return status and code of a problem document, which is whole."""
    body = answer.get_json()
    assert answer.mimetype == "application/problem+json", answer.data
    assert body["request_id"] == answer.headers["X-Request-ID"]
    assert body["status"] == answer.status_code
    return answer.status_code, body["code"]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "QUERY", "PROPFIND"])
@pytest.mark.parametrize(
    "path", ["/api/v1/organizations", "/api/v1/me", "/healthz", "/docs", "/problems/not-found"]
)
def test_a_method_that_is_not_there_is_told_with_those_that_are(caller, method, path):
    answer = caller.send(method, path, json={})
    assert told(answer) == (405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"].split(", ")


def test_a_method_that_is_not_there_is_told_for_a_case_too(caller):
    made = caller.organization().headers["Location"]
    for method in ("PUT", "DELETE", "TRACE"):
        answer = caller.send(method, made, json={})
        assert told(answer) == (405, "method-not-allowed")
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "PATCH"}
        close = caller.send(method, f"{made}/close", json={})
        assert set(close.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_head_answers_as_get_without_a_body_and_options_name_the_methods(caller):
    for path in ("/api/v1/organizations", "/api/v1/me", "/healthz", "/docs"):
        head, get = caller.send("HEAD", path), caller.send("GET", path)
        assert (head.status_code, head.mimetype, head.data) == (200, get.mimetype, b"")
        options = caller.send("OPTIONS", path)
        assert (options.status_code, options.data) == (200, b"")
        assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["Allow"].split(", "))
    assert caller.send("HEAD", "/api/v1/nowhere").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/api", "/api/", "/api/v1", "/api/v2/organizations", "/api/v1/nowhere"),
        *("/api/v1/organizations/", "/api/v1/organizations//", "/api/v1/me/"),
        *("/API/v1/me", "/api/v1/organizations/1", "/api/v1/organizations/None/history"),
        "/api/v1/organizations/{fab6ec91-03d6-44e5-98de-320af2600499}",
        "/api/v1/organizations/FAB6EC91-03D6-44E5-98DE-320AF2600499x",
        *(f"/api/v1/organizations/{odd}" for odd in ODD),
        *(f"/api/v1/reference/{odd}" for odd in ODD),
    ],
)
def test_a_path_that_is_not_there_is_told(caller, path):
    assert told(caller.send("GET", path)) == (404, "path-not-found")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("path", LISTS)
def test_a_query_that_is_no_text_is_refused_or_finds_nothing(caller, path, odd):
    who = "administrator@KZ" if path == "staff" else "specialist@KZ-75"
    for name in ("q", "cursor", "region", "limit", "status", odd):
        answer = caller.get(f"/{path}?{name}={odd}", who=who)
        if answer.status_code == 200:
            assert (name, answer.get_json()["items"]) == ("q", [])
        else:
            assert answer.status_code == 422, (name, answer.data)
            told(answer)


@pytest.mark.parametrize("limit", ["0", "-1", "101", "9" * 400, "1e3", "1.0", "٣", "", " ", "0x10"])
def test_a_limit_is_a_number_that_fits(caller, limit):
    answer = caller.get(f"/organizations?limit={limit}")
    if answer.status_code == 200:  # Python reads other digits, too: it is the same number.
        assert limit == "٣"
    else:
        assert told(answer) == (422, "validation-failed")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (
            "Accept-Language",
            ["", "*", "xx", "ru;q=abc", "kk;q=9", ",,,", "é", "en-US,en;q=0.5", "a" * 5000],
        ),
        ("Accept", ["", "nonsense", "text/csv", "application/xml;q=x", "*/*;q=0", "é/é"]),
        ("X-Request-ID", ["", "é", "a b", "a" * 500, "<script>", "=1+1"]),
        ("Range", ["bytes=0-1", "nonsense"]),
        ("If-None-Match", ['"1"', "nonsense", "*"]),
        ("If-Modified-Since", ["yesterday", "Mon, 01 Jan 0001 00:00:00 GMT"]),
        ("Content-Type", ["nonsense", "application/json; charset=é", "multipart/form-data"]),
        ("Cookie", ["é=é", ";;;", "a" * 5000]),
    ],
)
def test_headers_of_any_form_are_read_or_let_be(caller, name, values):
    path = caller.organization().headers["Location"].removeprefix("/api/v1")
    for value in values:
        for asked in (path, f"{path}/history", "/organizations", "/reference/help_types"):
            answer = caller.get(asked, **{name: value})
            if answer.status_code == 406:  # A list is a page or a table, and nothing else.
                assert (name, told(answer)) == ("Accept", (406, "not-acceptable"))
            else:
                assert answer.status_code == 200, value


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "a" * 101, '""', '"a', "\t", '"é"'])
def test_a_key_that_is_none_is_told(caller, key):
    answer = caller.post("/organizations", {}, **{"Idempotency-Key": key})
    assert answer.status_code in {400, 422}
    told(answer)


@pytest.mark.parametrize("scheme", ["Basic YTpi", "Bearer", "Bearer ", "Bearer é", "x" * 5000, "é"])
def test_a_token_of_a_strange_form_signs_nobody_in(caller, scheme):
    answer = caller.send("GET", "/api/v1/me", headers={"Authorization": scheme})
    assert told(answer)[0] == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_what_is_not_text_stays_words_in_what_is_answered(caller):
    with_emoji = caller.organization(name="Фонд 😀 «Ә»")
    assert "Фонд 😀 «Ә»".encode() in with_emoji.data
    served = caller.send("GET", "/api/v1/openapi.json")
    assert "организации".encode() in served.data
    assert not re.search(rb"\\u04", served.data)
    assert json.loads(served.data)["openapi"] == "3.1.0"


def test_a_whole_number_may_have_a_point_and_a_part_may_not(caller):
    organization = caller.organization().get_json()["id"]
    for given, status in ((9.0, 201), (9.5, 422), (True, 422), ("9", 422), (1e300, 422)):
        details = {"topic": "Первая помощь", "audience": "ngo_staff", "participants": given}
        answer = caller.request(organization, details=details)
        assert answer.status_code == status, (given, answer.get_json())
    assert caller.get("/assistance-requests").status_code == 200


def test_a_case_that_follows_another_says_where_it_is(caller):
    organization = caller.organization().get_json()["id"]
    decided = examples()["requestVerification"]["decided"]
    begun = caller.post("/verifications", {**decided, "organization_id": organization})
    path = begun.headers["Location"].removeprefix("/api/v1")
    renewed = caller.post(f"{path}/renew", {}, begun.get_json()["version"])
    assert renewed.status_code == 201, renewed.get_json()
    assert renewed.headers["Location"] == f"/api/v1/verifications/{renewed.get_json()['id']}"
    assert caller.get(renewed.headers["Location"].removeprefix("/api/v1")).status_code == 200
