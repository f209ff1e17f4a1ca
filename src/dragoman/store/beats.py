"""What the roles say of themselves: alive since, restarted how often, doing what."""

import os
from datetime import datetime

from msgspec import Struct

from dragoman.store.connect import Connection


class Beat(Struct, frozen=True, kw_only=True):
    role: str
    pid: int
    started: datetime
    beat: datetime
    restarts: int
    detail: str


def started(conn: Connection, role: str, restarts: int) -> None:
    conn.execute(
        "insert into role_state (role, pid, started, restarts) values (%s, %s, now(), %s) on conflict (role) do update"
        " set pid = excluded.pid, started = now(), beat = now(), restarts = excluded.restarts, detail = ''",
        (role, os.getpid(), restarts),
    )


def beat(conn: Connection, role: str, detail: str = "") -> None:
    conn.execute("update role_state set beat = now(), detail = %s where role = %s", (detail, role))


def beats(conn: Connection) -> list[Beat]:
    rows = conn.execute("select role, pid, started, beat, restarts, detail from role_state order by role")
    return [Beat(role=r[0], pid=r[1], started=r[2], beat=r[3], restarts=r[4], detail=r[5]) for r in rows]
