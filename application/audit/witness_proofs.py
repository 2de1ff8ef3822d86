"""Consistency proofs as a witness gets them."""

import base64
import binascii

from application.audit.hashing import HASH_BYTES
from application.audit.witness_refusals import WitnessRefusal


def read_proof(text: str) -> list[bytes]:
    """Read a proof, one hash in base64 a line; refuse what is none."""
    try:
        hashes = [base64.b64decode(line, validate=True) for line in text.split()]
    except (binascii.Error, ValueError) as error:
        raise WitnessRefusal("unreadable-proof") from error
    if any(len(each) != HASH_BYTES for each in hashes):
        raise WitnessRefusal("unreadable-proof")
    return hashes
