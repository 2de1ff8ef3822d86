"""The signatures that verify.py checks by its own arithmetic, beside published cryptography."""

from random import Random

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from application.audit.verify import ORDER, PRIME, signature_fits

POINTS = [0, 1, PRIME - 1, PRIME, PRIME + 1, 2**255 - 1, 1 << 255, (1 << 255) + 1]


def published(public: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def signed(seed: int) -> tuple[bytes, bytes, bytes]:
    drawn = Random(seed)
    key, text = Ed25519PrivateKey.from_private_bytes(drawn.randbytes(32)), drawn.randbytes(seed)
    return key.public_key().public_bytes_raw(), key.sign(text), text


@pytest.mark.parametrize("seed", range(12))
def test_a_signature_fits_its_text_and_nothing_else(seed):
    public, signature, text = signed(seed)
    drawn = Random(seed)
    assert signature_fits(public, signature, text)
    for _ in range(3):
        bit = drawn.randrange(512)
        number = int.from_bytes(signature, "little") ^ 1 << bit
        changed = number.to_bytes(64, "little")
        assert not signature_fits(public, changed, text)
        assert not published(public, changed, text)
    assert not signature_fits(public, signature, text + b"\n")


def test_a_signature_has_one_form_only():
    public, signature, text = signed(5)
    number = int.from_bytes(signature[32:], "little") + ORDER
    other = signature[:32] + number.to_bytes(32, "little")
    assert not published(public, other, text)
    assert not signature_fits(public, other, text)
    for length in (0, 8, 31, 32, 63, 65):
        assert not signature_fits(public, (signature + b"\0")[:length], text)


@pytest.mark.parametrize("y", POINTS)
def test_points_that_only_a_forger_uses_are_judged_as_published(y):
    public, signature, text = signed(7)
    point = y.to_bytes(32, "little")
    for forged in (point + bytes(32), point + signature[32:]):
        assert signature_fits(public, forged, text) == published(public, forged, text) == False  # noqa: E712  All three are one.
