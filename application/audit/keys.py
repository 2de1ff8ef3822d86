"""Keys of the log and of witnesses, and how they are named (docs/log-format.md, section 4)."""

import base64
import binascii
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

SIGNATURE = 1
COSIGNATURE = 4
_KEY_BYTES = 32


class NotAKey(ValueError):  # noqa: N818  It says what is the matter, in a sentence.
    """It is no key in the form of a vkey."""


class VerifyingKey(Struct, frozen=True):
    """A key that verifies: its name, its kind of signature, and its 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which its signatures are known."""
        named = self.name.encode() + b"\n" + bytes((self.kind,)) + self.public
        return sha256(named).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as it is written."""
        public = base64.b64encode(bytes((self.kind,)) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{public}"

    def fits(self, signature: bytes, text: bytes) -> bool:
        """Whether the signature is this key's, over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            return False
        return True


class SigningKey(Struct, frozen=True):
    """A key that signs, under its name."""

    name: str
    private: Ed25519PrivateKey
    kind: int = SIGNATURE

    @property
    def verifying(self) -> VerifyingKey:
        """The key that verifies what this one signs."""
        return VerifyingKey(self.name, self.kind, self.private.public_key().public_bytes_raw())

    def sign(self, text: bytes) -> bytes:
        """Return the signature over the text."""
        return self.private.sign(text)


def read_vkey(text: str) -> VerifyingKey:
    """Read a key as it is written; fail when its id is another one's."""
    try:
        name, key_id, public = text.split("+", 2)
        kind, *key = base64.b64decode(public, validate=True)
    except (ValueError, binascii.Error) as error:
        message = f"{text!r} is no key: name+id+key is expected."
        raise NotAKey(message) from error
    found = VerifyingKey(name, kind, bytes(key))
    if len(key) != _KEY_BYTES or kind not in {SIGNATURE, COSIGNATURE} or found.id.hex() != key_id:
        message = f"{text!r} is no Ed25519 key, or a letter of it is wrong."
        raise NotAKey(message)
    return found
