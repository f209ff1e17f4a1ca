"""An exhibition from its first day to its last: made, described, divided into rooms, looked over, published, closed.

Everything is a record of a project: what members do on their own nodes is folded here into the same exhibition.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dragoman.desk import projects
from dragoman.model.errors import BadInput, Conflict, NotFound, Refused
from dragoman.model.event import Event
from dragoman.model.exhibition import Caption, Exhibition, ExhibitionState, Proposal, Right, Room, Vote
from dragoman.model.project import Member, Project, ProjectTerms, Record
from dragoman.planning import hanging
from dragoman.planning.exhibition import Lying, Whole, hung, opening_day
from dragoman.planning.exhibition_checks import Finding, blocking, findings
from dragoman.planning.fold import Held
from dragoman.store import agencies, audit, media
from dragoman.store.connect import Connection
from dragoman.store.projects import find_record, record, records
from dragoman.text.language import known_tag
from dragoman.trust.keys import Keyring

R = TypeVar("R", bound=Record)
_KEPT = "Everything as it was."


class Line(Struct, frozen=True, kw_only=True):
    """An exhibition in a list: how many pictures are proposed, how many of them selected."""

    held: Held[Exhibition]
    project_title: str
    proposed: int
    selected: int


def exhibitions(conn: Connection, project: str = "") -> list[Line]:
    """Those of one project, or of all that we are in, the newest first."""
    titles = {one.project: one.record.title for one in records(conn, Project, project=project)}
    counts: dict[tuple[str, str], list[bool]] = {}
    for one in records(conn, Proposal, project=project):
        counts.setdefault((one.project, one.record.exhibition), []).append(bool(one.record.selected))
    found = [
        Line(
            held=held,
            project_title=titles.get(held.project, held.project),
            proposed=len(chosen := counts.get((held.project, held.id), [])),
            selected=sum(chosen),
        )
        for held in records(conn, Exhibition, project=project)
    ]
    return sorted(found, key=lambda line: line.held.made.clock, reverse=True)


def find(conn: Connection, name: str) -> Held[Exhibition]:
    """The exhibition called `name`: its id or the first letters of it, ``project/id`` where two share them.

    Raises:
        NotFound: there is none.
        Conflict: there are several.
    """
    project, _, id = name.rpartition("/")
    found = [held for held in records(conn, Exhibition, project=project) if held.id.startswith(id)] if id else []
    exact = [held for held in found if held.id == id]
    if len(exact or found) > 1:
        names = ", ".join(f"{held.project}/{held.id}" for held in found)
        raise Conflict(f"Several exhibitions are called {name}", names, hint="Give more of the id, or PROJECT/ID.")
    if not found:
        raise NotFound(f"There is no exhibition {name}", hint="`dragoman exhibition list` shows them.")
    return (exact or found)[0]


def opened(conn: Connection, project: str, id: str, *, only: str = "") -> Whole:
    """The exhibition with everything in it, as it stands here; with one picture, where `only` that is asked for.

    Raises:
        NotFound: there is none.
    """
    held = record(conn, Exhibition, project, id)
    proposals = [one for one in records(conn, Proposal, project=project, parents=[id]) if only in ("", one.id)]
    pictures = [one.id for one in proposals]
    joint = find_record(conn, Project, project, "project")
    return hung(
        held,
        terms=joint.record.terms if joint else ProjectTerms(),
        names=_names(conn, project),
        rooms=records(conn, Room, project=project, parents=[id]),
        proposals=proposals,
        votes=records(conn, Vote, project=project, parents=pictures),
        rights=records(conn, Right, project=project, parents=pictures),
        captions=records(conn, Caption, project=project, parents=pictures),
        lying=_lying(conn, proposals),
    )


def _names(conn: Connection, project: str) -> dict[str, str]:
    members = {one.id: one.record.name for one in records(conn, Member, project=project) if one.record.name}
    return members | {one.code: one.name for one in agencies.agencies(conn)}


def _lying(conn: Connection, proposals: Sequence[Held[Proposal]]) -> dict[str, Lying]:
    rows = media.named(conn, [(one.record.origin, one.record.uri) for one in proposals])
    known = {(row.origin, row.uri): lying_of(row) for row in rows}
    return {one.id: known[name] for one in proposals if (name := (one.record.origin, one.record.uri)) in known}


def lying_of(row: media.PictureRow) -> Lying:
    """What an exhibition needs to know of a picture item."""
    return Lying(
        number=row.number,
        language=row.language,
        headline=row.headline,
        captions=row.captions,
        alts=row.alts,
        credit=row.credit,
        photographer=row.photographer,
        copyright=row.copyright,
        terms=row.terms,
        taken=row.taken,
        width=row.width,
        height=row.height,
        digest=row.digest,
        state=row.state,
        is_shown=row.is_shown,
        embargoed_until=row.embargoed_until,
    )


# ------------------------------------------------------------------------------------------------ the exhibition


def make(
    conn: Connection, keyring: Keyring, project: str, wanted: Exhibition, *, by: str, now: datetime
) -> Held[Exhibition]:
    """A new exhibition of ours in `project`: our own desk's (`projects.desk_project`) or a joint one.

    Raises:
        BadInput: it has no title, an unknown language, or ends before it opens.
        Refused: the project does not let us.
    """
    return projects.put(conn, keyring, project, projects.new_id(), _whole(conn, project, wanted), by=by, now=now)


def change(
    conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime, **changes: Any
) -> Held[Exhibition]:
    """The exhibition with some fields changed. Its state is changed by `publish`, `take_back` and `close`."""
    held = record(conn, Exhibition, project, id)
    wanted = _whole(conn, project, replace(held.record, **changes))
    return projects.put(conn, keyring, project, id, replace(wanted, state=held.record.state), by=by, now=now)


def _whole(conn: Connection, project: str, wanted: Exhibition) -> Exhibition:
    titles = {code: text.strip() for code, text in wanted.titles.items() if text.strip()}
    introduction = {code: text.strip() for code, text in wanted.introduction.items() if text.strip()}
    languages = tuple(dict.fromkeys(_language(code) for code in wanted.languages))
    if not titles:
        raise BadInput("An exhibition has a title", "it is empty in every language", kept=_KEPT)
    opens = opening_day(wanted)
    if wanted.until is not None and opens is not None and wanted.until < opens:
        raise BadInput("It ends before it opens", f"opens {opens}, until {wanted.until}", hint="Look at both days.")
    if wanted.event:
        record(conn, Event, project, wanted.event)
    return checked(replace(wanted, titles=titles, introduction=introduction, languages=languages))


def _language(code: str) -> str:
    found = known_tag(code)
    if not found:
        raise BadInput("This is no language", code[:40], hint="Use codes as in en, ar, zh.", kept=_KEPT)
    return found


def checked(wanted: R) -> R:
    """The record, once it fits its kind.

    Raises:
        BadInput: a field is too long or out of its range, by its name.
    """
    try:
        return msgspec.convert(msgspec.to_builtins(wanted), type(wanted))
    except msgspec.ValidationError as error:
        raise BadInput("This cannot be kept", str(error), hint="Mend the field named.", kept=_KEPT) from error


# ------------------------------------------------------------------------------------------------ rooms


def add_room(
    conn: Connection, keyring: Keyring, project: str, exhibition: str, wanted: Room, *, by: str, now: datetime
) -> Held[Room]:
    """A room behind those that are there."""
    record(conn, Exhibition, project, exhibition)
    rooms = records(conn, Room, project=project, parents=[exhibition])
    position = hanging.behind([room.record.position for room in rooms])
    room = _room(replace(wanted, exhibition=exhibition, position=position))
    return projects.put(conn, keyring, project, projects.new_id(), room, by=by, now=now)


def change_room(
    conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime, **changes: Any
) -> Held[Room]:
    """The room with its words changed."""
    held = record(conn, Room, project, id)
    return projects.put(conn, keyring, project, id, _room(replace(held.record, **changes)), by=by, now=now)


def _room(wanted: Room) -> Room:
    titles = {code: text.strip() for code, text in wanted.titles.items() if text.strip()}
    if not titles:
        raise BadInput("A room has a title", "it is empty in every language", kept=_KEPT)
    return checked(replace(wanted, titles=titles, text={c: t.strip() for c, t in wanted.text.items() if t.strip()}))


def move_room(conn: Connection, keyring: Keyring, project: str, id: str, to: int, *, by: str, now: datetime) -> None:
    """The room becomes the `to`-th."""
    held = record(conn, Room, project, id)
    whole = opened(conn, project, held.record.exhibition)
    places = [(room.id, room.record.position) for room in whole.rooms]
    known = {room.id: room.record for room in whole.rooms}
    with conn.transaction():
        for name, position in hanging.moved(places, id, to).items():
            projects.put(conn, keyring, project, name, replace(known[name], position=position), by=by, now=now)


def drop_room(conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime) -> None:
    """The room goes; the pictures that hung in it hang in none."""
    projects.drop(conn, keyring, project, Room, id, by=by, now=now)


# ------------------------------------------------------------------------------------------------ publishing


def publish(conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime) -> Held[Exhibition]:
    """Let the public see it from its opening on.

    Raises:
        Refused: something blocks it (`planning.exhibition_checks`), or we are not its maker.
    """
    found = blocking(findings(opened(conn, project, id), now))
    if found:
        raise Refused(
            "The exhibition cannot be published yet",
            f"{len(found)} things stand in the way, first: {_named(found[0])}",
            hint="Its checks list them.",
            kept="Everything; nothing of it is public.",
        )
    return _become(conn, keyring, project, id, "published", by=by, now=now)


def _named(one: Finding) -> str:
    return " ".join(part for part in (one.key.replace("_", " "), one.language, one.detail) if part)


def take_back(conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime) -> Held[Exhibition]:
    """No longer public, or open again for work after it was closed."""
    return _become(conn, keyring, project, id, "preparing", by=by, now=now)


def close(conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime) -> Held[Exhibition]:
    """Over: its gallery says so, and nothing of it changes any more."""
    return _become(conn, keyring, project, id, "closed", by=by, now=now)


def _become(
    conn: Connection, keyring: Keyring, project: str, id: str, state: ExhibitionState, *, by: str, now: datetime
) -> Held[Exhibition]:
    with conn.transaction():
        held = record(conn, Exhibition, project, id)
        done = projects.put(conn, keyring, project, id, replace(held.record, state=state), by=by, now=now)
        audit.record(conn, by, f"exhibition {state}", f"{project}/{id}")
    return done
