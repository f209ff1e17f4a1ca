"""The node's figures, read from the store at each scrape: no counter of ours can drift from what is true."""

from collections.abc import Iterable
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

import dragoman
from dragoman.store import beats
from dragoman.store.connect import Connection
from dragoman.store.figures import Gauge, gauges


def figures(conn: Connection) -> list[Gauge]:
    """Every figure, now."""
    found = gauges(conn)
    now = datetime.now(UTC)
    alive = beats.beats(conn)
    found.append(
        Gauge(
            name="role_beat_age_seconds",
            help="Since when a role has not been heard of.",
            label="role",
            values={one.role: (now - one.beat).total_seconds() for one in alive},
        )
    )
    found.append(
        Gauge(
            name="role_restarts",
            help="How often a role was started again.",
            label="role",
            values={one.role: float(one.restarts) for one in alive},
        )
    )
    return found


class _Collected:
    """Gauges as prometheus_client collects them."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def text_of(found: Iterable[Gauge], intake_refused: bool) -> bytes:
    """The figures in Prometheus's text format 0.0.4."""
    more = (
        Gauge(name="intake_refused", help="1 while new copy is refused.", values={"": float(intake_refused)}),
        Gauge(
            name="build", help="Always 1; the version is the label.", label="version", values={dragoman.__version__: 1}
        ),
    )
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(_metric(one) for one in (*found, *more)))
    return generate_latest(registry)


def _metric(figure: Gauge) -> GaugeMetricFamily:
    labels = [figure.label] if figure.label else []
    metric = GaugeMetricFamily(f"dragoman_{figure.name}", figure.help, labels=labels)
    for label, value in figure.values.items():
        metric.add_metric([label] if labels else [], value)
    return metric
