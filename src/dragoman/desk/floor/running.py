"""The floor itself: opened by the event's host, set up, and taken from announced to closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import get_args

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from dragoman.desk import projects
from dragoman.model.errors import BadInput, Conflict, NotFound
from dragoman.model.event import Event
from dragoman.model.floor import Floor, FloorMode, FloorState
from dragoman.planning.fold import Held
from dragoman.store.connect import Connection
from dragoman.store.projects import find_record, record, records
from dragoman.text.language import known_tag
from dragoman.trust.keys import Keyring

MOST_SPEAKERS = 60


class Desk(Struct, frozen=True, kw_only=True):
    """Whoever acts, where and when: what every act on a floor needs."""

    conn: Connection
    keyring: Keyring
    project: str
    id: str
    by: str
    now: datetime


class Settings(Struct, frozen=True, kw_only=True):
    """How questions are taken; what is None stays as it is, and so does an embargo that is not named (None ends it)."""

    mode: FloorMode | None = None
    moderators: tuple[str, ...] | None = None
    answerers: tuple[str, ...] | None = None
    speakers: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    pre_moderated: bool | None = None
    public: bool | None = None
    per_person: int | None = None
    embargoed_until: datetime | UnsetType | None = UNSET


class Line(Struct, frozen=True, kw_only=True):
    """A floor in a list, with the event it belongs to where that is here."""

    floor: Held[Floor]
    event: Held[Event] | None


def floors(conn: Connection, project: str = "") -> list[Line]:
    """Every floor here, or of one project: those still to come or going on first, then the newest."""
    found = [
        Line(floor=one, event=find_record(conn, Event, one.project, one.id))
        for one in records(conn, Floor, project=project)
    ]
    return sorted(found, key=lambda line: (line.floor.record.state in ("closed", "published"), -line.floor.made.clock))


def find(conn: Connection, name: str) -> tuple[str, str]:
    """Project and id of the floor named by its event's id, or by ``PROJECT/ID``.

    Raises:
        NotFound: no floor, or more than one, is named so.
    """
    return _named(name, [(one.project, one.id) for one in records(conn, Floor)], "floor")


def find_event(conn: Connection, name: str) -> tuple[str, str]:
    """The same for an event, whether it has a floor or not."""
    return _named(name, [(one.project, one.id) for one in records(conn, Event)], "event")


def _named(name: str, known: list[tuple[str, str]], noun: str) -> tuple[str, str]:
    project, _, id = name.rpartition("/")
    found = [one for one in known if one[1] == id and project in ("", one[0])]
    if len(found) != 1:
        raise NotFound(
            f"There is no one {noun} {name!r}", f"{len(found)} are named so", hint="Name it as PROJECT/EVENT."
        )
    return found[0]


def open_floor(desk: Desk, settings: Settings, *, takes: bool = True) -> Held[Floor]:
    """Open the floor of an event: announced, or at once taking questions.

    Raises:
        Conflict: it is open already.
        Refused: it is not our event.
    """
    if find_record(desk.conn, Floor, desk.project, desk.id) is not None:
        raise Conflict("This event has a floor already", desk.id, hint=f"`dragoman floor show {desk.id}`.")
    record(desk.conn, Event, desk.project, desk.id)
    floor = _set(Floor(event=desk.id, state="taking questions" if takes else "announced"), settings)
    return projects.put(desk.conn, desk.keyring, desk.project, desk.id, floor, by=desk.by, now=desk.now)


def set_up(desk: Desk, settings: Settings) -> Held[Floor]:
    """Change how questions are taken.

    Raises:
        Refused: only the host does.
    """
    with locked(desk) as held:
        return put(desk, _set(held.record, settings))


def go(desk: Desk, state: str) -> Held[Floor]:
    """Take the floor to another state. Nothing is being asked on one that is not live.

    Raises:
        BadInput: there is no such state.
        Refused: it does not lead there from where it is, or we are not its moderators.
    """
    if state not in get_args(FloorState):
        raise BadInput(f"A floor is never {state!r}", hint=f"One of: {', '.join(get_args(FloorState))}.")
    with locked(desk) as held:
        asking = held.record.asking if state == "live" else ""
        return put(desk, replace(held.record, state=state, asking=asking))


@contextmanager
def locked(desk: Desk) -> Iterator[Held[Floor]]:
    """The floor as it stays until the end of the block, in one transaction: of two who act at once the second sees what
    the first did.

    Raises:
        NotFound: no floor has been opened at this event.
    """
    with desk.conn.transaction():
        desk.conn.execute("select from project where id = %s for update", (desk.project,))
        yield record(desk.conn, Floor, desk.project, desk.id)


def put(desk: Desk, floor: Floor) -> Held[Floor]:
    return projects.put(desk.conn, desk.keyring, desk.project, desk.id, floor, by=desk.by, now=desk.now)


def _set(floor: Floor, settings: Settings) -> Floor:
    wanted = {name: value for name in settings.__struct_fields__ if (value := getattr(settings, name)) is not None}
    wanted["embargoed_until"] = floor.embargoed_until if settings.embargoed_until is UNSET else settings.embargoed_until
    if "languages" in wanted:
        wanted["languages"] = tuple(dict.fromkeys(tag(one) for one in wanted["languages"]))
    if len(wanted.get("speakers", ())) > MOST_SPEAKERS:
        raise BadInput("There are too many speakers", f"{len(wanted['speakers'])}", hint=f"At most {MOST_SPEAKERS}.")
    return replace(floor, **wanted)


def tag(language: str) -> str:
    """`language` as a BCP 47 tag; empty stays empty.

    Raises:
        BadInput: it is none.
    """
    found = known_tag(language) if language else ""
    if language and not found:
        raise BadInput(f"{language!r} is not a language", hint="Use a code, as in ru or zh-Hans.")
    return found
