"""What time makes due while the service runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import structlog
from eventsourcing.persistence import PersistenceError

from application.services import Services
from domain.refusals import Refusal

HOUR = 3600.0
log = structlog.get_logger()


@contextmanager
def tidied_up(services: Services, seconds: float = HOUR) -> Iterator[None]:
    """Tidy up every hour for as long as the block lasts."""
    done = Event()
    thread = Thread(target=_keep_tidy, args=(services, done, seconds), name="upkeep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _keep_tidy(services: Services, done: Event, seconds: float) -> None:
    while not done.wait(seconds):
        try:
            services.tidy_up()
        except (PersistenceError, Refusal) as reason:  # Another worker, or the next hour, does it.
            log.warning("not tidied up", reason=type(reason).__name__)
