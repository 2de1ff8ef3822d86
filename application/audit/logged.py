"""What is read from the log: its entries, and how a bundle writes each in a line."""

import base64
from struct import Struct as Form
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from application.audit.entries import HEADS, event_entry, heads_entry

_HEADS_FORM = Form(f">{len(HEADS)}sIQIQI32s")


class LoggedEvent(Struct, frozen=True):
    """An event as it stands in the log, with its state as it is stored."""

    index: int
    position: int
    case_id: UUID
    version: int
    topic: str
    state: bytes

    @property
    def entry(self) -> bytes:
        """The bytes that are hashed."""
        return event_entry(self.position, self.case_id, self.version, self.topic, self.state)

    @property
    def line(self) -> bytes:
        """The line of a bundle."""
        told: dict[str, Any] = {"index": self.index, "position": self.position}
        told |= {"case": self.case_id, "version": self.version, "topic": self.topic}
        try:
            told["state"] = self.state.decode()
        except UnicodeDecodeError:
            told["state_base64"] = base64.b64encode(self.state).decode()
        return msgspec.json.encode(told) + b"\n"


class LoggedHeads(Struct, frozen=True):
    """A heads entry: its own index, how many cases there are, and the root of their map."""

    index: int
    cases: int
    root: bytes

    @property
    def entry(self) -> bytes:
        """The bytes that are hashed."""
        return heads_entry(self.index, self.cases, self.root)

    @property
    def line(self) -> bytes:
        """The line of a bundle."""
        told = {"index": self.index, "cases": self.cases, "root": self.root}
        return msgspec.json.encode(told) + b"\n"


def read_heads_entry(entry: bytes) -> LoggedHeads | None:
    """Return what a heads entry says; none if it is not one."""
    if len(entry) != _HEADS_FORM.size:
        return None
    _, _, index, _, cases, _, root = _HEADS_FORM.unpack(entry)
    heads = LoggedHeads(index, cases, root)
    return heads if heads.entry == entry else None


Logged = LoggedEvent | LoggedHeads
