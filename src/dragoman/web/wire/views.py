"""The views beside the wire: each is a query, written so that an editor can read it in the search box and change it."""

from collections.abc import Iterable

from msgspec import Struct

from dragoman.model.agency import Agency
from dragoman.store.figures import Counts


class View(Struct, frozen=True, kw_only=True):
    """`key` names its words; an agency's view shows its `name`. `count` is of the last 24 hours."""

    key: str
    query: str
    name: str = ""
    code: str = ""
    count: int = 0
    presses: bool = False


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
