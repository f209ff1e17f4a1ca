"""Accredited guests: journalists, speakers and interpreters of any partner, let onto one floor by a personal link."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import get_args

from msgspec import Struct

from dragoman.desk.floor.running import Desk, tag
from dragoman.model.errors import BadInput, NotAccepted, Refused, TooOften
from dragoman.model.event import Event
from dragoman.model.floor import Floor
from dragoman.planning.floor.rules import moderators
from dragoman.store import agencies, audit
from dragoman.store import floor as store
from dragoman.store.connect import Connection
from dragoman.store.floor import Guest, GuestRole
from dragoman.store.projects import find_record, record
from dragoman.text.cleaning import clean, squeeze

AFTERWARDS = timedelta(days=7)
"""How long after the event a link still opens the floor: answers in writing come later."""
MOST_AT_ONCE = 200
TRIES, TRIES_WITHIN = 20, timedelta(minutes=10)


class Invited(Struct, frozen=True, kw_only=True):
    """Somebody to be accredited. `agency` is a code we know, `outlet` a name; one of the two is enough."""

    name: str
    agency: str = ""
    outlet: str = ""
    language: str = ""
    role: GuestRole = "journalist"


class Invitation(Struct, frozen=True, kw_only=True):
    """A guest and the code that lets them in: this is the only time that it is shown."""

    guest: Guest
    code: str

    def link(self, url: str) -> str:
        """The personal link at the node `url`."""
        return f"{url}/floor/in/{self.code}"


def accredit(desk: Desk, people: Iterable[Invited], *, until: datetime | None = None) -> list[Invitation]:
    """Let these people onto the floor, each by a link of their own; all of them or none.

    Raises:
        Refused: the floor is not ours to invite to.
        BadInput: a name is missing, or the end has passed.
        NotFound: there is no such floor, or no agency of this code.
    """
    floor = record(desk.conn, Floor, desk.project, desk.id)
    if desk.keyring.agency not in moderators(floor):
        raise Refused("Its moderators accredit for this floor", ", ".join(moderators(floor)), kept="Nothing.")
    wanted = [_checked(desk.conn, one) for one in people]
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise BadInput("Name whom to accredit", f"{len(wanted)} named", hint=f"One to {MOST_AT_ONCE} at a time.")
    end = until or _until(desk)
    if end <= desk.now:
        raise BadInput("This accreditation would have ended already", end.isoformat(), kept="Nothing.")
    with desk.conn.transaction():
        made = [_add(desk, one, end) for one in wanted]
        for one in made:
            audit.record(desk.conn, desk.by, "accredited", desk.project, floor=desk.id, name=one.guest.name)
    return made


def _add(desk: Desk, one: Invited, until: datetime) -> Invitation:
    guest, code = store.add_guest(
        desk.conn,
        desk.project,
        desk.id,
        role=one.role,
        name=one.name,
        agency=one.agency,
        outlet=one.outlet,
        language=one.language,
        until=until,
        by=desk.by,
    )
    return Invitation(guest=guest, code=code)


def _checked(conn: Connection, one: Invited) -> Invited:
    name, outlet = squeeze(clean(one.name))[:200], squeeze(clean(one.outlet))[:200]
    if not name:
        raise BadInput("Somebody to be accredited has no name", outlet or one.agency, kept="Nothing.")
    if one.role not in get_args(GuestRole):
        raise BadInput(f"Nobody is accredited as {one.role!r}", hint=f"One of: {', '.join(get_args(GuestRole))}.")
    if one.agency:
        outlet = outlet or agencies.agency(conn, one.agency).name
    elif not outlet:
        raise BadInput(f"Say for whom {name} asks", hint="An agency's code, or the outlet's name.", kept="Nothing.")
    return Invited(name=name, agency=one.agency, outlet=outlet, language=tag(one.language), role=one.role)


def _until(desk: Desk) -> datetime:
    event = find_record(desk.conn, Event, desk.project, desk.id)
    ends = (event.record.ends or event.record.starts) if event else desk.now
    return max(ends, desk.now) + AFTERWARDS


def revoke(desk: Desk, number: int) -> Guest:
    """Send a guest away: the link is dead, what was asked stays."""
    with desk.conn.transaction():
        guest = store.revoke(desk.conn, desk.project, desk.id, number)
        audit.record(desk.conn, desk.by, "accreditation revoked", desk.project, floor=desk.id, name=guest.name)
    return guest


def find_guest(conn: Connection, code: str, address: str) -> Guest:
    """Whose code this is. Guessing is slowed down by address.

    Raises:
        NotAccepted: nobody's, or no longer good.
        TooOften: too many wrong ones came from this address.
    """
    who = f"code {address}"
    tries, _ = store.tried(conn, who, "", TRIES_WITHIN)
    if tries >= TRIES:
        raise TooOften("Too many wrong codes", hint="Wait ten minutes.", kept="Your accreditation, if you have one.")
    guest = store.by_code(conn, code)
    if guest is None:
        store.count_try(conn, who, "")
        raise NotAccepted(
            "This link or code is not good", "unknown, ended or taken back", hint="Ask whoever invited you for another."
        )
    return guest
