"""The hashes of the tree (RFC 6962, section 2.1)."""

from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256().digest()


def entry_hash(entry: bytes) -> bytes:
    """Return the hash of an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees that are neighbours."""
    return sha256(b"\x01" + left + right).digest()
