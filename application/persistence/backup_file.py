"""A backup as it is read: to its end, against its manifest, before anything else is done with it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import msgspec

from application.backups.outcomes import BackupRefused
from application.persistence.backup_keys import check_keys
from application.persistence.backup_manifest import (
    MANIFEST,
    SEAL,
    STREAMS,
    Manifest,
    check_format,
)
from application.persistence.backup_seals import keys_of_then, seal_of
from application.persistence.key_file import KeyFile
from domain.zip_files import DAMAGE

_CHUNK = 1 << 20
_DAMAGE = (*DAMAGE, KeyError, msgspec.MsgspecError)


class Backup:
    """A backup that was found whole and unchanged, and the keys by which it was sealed."""

    def __init__(self, archive: ZipFile, manifest: Manifest, keys: KeyFile) -> None:
        self._archive = archive
        self.manifest = manifest
        self.keys = keys_of_then(keys, manifest.keys)

    def chunks(self, member: str) -> Iterator[bytes]:
        """Return the content of a member, piece by piece."""
        with self._archive.open(member) as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def stream_lines(self) -> Iterator[str]:
        """Return the lines of the list of streams."""
        with self._archive.open(STREAMS) as file:
            for line in file:
                yield line.decode().rstrip("\n")


@contextmanager
def opened_backup(path: Path, keys: KeyFile) -> Iterator[Backup]:
    """Open a backup, if it is one, is whole, is unchanged, and the key file is the right one."""
    try:
        archive = ZipFile(path)
    except (OSError, BadZipFile) as error:
        message = f"{path} is no whole backup ({_told(error)}): take another copy of it."
        raise BackupRefused(message) from error
    with archive:
        yield _checked(archive, path, keys)


def _checked(archive: ZipFile, path: Path, keys: KeyFile) -> Backup:
    try:
        text, seal = _small(archive, MANIFEST), _small(archive, SEAL).decode()
        check_format(msgspec.json.decode(text, type=dict)["format"], path)
        backup = Backup(archive, msgspec.json.decode(text, type=Manifest), keys)
        check_keys(backup.keys, backup.manifest.keys)
        if seal_of(backup.keys, text) != seal:
            message = f"{path} was changed after it was made: take another copy of it."
            raise BackupRefused(message)
        _check_members(backup, path)
    except _DAMAGE as error:
        message = f"{path} is no whole backup of a front office ({_told(error)})."
        raise BackupRefused(message) from error
    return backup


def _small(archive: ZipFile, member: str) -> bytes:
    """Return a member that has to be small, whatever it says of itself."""
    with archive.open(member) as file:
        return file.read(_CHUNK)


def _check_members(backup: Backup, path: Path) -> None:
    manifest = backup.manifest
    members = {table.member: table.sha256 for table in manifest.tables}
    for member, sha256 in {**members, STREAMS: manifest.fingerprint}.items():
        digest = hashlib.sha256()
        for chunk in backup.chunks(member):
            digest.update(chunk)
        if digest.hexdigest() != sha256:
            message = f"{path} is damaged: {member} is not what was written to it."
            raise BackupRefused(message)


def _told(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or error).strip("'\"")
