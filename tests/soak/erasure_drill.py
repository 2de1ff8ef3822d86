"""A thousand people come, are copied and exported, and are erased; then they are looked for (E1).

Run: make drill
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drill import Drill, unpacked
from running import running

PEOPLE = 1000


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say how long something took."""
    start = time.monotonic()
    yield
    tell(f"{what}: {time.monotonic() - start:.1f} s")


def tell(text: str) -> None:
    """Say something."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Play it once and say what was seen."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder:
        home, outside = Path(folder, "here"), Path(folder, "outside")
        outside.mkdir()
        with running(home) as service:
            good = played(Drill(service, outside, count), service, home)
    sys.exit(not good)


def played(drill: Drill, service: object, home: Path) -> bool:
    """Play the drill; return whether nothing was left."""
    count = len(drill.people)
    with timed(f"{count} people came, over HTTP"):
        drill.come()
    exported = drill.export("before.csv")
    backup, base = drill.copies()
    before = drill.events()
    opened = drill.opens(base), drill.opens_of_backup(backup)
    control = drill.search(drill.outside)
    tell(f"before: {len(before)} events; today's key file opens {opened} of yesterday's copies;")
    tell(f"before: a search finds the people in {len(control.values)} file, the export")
    with timed(f"{count} people erased, over HTTP"):
        for each in drill.people:
            drill.erase(each)
    (drill.outside / "service.log").write_text("".join(service.said), "utf-8")  # type: ignore[attr-defined]
    exported.rename(drill.outside.parent / "in-other-hands.csv")
    drill.export("after.csv")
    unpacked(backup, drill.outside / "unpacked")
    with timed("search"):
        found = drill.search(home, drill.outside)
    tell(
        f"after: values found in {len(found.values)} files, keys of people in {len(found.keys)},"
        f" of {found.size / 1e6:.0f} MB (data folder with WAL, base backup, backup, logs, new export)"
    )
    same = drill.events()[: len(before)] == before
    tell(f"after: events stored before are the same bytes: {same}")
    with timed("keys rotated, lists made anew"):
        drill.command("keys", "rotate")
    left = drill.opens(base), drill.opens_of_backup(backup)
    tell(f"after the rotation: today's key file opens {left} of yesterday's copies")
    tell(drill.command("read-models", "check").strip())
    return same and left == (0, 0) and opened == (2 * count, count) and not any(found[:2])


if __name__ == "__main__":
    main()
