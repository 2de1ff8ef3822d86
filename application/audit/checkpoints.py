"""Checkpoints: how long the log is, and its root (C2SP tlog-checkpoint)."""

import base64
import binascii
import re

from msgspec import Struct

from application.audit.hashing import HASH_BYTES
from application.audit.notes import NotANote, Note

_FORM = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n")


class Checkpoint(Struct, frozen=True):
    """The head of a log: its name, how many entries it has, and the root of their tree."""

    origin: str
    size: int
    root: bytes

    @property
    def note(self) -> Note:
        """The note to be signed."""
        return Note(f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n")


def read_checkpoint(text: str) -> Checkpoint:
    """Read what a note says; fail when that is no checkpoint."""
    match = _FORM.fullmatch(text)
    try:
        root = base64.b64decode(match[3], validate=True) if match else b""
    except binascii.Error:
        root = b""
    if match is None or len(root) != HASH_BYTES:
        raise NotANote("It is no checkpoint: a name, a size and a root are expected.")
    return Checkpoint(match[1], int(match[2]), root)
