"""Other keys in the key file: first beside those before, then in their place. What goes is overwritten.

A file that is replaced keeps a second name until it has been overwritten: whatever breaks off
in between, the next replacement finds and destroys it. What a disk or a file system keeps of
overwritten blocks is not ours to reach.
"""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any

import msgspec
from msgspec.structs import replace

from application.persistence.key_file import KeyFile, KeyFileUnusable, new_keys, read_key_file
from application.persistence.whole_file import named_when_whole, sync_folder


def begin(path: Path, now: datetime) -> KeyFile:
    """Put new keys beside those of the file, or go on with a replacement that was broken off."""
    keys = read_key_file(path)
    if keys.former:
        return keys
    new = new_keys(now)
    both = replace(
        new,
        keys={**keys.keys, **new.keys},
        former=(keys.lookup,),
        made={**keys.made, **new.made},
    )
    put(path, both)
    return both


def end(path: Path) -> KeyFile:
    """Leave only the new keys in the file, and destroy the others."""
    keys = read_key_file(path)
    only = replace(
        keys, keys=_only(keys.current, keys.keys), former=(), made=_only(keys.current, keys.made)
    )
    put(path, only)
    return only


def put(path: Path, keys: KeyFile) -> None:
    """Put the keys into the file, whole or not at all, and destroy what it held."""
    try:
        destroy_retired(path)
        os.link(path, retired_name(path))
        before = path.stat()
        with named_when_whole(path) as file:
            os.fchown(file.fileno(), before.st_uid, before.st_gid)
            os.fchmod(file.fileno(), before.st_mode)
            file.write(msgspec.json.encode(keys))
        destroy_retired(path)
    except OSError as error:
        message = (
            f"The key file {path} could not be replaced ({error.strerror}). Give the command as the"
            " user who owns it; the keys are as they were, and what was begun is finished next time."
        )
        raise KeyFileUnusable(message) from error


def retired_name(path: Path) -> Path:
    """Return under which name a key file lies that is about to be overwritten."""
    return path.with_name(f"{path.name}.retired")


def destroy_retired(path: Path) -> None:
    """Overwrite the key file that was replaced and remove it, if that was broken off.

    Where it was broken off before the replacement, the other name is of the file in use: then
    only the name goes.
    """
    retired = retired_name(path)
    if not retired.exists():
        return
    if not retired.samefile(path):
        retired.chmod(0o600)  # An owner may have closed it even to themselves.
        with retired.open("r+b") as file:
            file.write(token_bytes(retired.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
    retired.unlink()
    sync_folder(path.parent)


def _only(key: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: values[key]} if key in values else {}
