"""The key of a witness, as its file has it."""

import base64
import re
from collections.abc import Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from application.audit.keys import COSIGNATURE, NotAKey, SigningKey, VerifyingKey, read_vkey
from application.audit.witness_refusals import WitnessUnusable

# Names stand in vkeys, in policies and in lists separated by commas.
_NAME = re.compile(r"[A-Za-z0-9._/-]{1,100}")


class _KeyFile(Struct, frozen=True):
    """The name of the witness, and the 32 bytes of its private key in base64."""

    name: str
    private: str


def new_key(name: str) -> tuple[SigningKey, str]:
    """Make a key under the name; return it with the document to be kept."""
    if not _NAME.fullmatch(name):
        raise WitnessUnusable("witness-name", name=name)
    private = Ed25519PrivateKey.generate()
    document = _KeyFile(name, base64.b64encode(private.private_bytes_raw()).decode())
    return SigningKey(name, private, COSIGNATURE), msgspec.json.encode(document).decode()


def read_key(document: str) -> SigningKey:
    """Return the key of the document."""
    try:
        file = msgspec.json.decode(document, type=_KeyFile)
        seed = base64.b64decode(file.private, validate=True)
        return SigningKey(file.name, Ed25519PrivateKey.from_private_bytes(seed), COSIGNATURE)
    except ValueError as error:  # That is also what msgspec and base64 raise.
        raise WitnessUnusable("witness-key-spoilt") from error


def read_witnesses(vkeys: Sequence[str]) -> tuple[VerifyingKey, ...]:
    """Read the keys of several witnesses; fail where one is no key of a witness."""
    keys = tuple(map(read_vkey, vkeys))
    for key in keys:
        if key.kind != COSIGNATURE:
            message = f"{key.vkey} is the key of a log, and not of a witness."
            raise NotAKey(message)
    return keys
