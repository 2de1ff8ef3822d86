"""The second process of a replay: its errand comes in by a pipe, what it finds goes out by another."""

import sys

import msgspec
from eventsourcing.persistence import PersistenceError

from application.databases import StartRefused
from application.replay.errands import Errand, run_errand
from application.replay.replayed import written


def main() -> None:
    """Run the errand, or say in words why not: nobody reads a traceback of this process."""
    try:
        errand = msgspec.json.decode(sys.stdin.buffer.read(), type=Errand)
        for line in written(run_errand(errand)):
            sys.stdout.buffer.write(line)
    except (StartRefused, PersistenceError) as error:
        sys.exit(str(error))
    except Exception as error:  # noqa: BLE001  Its words may be somebody's personal data.
        sys.exit(f"The second process of the replay: {type(error).__name__}")


main()
