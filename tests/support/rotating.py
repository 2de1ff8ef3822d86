"""A rotation of the keys that is killed on its way."""

import os
import signal
from typing import Any

from backing_up import quiet

from application import bootstrap
from application.bootstrap import utc_now
from application.persistence import key_replacement
from application.persistence.key_rotation import KeyRotation
from application.persistence.rebuild import Rebuild
from application.settings import Settings

# Before which call of which step it is killed.
POINTS: dict[str, tuple[Any, str, int]] = {
    "the old file has a second name": (key_replacement, "named_when_whole", 0),
    "the new keys are beside the old": (key_replacement, "destroy_retired", 1),
    "nothing is retired": (KeyRotation, "retire", 0),
    "nothing is wrapped anew": (KeyRotation, "rewrap", 0),
    "the lists are the old ones": (Rebuild, "compare", 0),
    "the old keys are still in the file": (key_replacement, "end", 0),
    "only the new keys are in the file": (key_replacement, "destroy_retired", 3),
}


def rotated_until(point: str, settings: Settings) -> None:
    """Rotate until there, and no further: for a process of its own."""
    owner, name, calls = POINTS[point]
    step, done = getattr(owner, name), [0]

    def last(*arguments: Any, **more: Any) -> Any:
        if done[0] == calls:
            os.kill(os.getpid(), signal.SIGKILL)
        done[0] += 1
        return step(*arguments, **more)

    setattr(owner, name, last)
    assert settings.database_url is not None
    with bootstrap.build(settings, settings.database_url) as services:
        services.front_office.rotate_keys(utc_now(), quiet)
