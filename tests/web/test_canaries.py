"""Nothing that anybody tells the service about a person is found in its log."""

import json
import re
import tempfile
from collections import Counter
from functools import wraps
from pathlib import Path
from uuid import UUID

import pytest
from canaries import ALL, ASCII, CIRCUMSTANCES, EMAIL, TOKEN, attempts, leaks, operations
from eventsourcing.persistence import PersistenceError
from running import SPECIALIST, running

from web.logs import FIELDS

# The administrator signs in, creates the specialist's account, and the specialist signs in.
TO_SIGN_IN = 3


def ask(caller, attempt):
    with caller.send(
        attempt.method, attempt.path, headers=attempt.headers, data=attempt.body
    ) as answer:
        return answer.status_code


@pytest.fixture
def cases(caller):
    """A case of each kind, so that commands find one."""
    organization = caller.organization().get_json()["id"]
    request = caller.request(organization).get_json()["id"]
    verification = caller.post("/verifications", {"organization_id": organization}).get_json()["id"]
    found = (organization, request, verification)
    names = ("organizations", "assistance-requests", "verifications")
    return dict(zip(names, map(UUID, found), strict=True))


def lines(text):
    """Return the lines of a log in which nobody is found."""
    assert leaks(text) == [], next(line for line in text.splitlines() if leaks(line))
    found = [json.loads(line) for line in text.splitlines()]
    assert found
    for line in found:
        assert line.keys() <= FIELDS
        assert "request_id" in line
    return found


def requests(found):
    accessed = [line for line in found if line["event"] == "request"]
    assert all(line["request_id"] and line["status"] and line["method"] for line in accessed)
    return accessed


def test_no_canary_is_logged_by_any_operation(caller, cases, logged, capfd):
    asked = list(attempts(cases))
    statuses = Counter(ask(caller, attempt) for attempt in asked)

    found = requests(lines(logged.getvalue()))
    assert Counter(line["status"] for line in found) == statuses
    assert statuses.keys() >= {200, 201, 400, 404, 409, 415, 422}
    assert statuses[200] > len(list(operations())) / 3
    assert 500 not in statuses
    routes = {re.sub(r"<(\w+:)?(\w+)>", r"{\2}", line["route"] or "") for line in found}
    assert routes >= {path for _, path, _ in operations()}
    assert leaks("".join(capfd.readouterr())) == []


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError, 500), (UnicodeError, 500), (PersistenceError, 503)]
)
def test_no_canary_is_logged_when_an_operation_breaks(
    caller, cases, app, logged, monkeypatch, capfd, error, status
):
    def broken(**_: object) -> None:
        raise error(ALL) from KeyError(ALL)

    for endpoint, view in app.view_functions.items():
        monkeypatch.setitem(app.view_functions, endpoint, wraps(view)(broken))  # Not foreseen.
    statuses = Counter(ask(caller, attempt) for attempt in attempts(cases))

    found = lines(logged.getvalue())
    assert statuses[status] >= len(list(operations()))
    assert Counter(line["status"] for line in requests(found)) == statuses
    told = {line["error"] for line in found if "error" in line}
    assert told == {error.__name__}
    assert leaks("".join(capfd.readouterr())) == []


def test_no_canary_is_logged_by_a_running_service():
    with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder:
        with running(Path(folder), WORKERS="1") as service:
            assert service.signed_in.token(SPECIALIST)
            asked = list(attempts({}))
            for each in asked:
                service.send_anything(each.method, each.path, each.body, each.headers)
            for odd in _no_requests():
                assert not leaks(service.raw(odd).decode())
        said, server = "".join(service.said), Path(folder, "postgres", "log").read_text("utf-8")
    found = requests(lines(said))
    assert len(found) == len(asked) + len(_no_requests()) + TO_SIGN_IN
    assert leaks(server) == []


def _no_requests():
    """Return what is refused before the application sees a request."""
    headers = "".join(f"{name}: {value}\r\n" for name, value in CIRCUMSTANCES.items())
    start, chunked = f"GET /{EMAIL} HTTP/1.1\r\n", "Transfer-Encoding: chunked\r\n\r\n"
    token = TOKEN.upper().replace(".", "-")[-20:]
    told = [
        f"GET /{ALL} HTTP/1.1\r\n\r\n",
        f"{ASCII}\r\n\r\n",
        f"GET /{EMAIL} {EMAIL}\r\n\r\n",
        f"{token} / HTTP/1.1\r\nHost: {EMAIL}\r\nConnection: close\r\n\r\n",
        f"{start}{EMAIL}\r\n\r\n",
        f"{start}{ALL}: a\r\n\r\n",
        f"{start}{headers}X-A: {ALL}\x00\r\n\r\n",
        f"{start}{headers}X-A: a\r\n {ALL}\r\n\r\n",
        f"{start}Host: {EMAIL}\r\nHost: {EMAIL}\r\n\r\n",
        f"{start}Expect: {ASCII}\r\n\r\n",
        f"{start}Transfer-Encoding: {EMAIL}\r\n\r\n",
        f"{start}Content-Length: {EMAIL}\r\n\r\n",
        f"POST /{EMAIL} HTTP/1.1\r\nHost: localhost\r\n{headers}{chunked}{ALL}\r\n\r\n",
    ]
    return [each.encode() for each in told]
