"""``dragoman delivery``: what is owed and handed over, and another try for what was parked."""

import click
import msgspec

from dragoman.cli.at import newsroom
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out
from dragoman.cli.who import operator
from dragoman.store import audit, deliveries, items
from dragoman.store.connect import DELIVERIES, Waker

delivery = Noun("delivery", help="What goes out: list, show, retry.")
_STATES = ("pending", "leased", "sent", "receipted", "retry", "superseded", "cancelled", "parked", "expired")


@delivery.command("list", examples=("dragoman delivery list --state parked", "dragoman delivery list --item 17 --json"))
@click.option("--agency", default="", help="Only to this agency.")
@click.option("--state", type=click.Choice(_STATES), help="Only in this state.")
@click.option("--item", "name", help="Only of this item, by number or uri.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True)
@click.pass_obj
def list_(out: Out, agency: str, state: str | None, name: str | None, limit: int) -> None:
    """List deliveries, newest first."""
    with newsroom(out) as (_, conn):
        item = items.find(conn, name).item_id if name else None
        found = deliveries.deliveries(conn, item=item, agency=agency, state=state or "", limit=limit)
        columns = ("id", "agency", "channel", "item", "act", "state", "attempts", "due", "reason")
        out.records(map(msgspec.structs.asdict, found), columns)


@delivery.command("show", examples=("dragoman delivery show LNA-1-3-1042",))
@click.argument("name", metavar="ID")
@click.pass_obj
def show(out: Out, name: str) -> None:
    """Show one delivery."""
    with newsroom(out) as (_, conn):
        out.record(msgspec.structs.asdict(deliveries.delivery(conn, name)))


@delivery.command("retry", examples=("dragoman delivery retry LNA-1-3-1042",))
@click.argument("names", metavar="ID…", nargs=-1, required=True)
@click.pass_obj
def retry(out: Out, names: tuple[str, ...]) -> None:
    """Try parked, expired or waiting deliveries again now; the right is checked again."""
    with newsroom(out) as (_, conn):
        for name in names:
            with conn.transaction():
                deliveries.retry(conn, name)
                audit.record(conn, operator(), "delivery retried", name)
            out.record({"delivery": name, "state": "pending"})
        Waker(conn).wake(DELIVERIES)
