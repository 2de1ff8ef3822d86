"""Keyed hashes: by them a value is found, or known again, without being kept."""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from functools import partial

from application.persistence.keys_in_force import Keys


class LookUps:
    """Hashes values under the look-up key of the key file."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def lookup(self, value: str) -> str:
        """Return the keyed hash under which a personal value can be found."""
        return _keyed(self._keys.now().lookup_key, value)

    @property
    def lookup_id(self) -> str:
        """By which look-up key values are hashed now."""
        return next(iter(self._keys.now().lookup_keys))

    @property
    def every_lookup(self) -> Sequence[Callable[[str], str]]:
        """The hash of now and, while keys are being replaced, the one before: either may stand yet."""
        return [partial(_keyed, key) for key in self._keys.now().lookup_keys.values()]

    def mark(self, words: str) -> str:
        """Return by what words are known again, with the id of the key by which they are."""
        return f"{self.lookup_id}:{self.lookup(words)}"

    def is_marked(self, words: str, mark: str) -> bool:
        """Whether the mark can be that of the words: one of a key that is gone can be of any."""
        key_id, _, kept = mark.rpartition(":")
        key = self._keys.now().lookup_keys.get(key_id)
        return kept == words if not key_id else key is None or kept == _keyed(key, words)


def _keyed(key: bytes, value: str) -> str:
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
