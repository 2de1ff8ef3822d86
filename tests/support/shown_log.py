"""A log made of nothing but entries and keys, as it shows itself to a witness."""

import base64
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from application.audit.checkpoints import Checkpoint
from application.audit.hand_overs import handed_over, written
from application.audit.hashing import entry_hash, node_hash
from application.audit.keys import COSIGNATURE, SIGNATURE, SigningKey
from application.audit.notes import Note
from application.audit.tree import consistency, root

ORIGIN = "cases.example"
SEEDS = count(1)


def a_key(name: str = ORIGIN, kind: int = SIGNATURE) -> SigningKey:
    """Return a key that nobody else has."""
    seed = next(SEEDS).to_bytes(32, "big")
    return SigningKey(name, Ed25519PrivateKey.from_private_bytes(seed), kind)


def a_witness(name: str = "auditor.example") -> SigningKey:
    """Return the key of a witness."""
    return a_key(name, COSIGNATURE)


class ALog:
    """A log to which entries are added, and whose key is handed over."""

    def __init__(self, *entries: str, key: SigningKey | None = None) -> None:
        self.entries = [entry.encode() for entry in entries or ("a", "b", "c")]
        self.key = key or a_key()
        self.first = self.key
        self.passed_on: list[Note] = []

    def add(self, *entries: str) -> "ALog":
        """Add entries."""
        self.entries += [entry.encode() for entry in entries]
        return self

    def hand_over(self) -> SigningKey:
        """Give the log to a new key; return the old one."""
        old, self.key = self.key, a_key(self.key.name)
        self.passed_on.append(handed_over(self.head(), old, self.key))
        return old

    def head(self, size: int | None = None) -> Checkpoint:
        """Return the head at a size, or now."""
        size = len(self.entries) if size is None else size
        return Checkpoint(self.key.name, size, root(self._node, size))

    def note(self, size: int | None = None, key: SigningKey | None = None) -> Note:
        """Return the signed head."""
        return self.head(size).note.signed(key or self.key)

    def checkpoint(self) -> str:
        return self.note().written

    def hand_overs(self) -> str:
        return written(self.passed_on)

    def consistency(self, old: int, new: int) -> str:
        hashes = consistency(self._node, old, new)
        return "".join(f"{base64.b64encode(each).decode()}\n" for each in hashes)

    def _node(self, level: int, index: int) -> bytes:
        if level == 0:
            return entry_hash(self.entries[index])
        return node_hash(self._node(level - 1, 2 * index), self._node(level - 1, 2 * index + 1))
