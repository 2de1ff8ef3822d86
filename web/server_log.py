"""What gunicorn says of itself: in full by its master, which never sees a request."""

import logging
import os
from typing import Any

from gunicorn.glogging import Logger

from web.logs import LibraryLines


class ServerLog(Logger):
    """gunicorn's log as JSON lines, without what it says of requests."""

    def setup(self, cfg: Any) -> None:
        """Take the place of gunicorn's own handlers."""
        super().setup(cfg)
        self.error_log.handlers = [MasterLines()]


class MasterLines(LibraryLines):
    """Lines that keep their words in the process that made them, and lose them in a worker."""

    def __init__(self) -> None:
        super().__init__()
        self._master = os.getpid()

    def told(self, record: logging.LogRecord) -> str | None:
        """Return what the master says, such as that a worker was killed."""
        return record.getMessage() if os.getpid() == self._master else None
