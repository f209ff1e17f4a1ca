"""What the doctor asks the store: is it whole, does everybody work, does anything wait too long? Read only."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from dragoman.app import ALIVE_FOR
from dragoman.cli.backup import ACT as BACKUP
from dragoman.cli.findings import Finding, judged, skipped
from dragoman.model.reading import READER_VERSION
from dragoman.store import agencies, agreements, audit, beats, channels, feeds, letters, linking, order, readings, reuse
from dragoman.store.connect import Connection
from dragoman.store.figures import clock, last_act, waiting

_MANY_UNREAD = 1000
_SKEW = timedelta(seconds=5)
_LATE = timedelta(minutes=5)
_EXPIRES = timedelta(days=30)
_BACKUP_AGE = timedelta(days=7)


def database(conn: Connection, now: datetime) -> Iterator[Finding]:
    """Reached and migrated: the connection says so."""
    says = f"epoch {order.epoch(conn)}, {agencies.home(conn).code}, PostgreSQL {conn.info.server_version // 10000}"
    yield Finding(group="database", name="reachable and up to date", state="pass", says=says)
    skew = abs(clock(conn) - now)
    yield judged(
        "database",
        "clock",
        skew < _SKEW,
        f"{skew.total_seconds():.1f} s apart",
        "Set both clocks by NTP.",
        otherwise="warn",
    )


def roles(conn: Connection, now: datetime) -> Iterator[Finding]:
    known = beats.beats(conn)
    if not any(now - each.beat < ALIVE_FOR for each in known):
        yield skipped("roles", "beating", "no `dragoman serve` runs on this node now")
        return
    for each in known:
        age = now - each.beat
        says = f"last beat {age.total_seconds():.0f} s ago, restarted {each.restarts} times"
        yield judged("roles", each.role, age < ALIVE_FOR, says, f"Look at the log of the role {each.role}.")


def ways_in(conn: Connection, now: datetime) -> Iterator[Finding]:
    found = waiting(conn)
    yield _age(
        "in",
        "oldest arrival",
        found.arrivals,
        found.oldest_arrival,
        now,
        "Does `dragoman serve` run its pipeline role?",
    )
    yield judged(
        "in",
        "parked",
        not found.parked_arrivals,
        f"{found.parked_arrivals} arrivals",
        "See why: `dragoman arrival list --parked`.",
        otherwise="warn",
    )
    failing = [f"{each.name} ({each.last_error})" for each in feeds.feeds(conn, active_only=True) if each.failures]
    yield judged(
        "in", "feeds", not failing, ", ".join(failing) or "none fails", "`dragoman feed test NAME`", otherwise="warn"
    )
    yield judged(
        "in",
        "hold requests",
        not found.hold_requests,
        f"{found.hold_requests} open",
        "Somebody who is not the origin asks for a kill: decide at the wire page.",
        otherwise="warn",
    )


def understood(conn: Connection, now: datetime) -> Iterator[Finding]:
    """Are versions read as they come, and by the readers of today?"""
    told = readings.progress(conn, READER_VERSION)
    yield judged(
        "readings",
        "waiting",
        told.waiting < _MANY_UNREAD,
        f"{told.waiting} versions",
        "Does `dragoman serve` run its read role?",
        otherwise="warn",
    )
    yield judged(
        "readings",
        "of older readers",
        not told.older,
        f"{told.older} readings",
        "Renew them in the background: `dragoman reread`.",
        otherwise="warn",
    )
    yield judged(
        "readings",
        "with a problem",
        not told.problems,
        f"{told.problems} readings",
        "The log of the role read names the versions and why.",
        otherwise="warn",
    )
    unlinked = linking.count_waiting(conn)
    yield judged(
        "stories",
        "waiting to be linked",
        unlinked < _MANY_UNREAD,
        f"{unlinked} versions",
        "Does `dragoman serve` run its link role?",
        otherwise="warn",
    )
    unlooked = reuse.count_waiting(conn)
    yield judged(
        "stories",
        "not looked at for pick-ups",
        unlooked < _MANY_UNREAD,
        f"{unlooked} versions",
        "The role link looks at them, the oldest first: after an upgrade at everything once.",
        otherwise="warn",
    )


def ways_out(conn: Connection, now: datetime) -> Iterator[Finding]:
    found = waiting(conn)
    yield _age(
        "out",
        "oldest delivery",
        found.deliveries,
        found.oldest_delivery,
        now,
        "`dragoman channel list` shows which way.",
    )
    yield judged(
        "out",
        "parked",
        not found.parked_deliveries,
        f"{found.parked_deliveries} deliveries",
        "See why: `dragoman delivery list --state parked`.",
        otherwise="warn",
    )
    rows = channels.channels(conn)
    failing = [f"{row.channel.name} ({row.last_error})" for row in rows if row.failures]
    yield judged(
        "out",
        "channels",
        not failing,
        ", ".join(failing) or "none fails",
        "`dragoman channel test NAME`",
        otherwise="warn",
    )
    paused = [row.channel.name for row in rows if row.channel.state == "paused"]
    yield judged(
        "out", "paused", not paused, ", ".join(paused) or "none", "`dragoman channel resume NAME`", otherwise="warn"
    )
    parked = letters.parked(conn)
    yield judged(
        "out",
        "letters",
        not parked,
        f"{parked} parked",
        "A partner's node refuses them: compare fingerprints, `dragoman node show`.",
        otherwise="warn",
    )


def _age(group: str, name: str, count: int, oldest: datetime | None, now: datetime, advice: str) -> Finding:
    age = now - oldest if oldest is not None else timedelta()
    says = f"{count} waiting, the oldest for {max(age.total_seconds(), 0):.0f} s" if count else "nothing waits"
    return judged(group, name, age < _LATE, says, advice, otherwise="warn")


def partners(conn: Connection, now: datetime) -> Iterator[Finding]:
    ending = [f"{a.id[:6]} ({a.terms.giver} to {a.terms.taker})" for a in agreements.expiring(conn, now + _EXPIRES)]
    yield judged(
        "partners",
        "agreements",
        not ending,
        ", ".join(ending) or "none ends within 30 days",
        "Propose the next revision: `dragoman agreement propose PARTNER --revises ID`.",
        otherwise="warn",
    )
    strangers = [
        a.code
        for a in agencies.agencies(conn)
        if a.node and not a.home and not agencies.trusted_keys(conn, a.code, now)
    ]
    yield judged(
        "partners",
        "keys",
        not strangers,
        ", ".join(strangers) or "every node has one we trust",
        "`dragoman node trust CODE`",
    )


def past(conn: Connection, now: datetime) -> Iterator[Finding]:
    broken = audit.broken_seal(conn)
    yield judged(
        "audit",
        "chain",
        broken is None,
        "whole" if broken is None else f"broken at entry {broken}",
        "Somebody has changed what happened: keep this database as it is, and compare it with a backup.",
    )
    last = last_act(conn, BACKUP)
    yield judged(
        "backup",
        "age",
        last is not None and now - last < _BACKUP_AGE,
        f"last on {last:%Y-%m-%d %H:%M} UTC" if last else "none was ever made",
        "`dragoman backup FILE`, to another machine.",
        otherwise="warn",
    )


Check = Callable[[Connection, datetime], Iterator[Finding]]
CHECKS: dict[str, Check] = {
    "database": database,
    "roles": roles,
    "in": ways_in,
    "readings": understood,
    "out": ways_out,
    "partners": partners,
    "past": past,
}
