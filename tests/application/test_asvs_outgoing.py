"""The ways out: to the identity provider, and of a witness to the service, over checked connections."""

import ssl
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.error import URLError

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from application.audit.asking import ask
from application.audit.witness_refusals import WitnessRefusal
from application.sign_in import fetching


class Answers(BaseHTTPRequestHandler):
    """Answers everything, and remembers what was asked."""

    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def impostor(tmp_path):
    """A server for localhost with a certificate that nobody has issued."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    server = HTTPServer(("localhost", 0), Answers)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_that_nobody_trusts_ends_the_connection(impostor):
    with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
        fetching.fetch_document(f"https://localhost:{impostor.server_port}/keys")
    with pytest.raises(WitnessRefusal, match="log-unreachable") as told:
        ask(f"https://localhost:{impostor.server_port}/api/v1/audit/checkpoint", {})
    assert "CERTIFICATE_VERIFY_FAILED" in told.value.facts["told"]
    assert Answers.asked == []


@pytest.mark.parametrize(
    "url",
    [
        *("http://sign-in.example.kz/keys", "ftp://sign-in.example.kz/keys", "file:///etc/passwd"),
        *("http://127.0.0.1.example.kz/keys", "data:,x", "//localhost/keys", "http://10.0.0.1/"),
    ],
)
def test_nothing_is_asked_for_in_the_clear_or_by_another_protocol(url):
    with pytest.raises((URLError, ValueError)):
        fetching.fetch_document(url)
