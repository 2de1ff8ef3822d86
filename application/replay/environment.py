"""What the code must not depend on, and what makes another process differ in it."""

import os
import time
from collections.abc import Mapping

from msgspec import Struct

# Said in full, so that it holds where the machine has no table of time zones.
_ZONES = ("<-1130>11:30", "<+1245>-12:45")
_SEEDS = ("1", "2")
_MOMENT = 1_767_225_600
_PROBE = "front office"


class Environment(Struct, frozen=True, kw_only=True, tag="environment"):
    """The time zone and the hash seed a process works with, and what they come to in it."""

    zone: str
    hash_seed: str
    utc_offset: int
    hashed: int

    def is_other_than(self, another: "Environment") -> bool:
        """Whether days and the order of sets are others than there."""
        return self.utc_offset != another.utc_offset and self.hashed != another.hashed


def environment() -> Environment:
    """Return what this process works with."""
    return Environment(
        zone=os.environ.get("TZ", "") or time.tzname[0],
        hash_seed=os.environ.get("PYTHONHASHSEED", "random"),
        utc_offset=time.localtime(_MOMENT).tm_gmtoff,
        hashed=hash(_PROBE),
    )


def other_variables(own: Mapping[str, str]) -> Mapping[str, str]:
    """Return what makes a process differ from one with these environment variables."""
    zone = next(each for each in _ZONES if each != own.get("TZ"))
    seed = next(each for each in _SEEDS if each != own.get("PYTHONHASHSEED"))
    return {**own, "TZ": zone, "PYTHONHASHSEED": seed}
