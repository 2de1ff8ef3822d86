"""The sealer at work: it seals what there is, waits, and looks again."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from eventsourcing.persistence import OperationalError

from application.audit.notes import Note
from application.audit.sealer_files import SealerFiles
from application.audit.stops import SealingStopped
from application.persistence.log_beginning import NewLog, begin_new_log
from application.persistence.log_session import Session, sealer_session
from application.settings import Settings

LOOK_AGAIN_SECONDS = 60.0
# Wait for so many seconds, or until it is over; return whether it is.
Wait = Callable[[float], bool]


class Listener(Protocol):
    """Who is told what becomes of the sealing."""

    def stopped(self, stop: SealingStopped) -> None:
        """Hear that nothing more is signed, and why."""

    def lost(self, error: OperationalError) -> None:
        """Hear that the database cannot be reached; it is tried again."""


class Sealer:
    """The sealer of one database, with the key of one folder."""

    def __init__(self, settings: Settings, url: str, now: Callable[[], datetime]) -> None:
        self.files = SealerFiles(settings.sealer_dir)
        self._settings = settings
        self._url = url
        self._now = now

    def seal_once(self) -> int:
        """Seal and sign what is final by now; return the size of the log."""
        with sealer_session(self._url, self.files, self._now) as session:
            return self._seal(session, lambda _: False)

    def begin_new_log(self, owner_url: str, reason: str) -> NewLog:
        """Begin another log in place of one that cannot be continued; say why to auditors."""
        origin = self._settings.log_origin
        return begin_new_log(owner_url, self.files, origin, reason, self._now())

    def hand_over(self) -> Note:
        """Give the log to a new key and destroy the old one; return the note that says so."""
        with sealer_session(self._url, self.files, self._now) as session:
            return session.hand_over(self._settings.log_origin)

    def follow(self, wait: Wait, listener: Listener) -> None:
        """Seal and sign until it is over.

        After a stop it looks again from time to time, and goes on once everything is as it was
        signed: the database was put back, or the folder can be written to.
        """
        is_over = False
        while not is_over:
            seconds = self._settings.seal_seconds
            try:
                with sealer_session(self._url, self.files, self._now) as session:
                    while not is_over:
                        self._seal(session, wait)
                        is_over = wait(self._settings.seal_seconds)
            except SealingStopped as stop:
                listener.stopped(stop)
                seconds = LOOK_AGAIN_SECONDS
            except OperationalError as error:
                listener.lost(error)
            is_over = is_over or wait(seconds)

    def _seal(self, session: Session, wait: Wait) -> int:
        return session.seal(self._settings.log_origin, lambda: wait(0))
