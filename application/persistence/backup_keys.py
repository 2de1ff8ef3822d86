"""What a backup says of the keys it needs, without holding any of them.

The key file stays apart from every copy of the database. A backup therefore names the keys
that wrap those of its people, each with a mark by which a key file is known to be the right
one, and its manifest is sealed: who has no key file can neither read the people in a backup
nor change anything in it unnoticed.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from application.backups.outcomes import BackupRefused
from application.persistence.backup_seals import LOOKUP, mark_of_key
from application.persistence.key_file import KeyFile, KeyFileUnusable, read_key_file


def needed_keys(path: Path) -> KeyFile:
    """Read the key file, without which nothing can be opened and so nothing proved."""
    try:
        return read_key_file(path)
    except KeyFileUnusable as error:
        raise BackupRefused(str(error)) from error


def key_marks(keys: KeyFile, key_ids: Iterable[str]) -> dict[str, str]:
    """Return the marks of these keys and of the look-up key; refuse a file that lacks one."""
    wanted = sorted(key_ids)
    _check_none("no key", [key_id for key_id in wanted if key_id not in keys.keys])
    marks = {key_id: mark_of_key(keys.key(key_id)) for key_id in wanted}
    return {**marks, LOOKUP: mark_of_key(keys.lookup_key)}


def check_keys(keys: KeyFile, marks: Mapping[str, str]) -> None:
    """Refuse a key file with which the people of a backup could not be read."""
    found = key_marks(keys, marks.keys() - {LOOKUP})
    other = sorted(key_id for key_id, mark in marks.items() if found[key_id] != mark)
    _check_none("another key under the name", other)


def _check_none(fault: str, key_ids: Sequence[str]) -> None:
    if key_ids:
        message = (
            f"Personal data cannot be opened: the key file has {fault} {', '.join(key_ids)}.\n"
            "Set FRONTOFFICE_KEY_FILE to the key file of the service whose data it is.\n"
            "If its keys were rotated after this backup was made, the backup opens only with the key"
            " file of before;\nwhere that was destroyed, as it should be, nobody can restore it: take a"
            " later backup."
        )
        raise BackupRefused(message)
