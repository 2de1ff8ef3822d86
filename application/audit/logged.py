"""What is read from the log: its entries, and how a bundle writes each in a line."""

import base64
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from application.audit.entries import event_entry, heads_entry


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
    """An entry that says which case has come to which version."""

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


Logged = LoggedEvent | LoggedHeads
