"""``dragoman reread``: readings of stored copy renewed in the background."""

from datetime import UTC, datetime

import click
import msgspec

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Command
from dragoman.cli.output import Out
from dragoman.cli.who import operator
from dragoman.model.errors import BadInput
from dragoman.model.reading import READER_VERSION
from dragoman.store import readings


@click.command(
    cls=Command,
    examples=("dragoman reread", "dragoman reread --all --since 2026-05-01", "dragoman reread --status"),
)
@click.option("--all", "whole", is_flag=True, help="Those of today's readers as well, as after a change of settings.")
@click.option("--since", default="", metavar="DATE", help="Only versions received since then, as in 2026-05-01.")
@click.option("--status", is_flag=True, help="Only say how far it is.")
@click.pass_obj
def reread(out: Out, whole: bool, since: str, status: bool) -> None:
    """Have older readings renewed, in the background and in the quiet: new copy goes before.

    After a change of the readers, what was read before stays as it was until this is asked for. What could not be read is
    tried once more.
    """
    from_day = _day(since) if since else None
    with newsroom(out) as (_, conn):
        if not status:
            with conn.transaction():
                readings.ask_renewal(conn, READER_VERSION, by=operator(), now=now(), since=from_day, whole=whole)
        out.record(msgspec.to_builtins(readings.progress(conn, READER_VERSION)))


def _day(since: str) -> datetime:
    try:
        found = datetime.fromisoformat(since)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput("This is not a date", since, hint="As in 2026-05-01.") from error
