"""How a witness asks the service: encrypted, in time, of a sane size, and led nowhere else."""

from http.client import HTTPException, HTTPMessage, IncompleteRead
from ipaddress import ip_address
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from application.audit.deadlines import within
from application.audit.witness_refusals import WitnessRefusal, WitnessUnusable

SECONDS = 30
MOST_BYTES = 1024 * 1024


def check_address(url: str) -> None:
    """Refuse an address to which a token would go readable by everybody on the way."""
    parts = urlsplit(url)
    is_local = parts.scheme == "http" and _is_loopback(parts.hostname or "")
    if not (is_local or parts.scheme == "https") or not parts.hostname:
        raise WitnessUnusable("address-in-the-clear", url=url)


def ask(url: str, headers: dict[str, str], body: bytes | None = None) -> tuple[int, bytes]:
    """Return the status and the body of the answer, also of a refusal."""
    check_address(url)
    request = Request(url, body, headers)  # noqa: S310  Checked above.
    own = [ProxyHandler({})] if _is_loopback(urlsplit(url).hostname or "") else []
    try:
        with within(SECONDS), _answer(build_opener(_Nowhere(), *own), request) as answer:
            return answer.status, _read(answer, url)
    except TimeoutError as error:
        raise WitnessRefusal("log-too-slow", url=url, seconds=SECONDS) from error
    except (OSError, HTTPException) as error:
        raise WitnessRefusal("log-unreachable", url=url, told=_told(error)) from error


def _answer(opener: Any, request: Request) -> Any:
    try:
        return opener.open(request, timeout=SECONDS)
    except HTTPError as refused:
        return refused


def _read(answer: Any, url: str) -> bytes:
    body: bytes = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise WitnessRefusal("answer-too-large", url=url, limit=MOST_BYTES)
    if getattr(answer, "length", None):  # A list that was cut off would read as a shorter one.
        raise IncompleteRead(body, answer.length)
    return body


def _told(error: Exception) -> str:
    return str(error.reason if isinstance(error, URLError) else error or type(error).__name__)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


class _Nowhere(HTTPRedirectHandler):
    """Follows no redirect: what is there is somebody else's."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Go nowhere; the redirect is the answer."""
