"""``dragoman arrival``: what came in, what became of each unit of it, and another try for what was parked."""

import click
from msgspec.structs import replace

from dragoman.cli.at import newsroom
from dragoman.cli.boxed import Decoder, Source, known_format
from dragoman.cli.decode import SOME_FAILED, show_units
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.store import arrivals, audit, feeds
from dragoman.store.connect import ARRIVALS, Waker

arrival = Noun("arrival", help="What came in, parked units too: list, show, raw, try, retry.")


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


@arrival.command("raw", examples=("dragoman arrival raw 42 > story.xml",))
@click.argument("number", type=int)
@click.pass_obj
def raw(out: Out, number: int) -> None:
    """Print an arrival's bytes exactly as they came; written to the audit."""
    with newsroom(out) as (node, conn):
        body = arrivals.raw(conn, number, node.files)
        with conn.transaction():
            audit.record(conn, operator(), "raw bytes read", f"arrival {number}", arrival=number)
    out.raw(body)


@arrival.command("try", examples=("dragoman arrival try 42", "dragoman arrival try 42 --format nitf"))
@click.option("--format", "format_name", default="", metavar="NAME", help="Read it as this format.")
@click.argument("number", type=int)
@click.pass_obj
def try_(out: Out, number: int, format_name: str) -> int:
    """Show what an arrival would become now; nothing is stored."""
    if format_name:
        known_format(format_name)
    with newsroom(out) as (node, conn):
        row, body = arrivals.arrival(conn, number), arrivals.raw(conn, number, node.files)
        hints = feeds.the_feed(conn, row.arrival.feed).hints(
            source=row.arrival.source, media_type=row.arrival.media_type, received=row.arrival.received
        )
    if format_name:
        hints = replace(hints, format=format_name)
    with Decoder() as decoder:
        units = show_units(out, Source(row.arrival.source or f"arrival {number}", body), decoder, hints)
    return SOME_FAILED if any(unit.item is None for unit in units) else 0


@arrival.command("retry", examples=("dragoman arrival retry 42 --format nitf", "dragoman arrival retry --feed valley"))
@click.option("--format", "format_name", default="", metavar="NAME", help="Read it as this format.")
@click.option("--feed", default="", help="Everything of this feed that is parked.")
@click.argument("numbers", type=int, nargs=-1)
@click.pass_obj
def retry(out: Out, numbers: tuple[int, ...], format_name: str, feed: str) -> None:
    """Send parked arrivals through the pipeline again."""
    if bool(numbers) == bool(feed):
        raise click.UsageError("Name arrivals by their numbers, or a feed with --feed.")
    if format_name:
        known_format(format_name)
    with newsroom(out) as (_, conn):
        if feed:
            feeds.the_feed(conn, feed)
        chosen = numbers or tuple(arrivals.parked_of(conn, feed))
        for number in chosen:
            with conn.transaction():
                arrivals.retry(conn, number, format=format_name)
                audit.record(conn, operator(), "arrival retried", str(number), format=format_name)
            out.record({"arrival": number, "state": "kept"})
        Waker(conn).wake(ARRIVALS)
    if not chosen:
        out.say(f"Nothing of {feed} is parked.")


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
