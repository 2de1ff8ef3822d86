"""The entries of the log as they are hashed (docs/log-format.md, section 1)."""

import struct
from collections.abc import Iterable
from struct import pack
from uuid import UUID

from msgspec import Struct

_EVENT = b"kzrfo-event-v1"
_HEADS = b"kzrfo-heads-v1"
_HEADS_FORM = struct.Struct(f">{len(_HEADS)}sIQIQI32s")


class Heads(Struct, frozen=True):
    """What a heads entry says: its own index, how many cases there are, and the root of the map."""

    index: int
    cases: int
    root: bytes


def event_entry(position: int, case_id: UUID, version: int, topic: str, state: bytes) -> bytes:
    """Return the entry of an event, with its state as it is stored."""
    where = (pack(">Q", position), case_id.bytes, pack(">Q", version))
    return _EVENT + _fields((*where, topic.encode(), state))


def heads_entry(index: int, cases: int, root: bytes) -> bytes:
    """Return the entry that says which case has come to which version."""
    return _HEADS + _fields((pack(">Q", index), pack(">Q", cases), root))


def read_heads_entry(entry: bytes) -> Heads | None:
    """Return what a heads entry says; none if it is not one."""
    if len(entry) != _HEADS_FORM.size:
        return None
    _, _, index, _, cases, _, root = _HEADS_FORM.unpack(entry)
    return Heads(index, cases, root) if heads_entry(index, cases, root) == entry else None


def _fields(values: Iterable[bytes]) -> bytes:
    return b"".join(pack(">I", len(value)) + value for value in values)
