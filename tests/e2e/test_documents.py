"""Documents through the service as it is started: whole, in chunks, slowly, and too large."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from time import sleep
from uuid import uuid4

import pytest
from bodies import GROUP
from papers import filing, package, sized
from running import SECONDS, SPECIALIST, Running, running

from domain.document.media_types import MediaType
from domain.document.recognition import MAX_SIZE

REQUEST_SECONDS = 1.0


@pytest.fixture(scope="module")
def service() -> Iterator[Running]:
    """A service in which a request has little time."""
    with (
        tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder,
        running(Path(folder), WORKERS="1", REQUEST_SECONDS=str(REQUEST_SECONDS)) as it,
    ):
        yield it


def send(service, form, key=None, *, chunked=False):
    body, media_type = form
    headers = {"Content-Type": media_type, "Idempotency-Key": key or str(uuid4())}
    data = (body[place : place + 65_536] for place in range(0, len(body), 65_536))
    status, text = service.send_anything(
        "POST", "/api/v1/documents", data if chunked else body, headers
    )
    return status, json.loads(text)


def test_a_letter_is_filed_put_into_a_check_and_read_as_it_was_sent(service):
    letter, key = package(word__media__picture="".join(map(str, range(200_000)))), "letter-1"
    status, filed = send(service, filing(letter, MediaType.DOCX, title="Письмо"), key)
    retried = send(service, filing(letter, MediaType.DOCX, border="--2", title="Письмо"), key)
    assert (status, retried) == (201, (201, filed))

    organization = service.call("POST", "/api/v1/organizations", GROUP).body["id"]
    begun = service.call("POST", "/api/v1/verifications", {"organization_id": organization})
    path = begun.headers["Location"]
    check = {
        "method": "partner_recommendation",
        "outcome": "confirmed",
        "details": {"issuer_name": "Дом престарелых № 1", "letter_date": "2026-03-01"},
        "documents": [filed["id"]],
    }
    checked = service.call("POST", f"{path}/record-check", check, If_Match='"1"')
    (shown,) = checked.body["checks"][0]["documents"]
    assert shown == filed

    status, back = service.send_anything("GET", f"/api/v1/documents/{shown['id']}", None, {})
    assert (status, hashlib.sha256(back).hexdigest()) == (200, filed["sha256"])
    assert back == letter


@pytest.mark.parametrize("chunked", [False, True], ids=["whole", "in chunks"])
def test_the_largest_document_is_taken_and_given_and_a_larger_one_is_told(service, chunked):
    status, filed = send(service, filing(sized(MAX_SIZE)), chunked=chunked)
    assert (status, filed["size"]) == (201, MAX_SIZE)
    path = f"/api/v1/documents/{filed['id']}"
    assert service.send_anything("GET", path, None, {}) == (200, sized(MAX_SIZE))

    for size in (MAX_SIZE + 1, MAX_SIZE + 1_000_000):
        status, told = send(service, filing(sized(size)), chunked=chunked)
        assert (status, told["code"]) == (413, "document-too-large")
    assert service.call("GET", "/healthz").status == 200


def test_a_document_has_more_time_to_arrive_than_a_command(service):
    body, media_type = filing(sized(200_000))
    token = service.signed_in.token(SPECIALIST)
    with closing(HTTPConnection("127.0.0.1", service.port, timeout=SECONDS)) as connection:
        connection.putrequest("POST", "/api/v1/documents")
        for name, value in {
            "Authorization": f"Bearer {token}",
            "Content-Type": media_type,
            "Content-Length": str(len(body)),
            "Idempotency-Key": str(uuid4()),
        }.items():
            connection.putheader(name, value)
        connection.endheaders(body[:100_000])
        sleep(2 * REQUEST_SECONDS)  # The slow line is what is tried: nothing is waited for.
        connection.send(body[100_000:])
        assert connection.getresponse().status == 201


def test_who_is_not_signed_in_gets_neither_room_nor_time(service):
    body, media_type = filing(sized(1_000_000))
    answer = service.raw(
        b"POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Idempotency-Key: k\r\nContent-Length: 1000000\r\n"
        b"Content-Type: " + media_type.encode() + b"\r\n\r\n" + body[:1000]
    )
    assert answer.startswith(b"HTTP/1.1 401 ")
