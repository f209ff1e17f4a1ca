"""A project's own agreement: for each two of its members the agreements that follow from the terms they joined under.

A member has signed the terms by joining, so no person is asked again: each node proposes what it gives, and accepts what
it is offered, where it is word for word what the project's terms say. Whoever has left is given nothing more, nor who has
not accepted the terms as they are now. Agreements that people make over a project are theirs, and are left alone.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import product

import structlog
from msgspec.structs import replace

from dragoman.desk import agreements as desk
from dragoman.desk.projects import terms_digest
from dragoman.model.agreement import Agreement, AgreementState, Terms
from dragoman.model.errors import DragomanError, TryAgain
from dragoman.model.project import Member, Project
from dragoman.planning.fold import Held
from dragoman.store import agencies, agreements
from dragoman.store.connect import Connection
from dragoman.store.projects import projects, records
from dragoman.store.projects.listing import standing
from dragoman.trust.keys import Keyring

log = structlog.get_logger("release")
_OPEN: tuple[AgreementState, ...] = ("proposed", "offered", "active")
Wanted = dict[tuple[str, str], Terms]
"""The terms of each agreement that a project asks for, by giver and taker."""


class Settler:
    """Settles when a project or an agreement has changed, and not otherwise."""

    def __init__(self) -> None:
        self._stamp: tuple[object, ...] = ()

    def settle(self, conn: Connection, keyring: Keyring, now: datetime) -> int:
        """As the function `settle`."""
        stamp = (standing(conn), agreements.book(conn).stamp)
        if stamp == self._stamp:
            return 0
        touched = settle(conn, keyring, now)
        self._stamp = stamp
        return touched


def settle(conn: Connection, keyring: Keyring, now: datetime) -> int:
    """Propose, accept and end what the projects' terms and members ask for; how many agreements were touched."""
    known = {agency.code for agency in agencies.agencies(conn)}
    held = {one.project: one for one in records(conn, Project)}
    members: dict[str, list[Held[Member]]] = {}
    for one in records(conn, Member):
        members.setdefault(one.project, []).append(one)
    open_now = agreements.agreements(conn, states=_OPEN)
    touched = 0
    for row in projects(conn):
        active = row.state == "active" and row.id in held
        wanted = _wanted(held[row.id], members.get(row.id, []), keyring.agency) if active else {}
        here = [a for a in open_now if _is_of(a, row.id)]
        touched += _settle(conn, keyring, row.id, {k: t for k, t in wanted.items() if set(k) <= known}, here, now)
    return touched


def content_of(project: str) -> str:
    """The query that an agreement of the project gives under."""
    return f'project:"{project}"'


def _document(project: str) -> str:
    return f"project {project}, terms "


def _is_of(agreement: Agreement, project: str) -> bool:
    """Does it follow from the project's terms? Then it names them as its document."""
    terms = agreement.terms
    return terms.content == content_of(project) and any(one.startswith(_document(project)) for one in terms.documents)


def _wanted(held: Held[Project], members: list[Held[Member]], home: str) -> Wanted:
    """Between us and each other member who has accepted the terms as we have; a reader gives nothing."""
    accepted = [m for m in members if m.record.is_in and m.record.accepted == terms_digest(held.record.terms)]
    return {
        (giver.id, taker.id): _terms(held, giver, taker)
        for giver, taker in product(accepted, accepted)
        if giver.id != taker.id and home in (giver.id, taker.id) and giver.record.role != "reader"
    }


def _terms(held: Held[Project], giver: Held[Member], taker: Held[Member]) -> Terms:
    own = held.record.terms
    joined = [m.record.joined for m in (giver, taker) if m.record.joined is not None]
    name = giver.record.name or giver.id
    return Terms(
        giver=giver.id,
        taker=taker.id,
        content=content_of(held.project),
        kinds=own.kinds,
        use=own.use,
        onward=own.onward,
        translation=own.translation,
        credit={language: line.replace("{agency}", name) for language, line in own.credit.items()},
        valid_from=max(joined),
        valid_until=own.valid_until,
        documents=(_document(held.project) + terms_digest(own),),
    )


def _settle(
    conn: Connection, keyring: Keyring, project: str, wanted: Wanted, here: Iterable[Agreement], now: datetime
) -> int:
    by, touched = f"project {project}", 0
    newest = {one.id: one for one in sorted(here, key=lambda one: one.revision)}
    for one in newest.values():
        touched += _tend(conn, keyring, one, wanted.pop((one.terms.giver, one.terms.taker), None), by, now)
    for terms in wanted.values():
        if terms.giver == keyring.agency:
            desk.propose(conn, keyring, terms, by=by, now=now)
            touched += 1
    return touched


def _tend(conn: Connection, keyring: Keyring, one: Agreement, terms: Terms | None, by: str, now: datetime) -> int:
    """Accept, revise or end one agreement of the project; whether anything was done.

    An offer that fits no terms we know waits: the acts that it follows from may come later than it.
    """
    try:
        if one.state == "offered":
            if terms is None or not _same(one.terms, terms):
                return 0
            desk.accept(conn, keyring, one.id, by=by, now=now)
        elif terms is None:
            desk.end(conn, one.id, by=by, now=now)
        elif one.terms.giver == keyring.agency and not _same(one.terms, terms):
            desk.propose(conn, keyring, replace(terms, valid_from=now), by=by, now=now, revises=one.id)
        else:
            return 0
    except TryAgain:
        raise
    except DragomanError as error:  # one agreement that cannot be settled does not stop the others, nor the clock
        log.warning("agreement of a project not settled", agreement=one.id, why=str(error))
        return 0
    return 1


def _same(one: Terms, other: Terms) -> bool:
    """Word for word the same, but for the moment from which they hold."""
    return replace(one, valid_from=other.valid_from) == other
