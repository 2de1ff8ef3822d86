"""A process beside this one, of another time zone and hash seed, that folds the same history."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import msgspec

from application.replay.environment import other_variables
from application.replay.errands import Errand

_COMMAND = (sys.executable, "-P", "-m", "application.replay")


@contextmanager
def second_process(errand: Errand) -> Iterator[Iterable[bytes]]:
    """Start it and give it its errand, which has secrets in it, by a pipe; return what it says.

    It is ended with the block. What it has to say to people goes where this one says it.
    """
    with subprocess.Popen(  # noqa: S603  The command is the constant above.
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=dict(other_variables(os.environ)),
    ) as process:
        assert process.stdin  # noqa: S101  It is a pipe.
        assert process.stdout  # noqa: S101  It is a pipe.
        try:
            with suppress(BrokenPipeError):  # It has ended before; what it says then is missed.
                process.stdin.write(msgspec.json.encode(errand))
                process.stdin.close()
            yield process.stdout
        except BaseException:
            process.kill()
            raise
