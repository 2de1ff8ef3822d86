"""What whoever watches over the service measures, as Prometheus reads it.

The values are read from the database when they are asked for: every worker says the same.
"""

from collections.abc import Iterator

from eventsourcing.persistence import PersistenceError
from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from application.log_state import LogState, SealerState
from application.services import Services
from web.callers import open_to_all
from web.services import services

metrics = Blueprint("metrics", __name__)


@metrics.get("/metrics")
@open_to_all
def measured() -> Response:
    """Say how the log and the database stand; nothing in it is of a case or a person."""
    registry = CollectorRegistry()
    registry.register(Gauges(services()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Gauges(Collector):
    """The measures of one moment."""

    def __init__(self, asked: Services) -> None:
        self._asked = asked

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: it would ask the database twice."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Return every measure, or just that the database does not answer."""
        try:
            state, rows = self._asked.log_states.now(), self._asked.log_states.rows()
        except PersistenceError:
            yield _gauge("database_up", "Whether the database answers.", 0)
            return
        yield _gauge("database_up", "Whether the database answers.", 1)
        yield from self._of_the_log(state)
        family = GaugeMetricFamily(
            "frontoffice_table_rows", "Rows of a table, about.", labels=("table",)
        )
        for table, count in rows.items():
            family.add_metric((table,), count)
        yield family

    def _of_the_log(self, state: LogState) -> Iterator[Metric]:
        now = self._asked.clock()
        sealer = state.sealer(now)
        yield _gauge("log_entries", "Entries of the last signed checkpoint.", state.size)
        yield _gauge("log_events_unsigned", "Events in no checkpoint yet.", state.unsigned)
        yield _gauge(
            "log_news_age_seconds",
            "For how long the oldest event has been waiting for a checkpoint.",
            state.waited(now).total_seconds(),
        )
        if state.signed_at is not None:
            age = (now - state.signed_at).total_seconds()
            yield _gauge("log_checkpoint_age_seconds", "Age of the last checkpoint.", age)
        yield _gauge("events_position", "The last position drawn for an event.", state.position)
        yield _gauge(
            "events_not_final",
            "Positions drawn behind which a writer is still at work.",
            state.position - state.final,
        )
        for each in SealerState:
            told = f"Whether the sealer is in the state '{each}'."
            yield _gauge(f"sealer_{each}", told, int(sealer is each))


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(f"frontoffice_{name}", told, value)
