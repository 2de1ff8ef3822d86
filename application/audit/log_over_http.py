"""The log of a service, asked over HTTP by a witness that believes nothing it says."""

from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from application.audit.asking import ask, check_address
from application.audit.credentials import Credentials
from application.audit.witness_refusals import WitnessRefusal

_UNAUTHORIZED, _GOOD = 401, range(200, 300)
_MOST_WORDS = 500


class LogOverHttp:
    """Asks the service at an address, in a language for its refusals."""

    def __init__(self, url: str, credentials: Credentials, language: str) -> None:
        check_address(url)
        self._url = url.rstrip("/")
        self._credentials = credentials
        self._language = language

    def checkpoint(self) -> str:
        """Return the newest signed note."""
        return self._text("checkpoint")

    def hand_overs(self) -> str:
        """Return all hand-overs, one after another."""
        return self._text("hand-overs")

    def consistency(self, old: int, new: int) -> str:
        """Return the proof from one size to the other, one hash a line."""
        return self._text(f"consistency?{urlencode({'from': old, 'to': new})}")

    def hand_in(self, size: int, line: str) -> None:
        """Give the service the signature under the checkpoint of this size."""
        self._asked("cosignatures", msgspec.json.encode({"size": size, "line": line}))

    def _text(self, path: str) -> str:
        try:
            return self._asked(path).decode()
        except UnicodeDecodeError as error:
            raise WitnessRefusal("unreadable", told=str(error)) from error

    def _asked(self, path: str, body: bytes | None = None) -> bytes:
        url = f"{self._url}/api/v1/audit/{path}"
        status, answer = self._tried(url, body, anew=False)
        if status == _UNAUTHORIZED:
            status, answer = self._tried(url, body, anew=True)
        if status not in _GOOD:
            raise WitnessRefusal("log-refused", url=url, status=status, told=_words(answer))
        return answer

    def _tried(self, url: str, body: bytes | None, *, anew: bool) -> tuple[int, bytes]:
        token = self._credentials.token(self._url, anew=anew)
        if token is None:
            raise WitnessRefusal("token-refused")
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": self._language}
        if body is not None:
            headers["Content-Type"] = "application/json"
        return ask(url, headers, body)


class _Problem(Struct):
    title: str = ""
    detail: str = ""


def _words(answer: bytes) -> str:
    """Return what the service says of its refusal, as far as that can stand on a terminal."""
    try:
        problem = msgspec.json.decode(answer, type=_Problem)
    except msgspec.MsgspecError:
        return ""
    told = f"{problem.title}. {problem.detail}"[:_MOST_WORDS]
    return "".join(letter for letter in told if letter.isprintable())
