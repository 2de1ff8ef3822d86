"""Backups in tests: where they are restored to, and how one looks that somebody has changed."""

import hashlib
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
import psycopg
from psycopg.conninfo import make_conninfo

from application.backups.progress import Phase
from application.backups.restoring import restore
from application.persistence.backup_manifest import MANIFEST, SEAL, STREAMS, Manifest
from application.persistence.backup_seals import seal_of
from application.persistence.key_file import KeyFile
from application.settings import Settings

Members = dict[str, bytes]


def quiet(*_: object) -> None:
    """Tell nobody how far it is."""


@contextmanager
def empty_database(server_url: str) -> Iterator[str]:
    """Make a database with nothing in it for as long as the block lasts."""
    name = f"restored_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    yield make_conninfo(server_url, dbname=name)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def tables_in(url: str) -> set[str]:
    """Return the names of all tables in a database."""
    with psycopg.connect(url) as connection:
        return {
            row[0]
            for row in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            )
        }


def rewritten(path: Path, change: Callable[[Members], object]) -> Path:
    """Return a copy of a backup whose members were changed."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    other = path.with_name(f"other-{path.name}")
    with ZipFile(other, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return other


def resealed(keys: KeyFile, change: Callable[[dict[str, Any], Members], object]) -> Any:
    """Return a change of members by somebody who has the key file, and so can seal again."""

    def changed(members: Members) -> None:
        manifest = msgspec.json.decode(members[MANIFEST])
        change(manifest, members)
        members[MANIFEST] = msgspec.json.encode(manifest)
        members[SEAL] = seal_of(keys, members[MANIFEST]).encode()

    return changed


def other_fold(manifest: dict[str, Any], members: Members) -> None:
    """Say of the last stream that it had folded to another state."""
    members[STREAMS] = members[STREAMS][:-2] + b"x\n"
    manifest["fingerprint"] = hashlib.sha256(members[STREAMS]).hexdigest()


def manifest_of(path: Path) -> Manifest:
    """Return what a backup says of itself."""
    with ZipFile(path) as archive:
        return msgspec.json.decode(archive.read(MANIFEST), type=Manifest)


def killed_at(phase: Phase, settings: Settings, path: Path) -> None:
    """Restore until there, and no further: for a process of its own."""

    def progress(now: Phase, *_: int) -> None:
        if now is phase:
            os.kill(os.getpid(), signal.SIGKILL)

    restore(settings, path, progress)
