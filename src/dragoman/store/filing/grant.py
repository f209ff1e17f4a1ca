"""Who is owed the versions of a batch, on which terms, from when; the day's quota counted on."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from dragoman.model.agreement import Grant
from dragoman.model.version import Version, item_key
from dragoman.route.matching import FOLLOW_UP, HOLDER, chosen, grants_owed
from dragoman.store.agreements import Book
from dragoman.store.connect import Connection
from dragoman.store.filing import copies
from dragoman.store.filing.placed import Placed
from dragoman.store.owed import STOPS


def grant(conn: Connection, agreements: Book, placed: Sequence[Placed], now: datetime) -> None:
    """Fill in who is owed each version that is now an item's current one."""
    histories = [one.standing.id for one in placed if one.is_current and one.standing.current is not None]
    earlier = earlier_grants(conn, agreements, histories, now)
    shared = projects_of(conn, [item_key(one.filing.origin, one.filing.item.uri) for one in placed])
    used = _quotas(conn, agreements, now)
    last = {
        one.standing.id: one for one in placed if one.is_current
    }  # of two versions in one batch only the newer goes
    for one in last.values():
        if one.standing.held_by == agreements.home and one.act not in (*STOPS, "release"):
            continue
        item = one.filing.item
        version = Version(
            item=item if one.embargo == item.embargoed_until else replace(item, embargoed_until=one.embargo),
            origin=one.filing.origin,
            agency=one.filing.agency,
            act=one.act,
            state=one.state,
            received=one.filing.received,
            digest=one.digest,
            projects=shared.get(item_key(one.filing.origin, one.filing.item.uri), ()),
        )
        before = earlier.get(one.standing.id, ())
        owed = grants_owed(
            version,
            agreements.active,
            home=agreements.home,
            now=now,
            earlier=before,
            quota_used=used,
        )
        one.grants = [given for given in chosen(owed.grants, before) if not copies.is_withheld(one, given, now)]
        for given in one.grants:
            if agreements.has_quota(given.agreement) and not {FOLLOW_UP, HOLDER} & set(given.reasons):
                used[given.agreement] = used.get(given.agreement, 0) + 1
                conn.execute(
                    "insert into quota_used values (%s, %s, 1) on conflict (agreement, day)"
                    " do update set used = quota_used.used + 1",
                    (given.agreement, now.date()),
                )


def earlier_grants(conn: Connection, agreements: Book, items: list[int], now: datetime) -> dict[int, list[Grant]]:
    """The grants of earlier versions of these items, withdrawn ones included.

    Who has had the copy is told by the grant's place in the feed, not by clocks: one that has its place has counted, one
    whose hour has come but which has not been lifted never did.
    """
    if not items:
        return {}
    rows = conn.execute(
        "select v.item, g.agency, g.agreement, g.revision, g.sequence,"
        " case when g.position is null then g.since else least(g.since, %s) end,"
        " case when g.position is null then g.since end, g.advance"
        " from version v join item_grant g using (sequence) where v.item = any(%s) order by g.sequence",
        (now, items),
    )
    found: dict[int, list[Grant]] = {}
    for item, agency, agreement, revision, sequence, since, withdrawn, advance in rows:
        found.setdefault(item, []).append(
            Grant(
                agency=agreements.codes[agency],
                agreement=agreement,
                revision=revision,
                sequence=sequence,
                since=since,
                withdrawn=withdrawn,
                advance=advance,
            )
        )
    return found


def projects_of(conn: Connection, keys: Sequence[bytes]) -> dict[bytes, tuple[str, ...]]:
    """The joint projects that we have put items into, by the items' keys: what another member names we do not give."""
    rows = conn.execute(
        "select key, array_agg(distinct project) from project_item where ours and key = any(%s) group by key",
        (list(keys),),
    )
    return {bytes(row[0]): tuple(row[1]) for row in rows}


def _quotas(conn: Connection, agreements: Book, now: datetime) -> dict[str, int]:
    if not agreements.quotas:
        return {}
    rows = conn.execute("select agreement, used from quota_used where day = %s", (now.date(),))
    return {row[0]: row[1] for row in rows}
