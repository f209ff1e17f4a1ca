"""What time and new terms change without any new copy: grants whose hour has come, agreements to match again."""

from datetime import datetime

import msgspec
import structlog

from dragoman.crash import crash
from dragoman.model.agreement import Grant
from dragoman.model.item import Item
from dragoman.model.version import Version
from dragoman.route.matching import grants_owed
from dragoman.store import agreements, order, owed
from dragoman.store.connect import Connection, Row

log = structlog.get_logger("release")
LIFT_BATCH = 500


def lift(conn: Connection) -> int:
    """Give the grants whose hour has come their place in the partner's feed, and open their deliveries; how many.

    By the database's clock. A grant whose agreement has ended meanwhile, or has not been matched anew under narrower
    terms, stays where it is: it counts for nothing. Items are locked before the order is, as filing does it.
    """
    with conn.transaction():
        rows = conn.execute(
            "select g.sequence, g.agency, v.act, v.urgency from item_grant g join version v on v.sequence = g.sequence"
            " join item i on i.id = v.item join agreement a on a.id = g.agreement and a.state = 'active'"
            " and a.covers_from <= g.revision"
            " where g.position is null and g.withdrawn is null and g.since <= now() and i.state = 'usable'"
            " and (g.advance or i.embargoed_until is null or i.embargoed_until <= now())"
            " order by g.since, g.sequence limit %s for no key update of i, g skip locked",
            (LIFT_BATCH,),
        ).fetchall()
        if not rows:
            return 0
        crash("release.claimed")
        positions = order.allocate(conn, len(rows))
        conn.execute(
            "update item_grant g set position = x.position from unnest(%s::bigint[], %s::int[], %s::bigint[])"
            " as x(sequence, agency, position) where g.sequence = x.sequence and g.agency = x.agency",
            ([r[0] for r in rows], [r[1] for r in rows], positions),
        )
        owed.open_deliveries(
            conn,
            [r[0] for r in rows],
            [owed.priority(r[2], r[3]) for r in rows],
            order.epoch(conn),
            agencies=[r[1] for r in rows],
        )
        owed.supersede_grants(conn, [r[0] for r in rows], _now(conn))
        crash("release.before-commit")
    crash("release.committed")
    return len(rows)


def _now(conn: Connection) -> datetime:
    row = conn.execute("select now()").fetchone()
    assert row is not None
    now: datetime = row[0]
    return now


def rematch(conn: Connection, now: datetime) -> int:
    """Look at the grants of agreements that have changed; how many were given anew or taken back.

    Grants that narrower terms still give are given anew under them; what waits and is no longer given is withdrawn. What
    has been delivered stays delivered. Wider terms do not reach back: they hold for what comes from now on.
    """
    changed = 0
    for number, revision in agreements.to_rematch(conn):
        with conn.transaction():
            agreement = agreements.agreement(conn, number, revision)
            given = _still_given(conn, number, revision, now) if agreement.state == "active" else []
            # The order is locked before any grant is: filing does it so, and two would else wait for each other.
            positions = order.allocate(conn, len(given))
            changed += _withdraw(conn, number, revision, agreement.state)
            changed += _give_anew(conn, revision, given, positions)
            agreements.rematched(conn, number, revision)
            crash("release.rematched")
    return changed


def _withdraw(conn: Connection, number: str, revision: int, state: str) -> int:
    """Take back what waits under an agreement that has ended or been narrowed."""
    done = conn.execute(
        "update item_grant g set withdrawn = now() from agreement a where a.id = %s and a.revision = %s"
        " and g.agreement = a.id and g.withdrawn is null and g.position is null"
        " and (%s <> 'active' or g.revision < a.covers_from)",
        (number, revision, state),
    )
    return done.rowcount


def _still_given(conn: Connection, number: str, revision: int, now: datetime) -> list[Row]:
    """Grants of an older, wider revision that the new terms still give: sequence, agency, whether in advance."""
    book = agreements.book(conn)
    rows = conn.execute(
        "select v.sequence, p.item, o.code, g.code, v.act, v.received, gr.since, gr.revision, gr.advance, a.code, gr.agency,"
        " array(select distinct m.project from project_item m where m.key = i.key and m.ours)"
        " from item_grant gr join version v on v.sequence = gr.sequence join payload p on p.sequence = v.sequence and p.at = v.received"
        " join item i on i.id = v.item and i.current = v.sequence and i.state = 'usable' join agency o on o.id = v.origin"
        " join agency g on g.id = v.agency join agency a on a.id = gr.agency join agreement ag on ag.id = %s and ag.revision = %s"
        " where gr.agreement = %s and gr.revision < ag.covers_from and v.received > now() - interval '30 days'"
        " order by coalesce(gr.position, 0), v.sequence",
        (number, revision, number),
    ).fetchall()
    given: list[Row] = []
    for row in rows:
        version = Version(
            item=msgspec.json.decode(row[1], type=Item),
            origin=row[2],
            agency=row[3],
            act=row[4],
            received=row[5],
            sequence=row[0],
            projects=tuple(row[11]),
        )
        owed = grants_owed(version, book.active, home=book.home, now=now).grants
        grant: Grant | None = next((g for g in owed if g.agreement == number and g.agency == row[9]), None)
        if grant is not None:
            given.append((row[0], row[10], grant.advance))
    return given


def _give_anew(conn: Connection, revision: int, given: list[Row], positions: list[int]) -> int:
    """Under the new terms, at a new place in the feed: whoever read on while they did not count has not seen them at the
    old one. What a newer version has replaced meanwhile stays as it is."""
    if not given:
        return 0
    return conn.execute(
        "update item_grant g set revision = %s, advance = x.advance, withdrawn = null,"
        " position = case when g.position is null then null else x.position end"
        " from unnest(%s::bigint[], %s::int[], %s::boolean[], %s::bigint[]) as x(sequence, agency, advance, position)"
        " join version v using (sequence) join item i on i.id = v.item and i.current = v.sequence"
        " where g.sequence = x.sequence and g.agency = x.agency",
        (revision, [g[0] for g in given], [g[1] for g in given], [g[2] for g in given], positions),
    ).rowcount
