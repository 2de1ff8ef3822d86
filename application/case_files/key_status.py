"""The keys of the key file as whoever looks after the machine sees them."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class KeyState(StrEnum):
    """What a key of the key file is there for."""

    CURRENT = "current"
    BEING_REPLACED = "being_replaced"
    MISSING = "missing"


class KeyOnFile(Struct, frozen=True, kw_only=True):
    """A key of the file, since when it is there, how many keys of people it wraps, and its state.

    A key that wraps some and is ``missing`` is not in the file: those people cannot be read.
    """

    id: str
    made_at: datetime | None
    wraps: int
    state: KeyState


class KeyStatus(Struct, frozen=True, kw_only=True):
    """The keys, how many people were erased, and whether a replacement was broken off."""

    keys: tuple[KeyOnFile, ...]
    erased: int
    is_unfinished: bool


class Rotated(Struct, frozen=True, kw_only=True):
    """The key that is current now, and how many keys of people were wrapped anew."""

    current: str
    rewrapped: int
