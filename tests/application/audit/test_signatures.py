"""The verifier's own Ed25519: published examples, and encodings that are not the one right one."""

import pytest

from application.audit.verify import PRIME, signature_fits

# RFC 8032, section 7.1: the public key, the message, the signature.
EXAMPLES = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_published_signatures_fit_and_no_other(example):
    key, text, signature = map(bytes.fromhex, example)
    assert signature_fits(key, signature, text)
    assert not signature_fits(key, signature, text + b"x")
    for place in range(64):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not signature_fits(key, bytes(changed), text)
    assert not signature_fits(key[::-1], signature, text)


def test_points_that_are_not_written_in_the_one_right_way_are_refused():
    # The neutral point as key makes a signature fit that nobody made; its other writings do not.
    neutral, signature = (1).to_bytes(32, "little"), (1).to_bytes(32, "little") + bytes(32)
    beyond = (PRIME + 1).to_bytes(32, "little")
    with_sign = (1 | 1 << 255).to_bytes(32, "little")
    for key in (neutral, beyond, with_sign):
        assert not signature_fits(key, signature, b"text")
    for wrong in (beyond, with_sign):
        assert not signature_fits(bytes.fromhex(EXAMPLES[0][0]), wrong + bytes(32), b"text")
