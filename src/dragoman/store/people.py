"""People, their sessions and access tokens. Secrets are kept as digests only."""

import hashlib
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from msgspec import Struct
from psycopg import errors as pg

from dragoman.model.errors import BadInput, Conflict, NotAccepted
from dragoman.store.connect import Connection

ROLES = ("reader", "editor", "desk head", "partner manager", "operator", "administrator")
SESSION_LIFE = timedelta(hours=14)
MIN_PASSWORD = 12
LOCK_AFTER, LOCK_FOR = 8, timedelta(minutes=10)
_hasher = PasswordHasher()
# Checked when no such person exists, so that the answer takes as long.
_NOBODY = _hasher.hash(secrets.token_hex(16))


class Person(Struct, frozen=True, kw_only=True):
    id: int
    name: str
    role: str
    language: str = "en"

    def may(self, *roles: str) -> bool:
        """An administrator may do everything; the others what their role names."""
        return self.role == "administrator" or self.role in roles


class Session(Struct, frozen=True, kw_only=True):
    person: Person
    csrf: str
    until: datetime


class Bearer(Struct, frozen=True, kw_only=True):
    """Who a token speaks for: a person of the newsroom, or (`agency`) a partner."""

    person: Person | None
    agency: str
    agency_id: int


def add_person(conn: Connection, name: str, password: str, role: str, language: str = "en") -> Person:
    """
    Raises:
        BadInput: the password is too short, or the role unknown.
        Conflict: the name is taken.
    """
    if len(password) < MIN_PASSWORD:
        raise BadInput("The password is too short", f"{len(password)} characters", hint=f"Use {MIN_PASSWORD} or more.")
    if role not in ROLES:
        raise BadInput(f"There is no role {role!r}", hint=f"One of: {', '.join(ROLES)}.")
    try:
        row = conn.execute(
            "insert into person (name, password, role, language) values (%s, %s, %s, %s) returning id",
            (name, _hasher.hash(password), role, language),
        ).fetchone()
    except pg.UniqueViolation as error:
        raise Conflict(f"There is already a user {name}") from error
    assert row is not None
    return Person(id=row[0], name=name, role=role, language=language)


def people(conn: Connection) -> list[Person]:
    rows = conn.execute("select id, name, role, language from person where disabled is null order by name")
    return [Person(id=r[0], name=r[1], role=r[2], language=r[3]) for r in rows]


def log_in(conn: Connection, name: str, password: str, old_cookie: str = "") -> str:
    """The new session's cookie. The session that was there before, if any, ends: its id is never carried over a log-in.

    Raises:
        NotAccepted: wrong name or password (the same words for both), or too many tries.
    """
    failures = conn.execute(
        "select count(*) from log_in_attempt where name = %s and at > now() - %s", (name, LOCK_FOR)
    ).fetchone()
    if failures and failures[0] >= LOCK_AFTER:
        raise NotAccepted("Too many tries", hint=f"Wait {int(LOCK_FOR.total_seconds() // 60)} minutes.")
    row = conn.execute("select id, password from person where name = %s and disabled is null", (name,)).fetchone()
    try:
        _hasher.verify(row[1] if row else _NOBODY, password)
    except VerificationError as error:
        conn.execute("insert into log_in_attempt (name) values (%s)", (name,))
        raise NotAccepted("Name or password is wrong", hint="Try again, or ask an administrator.") from error
    if row is None:
        raise NotAccepted("Name or password is wrong", hint="Try again, or ask an administrator.")
    log_out(conn, old_cookie)
    cookie = secrets.token_urlsafe(32)
    conn.execute(
        "insert into session (id, person, csrf, until) values (%s, %s, %s, now() + %s)",
        (_digest(cookie), row[0], secrets.token_urlsafe(24), SESSION_LIFE),
    )
    conn.execute("delete from log_in_attempt where name = %s", (name,))
    return cookie


def log_out(conn: Connection, cookie: str) -> None:
    conn.execute("delete from session where id = %s", (_digest(cookie),))


def session(conn: Connection, cookie: str) -> Session | None:
    """The session a cookie stands for, or None: unknown, ended, or its person disabled."""
    if not cookie:
        return None
    row = conn.execute(
        "select p.id, p.name, p.role, p.language, s.csrf, s.until from session s join person p on p.id = s.person"
        " where s.id = %s and s.until > now() and p.disabled is null",
        (_digest(cookie),),
    ).fetchone()
    if row is None:
        return None
    return Session(person=Person(id=row[0], name=row[1], role=row[2], language=row[3]), csrf=row[4], until=row[5])


def set_language(conn: Connection, person: int, language: str) -> None:
    conn.execute("update person set language = %s where id = %s", (language, person))


def add_token(conn: Connection, name: str, *, person: str = "", agency: str = "", days: int | None = None) -> str:
    """A new token, shown once: for a person of the newsroom, or for a partner, who then reads through the partner role.

    Raises:
        BadInput: neither or both are named, or there is no such person or agency.
    """
    if bool(person) == bool(agency):
        raise BadInput("A token belongs to a user or to an agency", hint="Name one of the two.")
    token = "dgm_" + secrets.token_urlsafe(32)
    row = conn.execute(
        "insert into access_token (prefix, digest, name, person, agency, until) select %s, %s, %s, p.id, a.id,"
        " now() + make_interval(days => %s::int) from (select 1) one left join person p on p.name = %s"
        " left join agency a on a.code = %s where p.id is not null or a.id is not null returning id",
        (token[:12], _digest(token), name, days, person, agency),
    ).fetchone()
    if row is None:
        raise BadInput(f"There is no {'user ' + person if person else 'agency ' + agency}")
    return token


def bearer(conn: Connection, token: str) -> Bearer | None:
    """Who a token speaks for, or None."""
    row = conn.execute(
        "update access_token t set used = now() from access_token x left join person p on p.id = x.person"
        " left join agency a on a.id = x.agency where t.id = x.id and x.digest = %s and (x.until is null or x.until > now())"
        " and p.disabled is null returning p.id, p.name, p.role, p.language, a.code, a.id",
        (_digest(token),),
    ).fetchone()
    if row is None:
        return None
    person = Person(id=row[0], name=row[1], role=row[2], language=row[3]) if row[0] is not None else None
    return Bearer(person=person, agency=row[4] or "", agency_id=row[5] or 0)


def sweep(conn: Connection) -> None:
    """Forget sessions that have ended and tries that no longer count."""
    conn.execute("delete from session where until < now()")
    conn.execute("delete from log_in_attempt where at < now() - %s", (LOCK_FOR,))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
