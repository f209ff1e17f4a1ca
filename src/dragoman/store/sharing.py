"""What we have put into a joint project and not given to a member yet: it is given under the project's agreement.

Filing gives each new version to whom it is owed. This gives what was there before it was put into the project, or before
the agreement was in force. The grant is written without a place; `release.lift` gives it its place at its hour.
"""

from datetime import datetime

from msgspec.structs import replace

from dragoman.model.agreement import Agreement, Grant
from dragoman.model.errors import NotFound
from dragoman.model.version import item_key
from dragoman.route.matching import grants_owed
from dragoman.store import items
from dragoman.store.agreements import Book, book
from dragoman.store.connect import Connection
from dragoman.store.filing.grant import earlier_grants, projects_of
from dragoman.store.projects.listing import standing

AT_A_TIME = 200


class Sharer:
    """Gives what is missing, and looks for it when a project or an agreement has changed; what was refused is asked again
    when an agreement has."""

    def __init__(self) -> None:
        self._stamp: tuple[object, ...] = ()
        self._done: object = None
        self._refused: set[tuple[int, str]] = set()

    def share(self, conn: Connection, now: datetime) -> int:
        """Write the grants that are missing; how many."""
        agreed = book(conn)
        if agreed.stamp != self._stamp:
            self._stamp, self._refused, self._done = agreed.stamp, set(), None
        projects = standing(conn)
        if projects == self._done:
            return 0
        ours = [a for a in agreed.active if a.terms.giver == agreed.home and a.terms.content.startswith("project:")]
        later = [a for a in ours if a.terms.valid_from > now]  # its taker's clock is ahead: its hour comes
        looked_at = [self._share(conn, agreed, one, now) for one in ours if one not in later]
        if not later and all(wanted < AT_A_TIME for wanted, _ in looked_at):
            self._done = projects
        return sum(given for _, given in looked_at)

    def _share(self, conn: Connection, agreed: Book, one: Agreement, now: datetime) -> tuple[int, int]:
        """How many were looked at, and how many given."""
        project = one.terms.content.removeprefix("project:").strip('"')
        rows = conn.execute(
            "select distinct i.id, i.current from project_item m join item i on i.key = m.key and i.state = 'usable'"
            " where m.project = %s and m.ours and not exists (select from item_grant g where g.sequence = i.current"
            " and g.agency = %s) order by i.id limit %s",
            (project, agreed.ids[one.terms.taker], AT_A_TIME + len(self._refused)),
        ).fetchall()
        wanted = [(item, sequence) for item, sequence in rows if (sequence, one.id) not in self._refused][:AT_A_TIME]
        return len(wanted), sum(self._give(conn, agreed, one, item, sequence, now) for item, sequence in wanted)

    def _give(self, conn: Connection, agreed: Book, one: Agreement, item: int, sequence: int, now: datetime) -> bool:
        with conn.transaction():
            conn.execute("select from item where id = %s for no key update", (item,))
            try:
                filed = items.current(conn, item)
            except NotFound:
                return False
            if filed.version.sequence != sequence or filed.state != "usable":
                return False  # a newer version has come meanwhile: it was given as it was filed
            key = item_key(filed.version.origin, filed.item.uri)
            version = replace(filed.version, projects=projects_of(conn, [key]).get(key, ()))
            earlier = earlier_grants(conn, agreed, [item], now).get(item, [])
            owed = grants_owed(version, agreed.active, home=agreed.home, now=now, earlier=earlier).grants
            grant = next((g for g in owed if g.agreement == one.id), None)
            if grant is None:
                self._refused.add((sequence, one.id))
                return False
            _write(conn, replace(grant, sequence=sequence), agreed)
        return True


def _write(conn: Connection, grant: Grant, agreed: Book) -> None:
    conn.execute(
        "insert into item_grant (sequence, agency, agreement, revision, since, advance, reasons)"
        " values (%s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
        (
            grant.sequence,
            agreed.ids[grant.agency],
            grant.agreement,
            grant.revision,
            grant.since,
            grant.advance,
            list(grant.reasons),
        ),
    )
