"""How a witness says who it is: by a token from a file, or by a login and its password."""

from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct

from application.audit.asking import ask
from application.audit.secret_files import first_line
from application.audit.witness_refusals import WitnessRefusal, WitnessUnusable


class Credentials(Protocol):
    """Says who the witness is."""

    def token(self, url: str, *, anew: bool) -> str | None:
        """Return a token; ``anew`` says that the last one was refused. None if there is no other."""


class TokenFile(Struct, frozen=True):
    """A token that somebody keeps fresh; the file is read each time."""

    path: Path

    def token(self, url: str, *, anew: bool) -> str | None:  # noqa: ARG002  A file knows no address.
        """Return the token in the file."""
        if anew:
            return None
        token = first_line(self.path)
        if not token.isascii():
            raise WitnessUnusable("secret-unreadable", file=self.path, told="not ASCII")
        return token


class Login(Struct):
    """An account of a program; it signs in whenever its token has run out."""

    login: str
    password: Path
    _token: str = ""

    def token(self, url: str, *, anew: bool) -> str | None:
        """Return the token of the session, or of a new one."""
        if anew or not self._token:
            self._token = self._sign_in(url)
        return self._token

    def _sign_in(self, url: str) -> str:
        said = {"login": self.login, "password": first_line(self.password)}
        headers = {"Content-Type": "application/json"}
        status, body = ask(f"{url}/api/v1/session", headers, msgspec.json.encode(said))
        try:
            return msgspec.json.decode(body, type=_Session).access_token
        except msgspec.MsgspecError as error:
            raise WitnessRefusal("sign-in-refused", login=self.login, status=status) from error


class _Session(Struct):
    access_token: str
