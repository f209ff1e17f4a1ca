"""The floor as this node has it: its questions read whole, guests with their links, who asked how much."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from dragoman.model.errors import NotFound
from dragoman.model.event import Event
from dragoman.model.floor import Answer, Floor, Interpretation, Question
from dragoman.planning.floor.hall import Hall, hall
from dragoman.store.connect import Connection, Row
from dragoman.store.projects import find_record, record, records

GuestRole = Literal["journalist", "speaker", "interpreter"]
SESSION_LIFE = timedelta(hours=14)
TRY_KEPT = timedelta(minutes=10)
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


class Guest(Struct, frozen=True, kw_only=True):
    """Somebody let onto one floor by a personal link. `agency` is the code where we know it."""

    id: int
    project: str
    floor: str
    role: GuestRole
    name: str
    agency: str
    outlet: str
    language: str
    until: datetime
    revoked: datetime | None
    entered: datetime | None
    by: str

    @property
    def party(self) -> str:
        return self.agency or self.outlet

    def is_good(self, now: datetime) -> bool:
        return self.revoked is None and now < self.until


class Visit(Struct, frozen=True, kw_only=True):
    """A guest's session on the floor."""

    guest: Guest
    csrf: str


def read_hall(conn: Connection, project: str, id: str) -> Hall:
    """
    Raises:
        NotFound: no floor has been opened at this event.
    """
    floor = record(conn, Floor, project, id)
    return hall(
        floor,
        find_record(conn, Event, project, id),
        records(conn, Question, project=project, parents=[id]),
        records(conn, Answer, project=project, parents=[id]),
        records(conn, Interpretation, project=project, parents=[id]),
    )


def stamp(conn: Connection, project: str) -> str:
    """Changes whenever an act of the project has been taken: what was read before it may be old."""
    row = conn.execute("select xmin::text || ' ' || ctid::text from project where id = %s", (project,)).fetchone()
    return "" if row is None else str(row[0])


# ------------------------------------------------------------------------------------------------ guests

_GUEST = "id, project, floor, role, name, agency, outlet, language, until, revoked, entered, by"


def add_guest(
    conn: Connection,
    project: str,
    floor: str,
    *,
    role: GuestRole = "journalist",
    name: str,
    agency: str = "",
    outlet: str = "",
    language: str = "",
    until: datetime,
    by: str,
) -> tuple[Guest, str]:
    """The guest, and the secret of the link: shown once, kept as a digest."""
    code = _new_code()
    row = conn.execute(
        "insert into accreditation (project, floor, digest, role, name, agency, outlet, language, until, by)"
        f" values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning {_GUEST}",
        (project, floor, _digest(code), role, name, agency, outlet, language, until, by),
    ).fetchone()
    assert row is not None
    return _guest(row), code


def guests(conn: Connection, project: str, floor: str) -> list[Guest]:
    """Everybody who was ever accredited here, by name."""
    rows = conn.execute(
        f"select {_GUEST} from accreditation where project = %s and floor = %s order by revoked is not null, name, id",
        (project, floor),
    )
    return [_guest(row) for row in rows]


def revoke(conn: Connection, project: str, floor: str, number: int) -> Guest:
    """The link is dead from now on, and every visit by it.

    Raises:
        NotFound: nobody is accredited under this number here.
    """
    row = conn.execute(
        "update accreditation set revoked = coalesce(revoked, now()) where id = %s and project = %s and floor = %s"
        f" returning {_GUEST}",
        (number, project, floor),
    ).fetchone()
    if row is None:
        raise NotFound(f"Nobody is accredited here under the number {number}")
    conn.execute("delete from floor_session where accreditation = %s", (number,))
    return _guest(row)


def by_code(conn: Connection, code: str) -> Guest | None:
    """Whose code this is, if it is still good; as typed: small letters, spaces and hyphens do not matter."""
    row = conn.execute(
        f"select {_GUEST} from accreditation where digest = %s and revoked is null and until > now()", (_digest(code),)
    ).fetchone()
    return None if row is None else _guest(row)


def enter(conn: Connection, guest: Guest) -> str:
    """The cookie of a new visit."""
    cookie = secrets.token_urlsafe(32)
    conn.execute("delete from floor_session where until < now()")
    conn.execute(
        "insert into floor_session (id, accreditation, csrf, until) values (%s, %s, %s, least(%s, now() + %s))",
        (_hash(cookie), guest.id, secrets.token_urlsafe(24), guest.until, SESSION_LIFE),
    )
    conn.execute("update accreditation set entered = coalesce(entered, now()) where id = %s", (guest.id,))
    return cookie


def visit(conn: Connection, cookie: str) -> Visit | None:
    """The visit a cookie stands for, or None: unknown, ended, or its guest sent away."""
    if not cookie:
        return None
    row = conn.execute(
        f"select {', '.join(f'a.{name.strip()}' for name in _GUEST.split(','))}, s.csrf from floor_session s"
        " join accreditation a on a.id = s.accreditation where s.id = %s and s.until > now() and a.revoked is null"
        " and a.until > now()",
        (_hash(cookie),),
    ).fetchone()
    return None if row is None else Visit(guest=_guest(row[:-1]), csrf=row[-1])


def end_visit(conn: Connection, cookie: str) -> None:
    conn.execute("delete from floor_session where id = %s", (_hash(cookie),))


def _new_code() -> str:
    """Sixteen signs that are not mistaken for one another, in fours: 78 bits, typed from paper in a minute."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _digest(code: str) -> bytes:
    return _hash("".join(sign for sign in code.upper() if sign.isalnum()))


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _guest(row: Row) -> Guest:
    return Guest(
        id=row[0],
        project=row[1],
        floor=row[2],
        role=row[3],
        name=row[4],
        agency=row[5],
        outlet=row[6],
        language=row[7],
        until=row[8],
        revoked=row[9],
        entered=row[10],
        by=row[11],
    )


# ------------------------------------------------------------------------------------------------ who asked how much


def tried(conn: Connection, who: str, address: str, within: timedelta) -> tuple[int, int]:
    """How often this one, and this address, tried `within` the last while. Write the try down by `count_try`."""
    row = conn.execute(
        "select count(*) filter (where who = %s), count(*) filter (where address = %s and %s <> '') from floor_try"
        " where at > now() - %s",
        (who, address, address, within),
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def count_try(conn: Connection, who: str, address: str) -> None:
    conn.execute("delete from floor_try where at < now() - %s", (TRY_KEPT,))
    conn.execute("insert into floor_try (who, address) values (%s, %s)", (who, address))


def asked_by(conn: Connection, project: str, floor: str, who: str) -> list[str]:
    """The ids of the questions that `who` asked here, oldest first."""
    rows = conn.execute(
        "select question from floor_asked where project = %s and floor = %s and who = %s order by at, question",
        (project, floor, who),
    )
    return [row[0] for row in rows]


def note_asked(conn: Connection, project: str, floor: str, question: str, who: str) -> None:
    conn.execute(
        "insert into floor_asked (project, floor, question, who) values (%s, %s, %s, %s)",
        (project, floor, question, who),
    )
