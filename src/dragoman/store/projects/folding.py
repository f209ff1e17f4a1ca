"""Taking acts: each follows on its author's last, is signed by its author, and is folded in the same transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.model.exhibition import Proposal
from dragoman.model.project import Act, Member, Project, ProjectItem, ProjectState, Record
from dragoman.model.version import item_key
from dragoman.planning.fold import Held, fold, judge
from dragoman.planning.kinds import KINDS
from dragoman.planning.rules import rule
from dragoman.store import agencies
from dragoman.store.connect import Connection
from dragoman.store.projects import acts as log
from dragoman.store.projects.aside import to_try
from dragoman.store.projects.records import Stored, find_record, records, write
from dragoman.store.projects.taking import Arrived, Taking

Refusals = dict[tuple[int, str, int, int], str]
"""Why acts do not count, by their place in the order."""
Place = tuple[int, str, int, int]


class Taken(Struct, frozen=True, kw_only=True):
    """What became of acts: those that are new here, the records they changed, why acts do not count or wait, and how many
    found no room to wait."""

    acts: tuple[Act, ...] = ()
    changed: tuple[Held[Record], ...] = ()
    refused: Refusals = {}
    aside: tuple[str, ...] = ()
    over: int = 0


def take(
    conn: Connection, project: str, acts: Sequence[Act], *, sender: str, now: datetime, own: bool = False
) -> Taken:
    """Take in acts of one project, and what they free of what was kept aside. In the caller's transaction.

    The project's row is locked to the commit, so that two who bring the same acts do not write them twice. The founder's
    first act makes the project. `own`: we have just signed them, with a key that nobody else has to confirm.
    """
    last = _locked(conn, project)
    taking = Taking(conn, now)
    new: list[Act] = []
    changed: dict[tuple[str, str], Held[Record]] = {}
    refused: Refusals = {}
    waiting = [Arrived(act, sender, own=own) for act in sorted(acts, key=_by_log)] + _waiting(conn, project)
    while taken := taking.take(waiting):
        new += taken
        done, why = _fold(conn, project, taken, last)
        last = max(last, *(act.order for act in taken))
        changed.update({(held.kind, held.id): held for held in done})
        refused.update(why)
        # What just came may be what others waited for: the act before them, or the member who signed them.
        waiting = _waiting(conn, project)
    _place_items(conn, project, changed.values())
    _settle(conn, project, last, taking.written)
    return Taken(
        acts=tuple(new),
        changed=tuple(changed.values()),
        refused=refused,
        aside=tuple(taking.reasons),
        over=taking.over,
    )


def _locked(conn: Connection, project: str) -> Place:
    """The place of the last act folded; the project's row is ours until the commit."""
    conn.execute("insert into project (id, state) values (%s, 'invited') on conflict do nothing", (project,))
    row = conn.execute(
        "select last_clock, last_agency, last_log, last_number from project where id = %s for update", (project,)
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2], row[3]


def _waiting(conn: Connection, project: str) -> list[Arrived]:
    return [Arrived(one.act, one.sender, reason=one.reason) for one in to_try(conn, project)]


def _by_log(act: Act) -> tuple[str, int, int]:
    return act.agency, act.log, act.number


def _fold(conn: Connection, project: str, new: Sequence[Act], last: Place) -> tuple[list[Held[Record]], Refusals]:
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
    _forget(conn, project, before.keys() - folded.records.keys())
    write(conn, changed)
    conn.execute("update act set refused = '' where project = %s and refused <> ''", (project,))
    log.mark_refused(conn, project, folded.refused)
    return changed, folded.refused


def _forget(conn: Connection, project: str, names: Iterable[tuple[str, str]]) -> None:
    """These records are no longer there, nor the items that they put into the project."""
    gone = sorted(names)
    asked = {"kinds": [name[0] for name in gone], "ids": [name[1] for name in gone], "project": project}
    among = "using unnest(%(kinds)s::text[], %(ids)s::text[]) as x(kind, id) where r.project = %(project)s"
    conn.execute(f"delete from record r {among} and r.kind = x.kind and r.id = x.id", asked)
    conn.execute(f"delete from project_item r {among} and r.record = x.kind || '/' || x.id", asked)


def _every(conn: Connection, project: str) -> list[Held[Record]]:
    kinds = [row[0] for row in conn.execute("select distinct kind from record where project = %s", (project,))]
    return [held for kind in kinds for held in records(conn, KINDS[kind], project=project, with_dropped=True)]


def _place_items(conn: Connection, project: str, changed: Iterable[Held[Record]]) -> None:
    """Remember which items lie in the project, and which of them we have put there: those alone we give."""
    home = agencies.home(conn).code
    for held in changed:
        if not isinstance(held.record, ProjectItem | Proposal):
            continue
        name = f"{held.kind}/{held.id}"
        if held.dropped:
            conn.execute("delete from project_item where project = %s and record = %s", (project, name))
            continue
        origin, uri = held.record.origin, held.record.uri
        conn.execute(
            "insert into project_item (project, key, record, origin, uri, ours) values (%s, %s, %s, %s, %s, %s)"
            " on conflict (project, record) do update set key = excluded.key, origin = excluded.origin, uri = excluded.uri,"
            " ours = excluded.ours",
            (project, item_key(origin, uri), name, origin, uri, held.made.agency == home),
        )


def _settle(conn: Connection, project: str, last: Place, written: int) -> None:
    """The project's row, as its records and the acts just `written` leave it."""
    held = find_record(conn, Project, project, "project")
    home = agencies.home(conn).code
    members = records(conn, Member, project=project)
    state = _state(held.record if held else None, next((m.record for m in members if m.id == home), None))
    if state == "left":
        forget_restricted(conn, project, home)
    conn.execute(
        "update project set title = %s, state = %s, last_clock = %s, last_agency = %s, last_log = %s, last_number = %s,"
        " members = %s, acts = acts + %s, changed = clock_timestamp() where id = %s",
        (
            held.record.title if held else "",
            state,
            *last,
            [m.id for m in members if m.record.is_in],
            written,
            project,
        ),
    )


def forget_restricted(conn: Connection, project: str, home: str) -> None:
    """We have left: what others kept for members is removed here, from the records and from the log, and what is said of
    it later."""
    names = {(h.kind, h.id) for h in _every(conn, project) if h.record.restricted and h.made.agency != home}
    names.update(log.withdrawn(conn, project))
    for kind, id in names:
        log.withdraw(conn, project, kind, id, home)
    _forget(conn, project, names)


def _state(project: Project | None, me: Member | None) -> ProjectState:
    if me is not None and me.left is not None:
        return "left"
    if me is None or me.joined is None:
        return "invited"
    return "closed" if project is not None and project.closed else "active"
