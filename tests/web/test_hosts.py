"""The service answers by its own names only."""

import pytest

from application.settings import Settings
from web.app import create_app


def status(client, host, target="/healthz"):
    answer = client.open("/healthz", environ_overrides={"HTTP_HOST": host, "RAW_URI": target})
    if answer.status_code == 400:
        body = answer.get_json()
        assert (body["code"], answer.mimetype) == ("host-unknown", "application/problem+json")
        assert "Location" not in answer.headers
        assert not host.strip() or host not in answer.get_data(as_text=True)
    return answer.status_code


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost", "localhost:8000", "127.0.0.1:1", "[::1]", "[::1]:65535"],
)
def test_a_name_of_this_machine_is_known_with_any_port(client, host):
    assert status(client, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        *("", " ", "office.example", "localhost.office.example", "notlocalhost", "127.0.0.2"),
        *("localhost:", "localhost:0", "localhost:65536", "localhost:x", "localhost:8000:1"),
        *("[::2]", "[::1", "::1", "[]", "localhost,office.example", "x@localhost", "localhost/"),
        *("локалхост", "localhost\n", "localhost\x00", "<script>", "a" * 8000, "localhost:٣"),
    ],
)
def test_another_host_is_refused(client, host):
    assert status(client, host) == 400


@pytest.mark.parametrize(
    ("target", "answered"),
    [
        ("http://localhost:8000/healthz", 200),
        ("http://office.example/healthz", 400),
        ("http://[/healthz", 400),
        ("http:///healthz", 400),
        ("localhost:1", 400),
        ("*", 200),
    ],
)
def test_the_host_of_an_absolute_target_counts_too(client, target, answered):
    assert status(client, "localhost", target) == answered


def test_an_absent_host_is_refused(app):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "SERVER_NAME": "localhost"}
    given = {"SERVER_PORT": "80", "wsgi.url_scheme": "http", "SERVER_PROTOCOL": "HTTP/1.0"}
    with app.request_context({**environ, **given}):
        assert app.full_dispatch_request().status_code == 400


def test_no_redirect_leads_to_another_host(client):
    answer = client.get("/api/v1/organizations/", headers={"Host": "office.example"})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "host-unknown")


def test_the_names_that_are_set_are_the_only_ones(services):
    client = create_app(services, ("office.kz", "[::1]")).test_client()
    told = {"office.kz": 200, "OFFICE.kz:443": 200, "[::1]:8000": 200, "localhost": 400}
    assert {host: status(client, host) for host in told} == told


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        (Settings(), {"localhost", "127.0.0.1", "[::1]"}),
        (Settings(host="::1"), {"localhost", "127.0.0.1", "[::1]"}),
        (Settings(host="10.0.0.7"), {"10.0.0.7", "localhost", "127.0.0.1", "[::1]"}),
        (Settings(hosts=("office.kz",)), {"office.kz"}),
    ],
)
def test_without_a_setting_the_hosts_are_this_machine(settings, hosts):
    assert set(settings.known_hosts) == hosts
