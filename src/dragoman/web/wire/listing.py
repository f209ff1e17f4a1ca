"""A page of the wire: the query read, its mistakes shown in place, the lines it finds and where to go on."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from dragoman.model.version import Version
from dragoman.query import QuerySyntax, Tree, matches, parse
from dragoman.store import deliveries, items, stories
from dragoman.store.connect import Connection
from dragoman.store.stories import Part
from dragoman.web.wire.rows import Row, row_of

PAGE = 60


class Mistake(Struct, frozen=True, kw_only=True):
    """Why a query cannot be read: the place is `column`, from 1, pointed out in `pointed`."""

    title: str
    pointed: str
    hint: str
    column: int


class Listing(Struct, frozen=True, kw_only=True):
    """`older` continues before that sequence; None: there is no more. `newest` is as far as the log went."""

    rows: tuple[Row, ...]
    older: int | None
    newest: int
    mistake: Mistake | None = None


def read_query(query: str) -> Tree | None:
    """The tree of a query; None for an empty one, which everything answers.

    Raises:
        QuerySyntax: it cannot be read.
    """
    return parse(query) if query.strip() else None


def listing(
    conn: Connection, query: str, now: datetime, *, before: int | None = None, after: int = 0, limit: int = PAGE
) -> Listing:
    """Lines that answer `query`. Never raises for the query: an editor is in the middle of typing it."""
    newest = items.latest_sequence(conn)
    try:
        tree = read_query(query)
    except QuerySyntax as error:
        mistake = Mistake(title=error.title, pointed=error.detail, hint=error.hint, column=error.column)
        return Listing(rows=(), older=None, newest=newest, mistake=mistake)

    def answers(version: Version) -> bool:
        return tree is not None and matches(tree, version, now=now)

    found, older = items.newest(
        conn, before=before, after=after, limit=limit, matches=answers if tree else None, folded=tree is None
    )
    if tree is not None:
        found = [one for one in found if not _stands_under_another(conn, one, answers)]
    parts = stories.parts(conn, [one.item_id for one in found])
    rows = tuple(_row(conn, one, now, parts.get(one.item_id)) for one in found)
    return Listing(rows=rows, older=older, newest=newest)


def _stands_under_another(conn: Connection, filed: items.Filed, answers: Callable[[Version], bool]) -> bool:
    """Is it a copy of an item that answers the query as well, and stands as it does?"""
    if filed.copy_of is None:
        return False
    first = items.current(conn, filed.copy_of)
    return first.state == filed.state and answers(first.version)


def full_row(conn: Connection, filed: items.Filed, now: datetime) -> Row:
    """The line with its story and, for a killed or held item, how many have said that they obeyed."""
    return _row(conn, filed, now, stories.parts(conn, [filed.item_id]).get(filed.item_id))


def _row(conn: Connection, filed: items.Filed, now: datetime, story: Part | None) -> Row:
    receipts = deliveries.kill_count(conn, filed.item_id) if filed.state != "usable" else None
    return row_of(filed, now, receipts, story)
