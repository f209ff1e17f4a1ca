"""Three nodes with stores of their own, partitions between them, letters lost, doubled and in any order: the members end
equal, and what each has folded on is what its acts come to when they are folded anew."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from database import drop_database, fresh_database
from dragoman.desk import projects
from dragoman.model.errors import Conflict, DragomanError, Refused
from dragoman.model.project import Member, Note, Project, ProjectItem, Task
from dragoman.store.db.cluster import Cluster
from dragoman.store.projects import find_record, letters, records
from dragoman.store.projects.acts import since, vector
from dragoman.store.projects.folding import fold_anew
from letter_node import Node

CODES = ("ADR", "VAL", "MER")
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
HISTORIES, ACTS = 36, 12
WHAT = (
    *("task", "task", "note", "note", "drop", "item", "item", "item-"),
    *("leave", "out", "role", "role", "role", "in", "join", "close", "open"),
)


@pytest.fixture(scope="module")
def nodes(cluster: Cluster) -> Iterator[list[Node]]:
    """ADR, VAL and MER; ADR and MER have not confirmed each other's key."""
    databases = [fresh_database(cluster) for _ in CODES]
    made = [Node(database, code) for database, code in zip(databases, CODES, strict=True)]
    for one in made:
        for other in made:
            if {one.home, other.home} != {"VAL", "MER"}:
                one.trust(other.home, other.keyring.current.public)
    yield made
    for node, database in zip(made, databases, strict=True):
        node.close()
        drop_database(cluster, database.name)


class History:
    """What happened in one project; `luck` decides all of it."""

    def __init__(self, nodes: list[Node], number: int) -> None:
        self.luck, self.nodes, self.now = random.Random(number), nodes, START
        self.skews = {node.home: timedelta(seconds=self.luck.randint(-240, 240)) for node in nodes}
        self.under_way: list[tuple[str, Node, bytes]] = []
        self.refusals = 0
        first = nodes[0]
        terms: dict[str, Any] = {"by": "Ines", "now": self.clock(first)}
        self.id = projects.found(first.conn, first.keyring, f"h{number}", Project(title="Forum"), **terms)
        for node in nodes[1:]:
            projects.invite(first.conn, first.keyring, self.id, node.home, **terms)
        self.deliver()
        for node in nodes[1:]:
            projects.join(node.conn, node.keyring, self.id, by="Orla", now=self.clock(node))
        self.deliver()

    def clock(self, node: Node) -> datetime:
        return self.now + self.skews[node.home]

    def live(self) -> None:
        """Some acts; of the letters they give rise to some arrive, in any order, some twice, some never."""
        for number in range(ACTS):
            self.now += timedelta(seconds=self.luck.randint(0, 90))
            node = self.luck.choice(self.nodes)
            try:
                self.something(node, number)
            except (DragomanError, Conflict):
                self.refusals += 1
            self.collect()
            self.luck.shuffle(self.under_way)
            self.deliver(self.luck.choice((0, 0, 1, 2)))
        self.deliver(len(self.under_way) // 2)
        self.under_way.clear()

    def something(self, node: Node, number: int) -> None:
        luck, conn, keys = self.luck, node.conn, node.keyring
        told: dict[str, Any] = {"by": node.home.title(), "now": self.clock(node)}
        other = luck.choice(CODES)
        member = find_record(conn, Member, self.id, other)
        task, note = f"t{luck.randint(1, 2)}", f"n{luck.randint(1, 3)}"
        match luck.choice(WHAT):
            case "task":
                wanted = Task(title=f"Task {number}", state=luck.choice(("open", "doing", "done")))
                projects.put(conn, keys, self.id, task, wanted, **told)
            case "note":
                said = Note(text=f"Secret {number}", restricted=luck.random() < 0.6)
                projects.put(conn, keys, self.id, note, said, **told)
            case "drop":
                projects.drop(conn, keys, self.id, Task, task, **told)
            case "item":
                item = ProjectItem(origin=other, uri=f"urn:{luck.randint(1, 2)}", restricted=luck.random() < 0.3)
                projects.put(conn, keys, self.id, f"i{luck.randint(1, 2)}", item, **told)
            case "item-":
                projects.drop(conn, keys, self.id, ProjectItem, f"i{luck.randint(1, 2)}", **told)
            case "leave":
                projects.leave(conn, keys, self.id, **told)
            case "out" if member:
                projects.put(conn, keys, self.id, other, replace(member.record, left=told["now"]), **told)
            case "role" if member:
                role = luck.choice(("lead", "lead", "editor", "reader"))
                projects.put(conn, keys, self.id, other, replace(member.record, role=role), **told)
            case "in":
                projects.invite(conn, keys, self.id, other, **told)
            case "join":
                projects.join(conn, keys, self.id, **told)
            case "close" | "open" as word if held := find_record(conn, Project, self.id, "project"):
                projects.put(conn, keys, self.id, "project", replace(held.record, closed=word == "close"), **told)

    def collect(self) -> None:
        for node in self.nodes:
            rows = node.rows(
                "with gone as (delete from letter returning id, agency, body) select a.code, gone.body from gone"
                " join agency a on a.id = gone.agency order by gone.id"
            )
            for code, body in rows:
                to = next((one for one in self.nodes if one.home == code), None)
                if to is not None:
                    self.under_way += [(node.home, to, bytes(body))] * self.luck.choice((1, 1, 2))

    def deliver(self, count: int = 10_000) -> None:
        self.collect()
        while self.under_way and count:
            count -= 1
            sender, to, body = self.under_way.pop(0)
            self.brought(sender, to, msgspec.json.decode(body, type=letters.ActsLetter))
            self.collect()

    def brought(self, sender: str, to: Node, letter: letters.ActsLetter) -> int:
        try:
            with to.conn.transaction():
                return letters.received(to.conn, sender, letter, self.clock(to))
        except Refused:  # of who has left, or before we are invited
            return 0

    def meet(self) -> None:
        """An hour later everybody asks everybody who is in for what it lacks, until nothing is new."""
        self.now += timedelta(hours=1)
        while sum(self.asked(one, other) for one in self.nodes for other in self.nodes if one is not other):
            pass
        for node in self.nodes:
            node.conn.execute("delete from letter")

    def asked(self, asker: Node, other: Node) -> int:
        if asker.one("select state from project where id = %s", self.id) == "left" or not self.has(other, asker.home):
            return 0
        lacking = since(other.conn, self.id, vector(asker.conn, self.id), 500)
        letter = letters.ActsLetter(project=self.id, acts=lacking)
        return self.brought(other.home, asker, letter) if lacking else 0

    def has(self, node: Node, code: str) -> bool:
        held = find_record(node.conn, Member, self.id, code)
        return held is not None and held.record.left is None

    def together(self) -> list[Node]:
        """Those who are in, and know it of each other."""
        return [
            node
            for node in self.nodes
            if all(self.is_in(one, node.home) for one in self.nodes if self.is_in(one, one.home))
        ]

    def is_in(self, node: Node, code: str) -> bool:
        held = find_record(node.conn, Member, self.id, code)
        return held is not None and held.record.is_in


def kept(node: Node, project: str) -> tuple[Any, ...]:
    """All that is derived from the acts: records, refusals, items."""
    return (
        node.rows("select kind, id, body, parent, made_clock, made_agency, made_by, changed_clock, changed_agency,"
                  " changed_by, dropped from record where project = %s order by kind, id", project),
        node.rows("select agency, log, number, refused from act where project = %s and refused <> '' order by 1, 2, 3",
                  project),
        node.rows("select key, record, origin, uri from project_item where project = %s order by record", project),
    )  # fmt: skip


def folded_anew(node: Node, project: str) -> tuple[Any, ...]:
    """What a node has when it forgets everything but the acts."""
    with node.conn.transaction():
        changed, _ = fold_anew(node.conn, project)
    assert changed == []
    items = [one.id for one in records(node.conn, ProjectItem, project=project)]
    assert sorted(f"item/{id}" for id in items) == [row[1] for row in kept(node, project)[2]]
    return kept(node, project)


def test_members_end_equal_whatever_came_of_their_letters(nodes: list[Node]) -> None:
    equal = left = refused = 0
    for number in range(HISTORIES):
        history = History(nodes, number)
        history.live()
        history.meet()
        together = history.together()
        first = kept(together[0], history.id) if together else None
        for node in together:
            assert vector(node.conn, history.id) == vector(together[0].conn, history.id), number
            assert kept(node, history.id) == first, number
            assert node.rows("select 1 from act_aside where project = %s", history.id) == [], number
        for node in nodes:
            if node.one("select state from project where id = %s", history.id) == "left":
                left += 1
                others = [
                    note.record
                    for note in records(node.conn, Note, project=history.id)
                    if note.made.agency != node.home
                ]
                assert not any(note.restricted for note in others), number
            else:
                before = kept(node, history.id)
                assert folded_anew(node, history.id) == before, number
            acts = node.one("select count(*) from act where project = %s", history.id)
            assert node.one("select acts from project where id = %s", history.id) == acts
        equal += len(together) > 1
        refused += bool(first and first[1])
    # They are worth something only if they part, clash and are refused.
    assert equal > HISTORIES // 2
    assert left > HISTORIES // 8
    assert refused > HISTORIES // 8
