"""``dragoman arrival``: what came in, what became of each unit of it, and another try for what was parked."""

import click

from dragoman.cli.at import newsroom
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.store import arrivals, audit
from dragoman.store.connect import ARRIVALS, Waker

arrival = Noun("arrival", help="What came in, parked units too: list, show, retry.")


@arrival.command("list", examples=("dragoman arrival list", "dragoman arrival list --parked --json"))
@click.option("--parked", is_flag=True, help="Only those with something parked.")
@click.option("--feed", default="", help="Only of this feed.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.pass_obj
def list_(out: Out, parked: bool, feed: str, limit: int) -> None:
    """List arrivals, newest first."""
    with newsroom(out) as (_, conn):
        found = arrivals.arrivals(conn, parked=parked, feed=feed, limit=limit)
        columns = ("id", "received", "feed", "agency", "size", "state", "stored", "parked", "problem")
        out.records(map(_record, found), columns)


@arrival.command("show", examples=("dragoman arrival show 42",))
@click.argument("number", type=int)
@click.pass_obj
def show(out: Out, number: int) -> None:
    """Show an arrival and what became of each of its units."""
    with newsroom(out) as (_, conn):
        row = arrivals.arrival(conn, number)
        units = [
            {"index": u.index, "state": u.state, "sequence": u.sequence, "problem": u.problem}
            for u in arrivals.units(conn, number)
        ]
        out.record({**_record(row), "units": units})


@arrival.command("retry", examples=("dragoman arrival retry 42",))
@click.argument("numbers", type=int, nargs=-1, required=True)
@click.pass_obj
def retry(out: Out, numbers: tuple[int, ...]) -> None:
    """Send parked arrivals through the pipeline again."""
    with newsroom(out) as (_, conn):
        for number in numbers:
            with conn.transaction():
                arrivals.retry(conn, number)
                audit.record(conn, operator(), "arrival retried", str(number))
            out.record({"arrival": number, "state": "kept"})
        Waker(conn).wake(ARRIVALS)


def _record(row: arrivals.ArrivalRow) -> Record:
    one = row.arrival
    return {
        "id": one.id,
        "received": one.received,
        "feed": one.feed,
        "agency": one.agency,
        "source": one.source,
        "media_type": one.media_type,
        "size": one.size,
        "digest": one.digest.hex(),
        "state": row.state,
        "tries": row.tries,
        "stored": row.stored,
        "duplicate": row.duplicate,
        "parked": row.parked,
        "refused": row.refused,
        "problem": row.problem.title if row.problem else None,
    }
