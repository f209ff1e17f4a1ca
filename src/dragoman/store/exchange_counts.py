"""What was exchanged with a partner, counted in the database: versions given and received, proved, parked, refused.

What went is counted from the grants (what they were owed), beside what became of its deliveries; what came, from the
versions that arrived from them and the units that did not become versions.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement
from dragoman.reports.exchange import Balance, Both, Line, Quota, beside, days_in_force
from dragoman.route.matching import FOLLOW_UP, HOLDER
from dragoman.store import agencies, agreements
from dragoman.store.connect import Connection


def balance(conn: Connection, agency: str, since: datetime, until: datetime) -> Balance:
    """What went to and came from `agency` (its code) from `since` up to, not including, `until`; both aware.

    Sent: a version whose right began in the period. Received: a version that came from them in it, whoever wrote it.

    Raises:
        NotFound: no agency has this code.
    """
    return _balances(conn, [agencies.agency(conn, agency)], since, until)[0]


def by_partner(conn: Connection, since: datetime, until: datetime) -> list[tuple[Agency, Balance]]:
    """Every partner with its balance, by name."""
    partners = [one for one in agencies.agencies(conn) if not one.home]
    ordered = sorted(partners, key=lambda one: one.name.casefold())
    return list(zip(ordered, _balances(conn, ordered, since, until), strict=True))


def _balances(conn: Connection, chosen: Sequence[Agency], since: datetime, until: datetime) -> list[Balance]:
    """The balances of these agencies, in their order. One of them, or the lot: each count is asked once."""
    numbers = [one.id for one in chosen]
    found = lines(conn, numbers, since, until, "UTC")
    said = _asked(numbers, since, until)
    sent_items = _by_agency(conn, f"select g.agency, count(distinct v.item){_GIVEN} and {_COPY} group by 1", said)
    came_items = _by_agency(conn, f"select v.agency, count(distinct v.item){_ARRIVED} and {_COPY} group by 1", said)
    units: dict[int, dict[str, int]] = {}
    for number, state, count in conn.execute(_UNITS, said):
        units.setdefault(number, {})[state] = count
    return [
        _balance(
            one.code,
            since,
            until,
            [line for line in found if line.agency == one.id],
            items=(sent_items.get(one.id, 0), came_items.get(one.id, 0)),
            units=units.get(one.id, {}),
        )
        for one in chosen
    ]


def _balance(
    agency: str,
    since: datetime,
    until: datetime,
    found: Sequence[Line],
    *,
    items: tuple[int, int],
    units: Mapping[str, int],
) -> Balance:
    went = [line for line in found if line.sent and not line.notice]
    return Balance(
        agency=agency,
        since=since,
        until=until,
        sent=sum(line.count for line in went),
        sent_items=items[0],
        delivered=sum(line.delivered for line in went),
        receipted=sum(line.receipted for line in went),
        waiting=sum(line.waiting for line in went),
        undelivered=sum(line.undelivered for line in went),
        notices_sent=sum(line.count for line in found if line.sent and line.notice),
        notices_receipted=sum(line.receipted for line in found if line.sent and line.notice),
        received=sum(line.count for line in found if not line.sent and not line.notice),
        received_items=items[1],
        notices_received=sum(line.count for line in found if not line.sent and line.notice),
        duplicates=units.get("duplicate", 0),
        parked=units.get("parked", 0),
        refused=units.get("refused", 0),
    )


def lines(conn: Connection, chosen: Sequence[int], since: datetime, until: datetime, zone: str) -> list[Line]:
    """The counts of agencies (by number) by month of `zone`, language and sort, both directions."""
    rows = conn.execute(_SENT + " union all " + _CAME, _asked(chosen, since, until) | {"zone": zone})
    return [
        Line(
            sent=r[0],
            agency=r[1],
            month=r[2],
            language=r[3],
            notice=r[4],
            count=r[5],
            delivered=r[6],
            receipted=r[7],
            waiting=r[8],
            undelivered=r[9],
        )
        for r in rows
    ]


_COPY = "v.act not in ('hold', 'kill')"
_GIVEN = (
    " from item_grant g join version v on v.sequence = g.sequence"
    " where g.agency = any(%(agencies)s) and g.position is not null and g.since >= %(since)s and g.since < %(until)s"
)
_ARRIVED = (
    " from version v where v.agency = any(%(agencies)s) and v.received >= %(since)s and v.received < %(until)s"
    " and v.arrival is not null"
)
_SENT = (
    "select true, g.agency, date_trunc('month', g.since at time zone %(zone)s)::date, v.language,"
    " v.act in ('hold', 'kill'), count(*), count(*) filter (where d.delivered), count(*) filter (where d.receipted),"
    " count(*) filter (where d.waiting and not d.delivered),"
    " count(*) filter (where d.failed and not d.waiting and not d.delivered)"
    " from item_grant g join version v on v.sequence = g.sequence left join ("
    "   select d.agency, d.sequence, bool_or(d.state in ('sent', 'receipted')) as delivered,"
    "   bool_or(d.state = 'receipted') as receipted, bool_or(d.state in ('pending', 'leased', 'retry')) as waiting,"
    "   bool_or(d.state in ('parked', 'expired')) as failed"
    # A delivery is opened when its right begins, never before: older months need not be looked at.
    "   from delivery d where d.agency = any(%(agencies)s) and d.at >= %(since)s - interval '1 day' group by 1, 2"
    " ) d on d.sequence = g.sequence and d.agency = g.agency"
    " where g.agency = any(%(agencies)s) and g.position is not null and g.since >= %(since)s and g.since < %(until)s"
    " group by 2, 3, 4, 5"
)
_CAME = (
    "select false, v.agency, date_trunc('month', v.received at time zone %(zone)s)::date, v.language,"
    f" v.act in ('hold', 'kill'), count(*), 0, 0, 0, 0{_ARRIVED} group by 2, 3, 4, 5"
)
_UNITS = (
    # An arrival that was parked whole counts as one.
    "select a.agency, coalesce(u.state, 'parked'), count(*) from arrival a left join unit u on u.arrival = a.id"
    " where a.agency = any(%(agencies)s) and a.received >= %(since)s and a.received < %(until)s"
    " and (u.state in ('duplicate', 'parked', 'refused') or a.state = 'parked' and u.state is null) group by 1, 2"
)


def _asked(chosen: Sequence[int], since: datetime, until: datetime) -> dict[str, object]:
    return {"agencies": list(chosen), "since": since, "until": until}


def _by_agency(conn: Connection, query: str, said: dict[str, object]) -> dict[int, int]:
    return dict(conn.execute(query.encode(), said).fetchall())


def subjects(conn: Connection, agency: int, since: datetime, until: datetime, *, limit: int = 20) -> tuple[Both, ...]:
    """Copy by the subjects its senders gave it, the commonest first, at most `limit`. Stopped items are left out."""
    said = _asked([agency], since, until)
    sent: dict[str, int] = dict(conn.execute(_subjects(_GIVEN), said).fetchall())
    received: dict[str, int] = dict(conn.execute(_subjects(_ARRIVED), said).fetchall())
    return beside(sent, received)[:limit]


def _subjects(chosen: str) -> str:
    # The database cannot read a NUL inside JSON: copy that has one counts under no subject.
    return (
        "select coalesce(nullif(s->>'name', ''), s->>'uri') as subject, count(*)"
        f" from (select v.sequence, v.received, v.item{chosen} and {_COPY}) v"
        " join item i on i.id = v.item and i.state = 'usable'"
        " join payload p on p.sequence = v.sequence and p.at = v.received,"
        " json_array_elements(case when position(convert_to('\\u0000', 'UTF8') in p.item) > 0 then '[]'::json"
        "   else coalesce(convert_from(p.item, 'UTF8')::json->'subjects', '[]') end) s"
        " where coalesce(nullif(s->>'name', ''), s->>'uri') <> '' group by 1"
    )


def quotas(conn: Connection, agency: str, since: datetime, until: datetime, now: datetime) -> list[Quota]:
    """Every agreement with `agency` that was in force in the period, against what was used of it.

    Limits: of an agreement that was revised in the period, the newest revision's days and quota are shown.
    """
    last = (until - timedelta(microseconds=1)).date()
    home = agencies.home(conn).code
    found: list[Quota] = []
    for deal in agreements.agreements(conn, partner=agency, states=("active", "ended")):
        terms = deal.terms
        ends = [at.date() for at in (terms.valid_until, _ended(conn, deal)) if at]
        days = days_in_force(terms.valid_from.date(), min(ends, default=None), since.date(), last, now.date())
        if not days:
            continue
        used = _used(conn, deal.id, since, until) if terms.giver == home else _new_items(conn, agency, since, until)
        found.append(
            Quota(
                agreement=deal.id, giver=terms.giver, taker=terms.taker, days=days, daily=terms.daily_quota, used=used
            )
        )
    return found


def _ended(conn: Connection, deal: Agreement) -> datetime | None:
    """When it was ended before its time; None while it is in force."""
    if deal.state != "ended":
        return None
    row = conn.execute(
        "select changed from agreement where id = %s and revision = %s", (deal.id, deal.revision)
    ).fetchone()
    return row[0] + timedelta(days=1) if row else None


def _used(conn: Connection, agreement: str, since: datetime, until: datetime) -> int:
    """New items given under an agreement; what its quota counts, whether it has one or not."""
    row = conn.execute(
        f"select count(*) from item_grant g join version v on v.sequence = g.sequence where g.agreement = %s"
        f" and g.position is not null and g.since >= %s and g.since < %s and {_COPY}"
        " and not g.reasons && %s",
        (agreement, since, until, [FOLLOW_UP, HOLDER]),
    ).fetchone()
    return int(row[0]) if row else 0


def _new_items(conn: Connection, agency: str, since: datetime, until: datetime) -> int:
    row = conn.execute(
        "select count(*) from version v join agency a on a.id = v.agency where a.code = %s and v.act = 'publish'"
        " and v.received >= %s and v.received < %s and v.arrival is not null",
        (agency, since, until),
    ).fetchone()
    return int(row[0]) if row else 0
