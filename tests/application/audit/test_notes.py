"""Signed notes, checkpoints and keys."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from application.audit.checkpoints import Checkpoint, read_checkpoint
from application.audit.keys import COSIGNATURE, NotAKey, SigningKey, read_vkey
from application.audit.notes import NotANote, Note, read_note

KEY = SigningKey("cases.example", Ed25519PrivateKey.from_private_bytes(b"1" * 32))
WITNESS = SigningKey(
    "witness.example", Ed25519PrivateKey.from_private_bytes(b"2" * 32), COSIGNATURE
)
HEAD = Checkpoint("cases.example", 7, b"\xff" * 32)
# The example in the documentation of Go's package of signed notes.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = """\
If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""


def test_a_note_of_another_implementation_is_read():
    assert read_note(GO_NOTE).is_signed_by(read_vkey(GO_KEY))
    with pytest.raises(NotANote):
        read_note(GO_NOTE.replace("you think", "we think")).is_signed_by(read_vkey(GO_KEY))


def test_a_signed_checkpoint_reads_as_it_was_written():
    note = read_note(HEAD.note.signed(KEY).cosigned(WITNESS, 1_800_000_000).written)
    assert note.is_signed_by(KEY.verifying)
    assert note.cosigned_at(WITNESS.verifying) == 1_800_000_000
    assert read_checkpoint(note.text) == HEAD


def test_a_key_reads_as_it_was_written():
    for key in (KEY.verifying, WITNESS.verifying):
        assert read_vkey(key.vkey) == key
    assert KEY.verifying.vkey.startswith("cases.example+")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a+b",
        "name+00000000+AQ==",
        KEY.verifying.vkey.replace("+", "-", 1),
        KEY.verifying.vkey[:-3],
    ],
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(NotAKey):
        read_vkey(text)


def test_a_key_that_did_not_sign_is_told_from_one_whose_signature_does_not_fit():
    signed = HEAD.note.signed(KEY).cosigned(WITNESS, 5)
    other = SigningKey("cases.example", Ed25519PrivateKey.from_private_bytes(b"3" * 32))
    assert not signed.is_signed_by(other.verifying)
    changed = Note(signed.text.replace("7", "8"), signed.lines)
    with pytest.raises(NotANote, match="cases"):
        changed.is_signed_by(KEY.verifying)
    with pytest.raises(NotANote, match="witness"):
        changed.cosigned_at(WITNESS.verifying)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n— name AAAA\n",
        "text\n\n- name AAAAAAAA\n",
        "text\n\n— name AAAAAAAA",
        "text\n\n— name AAAAA!AA\n",
        "text\n\n— name AAAAAAAAA\n",
    ],
)
def test_what_is_no_note_is_refused(written):
    with pytest.raises(NotANote):
        read_note(written)


@pytest.mark.parametrize(
    "text", ["", "a\n7\n", "a\n07\nAA==\n", "a\n7\n" + "A" * 43 + "=", HEAD.note.text + "more\n"]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(NotANote):
        read_checkpoint(text)
