"""Whether an installation is as it should be: asked of its parts one by one, changing none.

Each finding has a code, by which its words and what to do about it are found at the edge.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from application.databases import StartRefused, database_to_read, service_url
from application.persistence.data_folder import DataFolderUnusable, check_path, has_data
from application.persistence.embedded import running_postgres
from application.persistence.examination import DatabaseSilent, Examination, examine
from application.persistence.key_file import KeyFile, KeyFileUnusable, read_key_file
from application.persistence.schema import SCHEMA_VERSION
from application.reference.places import load_places
from application.settings import Settings
from application.use_cases.upkeep import KEYS_KEPT

OLDEST_PYTHON, OLDEST_SERVER = (3, 11), 15
_MEBIBYTE = 1024 * 1024
_LITTLE_SPACE, _NO_SPACE = 1024, 100
_SLOW_CLOCK, _WRONG_CLOCK = 2.0, 60.0
_OF_OTHERS = 0o077


class Level(StrEnum):
    """How grave a finding is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Finding(Struct, frozen=True):
    """What was found of one thing; ``facts`` stand in its words."""

    check: str
    code: str
    level: Level
    facts: dict[str, Any] = {}


def ok(check: str, state: str = "ok", **facts: object) -> Finding:
    """Return that a thing is as it should be."""
    return Finding(check, f"{check}-{state}", Level.OK, facts)


def warn(check: str, state: str, **facts: object) -> Finding:
    """Return that a thing works, and had better be otherwise."""
    return Finding(check, f"{check}-{state}", Level.WARN, facts)


def fail(check: str, state: str, **facts: object) -> Finding:
    """Return that a thing stands in the way."""
    return Finding(check, f"{check}-{state}", Level.FAIL, facts)


def check_up(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Return what there is to say of the machine, the folder, the keys and the database."""
    yield from _machine()
    is_embedded = not (settings.owner_database_url or settings.database_url)
    if is_embedded:
        yield from _folder(settings)
    keys, finding = _keys(settings)
    yield finding
    if is_embedded and not has_data(settings.data_dir):
        yield ok("database", "none")
        return
    if is_embedded:
        runs = running_postgres(settings.data_dir) is not None
        yield ok("embedded", "runs" if runs else "stopped")
    yield from _database(settings, keys, clock)


def _machine() -> Iterator[Finding]:
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


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir.resolve()
    try:
        check_path(folder)
    except DataFolderUnusable as error:
        yield fail("folder", "unusable", told=str(error))
        return
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        yield fail("folder", "closed", folder=folder)
        return
    yield ok("folder", folder=folder)
    free = shutil.disk_usage(there).free // _MEBIBYTE
    if free < _NO_SPACE:
        yield fail("space", "none", free=free)
    else:
        yield (
            warn("space", "little", free=free) if free < _LITTLE_SPACE else ok("space", free=free)
        )


def _keys(settings: Settings) -> tuple[KeyFile | None, Finding]:
    path = settings.key_file.resolve()
    if not path.exists():
        return None, warn("keys", "none", path=path)
    try:
        keys = read_key_file(path)
    except KeyFileUnusable as error:
        return None, fail("keys", "unusable", told=str(error))
    if path.stat().st_mode & _OF_OTHERS:
        return keys, fail("keys", "open", path=path)
    return keys, ok("keys", path=path)


def _database(
    settings: Settings, keys: KeyFile | None, clock: Callable[[], datetime]
) -> Iterator[Finding]:
    try:
        with database_to_read(settings) as url:
            found = examine(service_url(settings, url), SCHEMA_VERSION, keys, clock(), KEYS_KEPT)
    except (DatabaseSilent, StartRefused) as error:
        yield fail("database", "silent", told=str(error))
        return
    yield from _server(found)
    yield from _schema(found)
    yield from _clock(found)


def _server(found: Examination) -> Iterator[Finding]:
    if found.server < OLDEST_SERVER:
        yield fail("database", "old", server=found.server)
    else:
        yield ok("database", server=found.server)
    if found.missing_roles:
        yield fail("roles", "missing", roles=", ".join(found.missing_roles))
    elif found.is_mighty:
        yield fail("roles", "mighty")
    else:
        yield ok("roles")


def _schema(found: Examination) -> Iterator[Finding]:
    if found.schema != SCHEMA_VERSION:
        is_newer = found.schema > SCHEMA_VERSION
        yield fail(
            "schema", "newer" if is_newer else "older", schema=found.schema, known=SCHEMA_VERSION
        )
        return
    yield ok("schema", schema=found.schema)
    unguarded = ", ".join(found.unguarded)
    yield fail("rows", "unguarded", tables=unguarded) if unguarded else ok("rows")
    yield ok("lists") if found.is_current else fail("lists", "old")
    yield ok("key-opens") if found.key_opens else fail("key-opens", "not")
    counts = {"keys": found.old_keys, "verifications": found.run_out}
    yield warn("due", "late", **counts) if any(counts.values()) else ok("due")


def _clock(found: Examination) -> Iterator[Finding]:
    ahead = abs(found.seconds_ahead)
    seconds = f"{found.seconds_ahead:+.1f}"
    if ahead > _WRONG_CLOCK:
        yield fail("clock", "wrong", seconds=seconds)
    elif ahead > _SLOW_CLOCK:
        yield warn("clock", "apart", seconds=seconds)
    else:
        yield ok("clock", seconds=seconds)
