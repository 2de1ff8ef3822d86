"""Whether the data folder, its disk and the key file are as they should be."""

import os
import shutil
from collections.abc import Iterator

from application.checkup.findings import Finding, fail, ok, warn
from application.persistence.data_folder import DataFolderUnusable, check_path
from application.persistence.key_file import (
    KeyFile,
    KeyFileMissing,
    KeyFileUnusable,
    read_key_file,
)
from application.settings import Settings

_MEBIBYTE = 1024 * 1024
_LITTLE_SPACE, _NO_SPACE = 1024, 100
_OF_OTHERS = 0o077


def folder_of(settings: Settings) -> Iterator[Finding]:
    """Return what there is to say of the folder of the embedded server, and of its disk."""
    folder = settings.data_dir.resolve()
    try:
        check_path(folder)
    except DataFolderUnusable as error:
        yield fail("folder", "unusable", told=str(error))
        return
    there = next(each for each in (folder, *folder.parents) if os.access(each, os.F_OK))
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


def keys_of(settings: Settings) -> tuple[KeyFile | None, Finding]:
    """Return the keys, if they can be read, and what there is to say of their file."""
    path = settings.key_file.resolve()
    try:
        keys = read_key_file(path)
    except KeyFileMissing:
        return None, warn("keys", "none", path=path)
    except KeyFileUnusable as error:
        return None, fail("keys", "unusable", told=str(error))
    if path.stat().st_mode & _OF_OTHERS:
        return keys, fail("keys", "open", path=path)
    return keys, ok("keys", path=path)
