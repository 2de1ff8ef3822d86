"""What callers write stays words: it is never markup, a statement, a template or a field more."""

import csv
import io
import re
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

from application.read_models.search_words import words_of

ODD = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE case_events; --",
    "' OR '1'='1",
    "\\'; SELECT pg_sleep(9); --",
    "1); DELETE FROM sessions; --",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "{request_id} {0} {self.__class__} %s %(id)s %n",
    "$(id) `id` | id ; id && id",
    "%2541 %41 &lt; &#60; \\u0041 \\x41",
    '{"$gt": ""} \u2028 \u2029 </script',
    "=cmd|' /C calc'!A0",
    "../../../etc/passwd",
    "*)(uid=*))(|(uid=*",
    "%",
    "_",
    ".*",
    "a\\",
)


def nobody(client, method, path, **more):
    return client.open(path, method=method, headers={"Authorization": ""}, **more)


def events(database_url):
    with psycopg.connect(database_url) as connection:
        return connection.execute("SELECT count(*) FROM case_events").fetchone()[0]


@pytest.mark.parametrize("words", ODD)
def test_words_come_back_as_they_were_written_and_do_nothing(caller, words, database_url):
    made = caller.organization(name=words)
    assert made.status_code == 201, made.get_json()
    path = made.headers["Location"].removeprefix("/api/v1")
    shown = caller.get(path)

    assert shown.mimetype == "application/json"
    assert shown.get_json()["name"] == words
    noted = caller.request(made.get_json()["id"], subject=words, description=words)
    assert noted.get_json()["subject"] == words
    history = caller.get(f"/assistance-requests/{noted.get_json()['id']}/history")
    assert words in history.get_json()["items"][0]["sentence"]
    assert events(database_url) >= 2


@pytest.mark.parametrize("words", ODD)
def test_a_search_finds_the_words_and_nothing_else(caller, words):
    caller.organization(name="Общественный фонд «Другой»", bin="960440000220")
    caller.organization(name=f"Фонд {words} здесь")
    found = caller.get(f"/organizations?q={quote(words)}")

    if not words_of(words):
        assert found.status_code == 422
        return
    assert [each["name"] for each in found.get_json()["items"]] == [f"Фонд {words} здесь"]


@pytest.mark.parametrize("words", ODD)
def test_no_filter_and_no_cursor_takes_what_is_none(caller, words):
    for name in ("region", "status", "district", "cursor", "limit", "help_type", "colour"):
        answer = caller.get(f"/assistance-requests?{name}={quote(words)}")
        assert answer.status_code == 422, (name, answer.get_json())
    assert caller.get(f"/organizations/{quote(words, safe='')}").status_code == 404


@pytest.mark.parametrize("words", ODD)
def test_a_problem_says_odd_words_without_doing_them(caller, client, words):
    answer = client.get(f"/problems/{quote(words, safe='')}")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    wrong = caller.organization(team_type=words)
    assert (wrong.status_code, wrong.mimetype) == (422, "application/problem+json")
    for each in (answer, wrong):
        assert "49" not in each.get_json()["detail"]


def test_a_page_writes_its_words_as_text(client, monkeypatch):
    words = {"title_ru": "<b>&", "detail_ru": "<script>{x}</script>"}
    monkeypatch.setattr("web.problem_pages.texts", lambda _: {"odd": words})
    page = client.get("/problems/odd").get_data(as_text=True)

    assert "&lt;b&gt;&amp;" in page
    assert "<script>" not in page


def test_a_cell_of_a_table_is_no_formula_and_ends_where_it_ends(caller):
    words = '=1+1","x"\r\n@SUM(1)'
    organization = caller.organization().get_json()["id"]
    request = caller.request(organization, subject=words.replace("\r\n", " ")).get_json()["id"]
    table = caller.get(f"/assistance-requests/{request}/history", Accept="text/csv")
    head, row = csv.reader(io.StringIO(table.get_data().decode("utf-8-sig")))

    assert len(head) == len(row)
    assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_what_is_encoded_twice_is_decoded_once(caller):
    caller.organization(name="Сто%41процентов")
    once = caller.get(f"/organizations?q={quote('Сто%41процентов')}").get_json()["items"]
    twice = caller.get(f"/organizations?q={quote(quote('Сто%41процентов'))}").get_json()["items"]

    assert (len(once), len(twice)) == (1, 0)


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"]
)
def test_an_address_of_an_organization_is_one_of_the_web(caller, scheme):
    assert caller.organization(website="https://example.kz/a?b=c").status_code == 201
    refused = caller.organization(website=scheme, name="Другой", bin="960440000220")
    assert [each["path"] for each in refused.get_json()["errors"]] == ["$.website"]


def test_the_link_to_the_next_page_carries_the_search_safely(caller):
    odd = 'a&b="c"> <d>; rel="prev"#'
    for name in ("Первый", "Второй"):
        identity = {"team_type": "initiative_group", "legal_form": None, "bin": None}
        caller.organization(name=f"{name} {odd}", **identity)
    page = caller.get(f"/organizations?limit=1&q={quote(odd)}")
    link = re.fullmatch(r'<([^<>" ]+)>; rel="next"', page.headers["Link"])
    following = caller.get(link[1].removeprefix("/api/v1"))

    assert len(following.get_json()["items"]) == 1
    assert following.get_json()["items"] != page.get_json()["items"]


@pytest.mark.parametrize(
    "more",
    [
        *({"id": str(uuid4())}, {"version": 7}, {"office": "KZ-10"}, {"status": "closed"}),
        *({"by": {"role": "head"}}, {"recorded_at": "2020-01-01T00:00:00Z"}, {"links": {}}),
        *({"__class__": "x"}, {"__proto__": {"a": 1}}, {"constructor": 1}, {"role": "head"}),
    ],
    ids=lambda value: next(iter(value)),
)
def test_nobody_sets_what_is_not_theirs_to_set(caller, database_url, more):
    before = events(database_url)
    refused = caller.organization(**more)
    assert refused.status_code == 422
    assert [each["path"] for each in refused.get_json()["errors"]] == [f"$.{next(iter(more))}"]
    assert events(database_url) == before


@pytest.mark.parametrize(
    "query", ["limit=1&limit=100", "q=a&q=b", "region=KZ-75&region=KZ-10", "limit[]=1", "Limit=1"]
)
def test_an_argument_stands_once_and_under_its_own_name(caller, query):
    assert caller.get(f"/organizations?{query}").status_code == 422


@pytest.mark.parametrize(
    "body", ['{"login": "a", "login": "b"}', '{"a": {"b": [{"c": 1, "c": 1}]}}']
)
def test_a_body_says_nothing_twice(client, body):
    answer = client.post("/api/v1/session", data=body, content_type="application/json")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed-json")


def test_arguments_are_read_where_they_belong_only(caller):
    assert caller.get("/organizations?name=x").status_code == 422
    answer = caller.client.post(
        "/api/v1/session?login=a&password=b", json={}, headers={"Authorization": ""}
    )
    assert {each["path"] for each in answer.get_json()["errors"]} >= {"$.login", "$.password"}


@pytest.mark.parametrize("value", [0, 1, True, ["x"], {"a": 1}, 1.5, None])
def test_a_value_of_another_type_is_not_taken_for_a_text(caller, value):
    assert caller.organization(name=value).status_code == 422
    wrong = {"login": "known", "password": value}
    answer = caller.client.post("/api/v1/session", json=wrong, headers={"Authorization": ""})
    assert answer.status_code == 422


def test_nothing_is_changed_by_reading(caller, app, database_url):
    organization = caller.organization().get_json()["id"]
    request = caller.request(organization).get_json()["id"]
    before = events(database_url)
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<uuid:\w+>", request, rule.rule)
        for method in {"GET", "HEAD", "OPTIONS"} & rule.methods:
            caller.client.open(path, method=method).close()
    assert events(database_url) == before


def test_a_form_of_another_site_can_do_nothing(caller, database_url):
    before = events(database_url)
    body = '{"login": "a", "password": "b"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        for path in ("/api/v1/session", "/api/v1/session/refresh", "/api/v1/organizations"):
            answer = caller.client.post(path, data=body, content_type=kind)
            assert (answer.status_code, answer.get_json()["code"]) == (415, "not-json")
    assert nobody(caller.client, "POST", "/api/v1/organizations", json={}).status_code == 401
    assert events(database_url) == before


def test_lists_show_no_person_that_a_case_would_show(caller):
    contact = {"name": "Канарейка Примеровна", "role": "координатор", "consent": True}
    contact |= {"phone": "+77000000077", "email": "canary@example.org"}
    made = caller.organization(contact_persons=[contact])
    assert "Канарейка" in caller.get(f"/organizations/{made.get_json()['id']}").get_data(
        as_text=True
    )
    for path in ("/organizations", "/assistance-requests", "/verifications", "/escalations"):
        text = caller.get(path).get_data(as_text=True)
        assert not [each for each in ("Канарейка", "+7700", "canary") if each in text]


def test_neither_lists_nor_cases_of_staff_show_what_signs_somebody_in(caller, people):
    account_id = people.account("head@KZ-75")
    shown = caller.get(f"/staff/{account_id}", who="administrator@KZ").get_json()
    (row,) = [
        each
        for each in caller.get("/staff", who="administrator@KZ").get_json()["items"]
        if each["id"] == str(account_id)
    ]
    for each in (shown, row):
        assert not [name for name in each if "password" in name or "key" in name or "hash" in name]
    assert "login_key" not in str(shown) + str(row)
