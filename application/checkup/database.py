"""Whether the database is as it should be: its version, roles, schema, lists, keys and clock."""

from collections.abc import Callable, Iterator
from datetime import datetime

from application.checkup.findings import Finding, fail, ok, warn
from application.checkup.sealer import sealer_of
from application.databases import StartRefused, database_to_read, service_url
from application.persistence.examination import DatabaseSilent, Examination, examine
from application.persistence.key_file import KeyFile
from application.persistence.schema import SCHEMA_VERSION
from application.settings import Settings
from application.use_cases.upkeep import KEYS_KEPT

OLDEST_SERVER = 15
_SLOW_CLOCK, _WRONG_CLOCK = 2.0, 60.0


def database_of(
    settings: Settings, keys: KeyFile | None, clock: Callable[[], datetime]
) -> Iterator[Finding]:
    """Return what there is to say of the database, as the service's own login finds it."""
    try:
        with database_to_read(settings) as url:
            found = examine(service_url(settings, url), SCHEMA_VERSION, keys, clock(), KEYS_KEPT)
    except (DatabaseSilent, StartRefused) as error:
        yield fail("database", "silent", told=str(error))
        return
    yield from _server(found)
    yield from _schema(found)
    if found.schema == SCHEMA_VERSION:
        yield sealer_of(settings, found.log, clock())
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
