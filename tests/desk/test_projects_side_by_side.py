"""Several at work in one project at the same moment: nothing is lost, nobody waits for ever, nothing is made twice."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from dragoman.desk import project_contents, project_terms, projects
from dragoman.model.errors import Conflict
from dragoman.model.project import Note, Project, Task
from dragoman.store import release
from dragoman.store.projects import letters, project, record, records
from dragoman.store.projects.acts import logged, since, vector
from dragoman.store.projects.folding import fold_anew
from dragoman.store.sharing import Sharer
from letter_node import Node
from newsdesk import Newsroom, copy

NOW = datetime.now(UTC)
FORUM = "ADR:harbour-forum"
TIMES = 25


def side_by_side(node: Node, *works: Callable[[Newsroom], None]) -> list[BaseException]:
    """Each work on a connection of its own, all at once; what any of them raised."""
    raised: list[BaseException] = []
    begin = threading.Barrier(len(works))

    def at_work(work: Callable[[Newsroom], None]) -> None:
        with node.beside() as other:
            begin.wait()
            try:
                work(other)
            except Exception as error:
                raised.append(error)

    threads = [threading.Thread(target=at_work, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive(), "somebody waits for ever"
    return raised


@pytest.fixture
def together(nodes: tuple[Node, Node]) -> tuple[Node, Node]:
    """ADR has founded the project, VAL has joined; what VAL has done since lies ready in its store."""
    here, there = nodes
    projects.found(here.conn, here.keyring, "harbour-forum", Project(title="Forum"), by="Ines", now=NOW)
    projects.invite(here.conn, here.keyring, FORUM, "VAL", by="Ines", now=NOW)
    for letter in here.written():
        there.open(letter, "ADR")
    projects.join(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    for number in range(TIMES):
        projects.put(there.conn, there.keyring, FORUM, f"v{number}", Note(text="x"), by="Orla", now=NOW)
    return here, there


def test_people_and_partners_who_change_a_project_at_once_all_have_their_way(together: tuple[Node, Node]) -> None:
    here, there = together
    theirs = since(there.conn, FORUM, vector(here.conn, FORUM))

    def writes(name: str) -> Callable[[Newsroom], None]:
        def work(room: Newsroom) -> None:
            for number in range(TIMES):
                now = datetime.now(UTC)
                projects.put(room.conn, here.keyring, FORUM, f"{name}{number}", Note(text="x"), by=name, now=now)
                held = Task(title="One task", **{name: str(number)})
                projects.put(room.conn, here.keyring, FORUM, "shared", held, by=name, now=now)

        return work

    def hears(room: Newsroom) -> None:
        for act in theirs:
            with room.conn.transaction():
                letters.received(room.conn, "VAL", letters.ActsLetter(project=FORUM, acts=[act]), datetime.now(UTC))

    assert side_by_side(here, writes("note"), writes("person"), hears, hears) == []
    assert len(records(here.conn, Note, project=FORUM)) == 3 * TIMES
    log = logged(here.conn, FORUM, limit=1_000)
    assert [one for one in log if one.refused] == []
    assert project(here.conn, FORUM).acts == len(log)
    with here.conn.transaction():
        changed, _ = fold_anew(here.conn, FORUM)
    assert changed == []


def test_filing_sharing_and_putting_in_do_not_stand_in_each_others_way(together: tuple[Node, Node]) -> None:
    here, there = together
    with here.conn.transaction():
        mine = since(there.conn, FORUM, vector(here.conn, FORUM))
        letters.received(here.conn, "VAL", letters.ActsLetter(project=FORUM, acts=mine), datetime.now(UTC))
    for _ in range(3):
        for node, other in ((here, there), (there, here)):
            project_terms.settle(node.conn, node.keyring, NOW)
            for letter in node.written():
                if letter.partner == other.home:
                    other.open(letter, node.home)
    for number in range(TIMES):
        here.file(copy(f"adr:{number}"))

    def files(room: Newsroom) -> None:
        for number in range(TIMES):
            room.file(copy(f"adr:{number}", "2"), copy(f"adr:{TIMES - 1 - number}", "3"))

    def puts_in(room: Newsroom) -> None:
        for number in range(TIMES):
            filed = room.item(f"adr:{number}")
            project_contents.add_item(room.conn, here.keyring, FORUM, filed, by="Ines", now=datetime.now(UTC))

    def shares(room: Newsroom) -> None:
        sharer = Sharer()
        for _ in range(2 * TIMES):
            sharer.share(room.conn, datetime.now(UTC))
            release.lift(room.conn)

    assert side_by_side(here, files, puts_in, shares) == []
    shares(here)
    given = here.rows(
        "select distinct i.uri from item_grant g join version v using (sequence) join item i on i.id = v.item"
    )
    assert len(given) == TIMES


def test_two_who_found_the_same_project_make_one(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes

    def founds(room: Newsroom) -> None:
        projects.found(room.conn, here.keyring, "harbour-forum", Project(title="Forum"), by="Ines", now=NOW)

    def asks(room: Newsroom) -> None:
        projects.desk_project(room.conn, here.keyring, now=NOW)

    raised = side_by_side(here, founds, founds, asks, asks)
    assert [type(error) for error in raised] == [Conflict]
    assert record(here.conn, Project, "ADR:desk", "project").record.title == "Adrian Press"
    assert here.one("select count(*) from project") == 2
