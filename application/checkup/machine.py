"""Whether the machine is as it should be: Python, the user and what is known of time."""

import os
import sys
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from application.checkup.findings import Finding, fail, ok, warn
from application.reference.places import load_places

OLDEST_PYTHON = (3, 11)


def machine() -> Iterator[Finding]:
    """Return what there is to say of Python, the user and the time zones."""
    version = ".".join(map(str, sys.version_info[:3]))
    is_new = sys.version_info >= OLDEST_PYTHON
    yield ok("python", version=version) if is_new else fail("python", "old", version=version)
    if os.geteuid() == 0:
        yield warn("user", "root")
    try:
        for region in load_places().regions.values():
            ZoneInfo(region.zone)
        yield ok("time-zones")
    except ZoneInfoNotFoundError as error:
        yield fail("time-zones", "missing", zone=str(error))
