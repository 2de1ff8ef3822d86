"""A subscription that polls the log."""

from collections.abc import Iterator, Sequence
from threading import Event

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

POLL_SECONDS = 0.02
BATCH = 500


class PollingSubscription(Subscription[ApplicationRecorder]):
    """Gives the events of the log in order, and waits for more until it is stopped."""

    def __init__(
        self, recorder: ApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._stopped = Event()
        self._batch: Iterator[Notification] = iter(())

    def stop(self) -> None:
        """Stop, also while waiting."""
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        """Return the next event, when there is one."""
        while not self._stopped.is_set():
            for notification in self._batch:
                self._last_notification_id = notification.id
                return notification
            self._batch = iter(self._pulled())
        raise StopIteration

    def _pulled(self) -> Sequence[Notification]:
        pulled = self._recorder.select_notifications(
            self._last_notification_id, BATCH, topics=self._topics, inclusive_of_start=False
        )
        if not pulled:
            self._stopped.wait(POLL_SECONDS)
        return pulled
