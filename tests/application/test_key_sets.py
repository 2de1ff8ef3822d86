"""Which keys of a provider are taken, how its documents are fetched, and what the settings say."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as new_rsa_key
from forging import make_keys
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from application.sign_in.fetching import MOST_BYTES, fetch_document
from application.sign_in.openid import OpenIdSettings, check_roles
from application.sign_in.public_keys import read_keys

KEYS = make_keys()
RSA, EC, ED = KEYS.public_jwks()["keys"]


def usable(*jwks):
    return {*read_keys(json.dumps({"keys": jwks}).encode())}


def test_a_key_is_for_its_own_algorithms():
    assert usable(RSA, EC, ED) == {
        ("rsa", "RS256"),
        ("rsa", "PS256"),
        ("ec", "ES256"),
        ("ed", "EdDSA"),
    }
    assert usable({**RSA, "alg": "PS256", "use": "sig"}) == {("rsa", "PS256")}


@pytest.mark.parametrize(
    "jwk",
    [
        {**RSA, "kid": "x", "use": "enc"},
        {**RSA, "kid": "x", "key_ops": ["encrypt"]},
        {**RSA, "kid": "x", "key_ops": "verify"},
        {**RSA, "kid": "x", "alg": "HS256"},
        {**RSA, "kid": "x", "alg": "RS512"},
        {**RSA, "kid": "x", "n": "!"},
        {**RSA, "kid": "x", "n": 5},
        {**RSA, "kid": "x", "e": "AQ"},
        {**RSA, "kid": "x", "kty": "EC"},
        {**RSA, "kid": "x", "crv": "P-256"},
        {**RSA, "kid": None},
        {"kty": "RSA", "kid": "x"},
        {"kty": "oct", "kid": "x", "k": "c2VjcmV0", "alg": "HS256"},
        {**EC, "kid": "x", "x": EC["y"]},
        {**ED, "kid": "x", "x": "AA"},
        {**ED, "kid": "x", "crv": "Ed448"},
        {**ECAlgorithm.to_jwk(new_ec_key(SECP384R1()).public_key(), as_dict=True), "kid": "x"},
        {**RSAAlgorithm.to_jwk(new_rsa_key(65537, 1024).public_key(), as_dict=True), "kid": "x"},
        "a text",
        None,
    ],
    ids=[
        "for encryption",
        "to encrypt with",
        "operations as a text",
        "of a shared secret's algorithm",
        "of an algorithm not agreed",
        "modulus of no letters",
        "modulus as a number",
        "exponent of one",
        "RSA as EC",
        "RSA on a curve",
        "without an id",
        "RSA without numbers",
        "a shared secret",
        "off the curve",
        "too short for its curve",
        "another curve by name",
        "P-384",
        "1024 bits",
        "a text",
        "null",
    ],
)
def test_a_key_that_is_none_of_ours_to_use_is_passed_over(jwk):
    assert usable(jwk, ED) == {("ed", "EdDSA")}
    with pytest.raises(ValueError, match="no key that can be used"):
        usable(jwk)


def test_of_a_private_key_only_the_public_part_is_taken():
    rsa, ec, ed = KEYS.private_jwks()
    made = read_keys(json.dumps({"keys": [rsa, ec, ed]}).encode())
    assert not any(hasattr(key.key, "private_numbers") for key in made.values())
    assert not any(hasattr(key.key, "private_bytes") for key in made.values())


class Answers(BaseHTTPRequestHandler):
    """A provider that is set up badly."""

    def do_GET(self):
        status, headers, body = {
            "/good": (200, {}, b"good"),
            "/large": (200, {}, b"x" * (MOST_BYTES + 1)),
            "/missing": (404, {}, b"missing"),
            "/moved": (302, {"Location": "/good"}, b""),
            "/away": (302, {"Location": f"http://localhost:{self.server.server_port}/good"}, b""),
            "/file": (302, {"Location": "file:///etc/hostname"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
        }[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def address():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/good", "/moved"])
def test_a_document_is_fetched(address, path):
    assert fetch_document(address + path) == b"good"


@pytest.mark.parametrize("path", ["/large", "/missing", "/away", "/file", "/round"])
def test_a_document_is_not_fetched_from_elsewhere_nor_without_end(address, path):
    with pytest.raises(OSError):  # noqa: PT011  Which of them is for the log.
        fetch_document(address + path)


@pytest.mark.parametrize(
    "url",
    [
        "http://sign-in.example.kz/keys",
        "file:///etc/hostname",
        "ftp://127.0.0.1/keys",
        "http://127.0.0.1.example.kz/keys",
        "http://127.0.0.1@example.kz/keys",
        "data:,{}",
        "keys",
        "",
    ],
)
def test_a_document_is_fetched_by_https_only_except_from_this_machine(url):
    with pytest.raises(OSError, match="by https only"):
        fetch_document(url)


def test_the_first_group_of_the_settings_gives_the_role():
    roles = {"heads": "head@KZ-75", "staff": "specialist@KZ-75", "auditors": "auditor@republic"}
    settings = OpenIdSettings(issuer="https://a.kz", audience="b", roles=roles)

    assert settings.role_of(("staff", "heads")) == "head@KZ-75"
    assert settings.role_of(["auditors"]) == "auditor@republic"
    assert settings.role_of(("Heads", "head")) is None
    assert settings.role_of(()) is None


@pytest.mark.parametrize(
    ("group", "role"),
    [
        ("heads", "head"),
        ("heads", "head@"),
        ("heads", "head@ "),
        ("heads", "@KZ-75"),
        ("heads", "boss@KZ-75"),
        ("heads", "HEAD@KZ-75"),
        ("heads", "head@KZ-75@KZ-71"),
        (" ", "head@KZ-75"),
    ],
)
def test_a_wrong_role_is_named(group, role):
    with pytest.raises(ValueError, match=f"{group!r}: {role!r}"):
        check_roles({"staff": "specialist@KZ-75", group: role})


@pytest.mark.parametrize(
    "wrong", [{"issuer": ""}, {"audience": ""}, {"leeway": 31}, {"leeway": -1}]
)
def test_settings_that_cannot_be_meant_are_refused(wrong):
    right = {"issuer": "https://a.kz", "audience": "b", "roles": {}}
    assert OpenIdSettings(**right)
    with pytest.raises(ValueError, match=r"needed|leeway"):
        OpenIdSettings(**{**right, **wrong})
