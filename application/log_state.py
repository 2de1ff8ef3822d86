"""How the log stands: what is signed, what is not yet, and whether anybody signs at all."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct

# A checkpoint follows within 60 seconds of news, and the sealing itself takes some.
BEHIND_AFTER = timedelta(seconds=90)


class SealerState(StrEnum):
    """What the sealer does: it seals, is behind, is not there, or has stopped with a reason."""

    SEALING = "sealing"
    BEHIND = "behind"
    ABSENT = "absent"
    STOPPED = "stopped"


class LogState(Struct, frozen=True, kw_only=True):
    """The log at a moment.

    ``size`` and ``signed_at`` are of the last checkpoint; ``unsigned`` counts the events that are
    in none, up to a limit; the first of them was recorded at ``waiting_since``. ``position`` is
    the last one drawn, and events are final up to ``final``.
    """

    size: int = 0
    signed_at: datetime | None = None
    unsigned: int = 0
    waiting_since: datetime | None = None
    position: int = 0
    final: int = 0
    is_followed: bool = False
    stopped_at: datetime | None = None
    reason: str | None = None
    facts: Mapping[str, Any] = {}

    def waited(self, now: datetime) -> timedelta:
        """Return for how long the oldest news has been waiting for a checkpoint."""
        if not self.unsigned:
            return timedelta(0)
        known = [each for each in (self.waiting_since, self.signed_at) if each is not None]
        return max(now - max(known), timedelta(0)) if known else timedelta(0)

    def sealer(self, now: datetime) -> SealerState:
        """Return what the sealer does."""
        if self.reason is not None:
            return SealerState.STOPPED
        if self.waited(now) > BEHIND_AFTER:
            return SealerState.BEHIND
        return SealerState.SEALING if self.is_followed else SealerState.ABSENT
