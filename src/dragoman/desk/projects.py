"""What the newsroom does in projects: every change is an act, signed, folded and sent to the members in one transaction.

Our own desk's events, round tables and exhibitions that belong to no joint project lie in the desk's own one, which has
one member and is sent to nobody.
"""

import base64
import re
import secrets
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from dragoman.crash import crash
from dragoman.model.errors import BadInput, Conflict, NotFound, Refused, TooLarge
from dragoman.model.project import MAX_FIELDS, Act, Member, Project, ProjectTerms, Record, Verb
from dragoman.planning.fold import Held, difference
from dragoman.planning.kinds import NAMES
from dragoman.store import agencies, audit, order
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import LETTERS, PROJECTS, Connection, Waker
from dragoman.store.projects import find_record, record, records, take
from dragoman.store.projects.acts import end_of_log, latest_clock, since
from dragoman.store.projects.files import forgotten
from dragoman.store.projects.letters import send, spread
from dragoman.trust.acts import sign_act
from dragoman.trust.canonical import canonical, digest
from dragoman.trust.keys import Keyring

R = TypeVar("R", bound=Record)


def put(conn: Connection, keyring: Keyring, project: str, id: str, record: R, *, by: str, now: datetime) -> Held[R]:
    """Make the record, or change it to this: only the fields that differ go into the act, so that two members who change
    different fields at the same time both have their way. Nothing is written where nothing differs.

    Raises:
        Refused: the rules of the project say no, with their reason.
        BadInput: the record does not fit its kind.
        NotFound: there is no such project here.
    """
    with conn.transaction():
        held = find_record(conn, type(record), project, id)
        changes = difference(held.record if held else None, record)  # what was taken away is set again from what it was
        if held and not held.dropped and not changes:
            return held
        return _act(conn, keyring, project, "set", type(record), id, changes, by=by, now=now)


def drop(
    conn: Connection, keyring: Keyring, project: str, struct: type[Record], id: str, *, by: str, now: datetime
) -> None:
    """Take the record away; its acts stay in the log.

    Raises:
        NotFound: there is none.
        Refused: the rules of the project say no.
    """
    with conn.transaction():
        record(conn, struct, project, id)
        _act(conn, keyring, project, "drop", struct, id, {}, by=by, now=now)


def new_id() -> str:
    """An id for a record that no other node will choose."""
    return secrets.token_hex(8)


def desk_project(conn: Connection, keyring: Keyring, *, now: datetime) -> str:
    """The id of our own desk's project, made when first asked for."""
    row = conn.execute("select id from project where desk").fetchone()
    if row is not None:
        return str(row[0])
    home = agencies.home(conn)
    project = f"{home.code}:desk"
    with conn.transaction():
        if _found(conn, keyring, project, Project(title=home.name), by=home.code, now=now):
            conn.execute("update project set desk = true where id = %s", (project,))
    return project


# ------------------------------------------------------------------------------------------------ members


def found(conn: Connection, keyring: Keyring, name: str, project: Project, *, by: str, now: datetime) -> str:
    """The id of a new joint project of ours, `name` its short name in addresses.

    Raises:
        BadInput: the name cannot be one.
        Conflict: there is one of this name.
    """
    if not re.fullmatch("[a-z0-9][a-z0-9-]{0,62}", name) or name == "desk":
        raise BadInput(f"{name!r} cannot be a project's short name", hint="Use small letters, digits and hyphens.")
    id = f"{agencies.home(conn).code}:{name}"
    with conn.transaction():
        if not _found(conn, keyring, id, project, by=by, now=now):
            raise Conflict(f"There is already a project {id}", hint="`dragoman project show` prints it.")
    return id


def _found(conn: Connection, keyring: Keyring, id: str, project: Project, *, by: str, now: datetime) -> bool:
    """False: there is one of this id, or somebody has just made it."""
    home = agencies.home(conn)
    made = conn.execute("insert into project (id, state) values (%s, 'active') on conflict do nothing", (id,))
    if not made.rowcount:
        return False
    _act(conn, keyring, id, "set", Project, "project", difference(None, project), by=by, now=now)
    lead = Member(
        role="lead",
        name=home.name,
        node=home.node,
        keys=(_own_key(keyring),),
        joined=now,
        accepted=terms_digest(project.terms),
    )
    _act(conn, keyring, id, "set", Member, home.code, difference(None, lead), by=by, now=now)
    return True


def invite(
    conn: Connection, keyring: Keyring, project: str, code: str, *, role: str = "editor", by: str, now: datetime
) -> Held[Member]:
    """Ask a partner into the project. It gets the whole log and decides by itself.

    Raises:
        NotFound: no agency has this code.
        Refused: it has no node, or we are not the lead; or the project is our own desk's.
    """
    agency = agencies.agency(conn, code)
    if conn.execute("select from project where id = %s and desk", (project,)).fetchone() is not None:
        raise Refused("The desk's own project is shared with nobody", project, hint="Found a joint project.")
    keys = tuple(_text(key) for key in agencies.trusted_keys(conn, code, now))
    if not agency.node or not keys:
        raise Refused(
            f"{code} has no node that we trust", hint="`dragoman node trust` confirms its key first.", kept="Nothing."
        )
    with conn.transaction():
        held = find_record(conn, Member, project, code)
        if held and held.record.is_in:
            raise Conflict(f"{code} is a member already", project)
        wanted = Member(
            role=role,  # type: ignore[arg-type]
            name=agency.name,
            node=agency.node,
            keys=tuple(
                dict.fromkeys((*keys, *(held.record.keys if held else ())))
            ),  # what it signed before still counts
        )
        changes = difference(None, wanted) | ({"joined": None, "left": None, "accepted": ""} if held else {})
        done = _act(conn, keyring, project, "set", Member, code, changes, by=by, now=now, but=(code,))
        send(conn, code, project, since(conn, project, {}))
    return done


def join(conn: Connection, keyring: Keyring, project: str, *, by: str, now: datetime, terms: str = "") -> Held[Member]:
    """Accept the invitation and the project's terms as they stand; or, as a member, terms that have changed since.

    `terms`: the digest of the terms that whoever accepts has read.

    Raises:
        Conflict: we have accepted them already; or they are not those that were read.
        Refused: we have left, and nobody has invited us again.
    """
    with conn.transaction():
        accepted = terms_digest(_project(conn, project).record.terms)
        me = record(conn, Member, project, keyring.agency).record
        if terms not in ("", accepted):
            raise Conflict("The terms have just been changed", project, hint="Read them again.", kept="Nothing.")
        if me.is_in and me.accepted == accepted:
            raise Conflict("We are a member already", project)
        if not me.is_in:
            me = replace(me, joined=now, left=None, keys=tuple(dict.fromkeys((_own_key(keyring), *me.keys))))
        return put(conn, keyring, project, keyring.agency, replace(me, accepted=accepted), by=by, now=now)


def leave(
    conn: Connection, keyring: Keyring, project: str, *, by: str, now: datetime, files: ByteStore | None = None
) -> None:
    """Leave the project: what is ours stays ours everywhere, what others keep for members is removed here, its files
    with it.

    Raises:
        Refused: the only lead cannot leave; it closes the project or makes another member the lead.
    """
    with conn.transaction():
        me = record(conn, Member, project, keyring.agency)
        others = [m for m in records(conn, Member, project=project) if m.id != me.id and m.record.is_in]
        if me.record.role == "lead" and others and not any(m.record.role == "lead" for m in others):
            raise Refused(
                "The only lead cannot leave", project, hint="Make another member the lead first, or close it."
            )
        put(conn, keyring, project, keyring.agency, replace(me.record, left=now), by=by, now=now)
    if files is not None:
        forget_files(conn, files)


def forget_files(conn: Connection, files: ByteStore) -> None:
    """Remove the bytes of files of projects that we are no longer in, unless we have them for another reason too."""
    for name in forgotten(conn):
        files.forget(name)


def terms_digest(terms: ProjectTerms) -> str:
    """What a member accepts when it joins: SHA-256 of the canonical terms."""
    return digest(terms)


def _own_key(keyring: Keyring) -> str:
    return _text(keyring.current.public)


def _text(public: bytes) -> str:
    return base64.b64encode(public).decode()


def _project(conn: Connection, project: str) -> Held[Project]:
    return record(conn, Project, project, "project")


# ------------------------------------------------------------------------------------------------ acts


def _act(
    conn: Connection,
    keyring: Keyring,
    project: str,
    verb: Verb,
    struct: type[R],
    id: str,
    changes: dict[str, Any],
    *,
    by: str,
    now: datetime,
    but: tuple[str, ...] = (),
) -> Held[R]:
    fields = _fields(changes)
    if conn.execute("select from project where id = %s for update", (project,)).fetchone() is None:
        raise NotFound(f"There is no project {project} here", hint="`dragoman project list` shows them.")
    _introduce_key(conn, keyring, project, by=by, now=now)
    act = _next(conn, keyring, project, verb, NAMES[struct], id, fields, by, now)
    taken = take(conn, project, [act], sender=keyring.agency, now=now, own=True)
    if act.order in taken.refused:
        raise Refused("The project does not allow this", taken.refused[act.order], kept="Nothing was changed.")
    if taken.aside:
        raise BadInput("This cannot be done now", taken.aside[0], kept="Nothing was changed.")
    crash("projects.folded")
    audit.record(conn, by, f"project {verb}", project, kind=act.kind, record=id)
    spread(conn, project, [act], but=(keyring.agency, *but))
    held = next(one for one in taken.changed if one.kind == act.kind and one.id == id)
    if isinstance(held.record, Member) and held.record.left is not None and id != keyring.agency:
        send(conn, id, project, [act])  # who is excluded is told so, and nothing after it
    crash("projects.letters-written")
    return cast(Held[R], held)


def _introduce_key(conn: Connection, keyring: Keyring, project: str, *, by: str, now: datetime) -> None:
    """Before the first act under a new key the old one says whose it is: to members who know us from the project alone."""
    me, old = find_record(conn, Member, project, keyring.agency), keyring.previous
    if me is None or old is None or _own_key(keyring) in me.record.keys or _text(old.public) not in me.record.keys:
        return
    keys = {"keys": [_own_key(keyring), *me.record.keys]}
    _act(conn, replace(keyring, current=old, previous=None), project, "set", Member, me.id, keys, by=by, now=now)


def _fields(changes: dict[str, Any]) -> Raw:
    fields = Raw(canonical(changes))
    if len(fields) > MAX_FIELDS:
        raise TooLarge("This is too long", f"{len(fields):,} bytes", hint=f"At most {MAX_FIELDS:,}.", kept="Nothing.")
    return fields


def _next(
    conn: Connection,
    keyring: Keyring,
    project: str,
    verb: Verb,
    kind: str,
    id: str,
    fields: Raw,
    by: str,
    now: datetime,
) -> Act:
    """Our next act: in this epoch's log, later than everything that is here."""
    epoch = order.epoch(conn)
    end = end_of_log(conn, project, keyring.agency, epoch)
    clock = max(int(now.timestamp() * 1_000_000), latest_clock(conn, project) + 1)
    act = Act(
        project=project,
        agency=keyring.agency,
        log=epoch,
        number=end.number + 1,
        previous=end.digest,
        clock=clock,
        by=by,
        verb=verb,
        kind=kind,
        id=id,
        fields=fields,
    )
    try:
        return sign_act(keyring, msgspec.json.decode(msgspec.json.encode(act), type=Act))
    except msgspec.ValidationError as error:
        raise BadInput("This is not a record that can be kept", str(error), kept="Nothing.") from error


def wake(conn: Connection) -> None:
    """Tell the followers, after the commit."""
    Waker(conn).wake(PROJECTS, LETTERS)
