"""Addresses of calendars: a secret under which a calendar program reads one view of the diary, and nothing else."""

import hashlib
import secrets
from datetime import datetime

from msgspec import Struct

from dragoman.model.errors import NotAccepted, NotFound
from dragoman.store.connect import Connection
from dragoman.store.people import Person

PREFIX = "dgc_"
MOST = 30
"""Addresses of one person."""


class CalendarAddress(Struct, frozen=True, kw_only=True):
    """`view` is the query part of the diary's own address; `inside`: titles under embargo are in it."""

    id: int
    name: str
    view: str
    inside: bool
    created: datetime
    used: datetime | None


def add_address(conn: Connection, person: int, name: str, view: str, *, inside: bool) -> str:
    """The secret of a new address; shown once."""
    secret = PREFIX + secrets.token_urlsafe(32)
    conn.execute(
        "insert into calendar_address (digest, prefix, person, name, view, inside) values (%s, %s, %s, %s, %s, %s)",
        (_digest(secret), secret[:12], person, name, view, inside),
    )
    return secret


def addresses(conn: Connection, person: int) -> list[CalendarAddress]:
    """A person's addresses, newest first."""
    rows = conn.execute(
        "select id, name, view, inside, created, used from calendar_address where person = %s and withdrawn is null"
        " order by id desc limit %s",
        (person, MOST),
    )
    return [CalendarAddress(id=r[0], name=r[1], view=r[2], inside=r[3], created=r[4], used=r[5]) for r in rows]


def withdraw(conn: Connection, person: int, number: int) -> None:
    """
    Raises:
        NotFound: this person has no such address.
    """
    done = conn.execute(
        "update calendar_address set withdrawn = now() where id = %s and person = %s and withdrawn is null",
        (number, person),
    )
    if done.rowcount == 0:
        raise NotFound(f"You have no calendar address {number}")


def opened(conn: Connection, secret: str) -> tuple[Person, CalendarAddress]:
    """Whose address this is, and what it shows.

    Raises:
        NotAccepted: it is unknown or withdrawn, or its owner has left.
    """
    row = conn.execute(
        "update calendar_address c set used = now() from person p where p.id = c.person and c.digest = %s"
        " and c.withdrawn is null and p.disabled is null"
        " returning p.id, p.name, p.role, p.language, c.id, c.name, c.view, c.inside, c.created, c.used",
        (_digest(secret),),
    ).fetchone()
    if row is None:
        raise NotAccepted(
            "This calendar address is not good", "unknown or withdrawn", hint="Make a new one in the diary."
        )
    person = Person(id=row[0], name=row[1], role=row[2], language=row[3])
    return person, CalendarAddress(id=row[4], name=row[5], view=row[6], inside=row[7], created=row[8], used=row[9])


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
