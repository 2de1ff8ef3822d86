"""Every answer tells the browser what to forbid itself, and shows nothing inline."""

import re
from html.parser import HTMLParser

import pytest
from people import actor

from web.security_headers import HEADERS, NOTHING


def policy(answer):
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return {name: values for name, *values in map(str.split, parts)}


def checked(answer):
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    told = policy(answer)
    for name in ("default-src", "frame-ancestors", "base-uri", "form-action"):
        assert told[name] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & {
        each for few in told.values() for each in few
    }
    assert answer.headers.get("Server") is None
    return answer


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/organizations", 200),
        ("GET", "/api/v1/openapi.json", 200),
        ("GET", "/healthz", 200),
        ("GET", "/docs", 200),
        ("GET", "/problems/wrong-state", 200),
        ("GET", "/static/docs.js", 200),
        ("OPTIONS", "/api/v1/organizations", 200),
        ("HEAD", "/docs", 200),
        ("GET", "/nowhere", 404),
        ("DELETE", "/api/v1/organizations", 405),
        ("POST", "/api/v1/organizations", 422),
    ],
)
def test_every_answer_has_the_headers(caller, method, path, status):
    with caller.send(method, path) as answer:
        assert checked(answer).status_code == status
        assert (answer.headers.get("Cache-Control") == "no-store") == (
            path.startswith("/api/") or status >= 400
        )
        if answer.mimetype != "text/html":
            assert answer.headers["Content-Security-Policy"] == NOTHING


def test_an_unforeseen_error_has_the_headers_too(caller, services, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(
        services.front_office_of(actor("specialist@KZ-75")).queries, "page", broken
    )  # What nobody foresaw.
    answer = checked(caller.get("/organizations"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (500, "no-store")


@pytest.mark.parametrize(("scheme", "told"), [("http", None), ("https", "max-age=31536000")])
def test_only_a_secure_connection_is_told_to_stay_secure(caller, scheme, told):
    answer = caller.send("GET", "/healthz", base_url=f"{scheme}://localhost")
    assert answer.headers.get("Strict-Transport-Security") == told


class Page(HTMLParser):
    """What a page loads, and what stands in it."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.inline, self.languages, self._tag = [], "", [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self._tag = tag
        self.languages += [given["lang"]] if tag == "html" else []
        self.loaded += [given[name] for name in ("src", "href") if name in given]
        assert not [name for name in given if name == "style" or name.startswith("on")]

    def handle_endtag(self, _):
        self._tag = ""

    def handle_data(self, text):
        if self._tag in {"script", "style"}:
            self.inline += text


@pytest.mark.parametrize("path", ["/docs", "/problems/wrong-state"])
def test_a_page_has_nothing_inline_and_loads_our_own_files_only(caller, path):
    text = caller.send("GET", path).get_data(as_text=True)
    page = Page(text)
    assert page.languages == ["ru"]
    assert re.search("<title>.+</title>", text)
    assert page.inline == ""
    for file in page.loaded:
        if file != "data:,":
            with caller.send("GET", file) as asset:
                assert (file[0], file[:2] != "//", asset.status_code) == ("/", True, 200)


def test_the_interface_is_started_without_asking_others_or_keeping_secrets(caller):
    page = caller.send("GET", "/docs").get_data(as_text=True)
    assert 'data-description="/api/v1/openapi.json"' in page
    with caller.send("GET", "/static/docs.js") as script:
        text = script.get_data(as_text=True)
    for set_to in ("validatorUrl: null", "persistAuthorization: false", 'docExpansion: "list"'):
        assert set_to in text
    assert policy(caller.send("GET", "/docs"))["img-src"] == ["'self'", "data:"]
    assert policy(caller.send("GET", "/problems/wrong-state"))["img-src"] == ["'self'"]
