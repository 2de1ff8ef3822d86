"""How the documents of the provider are fetched: encrypted, in time, of a sane size."""

from http.client import HTTPMessage
from ipaddress import ip_address
from time import monotonic
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

SECONDS = 5
MOST_BYTES = 256 * 1024
PIECE = 64 * 1024


def fetch_document(url: str) -> bytes:
    """Return what stands at the address, which is https or on this machine."""
    host = urlsplit(url).hostname or ""
    local = _is_loopback(host)
    if not (url.startswith("https://") or (local and url.startswith("http://"))):
        raise URLError("The documents of a provider are fetched by https only")
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310  Checked above.
    try:
        with _opener(local=local).open(request, timeout=SECONDS) as answer:
            return _read(answer)
    except HTTPError as error:
        error.close()
        raise


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _opener(*, local: bool) -> OpenerDirector:
    """Return what goes by the proxy of the house, but not to this machine itself."""
    return build_opener(_SamePlace(), *([ProxyHandler({})] if local else []))


def _read(answer: Any) -> bytes:
    deadline = monotonic() + SECONDS
    body = b""
    while piece := answer.read1(PIECE):
        body += piece
        if len(body) > MOST_BYTES or monotonic() > deadline:
            raise URLError("The document is too large, or comes too slowly")
    return body


class _SamePlace(HTTPRedirectHandler):
    """Follows a redirect only where it leads to the same scheme, host and port."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the request to go on with."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            fp.close()
            raise URLError("The provider redirects to another place")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
