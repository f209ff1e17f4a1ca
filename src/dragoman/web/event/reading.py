"""The diary as a page reads it: the view's days with their lines, and what does not go together in them."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from dragoman.desk import event_coverage
from dragoman.planning.conflicts import Clash, all_clashes
from dragoman.planning.diary import Entry, Happening, answers, by_day, entries, open_or_hidden, window
from dragoman.planning.times import days_between
from dragoman.store import diary
from dragoman.store.connect import Connection
from dragoman.trust.keys import Keyring
from dragoman.web.event.lines import Line, line_of
from dragoman.web.event.view import Mistake, View, read
from dragoman.web.words import Words

MOST = 1_000
"""Lines of one page."""


class Day(Struct, frozen=True, kw_only=True):
    day: date
    lines: tuple[Line, ...]


class Diary(Struct, frozen=True, kw_only=True):
    """`cut`: lines that are too many for one page."""

    days: tuple[Day, ...]
    clashes: tuple[tuple[Happening, Clash], ...] = ()
    mistake: Mistake | None = None
    cut: int = 0

    @property
    def count(self) -> int:
        return len({line.address for day in self.days for line in day.lines})


def read_diary(
    conn: Connection,
    keyring: Keyring,
    view: View,
    words: Words,
    zone: str,
    home: str,
    now: datetime,
    *,
    inside: bool,
    public: bool = False,
) -> Diary:
    """The lines of a view. `inside`: titles under embargo are seen; `public`: what has no title for the public is left
    out. Never raises for the query: it is being typed."""
    tree, mistake = read(view.q)
    if mistake is not None:
        return Diary(days=(), mistake=mistake)
    diary.follow(conn)
    event_coverage.follow(conn, keyring, now)
    found = found_in(conn, view, zone, now, inside=inside)
    wanted = view.wanted(tree, home)
    found = [entry for entry in found if entry.event.titles or not public]
    chosen = [entry for entry in found if answers(entry.happening, wanted, now, entry.starts)]
    listed = by_day(chosen[:MOST], days_between(view.first, view.last), zone)
    return Diary(
        days=tuple(_day(day, of_day, words, zone, now) for day, of_day in listed if of_day or view.shape != "list"),
        clashes=tuple((one, clash) for one, clash in all_clashes(found[:MOST], now) if clash.kind not in _OWN_PAGE),
        cut=max(0, len(chosen) - MOST),
    )


_OWN_PAGE = frozenset({"late", "accreditation"})
"""What concerns one event alone is said in its line and on its page."""


def found_in(conn: Connection, view: View, zone: str, now: datetime, *, inside: bool) -> list[Entry]:
    """Every entry of the view's days, whatever is wanted of them."""
    since, until = window(view.first, view.last, zone)
    seen = [open_or_hidden(one, now, inside=inside) for one in diary.happenings(conn, since, until)]
    return entries(seen, since, until)


def _day(day: date, found: Sequence[Entry], words: Words, zone: str, now: datetime) -> Day:
    return Day(day=day, lines=tuple(line_of(entry, words, zone, now, day) for entry in found))
