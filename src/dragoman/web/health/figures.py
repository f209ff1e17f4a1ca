"""The node's figures, read from the store at each scrape: no counter of ours can drift from what is true."""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

import dragoman
from dragoman.store import beats, letters
from dragoman.store.connect import Connection


class Figure(Struct, frozen=True, kw_only=True):
    """One gauge: its name without our prefix, what it means, and its values by label."""

    name: str
    help: str
    label: str = ""
    values: dict[str, float]


_QUERIES = (
    ("items", "Items by standing.", "state", "select state, count(*) from item group by state"),
    ("arrivals", "Arrivals by state.", "state", "select state, count(*) from arrival group by state"),
    ("units_parked", "Units that wait for a person.", "", "select '', count(*) from unit where state = 'parked'"),
    ("deliveries", "Deliveries by state.", "state", "select state, count(*) from delivery group by state"),
    (
        "delivery_oldest_seconds",
        "Age of the oldest delivery that waits, by partner.",
        "agency",
        "select a.code, extract(epoch from now() - min(d.at)) from delivery d join agency a on a.id = d.agency"
        " where d.state in ('pending', 'retry', 'leased') group by a.code",
    ),
    (
        "arrival_oldest_seconds",
        "Age of the oldest arrival not yet decoded.",
        "",
        "select '', coalesce(extract(epoch from now() - min(received)), 0) from arrival where state = 'kept'",
    ),
    ("lanes_failing", "Channels whose last attempt failed.", "", "select '', count(*) from lane where failures > 0"),
    ("feeds_failing", "Feeds whose last poll failed.", "", "select '', count(*) from feed where failures > 0"),
    ("letters", "Letters to partners' nodes by state.", "state", "select state, count(*) from letter group by state"),
    (
        "hold_requests_open",
        "Hold requests nobody has decided.",
        "",
        "select '', count(*) from hold_request where state = 'open'",
    ),
    ("log_sequence", "The newest position of the log.", "", "select '', coalesce(max(sequence), 0) from version"),
)


def figures(conn: Connection) -> list[Figure]:
    """Every figure, now."""
    found = [
        Figure(name=name, help=help, label=label, values={str(row[0]): float(row[1]) for row in conn.execute(query)})
        for name, help, label, query in _QUERIES
    ]
    now = datetime.now(UTC)
    alive = beats.beats(conn)
    found.append(
        Figure(
            name="role_beat_age_seconds",
            help="Since when a role has not been heard of.",
            label="role",
            values={one.role: (now - one.beat).total_seconds() for one in alive},
        )
    )
    found.append(
        Figure(
            name="role_restarts",
            help="How often a role was started again.",
            label="role",
            values={one.role: float(one.restarts) for one in alive},
        )
    )
    found.append(
        Figure(name="letters_parked", help="Letters a partner refuses.", values={"": float(letters.parked(conn))})
    )
    return found


def migrated(conn: Connection) -> int:
    """How many migrations the database has been through."""
    row = conn.execute("select count(*) from migration").fetchone()
    return int(row[0]) if row else 0


class _Collected:
    """Figures as prometheus_client collects them."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def text_of(found: Iterable[Figure], intake_refused: bool) -> bytes:
    """The figures in Prometheus's text format 0.0.4."""
    more = (
        Figure(name="intake_refused", help="1 while new copy is refused.", values={"": float(intake_refused)}),
        Figure(
            name="build", help="Always 1; the version is the label.", label="version", values={dragoman.__version__: 1}
        ),
    )
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(_metric(one) for one in (*found, *more)))
    return generate_latest(registry)


def _metric(figure: Figure) -> GaugeMetricFamily:
    labels = [figure.label] if figure.label else []
    metric = GaugeMetricFamily(f"dragoman_{figure.name}", figure.help, labels=labels)
    for label, value in figure.values.items():
        metric.add_metric([label] if labels else [], value)
    return metric
