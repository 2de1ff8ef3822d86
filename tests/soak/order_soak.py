"""A million events by sixteen writers, some of them killed; four followers miss none (R4).

Run: make soak
"""

import sys
import tempfile
import time
from pathlib import Path

import order

from application.persistence.embedded import embedded_postgres

EVENTS, WRITERS, FOLLOWERS, KILLS = 1_000_000, 16, 4, 40


def main() -> None:
    """Play it once and say what was seen."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with (
        tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder,
        embedded_postgres(Path(folder)) as url,
    ):
        start = time.monotonic()
        seen = order.play(url, events=events, writers=WRITERS, followers=FOLLOWERS, kills=KILLS)
        truth = order.truth(url)
    exact = sum(each == truth for each in seen)
    sys.stdout.write(
        f"{truth.count} events, {WRITERS} writers ({KILLS} killed), {FOLLOWERS} followers:"
        f" {exact} of {FOLLOWERS} saw every event in order,"
        f" in {time.monotonic() - start:.0f} s\n"
    )
    sys.exit(exact != FOLLOWERS)


if __name__ == "__main__":
    main()
