"""Signed notes (C2SP signed-note): a text, and lines with the signatures over it."""

import base64
import binascii
import re
from contextlib import suppress
from struct import pack, unpack
from typing import Self

from msgspec import Struct

from application.audit.keys import COSIGNATURE, SigningKey, VerifyingKey

_LINE = re.compile(r"— [^ +]+ [A-Za-z0-9+/]{8,}={0,2}")
_TIME_BYTES = 8
_TOO_SHORT = "The cosignature is cut short."


class NotANote(ValueError):  # noqa: N818  It says what is the matter, in a sentence.
    """It is no signed note, or a signature of a known key does not fit."""


class Note(Struct, frozen=True):
    """A text that ends with a line end, and the lines of its signatures."""

    text: str
    lines: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The note as it is handed on."""
        return self.text + "\n" + "".join(f"{line}\n" for line in self.lines)

    def signed(self, key: SigningKey) -> Self:
        """Return the note with the signature of one more key."""
        return self._with(key, b"", self.text.encode())

    def cosigned(self, key: SigningKey, seconds: int) -> Self:
        """Return the note with the cosignature of a witness, at a time since 1970."""
        return self._with(key, pack(">Q", seconds), _at(seconds, self.text))

    def is_signed_by(self, key: VerifyingKey) -> bool:
        """Whether the key has signed it; fail when its signature does not fit."""
        return self._found(key) is not None

    def cosigned_at(self, key: VerifyingKey) -> int | None:
        """Return when the witness cosigned it, in seconds since 1970; none if it has not."""
        found = self._found(key)
        return None if found is None else int(unpack(">Q", found[:_TIME_BYTES])[0])

    def _with(self, key: SigningKey, before: bytes, text: bytes) -> Self:
        signature = base64.b64encode(key.verifying.id + before + key.sign(text)).decode()
        return type(self)(self.text, (*self.lines, f"— {key.name} {signature}"))

    def _found(self, key: VerifyingKey) -> bytes | None:
        for line in self.lines:
            _, name, signature = line.split(" ")
            raw = base64.b64decode(signature)
            if name == key.name and raw[:4] == key.id:
                return _checked(key, raw[4:], self.text)
        return None


def read_note(written: str) -> Note:
    """Read a note without asking whose the signatures are; fail when it is none."""
    text, _, signatures = written.rpartition("\n\n")
    if not text or not signatures.endswith("\n"):
        raise NotANote("It is no note: a text, an empty line and signatures are expected.")
    lines = tuple(signatures.removesuffix("\n").split("\n"))
    for line in lines:
        _check_line(line)
    return Note(text + "\n", lines)


def _checked(key: VerifyingKey, signature: bytes, text: str) -> bytes:
    whole, signed = signature, text.encode()
    if key.kind == COSIGNATURE:
        if len(signature) <= _TIME_BYTES:
            raise NotANote(_TOO_SHORT)
        (seconds,) = unpack(">Q", signature[:_TIME_BYTES])
        signature, signed = signature[_TIME_BYTES:], _at(seconds, text)
    if not key.fits(signature, signed):
        message = f"The signature of {key.name} does not fit what is signed."
        raise NotANote(message)
    return whole


def _at(seconds: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _check_line(line: str) -> None:
    with suppress(binascii.Error):
        if _LINE.fullmatch(line) and base64.b64decode(line.split(" ")[2], validate=True):
            return
    message = f"{line[:100]!r} is no signature of a note."
    raise NotANote(message)
