"""What a backup says of itself, beside its tables."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from application.backups.outcomes import BackupRefused
from application.persistence.backup_seals import LOOKUP

FORMAT = 1
STREAMS = "streams.txt"
MANIFEST = "manifest.json"
SEAL = "manifest.seal"
NOTE = (
    "Personal data in this backup opens only with the key file of the service"
    " (FRONTOFFICE_KEY_FILE), which is not in it: keep a copy of that file, apart from backups."
)


class TableCopy(Struct, frozen=True):
    """One table: its rows are the member ``tables/<name>``, as COPY writes them."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        """The name of the member with the rows."""
        return f"tables/{self.name}"


class Manifest(Struct, frozen=True, kw_only=True):
    """What was backed up, when, from which versions, and which keys it needs.

    ``fingerprint`` is the SHA-256 of the list of all streams with their digests, ``rules``
    the mark of the code that folded them, ``keys`` the marks of the keys by their ids, and
    ``sequences`` the last number that each has drawn.
    """

    format: int = FORMAT
    note: str = NOTE
    service: str
    schema: int
    server: str
    made_at: datetime
    position: int
    streams: int
    events: int
    fingerprint: str
    rules: str
    keys: Mapping[str, str]
    tables: tuple[TableCopy, ...]
    sequences: Mapping[str, int]

    @property
    def key_ids(self) -> list[str]:
        """The keys of the key file that open it."""
        return sorted(self.keys.keys() - {LOOKUP})


def check_format(found: object, path: Path) -> None:
    """Refuse a backup that a later version of the service has made."""
    if found != FORMAT:
        message = f"{path} is a backup of format {found}, this service knows {FORMAT}: update the service."
        raise BackupRefused(message)
