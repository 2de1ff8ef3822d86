"""By which names the service may be called: another Host is refused before anything is done.

Flask's own TRUSTED_HOSTS knows no IPv6 address and takes ``LOCALHOST`` for a stranger.
"""

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from flask import request

from domain.refusals import Refusal

LOCAL = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+])(?::([0-9]{1,5}))?", re.ASCII | re.IGNORECASE)
MAX_PORT = 65535


class HostUnknown(Refusal):
    """The request names no host, or one that this service is not."""

    code = "host-unknown"


def host_check(names: Iterable[str]) -> Callable[[], None]:
    """Return what refuses a request to any other host than these, whatever its port."""
    known = frozenset(name.lower() for name in names)

    def check() -> None:
        called = {request.environ.get("HTTP_HOST"), *_named_by_target()}
        if not all(_name(host) in known for host in called):
            raise HostUnknown

    return check


def _named_by_target() -> set[str]:
    """Return the host of a target such as ``http://host/path``, which stands above Host."""
    target = request.environ.get("RAW_URI", "/")
    return set() if target.startswith("/") or target == "*" else {_authority(target)}


def _authority(target: str) -> str:
    try:
        return urlsplit(target).netloc
    except ValueError:  # Brackets of an IPv6 address that hold none.
        return ""


def _name(host: str | None) -> str | None:
    match = _HOST.fullmatch(host or "")
    if match is None or not 0 < int(match[2] or 1) <= MAX_PORT:
        return None
    return match[1].lower()
