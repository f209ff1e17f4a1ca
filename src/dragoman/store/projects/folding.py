"""Taking acts: each follows on its author's last, is signed by its author, and is folded in the same transaction."""

import base64
import binascii
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from dragoman.model.errors import NotAccepted
from dragoman.model.exhibition import Proposal
from dragoman.model.project import Act, Member, Project, ProjectItem, ProjectState, Record
from dragoman.model.version import item_key
from dragoman.planning.chain import Obstacle, obstacle
from dragoman.planning.fold import Held, fold, judge
from dragoman.planning.kinds import KINDS
from dragoman.planning.rules import rule
from dragoman.store import agencies
from dragoman.store.connect import Connection
from dragoman.store.projects import acts as log
from dragoman.store.projects.records import Stored, find_record, records, write
from dragoman.trust.acts import act_digest, verify_act

Refusals = dict[tuple[int, str, int, int], str]
"""Why acts do not count, by their place in the order."""


class Taken(Struct, frozen=True, kw_only=True):
    """What became of acts: those that are new here, the records they changed, and why acts do not count or wait."""

    acts: tuple[Act, ...] = ()
    changed: tuple[Held[Record], ...] = ()
    refused: Refusals = {}
    aside: tuple[str, ...] = ()


def take(
    conn: Connection, project: str, acts: Sequence[Act], *, sender: str, now: datetime, own: bool = False
) -> Taken:
    """Take in acts of one project, and what they free of what was kept aside. In the caller's transaction.

    The project's row is locked to the commit, so that two who bring the same acts do not write them twice. The founder's
    first act makes the project. `own`: we have just signed them, with a key that nobody else has to confirm.
    """
    conn.execute("insert into project (id, state) values (%s, 'invited') on conflict do nothing", (project,))
    last = conn.execute(
        "select last_clock, last_agency, last_log, last_number from project where id = %s for update", (project,)
    ).fetchone()
    assert last is not None
    reasons: list[str] = []
    new: list[Act] = []
    waiting = [(act, sender) for act in sorted(acts, key=_by_log)] + _waiting(conn, project)
    changed: dict[tuple[str, str], Held[Record]] = {}
    refused: Refusals = {}
    while waiting:
        taken = [act for act, source in waiting if _takes(conn, act, source, now, reasons, own=own and act in acts)]
        if not taken:
            break
        new += taken
        done = _fold(conn, project, taken, tuple(last))
        last = max(tuple(last), *(act.order for act in taken))
        changed.update({(held.kind, held.id): held for held in done[0]})
        refused.update(done[1])
        # What just came may be what others waited for: the act before them, or the member who signed them.
        waiting = _waiting(conn, project)
    _place_items(conn, project, changed.values())
    _settle(conn, project, last, now)
    return Taken(acts=tuple(new), changed=tuple(changed.values()), refused=refused, aside=tuple(reasons))


def _waiting(conn: Connection, project: str) -> list[tuple[Act, str]]:
    return [(one.act, one.sender) for one in log.aside(conn, project) if not one.final]


def _by_log(act: Act) -> tuple[str, int, int]:
    return act.agency, act.log, act.number


def _takes(conn: Connection, act: Act, sender: str, now: datetime, reasons: list[str], *, own: bool) -> bool:
    """Is it new, and written? What is not taken is kept aside, its reason added."""
    here, withdrawn = log.digest_at(conn, act)
    if here:
        log.take_from_aside(conn, act)
        if here == act_digest(act) and withdrawn:
            log.bring_back(conn, act)
            return True
        if here != act_digest(act):
            reason = f"{act.agency} has signed two acts {act.log}.{act.number}; the first one counts here"
            log.keep_aside(conn, act, sender, reason, final=True)
            reasons.append(reason)
        return False
    found = _obstacle(conn, act, now, own=own)
    if found is not None:
        log.keep_aside(conn, act, sender, found.reason, final=found.final)
        reasons.append(found.reason)
        return False
    log.append(conn, [act])
    log.take_from_aside(conn, act)
    return True


def _obstacle(conn: Connection, act: Act, now: datetime, *, own: bool) -> Obstacle | None:
    found = obstacle(act, log.end_of_log(conn, act.project, act.agency, act.log), now)
    if found is not None or own:
        return found
    keys = author_keys(conn, act)
    if not keys:
        return Obstacle(f"{act.agency} is not known as a member of {act.project}", final=False)
    try:
        verify_act(act, keys)
    except NotAccepted as error:
        return Obstacle(error.title, final=True)
    return None


def author_keys(conn: Connection, act: Act) -> list[bytes]:
    """The keys that verify an act: those we have confirmed ourselves, else those the project's lead vouched for.

    An agency's keys that were replaced still verify what was signed with them.
    """
    ours = [key.public for key in agencies.keys(conn, act.agency) if key.state != "offered"]
    member = find_record(conn, Member, act.project, act.agency)
    vouched = [key for text in member.record.keys if (key := _key(text))] if member else []
    return list(dict.fromkeys([*ours, *vouched]))


def _key(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _fold(
    conn: Connection, project: str, new: Sequence[Act], last: tuple[int, str, int, int]
) -> tuple[list[Held[Record]], Refusals]:
    """Acts that sort behind everything folded are folded alone; others fold the project anew."""
    if min(act.order for act in new) > last:
        return _fold_on(conn, project, new)
    return fold_anew(conn, project)


def _fold_on(conn: Connection, project: str, new: Sequence[Act]) -> tuple[list[Held[Record]], Refusals]:
    stored, refused = Stored(conn, project), {}
    for act in sorted(new, key=lambda one: one.order):
        held, why = judge(stored, act, rule)
        if held is None:
            refused[act.order] = why
        else:
            stored.put(held)
    log.mark_refused(conn, project, refused)
    return stored.write(), refused


def fold_anew(conn: Connection, project: str) -> tuple[list[Held[Record]], Refusals]:
    """Make the project's records from its acts alone; what was changed by that."""
    folded = fold(log.all_acts(conn, project), rule)
    before = {(held.kind, held.id): held for held in _every(conn, project)}
    changed = [held for name, held in folded.records.items() if before.get(name) != held]
    gone = [name for name in before if name not in folded.records]
    conn.execute(
        "delete from record r using unnest(%s::text[], %s::text[]) as x(kind, id)"
        " where r.project = %s and r.kind = x.kind and r.id = x.id",
        ([name[0] for name in gone], [name[1] for name in gone], project),
    )
    write(conn, changed)
    conn.execute("update act set refused = '' where project = %s and refused <> ''", (project,))
    log.mark_refused(conn, project, folded.refused)
    return changed, folded.refused


def _every(conn: Connection, project: str) -> list[Held[Record]]:
    kinds = [row[0] for row in conn.execute("select distinct kind from record where project = %s", (project,))]
    return [held for kind in kinds for held in records(conn, KINDS[kind], project=project, with_dropped=True)]


def _place_items(conn: Connection, project: str, changed: Iterable[Held[Record]]) -> None:
    """Remember which items lie in the project, for the clause ``project:`` of the project's agreements."""
    for held in changed:
        if not isinstance(held.record, ProjectItem | Proposal):
            continue
        name = f"{held.kind}/{held.id}"
        if held.dropped:
            conn.execute("delete from project_item where project = %s and record = %s", (project, name))
            continue
        origin, uri = held.record.origin, held.record.uri
        conn.execute(
            "insert into project_item (project, key, record, origin, uri) values (%s, %s, %s, %s, %s)"
            " on conflict (project, record) do update set key = excluded.key, origin = excluded.origin, uri = excluded.uri",
            (project, item_key(origin, uri), name, origin, uri),
        )


def _settle(conn: Connection, project: str, last: Sequence[object], now: datetime) -> None:
    """The project's row, as its records leave it."""
    held = find_record(conn, Project, project, "project")
    home = agencies.home(conn).code
    me = find_record(conn, Member, project, home)
    state = _state(held.record if held else None, me.record if me else None)
    if state == "left":
        forget_restricted(conn, project, home)
    conn.execute(
        "update project set title = %s, state = %s, last_clock = %s, last_agency = %s, last_log = %s, last_number = %s,"
        " changed = %s where id = %s",
        (
            held.record.title if held else "",
            state,
            *last,
            now.astimezone(UTC),
            project,
        ),
    )


def forget_restricted(conn: Connection, project: str, home: str) -> None:
    """We have left: what others kept for members is removed here, from the records and from the log."""
    for held in _every(conn, project):
        if held.record.restricted and held.made.agency != home:
            log.withdraw(conn, project, held.kind, held.id, home)
            conn.execute(
                "delete from record where project = %s and kind = %s and id = %s", (project, held.kind, held.id)
            )


def _state(project: Project | None, me: Member | None) -> ProjectState:
    if me is None or me.joined is None:
        return "invited"
    if me.left is not None:
        return "left"
    return "closed" if project is not None and project.closed else "active"
