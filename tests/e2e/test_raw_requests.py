"""What is no honest request gets a problem document, one answer, and never a 500."""

import json

import pytest

HOST = b"Host: localhost\r\n"
END = b"Connection: close\r\n\r\n"
POST = b"POST /api/v1/session HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
CHUNKED = POST + b"Idempotency-Key: raw\r\nTransfer-Encoding: chunked\r\n" + END
CHUNK = b"2000\r\n" + b" " * 0x2000 + b"\r\n"


def get(target: bytes = b"/healthz", headers: bytes = HOST, version: bytes = b"1.1") -> bytes:
    return b"GET " + target + b" HTTP/" + version + b"\r\n" + headers + END


def refused(answer: bytes):
    head, _, body = answer.partition(b"\r\n\r\n")
    assert answer.count(b"HTTP/1.") == 1
    assert b"Content-Type: application/problem+json\r\n" in head
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert b"gunicorn" not in answer
    assert b"X-Request-ID: " + json.loads(body)["request_id"].encode() in head
    return int(head.split()[1]), json.loads(body)["code"]


@pytest.mark.parametrize(
    "request_",
    [
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n" + END + b"0\r\n\r\n",
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n" + END + b"hello!",
        POST + b"Content-Length: +5\r\n" + END + b"hello",
        POST + b"Content-Length: -5\r\n" + END,
        POST + b"Transfer-Encoding: xchunked\r\n" + END,
        POST + b"Transfer-Encoding: gzip, chunked\r\n" + END + b"0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked, chunked\r\n" + END + b"0\r\n\r\n",
        POST + b"Transfer-Encoding : chunked\r\n" + END + b"0\r\n\r\n",
        POST.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n" + END + b"0\r\n\r\n",
        CHUNKED + b"zz\r\n\r\n",
        CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"0x5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"5\r\nhelloXX0\r\n\r\n",
        CHUNKED + b"5;\n\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"2\r\n{}\r\n0\r\nHost: office.example\r\n\r\n",
        CHUNKED + b"5" * 9000,
        get(headers=HOST + b"X-A: b\r\n c\r\n"),
        get(headers=HOST + b"X-A: b\x00c\r\n"),
        get(headers=HOST + b"X-A: b\nX-C: d\r\n"),
        get(headers=HOST + b"X A: b\r\n"),
        get(headers=HOST + b": b\r\n"),
        get(headers=HOST + HOST),
        get(headers=HOST + b"Host: office.example\r\n"),
        get(headers=b"Host: local\x00host\r\n"),
        get(b"/\xff\xfe"),
        get(b"/\x00"),
        get(b"/a b"),
        get(version=b"9.9"),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"get / HTTP/1.1\r\n" + HOST + END,
        b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n",
        b"nonsense\r\n\r\n",
    ],
    ids=lambda value: repr(value.replace(POST, b"").replace(HOST, b"").replace(END, b""))[:60],
)
def test_what_breaks_the_rules_of_http_is_a_bad_request(service, request_):
    assert refused(service.raw(request_)) == (400, "bad-request")


@pytest.mark.parametrize(
    "target", [b"/%ff%fe", b"/%00", b"/static/%00", b"/static/..%2fapp.py"], ids=repr
)
def test_a_path_that_is_no_text_is_not_found(service, target):
    assert refused(service.raw(get(target))) == (404, "path-not-found")


@pytest.mark.parametrize(
    "request_",
    [
        get(headers=b""),
        get(headers=b"", version=b"1.0"),
        get(headers=b"Host: \r\n"),
        get(headers=b"Host: \xd0\xb0\r\n"),
        get(b"http://office.example/healthz"),
        b"CONNECT office.example:443 HTTP/1.1\r\n" + HOST + END,
    ],
    ids=repr,
)
def test_a_host_that_is_not_ours_is_refused(service, request_):
    assert refused(service.raw(request_)) == (400, "host-unknown")


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (get(b"/" + b"a" * 9000), 414, "head-too-large"),
        (get(headers=HOST + b"X-A: " + b"b" * 9000 + b"\r\n"), 431, "head-too-large"),
        (get(headers=HOST + b"X-A: b\r\n" * 64), 431, "head-too-large"),
        (get(headers=HOST + b"Expect: more\r\n"), 417, "bad-request"),
        (POST + b"Content-Length: 65537\r\n" + END + b" " * 65537, 413, "body-too-large"),
        (CHUNKED + CHUNK * 8 + b"1\r\n \r\n0\r\n\r\n", 413, "body-too-large"),
        (CHUNKED + CHUNK * 100, 413, "body-too-large"),
        (CHUNKED + CHUNK * 8 + b"0\r\n\r\n", 400, "malformed-json"),
    ],
    ids=lambda value: repr(value)[-30:],
)
def test_what_is_too_large_is_told(service, request_, status, code):
    assert refused(service.raw(request_)) == (status, code)


def test_a_bad_rest_of_a_body_gets_no_second_answer(service):
    chunked = HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"
    answer = service.raw(b"GET /healthz HTTP/1.1\r\n" + chunked + get(b"/docs"))
    assert answer.count(b"HTTP/1.1 ") == 1


def test_the_server_tells_no_version(service):
    head = service.raw(get()).partition(b"\r\n\r\n")[0]
    assert b"Server: front-office\r\n" in head
