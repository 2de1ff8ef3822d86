"""Our own tokens: random, opaque, kept as hashes only, and short-lived."""

import hashlib
import re
from datetime import timedelta
from secrets import token_urlsafe

PREFIX = "fo_"
TOKEN_BYTES = 32
ACCESS_LIFE = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=12)
# How long after its access token has ended a session that nobody uses can still be renewed.
IDLE_LIFE = timedelta(hours=1)
_FORM = re.compile(r"fo_[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """Return a token that cannot be guessed; the prefix tells scanners what leaked."""
    return PREFIX + token_urlsafe(TOKEN_BYTES)


def is_own(token: str) -> bool:
    """Whether the text has the form of our tokens."""
    return _FORM.fullmatch(token) is not None


def token_hash(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()
