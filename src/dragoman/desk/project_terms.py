"""A project's own agreement: for each two of its members the agreements that follow from the terms they joined under.

A member has signed the terms by joining, so no person is asked again: each node proposes what it gives, and accepts what
it is offered, where it is word for word what the project's terms say. Whoever has left is given nothing more.
"""

from datetime import datetime
from itertools import product

from msgspec.structs import replace

from dragoman.desk import agreements as desk
from dragoman.desk.projects import terms_digest
from dragoman.model.agreement import Agreement, AgreementState, Terms
from dragoman.model.project import Member, Project
from dragoman.planning.fold import Held
from dragoman.store import agencies, agreements
from dragoman.store.connect import Connection
from dragoman.store.projects import find_record, projects, records
from dragoman.trust.keys import Keyring

_OPEN: tuple[AgreementState, ...] = ("proposed", "offered", "active")


class Settler:
    """Settles when a project or an agreement has changed, and not otherwise."""

    def __init__(self) -> None:
        self._stamp: tuple[object, ...] = ()

    def settle(self, conn: Connection, keyring: Keyring, now: datetime) -> int:
        """As the function `settle`."""
        row = conn.execute("select max(changed), count(*) from project where not desk").fetchone()
        stamp = (row, agreements.book(conn).stamp)
        if stamp == self._stamp:
            return 0
        touched = settle(conn, keyring, now)
        self._stamp = stamp
        return touched


def settle(conn: Connection, keyring: Keyring, now: datetime) -> int:
    """Propose, accept and end what the projects' terms and members ask for; how many agreements were touched."""
    known = {agency.code for agency in agencies.agencies(conn)}
    touched = 0
    for row in projects(conn):
        held = find_record(conn, Project, row.id, "project")
        if held is None:
            continue
        members = records(conn, Member, project=row.id)
        wanted = {} if row.state in ("left", "closed") else _wanted(row.id, held.record, members, keyring.agency)
        touched += _settle(conn, keyring, row.id, {k: t for k, t in wanted.items() if set(k) <= known}, now)
    return touched


def content_of(project: str) -> str:
    """The query that an agreement of the project gives under."""
    return f'project:"{project}"'


def _wanted(project: str, held: Project, members: list[Held[Member]], home: str) -> dict[tuple[str, str], Terms]:
    """The terms of each agreement between us and another member, by giver and taker."""
    accepted = [m for m in members if m.record.is_in and m.record.accepted == terms_digest(held.terms)]
    return {
        (giver.id, taker.id): _terms(project, held, giver, taker)
        for giver, taker in product(accepted, accepted)
        if giver.id != taker.id and home in (giver.id, taker.id) and giver.record.role != "reader"
    }


def _terms(project: str, held: Project, giver: Held[Member], taker: Held[Member]) -> Terms:
    own = held.terms
    joined = [m.record.joined for m in (giver, taker) if m.record.joined is not None]
    name = giver.record.name or giver.id
    return Terms(
        giver=giver.id,
        taker=taker.id,
        content=content_of(project),
        kinds=own.kinds,
        use=own.use,
        onward=own.onward,
        translation=own.translation,
        credit={language: line.replace("{agency}", name) for language, line in own.credit.items()},
        valid_from=max(joined),
        valid_until=own.valid_until,
        documents=(f"project {project}, terms {terms_digest(own)}",),
    )


def _settle(
    conn: Connection, keyring: Keyring, project: str, wanted: dict[tuple[str, str], Terms], now: datetime
) -> int:
    content, by, touched = content_of(project), f"project {project}", 0
    here = [a for a in agreements.agreements(conn, states=_OPEN) if a.terms.content == content]
    for one in here:
        terms = wanted.pop((one.terms.giver, one.terms.taker), None)
        touched += _tend(conn, keyring, one, terms, by, now)
    for terms in wanted.values():
        if terms.giver == keyring.agency:
            desk.propose(conn, keyring, terms, by=by, now=now)
            touched += 1
    return touched


def _tend(conn: Connection, keyring: Keyring, one: Agreement, terms: Terms | None, by: str, now: datetime) -> int:
    """Accept, revise or end one agreement of the project; whether anything was done."""
    if terms is None:
        desk.end(conn, one.id, by=by, now=now)
    elif one.state == "offered" and _same(one.terms, terms):
        desk.accept(conn, keyring, one.id, by=by, now=now)
    elif one.state == "active" and one.terms.giver == keyring.agency and not _same(one.terms, terms):
        desk.propose(conn, keyring, replace(terms, valid_from=now), by=by, now=now, revises=one.id)
    else:
        return 0
    return 1


def _same(one: Terms, other: Terms) -> bool:
    """Word for word the same, but for the moment from which they hold."""
    return replace(one, valid_from=other.valid_from) == other
