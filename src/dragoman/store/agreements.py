"""Agreements as stored, every revision; and the book of those in force, read once and kept while nothing changes."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from dragoman.crash import crash
from dragoman.model.agreement import Agreement, AgreementState, Terms
from dragoman.model.errors import NotFound
from dragoman.route.revision import narrowed
from dragoman.store import agencies, order
from dragoman.store.connect import Connection, Row

_COLUMNS = "id, revision, predecessor, terms, state, signatures, accepted_by"


def _agreement(row: Row) -> Agreement:
    return Agreement(
        id=row[0],
        revision=row[1],
        predecessor=row[2],
        terms=msgspec.json.decode(row[3], type=Terms),
        state=row[4],
        signatures=row[5],
        accepted_by=row[6],
    )


def save(conn: Connection, agreement: Agreement, home: str) -> None:
    """Store a revision, or its new state and signatures. A revision that becomes active supersedes the one before.

    Inside the caller's transaction. Grants of the agreement are matched again in the background.
    """
    terms = agreement.terms
    partner = terms.taker if terms.giver == home else terms.giver
    covers_from = _covers_from(conn, agreement)
    if agreement.state in ("active", "ended"):
        conn.execute(
            "update agreement set state = 'superseded', rematch = false, changed = clock_timestamp()"
            " where id = %s and revision <> %s"
            " and state in ('active', 'proposed', 'offered')",
            (agreement.id, agreement.revision),
        )
    conn.execute(
        "insert into agreement (id, revision, partner, giver, taker, state, terms, predecessor, signatures, accepted_by,"
        " valid_from, valid_until, advance, covers_from, rematch)"
        " select %s, %s, p.id, g.id, t.id, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s"
        " from agency p, agency g, agency t where p.code = %s and g.code = %s and t.code = %s"
        " on conflict (id, revision) do update set state = excluded.state, signatures = excluded.signatures,"
        " accepted_by = excluded.accepted_by, covers_from = excluded.covers_from, rematch = agreement.rematch or excluded.rematch,"
        " changed = clock_timestamp()",
        (
            agreement.id,
            agreement.revision,
            agreement.state,
            msgspec.json.encode(terms, order="deterministic"),
            agreement.predecessor,
            Jsonb(agreement.signatures),
            agreement.accepted_by,
            terms.valid_from,
            terms.valid_until,
            terms.embargo == "advance",
            covers_from,
            agreement.state in ("active", "ended") and terms.giver == home,
            partner,
            terms.giver,
            terms.taker,
        ),
    )
    crash("agreement.saved")


def _covers_from(conn: Connection, agreement: Agreement) -> int:
    """The oldest revision whose grants still count under these terms: until all is matched again, only what the new
    terms do not narrow."""
    row = conn.execute(
        f"select {_COLUMNS}, covers_from from agreement where id = %s and state = 'active' and revision < %s",
        (agreement.id, agreement.revision),
    ).fetchone()
    if row is None or narrowed(_agreement(row[:7]).terms, agreement.terms):
        return agreement.revision
    return int(row[7])


def agreement(conn: Connection, number: str, revision: int | None = None) -> Agreement:
    """The revision asked for, or the newest; `number` may be the first characters of the id.

    Raises:
        NotFound: none, or more than one, begins so.
    """
    rows = conn.execute(
        f"select {_COLUMNS} from agreement where id like %s || '%%' and (%s::int is null or revision = %s)"
        " order by revision desc",
        (number, revision, revision),
    ).fetchall()
    if len({row[0] for row in rows}) != 1:
        raise NotFound(
            f"There is no one agreement {number!r}",
            f"{len({row[0] for row in rows})} begin so",
            hint="`dragoman agreement list` shows them.",
        )
    return _agreement(rows[0])


def agreements(conn: Connection, *, partner: str = "", states: Iterable[AgreementState] = ()) -> list[Agreement]:
    """The newest revision of each agreement and whatever is in force, by partner and id."""
    rows = conn.execute(
        "select a.id, a.revision, a.predecessor, a.terms, a.state, a.signatures, a.accepted_by from agreement a"
        " join agency p on p.id = a.partner where (%s = '' or p.code = %s)"
        " and (cardinality(%s::text[]) = 0 or a.state = any(%s)) and (a.state = 'active' or a.revision ="
        " (select max(revision) from agreement b where b.id = a.id)) order by p.code, a.id, a.revision",
        (partner, partner, list(states), list(states)),
    )
    return [_agreement(row) for row in rows]


class Book(Struct, frozen=True, kw_only=True):
    """What routing needs of the store, read together: agreements in force, agencies' numbers, our code, the epoch."""

    stamp: tuple[object, ...]
    home: str
    ids: dict[str, int]
    codes: dict[int, str]
    names: dict[str, str]
    active: tuple[Agreement, ...]
    quotas: frozenset[str]
    epoch: int

    def relays(self, giver: str, origin: str) -> bool:
        """May `giver` correct and kill for `origin`?"""
        return any(a.terms.giver == giver and origin in a.terms.relays for a in self.active)

    def gives(self, giver: str, now: datetime) -> bool:
        """Is an agreement in force under which `giver` gives to us?"""
        return any(
            a.terms.giver == giver
            and a.terms.taker == self.home
            and a.terms.valid_from <= now
            and (a.terms.valid_until is None or now < a.terms.valid_until)
            for a in self.active
        )

    def has_quota(self, number: str) -> bool:
        return number in self.quotas

    def terms(self, number: str, revision: int) -> Terms | None:
        return next((a.terms for a in self.active if a.id == number and a.revision == revision), None)


_STAMP = (
    "select (select count(*) from agency), (select coalesce(max(id), 0) from agency),"
    # A sum, not the newest: of two changes the one begun first may be committed last.
    " (select count(*) from agreement), (select sum(extract(epoch from changed)) from agreement),"
    " (select max(number) from epoch)"
)
_book: Book | None = None


def book(conn: Connection) -> Book:
    """The book, read again only when an agency, an agreement or the epoch has changed."""
    global _book
    row = conn.execute(_STAMP).fetchone()
    assert row is not None
    stamp = (conn.info.dsn, *row)
    if _book is None or _book.stamp != stamp:
        known = agencies.agencies(conn)
        active = tuple(agreements(conn, states=("active",)))
        _book = Book(
            stamp=stamp,
            home=next((a.code for a in known if a.home), ""),
            ids={a.code: a.id for a in known},
            codes={a.id: a.code for a in known},
            names={a.code: a.name for a in known},
            active=active,
            quotas=frozenset(a.id for a in active if a.terms.daily_quota is not None),
            epoch=order.epoch(conn),
        )
    return _book


def to_rematch(conn: Connection) -> list[tuple[str, int]]:
    rows = conn.execute("select id, revision from agreement where rematch order by changed")
    return [(row[0], row[1]) for row in rows]


def rematched(conn: Connection, number: str, revision: int) -> None:
    conn.execute("update agreement set rematch = false where id = %s and revision = %s", (number, revision))


def expiring(conn: Connection, before: datetime) -> list[Agreement]:
    """Active agreements that end before the moment given."""
    rows = conn.execute(
        f"select {_COLUMNS} from agreement where state = 'active' and valid_until < %s order by valid_until", (before,)
    )
    return [_agreement(row) for row in rows]


def revisions(conn: Connection, number: str) -> list[Agreement]:
    """Every revision of one agreement, oldest first; empty when there is none."""
    rows = conn.execute(f"select {_COLUMNS} from agreement where id = %s order by revision", (number,))
    return [_agreement(row) for row in rows]
