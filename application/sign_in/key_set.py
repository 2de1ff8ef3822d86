"""The provider's keys as they are known here: kept for a while, and followed when they change."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from jwt import PyJWK
from msgspec import Struct

from application.sign_in.answers import ProviderUnreachable, TokenRefused
from application.sign_in.public_keys import PublicKeys, read_keys

FRESH = timedelta(minutes=10)
USABLE = timedelta(hours=1)  # While the provider cannot be reached.
PAUSE = timedelta(seconds=10)  # Invented names of keys must not drown the provider.


class Fetched(Struct, frozen=True):
    """Keys, and when they were fetched."""

    at: datetime
    keys: PublicKeys

    def younger(self, age: timedelta, now: datetime) -> bool:
        """Whether they are younger than this; a clock set back makes nothing young."""
        return abs(now - self.at) < age

    def names(self, kid: str) -> bool:
        """Whether there is a key of the name."""
        return any(name == kid for name, _ in self.keys)


class KeySet:
    """The keys of one issuer; any number of threads may ask."""

    def __init__(
        self, issuer: str, clock: Callable[[], datetime], fetch: Callable[[str], bytes]
    ) -> None:
        self._issuer = issuer
        self._clock = clock
        self._fetch = fetch
        self._lock = Lock()
        self._fetched: Fetched | None = None
        self._tried_at: datetime | None = None
        self._fault: str | None = None

    def key(self, kid: str, alg: str) -> PyJWK:
        """Return the provider's key of the name, for the algorithm."""
        keys = self._keys_with(kid)
        if (kid, alg) not in keys:
            raise TokenRefused("a key for another algorithm")
        return keys[kid, alg]

    def _keys_with(self, kid: str) -> PublicKeys:
        keys = self._known(kid, FRESH)
        if keys is None:
            self._renew(kid)
            keys = self._known(kid, USABLE)
        if keys is None and self._fault is not None:
            raise ProviderUnreachable(self._fault)
        if keys is None:
            raise TokenRefused("a key that the provider does not have")
        return keys

    def _known(self, kid: str, age: timedelta) -> PublicKeys | None:
        fetched = self._fetched
        if fetched is None or not fetched.younger(age, self._clock()):
            return None
        return fetched.keys if fetched.names(kid) else None

    def _renew(self, kid: str) -> None:
        """Fetch the keys; who has usable ones does not wait for another who fetches."""
        if not self._lock.acquire(blocking=self._known(kid, USABLE) is None):
            return
        try:
            if self._known(kid, FRESH) is None and not self._tried_just_now():
                self._try()
        finally:
            self._lock.release()

    def _tried_just_now(self) -> bool:
        return self._tried_at is not None and abs(self._clock() - self._tried_at) < PAUSE

    def _try(self) -> None:
        try:
            self._fetched = Fetched(self._clock(), self._read())
            self._fault = None
        except Exception as error:  # noqa: BLE001  Whatever lies beneath, there are no new keys.
            self._fault = repr(error)
        finally:
            self._tried_at = self._clock()

    def _read(self) -> PublicKeys:
        about = self._issuer.removesuffix("/") + "/.well-known/openid-configuration"
        provider = json.loads(self._fetch(about))
        if provider["issuer"] != self._issuer:
            raise ValueError("The provider names itself otherwise than the settings do")
        return read_keys(self._fetch(provider["jwks_uri"]))
