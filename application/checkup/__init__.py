"""Whether an installation is as it should be: asked of its parts one by one, changing none.

Each finding has a code, by which its words and what to do about it are found at the edge.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from application.checkup.database import database_of
from application.checkup.files import folder_of, keys_of
from application.checkup.findings import Finding, Level, ok
from application.checkup.machine import machine
from application.persistence.data_folder import has_data
from application.persistence.embedded import running_postgres
from application.settings import Settings


def check_up(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Return what there is to say of the machine, the folder, the keys and the database.

    What lies in a folder that cannot be used is not looked for.
    """
    yield from machine()
    if settings.is_embedded:
        folder = list(folder_of(settings))
        yield from folder
        if any(each.level is Level.FAIL and each.check == "folder" for each in folder):
            return
    keys, finding = keys_of(settings)
    yield finding
    if settings.is_embedded and not has_data(settings.data_dir):
        yield ok("database", "none")
        return
    if settings.is_embedded:
        runs = running_postgres(settings.data_dir) is not None
        yield ok("embedded", "runs" if runs else "stopped")
    yield from database_of(settings, keys, clock)
