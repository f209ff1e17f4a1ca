"""A newsroom over a real database: ADR is home; VAL, MER and ORI are partners. Agreements, copy and channels by one call each."""

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import psycopg

from database import Addresses
from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement, Terms
from dragoman.model.delivery import Channel
from dragoman.model.item import Body, Headline, Item, Profile
from dragoman.model.version import item_key
from dragoman.store import agencies, agreements, channels, connect, filing, items
from dragoman.store import lanes as store_lanes
from dragoman.store.connect import Connection
from dragoman.store.filing import Filed, Filing
from dragoman.store.lanes import Attempt, Ending, Lane

HOME, PARTNERS = "ADR", ("VAL", "MER", "ORI")
NAMES = {"ADR": "Adrian Press", "VAL": "Valonia News", "MER": "Meridian", "ORI": "Oriel Agency"}
DAY = timedelta(days=1)
_numbers = itertools.count(1)


def copy(uri: str = "adr:bridge", version: str = "1", text: str = "The old bridge reopens.", **more: Any) -> Item:
    """An item of two sentences in English, unless told otherwise."""
    usual: dict[str, Any] = {
        "language": "en",
        "headlines": (Headline(value=f"Bridge, version {version}"),),
        "bodies": (Body(value=f"<p>{text}</p>"),),
    }
    return Item(uri=uri, version=version, **(usual | more))


class Newsroom:
    """One node's store as the newsroom role has it (`conn`), and as others have it."""

    def __init__(self, database: Addresses, home: str = HOME) -> None:
        self.database, self.home = database, home
        self.conn: Connection = connect.connect(database.newsroom)
        for code in sorted(NAMES, key=lambda code: code != home):
            agencies.add_agency(
                self.conn, Agency(code=code, name=NAMES[code], home=code == home, node=f"https://{code}.example")
            )

    def close(self) -> None:
        self.conn.close()

    @contextlib.contextmanager
    def beside(self) -> Iterator["Newsroom"]:
        """Another one at work in the same newsroom: a connection of its own."""
        other = object.__new__(Newsroom)
        other.database, other.home = self.database, self.home
        with connect.connect(self.database.newsroom) as other.conn:
            yield other

    def now(self) -> datetime:
        """The database's clock."""
        return self.one("select clock_timestamp()")

    def one(self, query: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.conn.execute(query.encode(), values).fetchone()
        return row[0] if row else None

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.conn.execute(query.encode(), values).fetchall()

    @contextlib.contextmanager
    def as_owner(self) -> Iterator[Connection]:
        with psycopg.connect(self.database.owner, autocommit=True) as owner:
            yield owner

    def agree(self, taker: str = "VAL", *, giver: str = "", revision: int = 1, **clauses: Any) -> Agreement:
        """An agreement in force, called after its parties."""
        giver = giver or self.home
        terms = Terms(giver=giver, taker=taker, **({"valid_from": datetime(2026, 1, 1, tzinfo=UTC)} | clauses))
        deal = Agreement(id=f"{giver}-{taker}", revision=revision, terms=terms, state="active")
        with self.conn.transaction():
            agreements.save(self.conn, deal, self.home)
        return deal

    def end(self, deal: Agreement) -> None:
        with self.conn.transaction():
            agreements.save(self.conn, msgspec.structs.replace(deal, state="ended"), self.home)

    def channel(self, agency: str = "VAL", kind: Any = "webhook", address: str = "", format: str = "ninjs") -> int:
        name = f"{agency.lower()}-{next(_numbers)}"
        return channels.add_channel(
            self.conn,
            Channel(
                name=name, agency=agency, kind=kind, address=address or f"https://{name}.example/in", format=format
            ),
        )

    def file(self, *copies: Item, origin: str = "", agency: str = "", act: Any = None, now: Any = None) -> list[Filed]:
        """File versions in one transaction; from a partner as if they had arrived."""
        at = now or datetime.now(UTC)
        origin = origin or self.home
        agency = agency or origin
        with self.conn.transaction():
            return filing.file(
                self.conn,
                [
                    Filing(
                        item=msgspec.structs.replace(
                            one, dragoman=msgspec.structs.replace(one.ours, origin=one.ours.origin or origin)
                        ),
                        origin=origin,
                        agency=agency,
                        received=at,
                        act=act,
                        arrival=None if agency == self.home else 1,
                    )
                    for one in copies
                ],
                at,
            )

    def filed(self, one: Item, **more: Any) -> int:
        """The sequence of a version that has been stored."""
        outcome = self.file(one, **more)[0]
        assert outcome.state == "stored", outcome
        assert outcome.sequence is not None
        return outcome.sequence

    def item(self, uri: str = "adr:bridge", origin: str = "") -> items.Filed:
        number = self.one("select id from item where key = %s", item_key(origin or self.home, uri))
        return items.current(self.conn, number)

    def states(self) -> list[tuple[str, str]]:
        """What each delivery does and how it stands, in order."""
        return [(r[0], r[1]) for r in self.rows("select act, state from delivery order by sequence, channel")]

    def claim(self, lanes: int = 50, window: int = 10) -> list[Attempt]:
        """The attempts begun now; their lanes stay leased."""
        return [attempt for lane in self.lanes(lanes, window) for attempt in lane.attempts]

    def lanes(self, lanes: int = 50, window: int = 10) -> list[Lane]:
        return store_lanes.claim(self.conn, lanes, window)

    def deliver(self, window: int = 10) -> list[Attempt]:
        """Everything that is due, handed over."""
        sent: list[Attempt] = []
        while lanes := self.lanes(window=window):
            sent += [attempt for lane in lanes for attempt in lane.attempts]
            self.finish(lanes)
        return sent

    def finish(self, lanes: Sequence[Lane], state: Any = "sent", *, due: Any = None, rest: Any = None) -> int:
        endings = [
            Ending(attempt=attempt, state=state, reason="" if state == "sent" else "500", due=due)
            for lane in lanes
            for attempt in lane.attempts
        ]
        rests = {lane.key: rest for lane in lanes} if rest else {}
        return store_lanes.finish(self.conn, lanes, endings, rests, dict.fromkeys(rests, "500"))

    def seen_by(self, agency: str) -> list[tuple[str, str, str]]:
        """The partner's change feed as its own role reads it: (uri, act, text)."""
        with self.as_partner(agency) as conn:
            found = conn.execute("select uri, act, item from partner_change order by position").fetchall()
        return [(uri, act, _text(msgspec.json.decode(item, type=Item))) for uri, act, item in found]

    @contextlib.contextmanager
    def as_partner(self, agency: str | None) -> Iterator[Connection]:
        """The partner role's connection, inside a transaction in which `agency` looks (None: nobody)."""
        with psycopg.connect(self.database.partner) as conn:
            if agency:
                number = self.one("select id from agency where code = %s", agency)
                conn.execute("select set_config('app.viewer', %s, true)", (str(number),))
            yield conn

    def pass_time(self, span: timedelta) -> None:
        """Move every hour that is waited for `span` into the past: as if that much time had passed."""
        with self.as_owner() as owner:
            for table, columns in _HOURS.items():
                moved = ", ".join(f"{column} = {column} - %(span)s" for column in columns)
                owner.execute(f"update {table} set {moved}".encode(), {"span": span})


_HOURS = {
    "item": ("embargoed_until", "current_at"),
    "item_grant": ("since", "withdrawn"),
    "delivery": ("at", "due"),
    "lane": ("due", "until"),
    "letter": ("due", "until", "created"),
    "agreement": ("valid_from", "valid_until"),
    "arrival": ("until",),
    "log_in_attempt": ("at",),
    "session": ("until",),
}


def _text(item: Item) -> str:
    return " ".join(body.value for body in item.bodies)


def tombstone(one: Item, **more: Any) -> Item:
    """The same item as its origin kills it: no text."""
    stopped: dict[str, Any] = {"headlines": (), "bodies": (), "pub_status": "canceled", "dragoman": Profile()}
    return msgspec.structs.replace(one, **(stopped | more))


def emptied(database: Addresses) -> Addresses:
    """The same database with nothing in it, as after its migration: much faster than a new one."""
    with psycopg.connect(database.admin, autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")
        for (table,) in admin.execute(_TABLES).fetchall():
            admin.execute(f"delete from {table}".encode())
        admin.execute("delete from epoch where number > 1")
    return database


_TABLES = (
    "select c.oid::regclass::text from pg_class c where c.relnamespace = 'public'::regnamespace"
    " and c.relkind in ('r', 'p') and not c.relispartition"
    " and c.relname not in ('epoch', 'migration')"
)
