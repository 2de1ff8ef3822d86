"""The log says what was done and how it went, in fields that are known to be harmless."""

import json
import logging
import threading
import warnings
from types import SimpleNamespace

import pytest
import structlog
from flask import g
from people import staff_id

from web.logs import LibraryLines, configure_logs
from web.server_log import MasterLines

WORDS = "Кенар Канарейкин"


def logged_lines(logged):
    return [json.loads(line) for line in logged.getvalue().splitlines()]


def test_a_request_is_one_line_with_its_route_and_how_it_went(client, logged):
    answer = client.get("/api/v1/organizations?q=Кенар", headers={"X-Request-ID": "abc-1"})
    (line,) = logged_lines(logged)
    told = {"event": "request", "level": "info", "method": "GET", "request_id": "abc-1"}
    assert line == line | told | {"route": "/api/v1/organizations", "status": answer.status_code}
    assert 0 < line["duration_ms"] < 60_000
    assert line["timestamp"].endswith("Z")
    assert (line["staff_id"], line["office"]) == (str(staff_id("specialist@KZ-75")), "KZ-75")


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/Канарейкин?q=Кенар", ("GET", None, 404)),
        ("DELETE", "/docs", ("DELETE", None, 405)),
        ("KENAR", "/docs", ("OTHER", None, 405)),
        ("HEAD", "/problems/kenar", ("HEAD", "/problems/<code>", 404)),
        ("GET", "/static/kenar.js", ("GET", "/static/<path:filename>", 404)),
    ],
)
def test_neither_a_path_nor_an_odd_method_is_logged(client, logged, method, path, told):
    client.open(path, method=method)
    (line,) = logged_lines(logged)
    assert (line["method"], line["route"], line["status"]) == told
    assert "kenar" not in logged.getvalue().lower()


def test_who_asked_is_named_by_id_and_office(app, client, logged):
    def known() -> None:
        g.actor = SimpleNamespace(staff_id="s-1", role="head", office="KZ-75", name=WORDS)

    app.before_request_funcs.setdefault(None, []).append(known)
    try:
        client.get("/healthz")
    finally:
        app.before_request_funcs[None].remove(known)
    (line,) = logged_lines(logged)
    assert (line["staff_id"], line["office"]) == ("s-1", "KZ-75")
    assert WORDS not in logged.getvalue()


def test_a_field_nobody_has_vouched_for_is_dropped(logged):
    log = structlog.get_logger()
    log.info("something", name=WORDS, body={"name": WORDS}, status={"name": WORDS}, error=[{WORDS}])
    log.warning("something", exc_info=ValueError(WORDS), stack_info=True, frames=["a:1 b"])
    first, second = logged_lines(logged)
    assert first.keys() == {"event", "level", "timestamp", "request_id"}
    assert (first["request_id"], second["frames"]) == (None, ["a:1 b"])


def test_a_library_is_told_of_without_its_words(logged):
    try:
        int(WORDS)
    except ValueError:
        logging.getLogger("some.library").exception("Cannot save %s", WORDS)
    (line,) = logged_lines(logged)
    assert (line["event"], line["logger"], line["error"]) == (
        "library",
        "some.library",
        "ValueError",
    )
    assert [frame.split()[-1] for frame in line["frames"]] == [
        "test_a_library_is_told_of_without_its_words"
    ]
    assert WORDS not in logged.getvalue()


def test_a_warning_and_a_failed_thread_are_lines_without_words_too(logged):
    def fail() -> None:
        raise ValueError(WORDS)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        configure_logs(logged)
        warnings.warn(WORDS, stacklevel=1)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    library, failed = logged_lines(logged)
    assert (library["logger"], failed["event"]) == ("py.warnings", "thread failed")
    assert (failed["error"], WORDS in logged.getvalue()) == ("ValueError", False)


def test_only_the_master_of_the_server_keeps_its_words(logged, monkeypatch):
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 1, "Worker %s", (7,), None)
    lines = MasterLines()
    lines.emit(record)
    monkeypatch.setattr("os.getpid", lambda: -1)  # A worker is another process.
    lines.emit(record)
    first, second = logged_lines(logged)
    assert first["server_says"] == "Worker 7"
    assert "server_says" not in second


def test_the_log_is_set_up_once_however_often_it_is_asked_for(logged):
    configure_logs(logged)
    configure_logs(logged)
    assert sum(isinstance(each, LibraryLines) for each in logging.root.handlers) == 1


def test_russian_is_written_as_people_read_it(logged):
    structlog.get_logger().info("готово")
    assert "готово" in logged.getvalue()
