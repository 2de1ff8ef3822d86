"""A follower of the feed as somebody else would write it: a process of the standard library alone.

It keeps what it has read in a file, one line an event, and goes on after the last whole line when
it was killed. It asks for a different number of events each time, and ends when it is told that
nothing more will be written and there is nothing more to read.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urlsplit

LIMITS = (1, 7, 50, 100, 400, 1000, 1000, 1000)
SECONDS = 120


class Feed:
    """The feed at a running service."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        self._headers = {"Authorization": f"Bearer {token}"}

    def after(self, position: str, limit: int) -> tuple[list[Any], str]:
        """Return the events after a position, and the one to go on from."""
        while True:
            try:
                return self._asked(f"/api/v1/events?after={position}&limit={limit}")
            except (HTTPException, ConnectionError):
                self._connection.close()

    def _asked(self, path: str) -> tuple[list[Any], str]:
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status == 503:
            # What the service asks of a follower, and not a test that hopes.
            time.sleep(float(answer.headers["Retry-After"]))
            raise HTTPException
        if answer.status != 200:
            sys.exit(f"{answer.status} {body.decode()}")
        url = answer.headers["Link"].partition(">")[0].removeprefix("<")
        return json.loads(body), parse_qs(urlsplit(url).query)["after"][0]


def main() -> None:
    """Follow to the end."""
    told = json.loads(sys.argv[1])
    chance, stop = random.Random(told["seed"]), Path(told["stop"])
    feed = Feed(told["port"], told["token"])
    limits = [told["limit"]] if told["limit"] else LIMITS
    with Path(told["file"]).open("ab+") as file:
        for _ in _batches(file, feed, lambda: chance.choice(limits), stop):
            file.flush()


def _batches(file: BinaryIO, feed: Feed, limit: Any, stop: Path) -> Iterator[None]:
    position = _last_whole(file)
    while True:
        is_over = stop.exists()
        events, position = feed.after(position, limit())
        file.write(b"".join(_line(each) for each in events))
        yield
        if is_over and not events:
            return


def _line(event: Any) -> bytes:
    return f"{event['position']} {event['id']}\n".encode()


def _last_whole(file: BinaryIO) -> str:
    """Forget what was written in part; return the position of the last event, or that of none."""
    file.seek(0)
    whole = file.read().rpartition(b"\n")[0]
    file.truncate(len(whole) + 1 if whole else 0)
    file.seek(0, 2)
    return whole.rpartition(b"\n")[2].split()[0].decode() if whole else "0"


if __name__ == "__main__":
    main()
