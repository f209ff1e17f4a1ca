"""The views beside the wire: each is a query, written so that an editor can read it in the search box and change it."""

from collections.abc import Iterable

from msgspec import Struct

from dragoman.model.agency import Agency
from dragoman.store.connect import Connection

WINDOW = 5_000
"""How many of the newest versions the counts look back over."""


class View(Struct, frozen=True, kw_only=True):
    """`key` names its words; an agency's view shows its `name`. `count` is of the last 24 hours."""

    key: str
    query: str
    name: str = ""
    code: str = ""
    count: int = 0
    presses: bool = False


class Counts(Struct, frozen=True, kw_only=True):
    """Items of the last 24 hours, counted where the views ask for it."""

    all: int = 0
    urgent: int = 0
    held: int = 0
    killed: int = 0
    embargoed: int = 0
    by_origin: dict[str, int] = {}


def counted(conn: Connection) -> Counts:
    """The counts, over no more than the newest `WINDOW` versions."""
    rows = conn.execute(
        "select o.code, count(*), count(*) filter (where v.urgency < 3 and i.state = 'usable'),"
        " count(*) filter (where i.state = 'held'), count(*) filter (where i.state in ('killed', 'expunged')),"
        " count(*) filter (where i.state = 'usable' and i.embargoed_until > now())"
        " from version v join item i on i.id = v.item and i.current = v.sequence join agency o on o.id = i.origin"
        " where v.sequence > (select coalesce(max(sequence), 0) from version) - %s"
        " and v.received > now() - interval '24 hours' group by o.code",
        (WINDOW,),
    ).fetchall()
    totals = [sum(row[place] for row in rows) for place in range(1, 6)]
    return Counts(
        all=totals[0],
        urgent=totals[1],
        held=totals[2],
        killed=totals[3],
        embargoed=totals[4],
        by_origin={row[0]: row[1] for row in rows},
    )


def views(agencies: Iterable[Agency], home: Agency, counts: Counts) -> tuple[list[View], list[View]]:
    """The desk's views, and one for each agency whose copy is on the wire or might be."""
    desk = [
        View(key="all", query="", count=counts.all),
        View(key="urgent", query="urgency:<3", count=counts.urgent, presses=True),
        View(key="ours", query=f"origin:{home.code}", count=counts.by_origin.get(home.code, 0)),
        View(key="embargoed", query="state:embargoed", count=counts.embargoed),
        View(key="held", query="state:held", count=counts.held, presses=True),
        View(key="killed", query="state:killed", count=counts.killed),
    ]
    others = [
        View(key="agency", query=f"origin:{a.code}", name=a.name, code=a.code, count=counts.by_origin.get(a.code, 0))
        for a in agencies
        if not a.home
    ]
    return desk, others
