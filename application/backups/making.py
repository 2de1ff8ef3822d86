"""Making a backup: a snapshot of all that is not made from the streams, with the proof."""

from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from application.backups.progress import Phase, Progress
from application.databases import database_to_read
from application.persistence.backup_keys import key_marks, needed_keys
from application.persistence.backup_manifest import STREAMS, Manifest
from application.persistence.digested_streams import stream_digests
from application.persistence.key_file import KeyFile
from application.persistence.new_backup import NewBackup, new_backup
from application.persistence.one_connection import readable, streams_of
from application.persistence.snapshot import Snapshot, snapshot
from application.persistence.stream_digests import rules_mark
from application.persistence.whole_file import check_new
from application.settings import Settings


def back_up(settings: Settings, path: Path, made_at: datetime, progress: Progress) -> Manifest:
    """Write everything that is not made from the streams to a new file, with the proof.

    Raises:
        BackupRefused: nothing was begun.
        BackupFailed: it was not finished, and there is no file.

    """
    check_new(path)
    with database_to_read(settings) as url:
        keys = needed_keys(settings.key_file)
        with new_backup(path) as backup, snapshot(url) as seen, readable():
            manifest = _written(backup, seen, keys, made_at, progress)
            backup.finish(manifest, keys)
    return manifest


def _written(
    backup: NewBackup, seen: Snapshot, keys: KeyFile, made_at: datetime, progress: Progress
) -> Manifest:
    marks = key_marks(keys, seen.key_ids)
    tables = seen.copy_tables(backup, partial(progress, Phase.COPYING))
    count, fingerprint = _list_streams(backup, seen, keys, progress)
    return Manifest(
        service=version("front-office"),
        schema=seen.schema,
        server=seen.server,
        made_at=made_at,
        position=seen.position,
        streams=count,
        events=seen.events,
        fingerprint=fingerprint,
        rules=rules_mark(),
        keys=marks,
        tables=tables,
        sequences=seen.sequences,
    )


def _list_streams(
    backup: NewBackup, seen: Snapshot, keys: KeyFile, progress: Progress
) -> tuple[int, str]:
    """Write a line for each stream; return how many there are, and the digest of all."""
    count = 0
    reader, vault = streams_of(seen.connection, keys)

    def folded(events: int) -> None:
        progress(Phase.FOLDING, events, seen.events)

    with backup.member(STREAMS) as member:
        for stream in stream_digests(reader, vault, folded):
            member.write(stream.line)
            count += 1
    return count, member.sha256
