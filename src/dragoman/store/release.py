"""What time and new terms change without any new copy: grants whose hour has come, agreements to match again."""

from datetime import datetime

import msgspec
import structlog

from dragoman.crash import crash
from dragoman.model.agreement import Grant
from dragoman.model.item import Item
from dragoman.model.version import Version
from dragoman.route.matching import grants_owed
from dragoman.store import agreements, filing, order
from dragoman.store.connect import Connection

log = structlog.get_logger("release")
LIFT_BATCH, REMATCH_BATCH = 500, 200


def lift(conn: Connection) -> int:
    """Give the grants whose hour has come their place in the partner's feed, and open their deliveries; how many.

    By the database's clock. A grant whose agreement has ended meanwhile stays where it is: it counts for nothing.
    """
    with conn.transaction():
        rows = conn.execute(
            "select g.sequence, g.agency, v.act, v.urgency from item_grant g join version v on v.sequence = g.sequence"
            " join item i on i.id = v.item where g.position is null and g.withdrawn is null and g.since <= now()"
            " and i.state = 'usable' and (g.advance or i.embargoed_until is null or i.embargoed_until <= now())"
            " order by g.since, g.sequence limit %s for update of g skip locked",
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
        filing.open_deliveries(
            conn,
            [r[0] for r in rows],
            [filing.priority(r[2], r[3]) for r in rows],
            order.epoch(conn),
            agencies=[r[1] for r in rows],
        )
        filing.supersede_grants(conn, [r[0] for r in rows], _now(conn))
        crash("release.before-commit")
        return len(rows)


def _now(conn: Connection) -> datetime:
    row = conn.execute("select now()").fetchone()
    assert row is not None
    now: datetime = row[0]
    return now


def rematch(conn: Connection, now: datetime) -> int:
    """Match the recent copy anew under agreements that have changed; how many grants were given or taken back.

    New terms reach back over what is still current and was received since the agreement's first day, in batches; grants
    the terms no longer give are withdrawn. What has been delivered stays delivered.
    """
    changed = 0
    for number, revision in agreements.to_rematch(conn):
        with conn.transaction():
            agreement = agreements.agreement(conn, number, revision)
            changed += _withdraw(conn, number, revision, agreement.state)
            if agreement.state == "active":
                changed += _confirm(conn, number, revision, now)
            agreements.rematched(conn, number, revision)
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


def _confirm(conn: Connection, number: str, revision: int, now: datetime) -> int:
    """Grants of an older, wider revision that the new terms still give are given anew under them."""
    book = agreements.book(conn)
    rows = conn.execute(
        "select v.sequence, p.item, o.code, g.code, v.act, v.received, gr.since, gr.revision, gr.advance, a.code, gr.agency"
        " from item_grant gr join version v on v.sequence = gr.sequence join payload p on p.sequence = v.sequence and p.at = v.received"
        " join item i on i.id = v.item and i.current = v.sequence and i.state = 'usable' join agency o on o.id = v.origin"
        " join agency g on g.id = v.agency join agency a on a.id = gr.agency join agreement ag on ag.id = %s and ag.revision = %s"
        " where gr.agreement = %s and gr.revision < ag.covers_from and v.received > now() - interval '30 days'",
        (number, revision, number),
    ).fetchall()
    confirmed = 0
    for row in rows:
        version = Version(
            item=msgspec.json.decode(row[1], type=Item),
            origin=row[2],
            agency=row[3],
            act=row[4],
            received=row[5],
            sequence=row[0],
        )
        owed = grants_owed(version, book.active, home=book.home, now=now).grants
        grant: Grant | None = next((g for g in owed if g.agreement == number and g.agency == row[9]), None)
        if grant is not None:
            confirmed += conn.execute(
                "update item_grant set revision = %s, advance = %s, withdrawn = null where sequence = %s and agency = %s",
                (revision, grant.advance, row[0], row[10]),
            ).rowcount
    return confirmed
