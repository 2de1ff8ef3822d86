"""Honest bundles of which a byte, or some, are not what they were: in the ZIP file, or in a file."""

import io
import json
from collections.abc import Iterator
from random import Random
from zipfile import ZipFile

from dishonest_log import Files, files_of, zipped
from hostile_archives import flipped
from tampering import KINDS, Attempt, World


def corrupted(count: int) -> Iterator[tuple[Attempt, bool]]:
    """Yield them, and whether they still say what they said.

    In a ZIP file there are bytes that say nothing, such as the time of a file, in JSON there is
    white space, and when a bundle was made is nowhere proved.
    """
    worlds = [World(seed) for seed in range(10)]
    for number in range(count):
        drawn = Random(number)
        world, kind = drawn.choice(worlds), KINDS[number % 3]
        about = world.about(kind, 3, world.seen_size)
        files = files_of(world.log, world.size, about, world.note(world.size))
        if drawn.random() < 0.5:
            changed = flipped(zipped(files), drawn)
            where, harmless = "in the ZIP file", _unpacked(changed) == files
        else:
            name = drawn.choice([name for name in files if files[name]])
            other = {**files, name: flipped(files[name], drawn)}
            where, changed = "in a file", zipped(other)
            harmless = _meaning(other) == _meaning(files)
        auditor = world.auditor(about, witnessed=world.witnessed)
        yield Attempt(f"corrupted {where}", False, changed, auditor), harmless  # noqa: FBT003  Not stolen.


def _unpacked(bundle: bytes) -> Files | None:
    try:
        with ZipFile(io.BytesIO(bundle)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001  Whatever it is, it does not say what it said.
        return None


def _meaning(files: Files) -> object:
    try:
        rows = [json.loads(row) for row in files["events.ndjson"].split(b"\n")[:-1]]
        manifest = {**json.loads(files["manifest.json"]), "made_at": ""}
    except ValueError:
        return None
    return {**files, "events.ndjson": rows, "manifest.json": manifest}
