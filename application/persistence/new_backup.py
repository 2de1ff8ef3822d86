"""A backup being written: a zip with the tables, the list of streams, and a sealed manifest."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from application.backups.outcomes import BackupFailed
from application.persistence.backup_manifest import MANIFEST, SEAL, Manifest
from application.persistence.backup_seals import seal_of
from application.persistence.key_file import KeyFile
from application.persistence.whole_file import named_when_whole

_QUICKLY = 1


class Member:
    """A member that is being written, with its digest so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Add to it."""
        self._file.write(data)
        self._digest.update(data)

    @property
    def sha256(self) -> str:
        """The digest of all that was written."""
        return self._digest.hexdigest()


class NewBackup:
    """A backup that is being written."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def member(self, name: str) -> Iterator[Member]:
        """Write a member, of whatever size."""
        with self._archive.open(name, "w", force_zip64=True) as file:
            yield Member(file)

    def finish(self, manifest: Manifest, keys: KeyFile) -> None:
        """Write the manifest and seal it."""
        text = msgspec.json.format(msgspec.json.encode(manifest))
        self._archive.writestr(MANIFEST, text)
        self._archive.writestr(SEAL, seal_of(keys, text))


@contextmanager
def new_backup(path: Path) -> Iterator[NewBackup]:
    """Write a backup that gets its name once it is whole; nothing of it stays otherwise."""
    try:
        with (
            named_when_whole(path) as file,
            ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_QUICKLY) as archive,
        ):
            yield NewBackup(archive)
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror or error}): no backup was made."
        raise BackupFailed(message) from error
