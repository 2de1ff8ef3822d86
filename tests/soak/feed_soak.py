"""A million events by sixteen writers through the store; four followers of the feed over HTTP.

Run: make soak
"""

import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

import feed_order
from feed_order import FOLLOWERS, Followers, truth
from running import running

EVENTS, WRITERS, KILLS, BYTES_TO_A_KILL = 1_000_000, 16, 20, 300_000
CONTEXT = get_context("spawn")


def main() -> None:
    """Play it once, read it all once more alone, and say what was seen."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with (
        tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as data,
        tempfile.TemporaryDirectory(prefix="fr", dir="/tmp") as read,
        running(Path(data)) as service,
    ):
        start = time.monotonic()
        arguments = [(service.data_dir, events // WRITERS, seed) for seed in range(WRITERS)]
        writers = [CONTEXT.Process(target=feed_order.write, args=each) for each in arguments]
        each = min(BYTES_TO_A_KILL, events)
        followers = feed_order.play(service, Path(read), list(writers), KILLS, each)
        seconds, failed = (
            time.monotonic() - start,
            [each.exitcode for each in writers if each.exitcode],
        )
        there_are = [truth(service.data_dir, who) for who in FOLLOWERS]
        exact = sum(followers.seen(number) == each for number, each in enumerate(there_are))
        sys.stdout.write(
            f"{there_are[0].count} events, {WRITERS} writers, {len(FOLLOWERS)} followers (one"
            f" killed {KILLS} times): {exact} of {len(FOLLOWERS)} saw every event in order,"
            f" in {seconds:.0f} s\n"
        )
        sys.stdout.write(f"alone: {_alone(followers, there_are[0].count):,.0f} events/s\n")
    sys.exit(exact != len(FOLLOWERS) or bool(failed))


def _alone(followers: Followers, count: int) -> float:
    """Return how many events a second one follower reads when nobody writes."""
    start = time.monotonic()
    followers.start(0, limit=1000, file="alone")
    followers.finish()
    return count / (time.monotonic() - start)


if __name__ == "__main__":
    main()
