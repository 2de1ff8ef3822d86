"""Restoring from a backup: every stream is compared before anything is kept."""

from functools import partial
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from application.backups.outcomes import BackupFailed, BackupRefused
from application.backups.progress import Phase, Progress
from application.bootstrap import prepare
from application.databases import database, service_url
from application.persistence.backup_file import Backup, opened_backup
from application.persistence.backup_keys import needed_keys
from application.persistence.backup_manifest import Manifest
from application.persistence.digested_streams import stored_digests, stream_digests
from application.persistence.erased_list import ErasedList
from application.persistence.key_file import KeyFileUnusable
from application.persistence.loading import Loading, loading
from application.persistence.one_connection import readable, streams_of
from application.persistence.stream_digests import differing, digest_of, rules_mark
from application.settings import Settings


class Restored(Struct, frozen=True):
    """What came back; ``refolded`` are the first streams that newer rules fold to another state.

    ``erased_again`` is how many people the backup had brought back, and ``has_list`` whether
    there was a list that could say who.
    """

    manifest: Manifest
    refolded: tuple[str, ...]
    erased_again: int = 0
    has_list: bool = True


def restore(
    settings: Settings, path: Path, progress: Progress, erased: Path | None = None
) -> Restored:
    """Fill an empty place from a backup, if every stream comes back and folds the same.

    Whoever is in the list of the erased, beside the key file or in another one, is erased again.

    Raises:
        BackupRefused: nothing was begun.
        BackupFailed: what was begun is undone, and the place is empty.

    """
    keys, listed = needed_keys(settings.key_file), ErasedList.beside(settings.key_file)
    listed.add(_named_in(erased))
    with opened_backup(path, keys) as backup, database(settings) as url:
        with loading(url, backup) as begun, readable():
            begun.fill(url, service_url(settings, url), partial(progress, Phase.LOADING))
            refolded = _checked(begun, backup, progress)
        progress(Phase.LISTING, 0, 1)
        has_list = listed.path.exists()
        erased_again = prepare(settings, url)
        progress(Phase.LISTING, 1, 1)
        return Restored(backup.manifest, refolded, erased_again, has_list)


def _named_in(erased: Path | None) -> frozenset[UUID]:
    """Return who is in another list, which has to be there if it is named."""
    if erased is None:
        return frozenset()
    if not erased.is_file():
        message = f"There is no list of erased people {erased}: name the one that there is."
        raise BackupRefused(message)
    try:
        return ErasedList(erased).ids()
    except KeyFileUnusable as error:
        raise BackupRefused(str(error)) from error


def _checked(begun: Loading, backup: Backup, progress: Progress) -> tuple[str, ...]:
    """Compare every stream, first as stored and then as folded, before anything is kept."""
    expected = map(digest_of, backup.stream_lines())
    stored = (each._replace(folded="") for each in expected)
    _refuse(differing(stored, stored_digests(begun.connection)), "are stored")
    reader, vault = streams_of(begun.connection, backup.keys)

    def folded(events: int) -> None:
        progress(Phase.FOLDING, events, backup.manifest.events)

    found = stream_digests(reader, vault, folded)
    refolded = differing(map(digest_of, backup.stream_lines()), found)
    if backup.manifest.rules == rules_mark():
        _refuse(refolded, "fold")
    return tuple(refolded)


def _refuse(ids: list[str], how: str) -> None:
    if ids:
        message = (
            f"Not every stream came back the same. The first that {how} otherwise:\n"
            + "\n".join(f"  {each}" for each in ids)
            + "\nNothing was kept, the place is still empty: take an earlier backup."
        )
        raise BackupFailed(message)
