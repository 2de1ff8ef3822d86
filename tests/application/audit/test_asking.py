"""How a witness asks: never in the clear, never led elsewhere, never for longer or more than it bears."""

import json
from threading import Event

import pytest
from answering import answering, plainly

from application.audit import asking
from application.audit.credentials import Login, TokenFile
from application.audit.log_over_http import LogOverHttp
from application.audit.witness_refusals import WitnessRefusal, WitnessUnusable


@pytest.fixture
def token(tmp_path):
    path = tmp_path / "token"
    path.write_text("fo_token\n")
    return TokenFile(path)


def refused(answer, credentials, question="checkpoint"):
    """Return the refusal, and what the server was asked."""
    with answering(answer) as server, pytest.raises(WitnessRefusal) as told:
        getattr(LogOverHttp(server.url, credentials, "en"), question)()
    return told.value, server.asked


def test_what_is_asked_for_is_told_as_it_came(token):
    with answering(plainly(200, "— ü\n".encode())) as server:
        log = LogOverHttp(f"{server.url}/", token, "en")
        assert (log.checkpoint(), log.hand_overs()) == ("— ü\n", "— ü\n")
        log.consistency(3, 5)
        log.hand_in(5, "— a b")
    assert [(each.method, each.path.removeprefix("/api/v1/audit/")) for each in server.asked] == [
        ("GET", "checkpoint"),
        ("GET", "hand-overs"),
        ("GET", "consistency?from=3&to=5"),
        ("POST", "cosignatures"),
    ]
    assert json.loads(server.asked[-1].body) == {"size": 5, "line": "— a b"}
    assert {each.token for each in server.asked} == {"Bearer fo_token"}


@pytest.mark.parametrize(
    "url",
    [
        *("http://office.example", "http://10.0.0.1:8000", "ftp://office.example", "file:///etc"),
        *("office.example", "http://127.0.0.1.example", "https://", "", "http:///path"),
    ],
)
def test_no_token_goes_out_in_the_clear_or_by_another_protocol(token, url):
    with pytest.raises(WitnessUnusable, match="address-in-the-clear"):
        LogOverHttp(url, token, "ru")


def test_a_redirect_leads_nowhere(token):
    with answering(plainly(200, b"stolen")) as thief:
        redirect = plainly(302, Location=f"{thief.url}/api/v1/audit/checkpoint")
        refusal, asked = refused(redirect, token)
        assert (refusal.code, refusal.facts["status"]) == ("log-refused", 302)
    assert (len(asked), thief.asked) == (1, [])


def test_an_answer_without_an_end_is_refused(token):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    refusal, _ = refused(endless, token)
    assert refusal.code == "answer-too-large"


@pytest.mark.parametrize("where", ["head", "body", "nowhere"])
def test_a_server_that_drips_is_given_up(token, monkeypatch, where):
    gone = Event()
    monkeypatch.setattr(asking, "SECONDS", 0.3)

    def dripping(handler):
        start = {"body": b"HTTP/1.0 200 OK\r\n\r\n", "head": b"HTTP/1.0 200 OK\r\nX: "}
        handler.wfile.write(start.get(where, b""))
        while where != "nowhere" and not gone.wait(0.05):
            handler.wfile.write(b"x")
        gone.wait(5)

    with answering(dripping) as server:
        with pytest.raises(WitnessRefusal) as told:
            LogOverHttp(server.url, token, "ru").checkpoint()
        gone.set()
    assert told.value.code in {"log-too-slow", "log-unreachable"}


@pytest.mark.parametrize(
    "said", ["", "nonsense\r\n\r\n", "HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nx"]
)
def test_what_is_no_answer_is_refused(token, said):
    refusal, _ = refused(lambda handler: handler.wfile.write(said.encode()), token)
    assert refusal.code == "log-unreachable"


def test_bytes_that_are_no_text_are_refused(token):
    assert refused(plainly(200, b"\xff\xfe"), token)[0].code == "unreadable"


def test_words_of_a_refusal_cannot_write_over_the_terminal(token):
    problem = {"title": "No\x1b[2J", "detail": "x" * 9000}
    refusal, _ = refused(plainly(409, json.dumps(problem).encode()), token)
    told = refusal.facts["told"]
    assert told.startswith("No[2J. xxx")
    assert len(told) <= 500
    for body in (b"", b"[]", b'{"title": 7}', b"\xff"):
        assert refused(plainly(500, body), token)[0].facts["told"] == ""


def test_a_token_that_ran_out_is_told(token):
    refusal, asked = refused(plainly(401), token)
    assert (refusal.code, len(asked)) == ("token-refused", 1)


def test_a_program_signs_in_again_when_its_token_has_run_out(tmp_path):
    password = tmp_path / "password"
    password.write_text("тихий омут\n", "utf-8")
    given = iter(("one", "two"))
    good = ["Bearer one"]

    def answer(handler):
        if handler.path == "/api/v1/session":
            plainly(201, json.dumps({"access_token": next(given)}).encode())(handler)
        else:
            is_good = handler.headers["Authorization"] in good
            plainly(200 if is_good else 401, b"text")(handler)

    with answering(answer) as server:
        log = LogOverHttp(server.url, Login("witness", password), "ru")
        assert (log.checkpoint(), log.checkpoint()) == ("text", "text")
        good[:] = ["Bearer two"]
        assert log.checkpoint() == "text"
    signed_in = [json.loads(each.body) for each in server.asked if each.method == "POST"]
    assert signed_in == [{"login": "witness", "password": "тихий омут"}] * 2


def test_a_program_that_is_not_let_in_is_told(tmp_path):
    password = tmp_path / "password"
    password.write_text("wrong")
    refusal, _ = refused(plainly(401, b"{}"), Login("witness", password))
    assert (refusal.code, refusal.facts["status"]) == ("sign-in-refused", 401)


@pytest.mark.parametrize("content", [None, "", "\n", "a\x07b", "жетон"])
def test_a_file_without_a_token_is_told(tmp_path, content):
    path = tmp_path / "token"
    if content is not None:
        path.write_text(content, "utf-8")
    refusal, asked = refused(plainly(200), TokenFile(path))
    assert (refusal.code, asked) == ("secret-unreadable", [])
