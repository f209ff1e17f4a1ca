"""The clock's loop: embargoes and delays that have run out, agreements to match again, projects to share, what
is too old, seals, partitions."""

import time
from datetime import UTC, datetime

import structlog

from dragoman.desk import events
from dragoman.desk.project_terms import Settler
from dragoman.desk.projects import forget_files
from dragoman.roles.post import Beats, Post, Stop, patiently
from dragoman.store import audit, copies, deliveries, people, release
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import DELIVERIES, LETTERS, LOG, Connection, Waker, translated
from dragoman.store.sharing import Sharer
from dragoman.trust.keyfile import LiveKeys
from dragoman.trust.keys import Keyring

log = structlog.get_logger("release")
LIFT_S, REMATCH_S, HOUSEKEEP_S = 0.2, 0.5, 60.0


def run(post: Post) -> None:
    """Until SIGTERM. What has been lifted is visible and claimable within half a second of its hour, never before it."""
    stop = Stop()
    patiently(post, lambda: _run(post, stop), stop)


def _run(post: Post, stop: Stop) -> None:
    conn = post.open()
    waker, beats = Waker(conn), Beats(conn, post)
    keys, settler, sharer = LiveKeys(post.config.keys), Settler(), Sharer()
    rematched = housekept = 0.0
    while not stop.asked:
        with translated():
            lifted = release.lift(conn)
            if lifted:
                waker.wake(DELIVERIES, LOG)
                log.info("released", grants=lifted)
            now = time.monotonic()
            if now - rematched > REMATCH_S:
                rematched = now
                if release.rematch(conn, datetime.now(UTC)):
                    waker.wake(DELIVERIES)
                _tend_projects(conn, waker, keys(), settler, sharer)
            if now - housekept > HOUSEKEEP_S:
                housekept = now
                _housekeep(conn, post.files())
        beats.beat()
        if not lifted:
            stop.wait(LIFT_S)


def _tend_projects(conn: Connection, waker: Waker, keyring: Keyring, settler: Settler, sharer: Sharer) -> None:
    """The agreements that follow from projects, what lies in them and was not given yet, titles whose embargo has lifted."""
    now = datetime.now(UTC)
    if settler.settle(conn, keyring, now):
        waker.wake(LETTERS)
    sharer.share(conn, now)
    events.lift_titles(conn, now)


def _housekeep(conn: Connection, files: ByteStore) -> None:
    forget_files(conn, files)
    with conn.transaction():
        conn.execute("select make_partitions(now()::date, 3)")
    expired = deliveries.expire(conn)
    if expired:
        log.warning("deliveries expired", count=expired)
    with conn.transaction():
        audit.seal(conn)
    people.sweep(conn)
    copies.forget(conn)
    # Longer than twice the webhook tolerance: a replay inside it is still known.
    conn.execute("delete from push_seen where at < now() - interval '7 days'")
