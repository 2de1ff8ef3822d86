"""How the service is set up: what is open, what is closed, and whom it believes."""

import re
from importlib.metadata import files
from uuid import uuid4

import psycopg
import pytest
from flask import Flask, request

from application.persistence.reads import ReadLog
from web.app import create_app
from web.callers import address, admit_callers
from web.greeting import keys_to_begin_with
from web.proxies import behind_proxies

OPEN_TO_ALL = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/docs"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/problems/<code>"),
    ("GET", "/static/<path:filename>"),
    ("POST", "/api/v1/session"),
    ("POST", "/api/v1/session/refresh"),
}
VERBS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_only_these_are_open_to_whoever_has_not_signed_in(app, client):
    found = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(\w+:)?\w+>", str(uuid4()), rule.rule)
        for method in VERBS & rule.methods:
            with client.open(path, method=method, json={}, headers={"Authorization": ""}) as answer:
                if answer.status_code != 401:
                    found.add((method, rule.rule))
    assert found == OPEN_TO_ALL


def test_a_view_without_a_rule_is_not_let_into_the_service():
    app = Flask("web")
    app.add_url_rule("/forgotten", "forgotten", lambda: "open to all")
    with pytest.raises(RuntimeError, match="forgotten"):
        admit_callers(app)


def test_when_nobody_can_say_who_asks_nothing_is_done(caller, services, monkeypatch, database_url):
    def broken(*_: object) -> None:
        raise RuntimeError("the registry is away")

    with psycopg.connect(database_url) as connection:
        before = connection.execute("SELECT count(*) FROM case_events").fetchone()
        monkeypatch.setattr(type(services.desk), "caller", broken)
        answers = [caller.organization(), caller.get("/organizations"), caller.get("/me")]
        assert {answer.status_code for answer in answers} == {500}
        assert "registry" not in "".join(answer.get_data(as_text=True) for answer in answers)
        assert connection.execute("SELECT count(*) FROM case_events").fetchone() == before


def test_when_a_look_cannot_be_recorded_nothing_is_shown(caller, services, monkeypatch):
    contact = {"name": "Канарейка Примеровна", "role": "координатор", "consent": True}
    made = caller.organization(contact_persons=[{**contact, "phone": "+77000000077"}]).get_json()

    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(ReadLog, "add", broken)
    for path in (f"/organizations/{made['id']}", f"/organizations/{made['id']}/history"):
        answer = caller.get(path)
        assert answer.status_code == 500
        assert "Канарейка" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/api/v1/organizations", "/docs", "/healthz", "/static/x"])
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "DEBUG"])
def test_a_method_nobody_needs_is_not_there(client, method, path):
    answer = client.open(path, method=method, headers={"X-Secret": "canary-canary"})
    assert answer.status_code == 405
    assert b"canary" not in answer.data


@pytest.mark.parametrize(
    "path",
    [
        *("/static/", "/static/swagger-ui/", "/static", "/.git/config", "/.git/HEAD", "/.env"),
        *("/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py"),
        *("/static/....//app.py", "/api/v1/", "/console", "/admin"),
        *("/static/swagger-ui/nothing.css", "/docs/nothing.css", "/api/v1/organizations/x.css"),
    ],
)
def test_no_folder_is_listed_and_no_other_file_is_served(client, path):
    with client.get(path) as answer:
        assert answer.status_code in {404, 405}, answer.status_code
        assert answer.mimetype == "application/problem+json"


def test_nothing_helps_to_debug_in_the_open(app, client, monkeypatch):
    assert (app.debug, app.testing) == (False, False)

    def broken() -> None:
        raise RuntimeError("canary-canary")

    monkeypatch.setitem(app.view_functions, "health.alive", broken)
    monkeypatch.setattr(broken, "action", "open to all", raising=False)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "unexpected")
    for word in (b"canary", b"Traceback", b"RuntimeError", b".py"):
        assert word not in answer.data


def test_the_package_holds_what_the_service_needs_and_no_tests():
    names = [str(each) for each in files("front-office")]
    tops = {name.split("/")[0] for name in names}
    assert tops - {name for name in tops if name.endswith(".dist-info")} <= {
        *("domain", "application", "web", "..")
    }
    assert not [name for name in names if "test" in name.lower() or ".git" in name]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost"])
def test_no_other_origin_is_let_in_by_a_browser(client, origin):
    asks = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    for method in ("GET", "POST", "OPTIONS"):
        for path in ("/api/v1/organizations", "/api/v1/session", "/healthz", "/docs"):
            with client.open(path, method=method, headers=asks) as answer:
                assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("path", ["/api/v1/organizations", "/api/v1/me", "/docs", "/healthz"])
def test_a_request_that_came_unencrypted_is_not_sent_elsewhere_in_silence(client, path):
    with client.get(path, base_url="http://localhost") as answer:
        assert answer.status_code == 200
        assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/docs", "text/html", "text/html; charset=utf-8"),
        ("/problems/wrong-state", "text/html", "text/html; charset=utf-8"),
        ("/api/v1/organizations", "*/*", "application/json"),
        ("/api/v1/organizations?limit=0", "*/*", "application/problem+json"),
        ("/static/swagger-ui/swagger-ui.css", "*/*", "text/css; charset=utf-8"),
        ("/static/swagger-ui/swagger-ui-bundle.js", "*/*", "text/javascript; charset=utf-8"),
        ("/nowhere", "text/html", "application/problem+json"),
    ],
)
def test_every_answer_says_what_it_is(client, path, accept, kind):
    with client.get(path, headers={"Accept": accept}) as answer:
        assert answer.headers["Content-Type"] == kind


def test_a_table_says_its_letters_too(caller):
    organization = caller.organization().get_json()["id"]
    table = caller.get(f"/organizations/{organization}/history", Accept="text/csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("proxies", "told", "believed"),
    [
        (0, "198.51.100.7", "127.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.66, 198.51.100.7", "198.51.100.7"),  # The first is the caller's own word.
        (2, "203.0.113.66, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (1, "", "127.0.0.1"),
    ],
)
def test_so_many_proxies_are_believed_as_there_are(proxies, told, believed):
    app = behind_proxies(Flask("web"), proxies)
    app.add_url_rule("/", "who", lambda: f"{address()} {request.host}")
    given = {
        "X-Forwarded-For": told,
        "X-Forwarded-Host": "evil.example",
        "X-Real-IP": "203.0.113.9",
    }
    answer = app.test_client().get("/", headers=given | {"Forwarded": "for=203.0.113.9"})

    assert answer.get_data(as_text=True) == f"{believed} localhost"


def test_without_a_proxy_nobody_escapes_their_rate_by_naming_another_address(
    client, services, database_url
):
    for number in range(3):
        given = {"Authorization": "", "X-Forwarded-For": f"203.0.113.{number}"}
        client.get("/api/v1/me", headers=given)
    with psycopg.connect(database_url) as connection:
        keys = connection.execute("SELECT key FROM rates WHERE key LIKE 'address:%'").fetchall()
    assert keys == [("address:127.0.0.1",)]


def test_the_first_administrator_has_a_password_nobody_knows_and_is_made_once(services, settings):
    told = "".join(keys_to_begin_with(services, settings))
    password = re.search(r"пароль (\S{10,}?)Войти", told)[1]
    assert list(keys_to_begin_with(services, settings)) == []

    def sign_in(word, **more):
        client = create_app(services).test_client()
        return client.post("/api/v1/session", json={"login": "admin", "password": word, **more})

    for guess in ("admin", "password", "", "administrator"):
        assert sign_in(guess).status_code == 401
    assert sign_in(password).get_json()["code"] == "password-change-due"
    own = {"new_password": "четыре рыжих кота едят арбуз"}
    assert sign_in(password, **own).status_code == 201
