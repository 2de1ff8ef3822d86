"""A real OpenID provider on loopback, and a browser that signs a person in at it.

The provider is Canaille, in a process of its own (`provider_process.py`): what it warns of and
what it patches stays there.
"""

import base64
import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, ProxyHandler, build_opener

PROCESS = Path(__file__).with_name("provider_process.py")
REDIRECT_URI = "http://127.0.0.1:1/signed-in"
CLIENT = "front-office"
OTHER_CLIENT = "another-system"
PASSWORD = "a password of nobody"
HEAD = "demo-head"
SPECIALIST = "demo-specialist"
STRANGER = "demo-stranger"
USERS = {
    HEAD: (PASSWORD, "Демо Заведующая", ["everybody", "rfo-almaty-heads"]),
    SPECIALIST: (PASSWORD, "Демо Специалист", ["everybody", "rfo-almaty"]),
    STRANGER: (PASSWORD, "Демо Гость", ["everybody"]),
}
SECONDS = 30


class Provider:
    """Canaille with some users, some groups and two clients; its private keys are given."""

    def __init__(self, keys: Sequence[Mapping[str, Any]], alg: str = "RS256") -> None:
        self._keys = keys
        self._alg = alg
        self._port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def issuer(self) -> str:
        """The name of the provider, which is also where it is."""
        return f"http://127.0.0.1:{self._port}"

    def start(self, keys: Sequence[Mapping[str, Any]] | None = None) -> None:
        """Start it, with other keys if they are given, and at the same place as before."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(PROCESS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(self._told(keys or self._keys)) + "\n")
        self._process.stdin.flush()
        self._port = int(self._process.stdout.readline())

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self._process is not None:
            self._process.communicate(timeout=SECONDS)
            self._process = None

    def sign_in(self, user_name: str, client: str = CLIENT) -> str:
        """Return the ID token of a person who signs in with a password and agrees."""
        return Browser(self.issuer).sign_in(user_name, client)

    def _told(self, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        signed = {"id_token_signed_response_alg": self._alg}
        return {
            "port": self._port,
            "keys": keys,
            "redirect_uri": REDIRECT_URI,
            "users": USERS,
            "clients": {CLIENT: signed, OTHER_CLIENT: signed},
        }


@contextmanager
def provider(keys: Sequence[Mapping[str, Any]], alg: str = "RS256") -> Iterator[Provider]:
    """Run a provider for as long as the block lasts."""
    made = Provider(keys, alg)
    made.start()
    try:
        yield made
    finally:
        made.stop()


class Browser:
    """What a person signs in with: it keeps cookies, follows redirects and fills in forms."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._opener = build_opener(
            ProxyHandler({}), HTTPCookieProcessor(CookieJar()), _EveryAnswerIsOne()
        )
        with self._open(f"{issuer}/.well-known/openid-configuration") as answer:
            self._discovery = json.load(answer)

    def sign_in(self, user_name: str, client: str) -> str:
        """Go through the authorization code flow with PKCE; return the ID token."""
        verifier, state, nonce = (secrets.token_urlsafe(48) for _ in range(3))
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": client,
            "redirect_uri": REDIRECT_URI,
            "scope": "openid profile groups",
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        page = self._visit(f"{self._discovery['authorization_endpoint']}?{urlencode(asked)}")
        page = self._fill_in(page, login=user_name)
        page = self._fill_in(page, password=PASSWORD)
        if page.action:  # It asks for consent once.
            page = self._fill_in(page, answer="accept")
        assert page.url.startswith(REDIRECT_URI), page.url
        back = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
        assert (back["state"], back["iss"]) == (state, self._issuer)
        return self._exchange(back["code"], client, verifier)

    def _exchange(self, code: str, client: str, verifier: str) -> str:
        given = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": REDIRECT_URI,
            "client_id": client,
            "code_verifier": verifier,
        }
        with self._open(self._discovery["token_endpoint"], given) as answer:
            body = json.load(answer)
        token: str = body["id_token"]
        return token

    def _fill_in(self, page: "Page", **fields: str) -> "Page":
        return self._visit(urljoin(page.url, page.action), {**page.hidden, **fields})

    def _visit(self, url: str, form: Mapping[str, str] | None = None) -> "Page":
        """Go to the page, and on to where it sends the browser."""
        with self._open(url, form) as answer:
            text = answer.read().decode()
            location = answer.headers.get("Location")
        if location is None:
            assert answer.status == 200, text
            return Page(url, text)
        onward = urljoin(url, location)
        return Page(onward, "") if onward.startswith(REDIRECT_URI) else self._visit(onward)

    def _open(self, url: str, form: Mapping[str, str] | None = None) -> HTTPResponse:
        data = None if form is None else urlencode(form).encode()
        answer: HTTPResponse = self._opener.open(url, data, timeout=SECONDS)
        return answer


class Page(HTMLParser):
    """A page with a form: where it goes, and what it carries without being seen."""

    def __init__(self, url: str, text: str) -> None:
        super().__init__()
        self.url = url
        self.action = ""
        self.hidden: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what belongs to the form."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given.get("action", "")
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[given["name"]] = given.get("value", "")


class _EveryAnswerIsOne(HTTPErrorProcessor):
    """Redirects and errors are answers to look at."""

    def http_response(self, _request: Any, response: Any) -> Any:
        return response

    https_response = http_response
