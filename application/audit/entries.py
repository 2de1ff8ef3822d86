"""The entries of the log as they are hashed (docs/log-format.md, section 1)."""

from collections.abc import Iterable
from struct import pack
from uuid import UUID

_EVENT = b"kzrfo-event-v1"
HEADS = b"kzrfo-heads-v1"


def event_entry(position: int, case_id: UUID, version: int, topic: str, state: bytes) -> bytes:
    """Return the entry of an event, with its state as it is stored."""
    where = (pack(">Q", position), case_id.bytes, pack(">Q", version))
    return _EVENT + _fields((*where, topic.encode(), state))


def heads_entry(index: int, cases: int, root: bytes) -> bytes:
    """Return the entry that says which case has come to which version."""
    return HEADS + _fields((pack(">Q", index), pack(">Q", cases), root))


def _fields(values: Iterable[bytes]) -> bytes:
    return b"".join(pack(">I", len(value)) + value for value in values)
