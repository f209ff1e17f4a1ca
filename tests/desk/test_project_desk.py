"""Joint projects between nodes: invited, joined, changed by both, left; strangers and readers are refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from dragoman.desk import project_contents, project_terms, projects
from dragoman.model.errors import Conflict, Refused
from dragoman.model.project import Document, Member, Note, Project, ProjectItem, Task
from dragoman.store import agreements, release
from dragoman.store.bytes import ByteStore
from dragoman.store.projects import files as project_files
from dragoman.store.projects import find_record, letters, record, records
from dragoman.store.projects.acts import logged, vector
from dragoman.store.projects.aside import aside
from dragoman.store.sharing import Sharer
from dragoman.trust.keys import new_keyring
from letter_node import Node
from newsdesk import copy

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FORUM = "ADR:harbour-forum"


def founded(here: Node, title: str = "Harbour forum") -> str:
    return projects.found(here.conn, here.keyring, "harbour-forum", Project(title=title), by="Ines", now=NOW)


def exchanged(one: Node, other: Node) -> None:
    """Both open what the other has written, until neither writes."""
    while letters := [(node, letter) for node in (one, other) for letter in node.written()]:
        for node, letter in letters:
            reader = other if node is one else one
            if letter.partner == reader.home:
                reader.open(letter, node.home)


@pytest.fixture
def together(nodes: tuple[Node, Node]) -> tuple[Node, Node]:
    """ADR has founded the project, VAL has joined."""
    here, there = nodes
    founded(here)
    projects.invite(here.conn, here.keyring, FORUM, "VAL", by="Ines", now=NOW)
    exchanged(here, there)
    projects.join(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    exchanged(here, there)
    return here, there


def test_a_partner_is_invited_and_decides_itself(nodes: tuple[Node, Node]) -> None:
    here, there = nodes
    founded(here)
    projects.invite(here.conn, here.keyring, FORUM, "VAL", by="Ines", now=NOW)
    exchanged(here, there)
    assert there.one("select state from project where id = %s", FORUM) == "invited"
    with pytest.raises(Refused, match="not a member"):
        projects.put(there.conn, there.keyring, FORUM, "t1", Task(title="Hall"), by="Orla", now=NOW)
    projects.join(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    exchanged(here, there)
    assert record(here.conn, Member, FORUM, "VAL").record.is_in
    assert there.one("select state from project where id = %s", FORUM) == "active"


def test_two_who_change_different_fields_at_once_both_have_their_way(together: tuple[Node, Node]) -> None:
    here, there = together
    task = Task(title="Book the hall")
    projects.put(here.conn, here.keyring, FORUM, "t1", task, by="Ines", now=NOW)
    exchanged(here, there)
    projects.put(here.conn, here.keyring, FORUM, "t1", replace(task, state="doing"), by="Ines", now=NOW)
    projects.put(there.conn, there.keyring, FORUM, "t1", replace(task, person="Orla"), by="Orla", now=NOW)
    exchanged(here, there)
    for node in (here, there):
        assert record(node.conn, Task, FORUM, "t1").record == replace(task, state="doing", person="Orla")
    assert vector(here.conn, FORUM) == vector(there.conn, FORUM)


def test_an_act_signed_by_a_stranger_is_kept_aside_and_changes_nothing(together: tuple[Node, Node]) -> None:
    here, there = together
    projects.put(there.conn, there.keyring, FORUM, "n1", Note(text="We come by train."), by="Orla", now=NOW)
    letter = msgspec.json.decode(there.written()[0].body, type=letters.ActsLetter)
    there.keyring = new_keyring("VAL", NOW)
    forged = replace(letter.acts[0], fields=msgspec.Raw(b'{"text":"We do not come."}'))
    with here.conn.transaction():
        letters.received(here.conn, "VAL", replace(letter, acts=[forged]), NOW)
    assert find_record(here.conn, Note, FORUM, "n1") is None
    assert [(one.final, one.sender) for one in aside(here.conn, FORUM)] == [(True, "VAL")]
    with here.conn.transaction():
        letters.received(here.conn, "VAL", letter, NOW)
    assert record(here.conn, Note, FORUM, "n1").record.text == "We come by train."


def test_acts_that_come_too_early_wait_for_those_before_them(together: tuple[Node, Node]) -> None:
    here, there = together
    for number in range(4):
        projects.put(there.conn, there.keyring, FORUM, f"n{number}", Note(text=f"{number}"), by="Orla", now=NOW)
    for letter in reversed(there.written()):
        here.open(letter, "VAL")
    assert [note.record.text for note in records(here.conn, Note, project=FORUM)] == ["0", "1", "2", "3"]
    assert aside(here.conn, FORUM) == []


def test_a_member_may_not_join_for_another_nor_rule_the_project(together: tuple[Node, Node]) -> None:
    here, there = together
    with pytest.raises(Refused, match="only the lead"):
        projects.put(there.conn, there.keyring, FORUM, "project", Project(title="Ours now"), by="Orla", now=NOW)
    mine = record(there.conn, Member, FORUM, "VAL").record
    with pytest.raises(Refused, match="lead"):
        projects.put(there.conn, there.keyring, FORUM, "VAL", replace(mine, role="lead"), by="Orla", now=NOW)
    assert record(here.conn, Project, FORUM, "project").record.title == "Harbour forum"


def test_a_refused_act_of_another_node_stays_in_the_log_with_its_reason(together: tuple[Node, Node]) -> None:
    here, there = together
    there.conn.execute(
        "update record set body = %s where kind = 'member' and id = 'VAL'",
        (msgspec.json.encode(replace(record(there.conn, Member, FORUM, "VAL").record, role="lead")),),
    )
    projects.put(there.conn, there.keyring, FORUM, "project", Project(title="Ours now"), by="Orla", now=NOW)
    exchanged(here, there)
    assert record(here.conn, Project, FORUM, "project").record.title == "Harbour forum"
    assert [one.refused for one in logged(here.conn, FORUM, kind="project")] == ["only the lead may do this", ""]


def test_a_node_restored_from_a_backup_begins_a_new_log(together: tuple[Node, Node]) -> None:
    here, there = together
    with there.as_owner() as owner:
        owner.execute("insert into epoch (number, reason) values (2, 'restored')")
    projects.put(there.conn, there.keyring, FORUM, "n1", Note(text="Back again."), by="Orla", now=NOW)
    exchanged(here, there)
    assert vector(here.conn, FORUM)["VAL/2"] == 1
    assert record(here.conn, Note, FORUM, "n1").record.text == "Back again."


def test_an_act_dated_far_ahead_waits(together: tuple[Node, Node]) -> None:
    here, there = together
    later = NOW + timedelta(hours=1)
    projects.put(there.conn, there.keyring, FORUM, "n1", Note(text="From tomorrow."), by="Orla", now=later)
    letter = msgspec.json.decode(there.written()[0].body, type=letters.ActsLetter)
    with here.conn.transaction():
        letters.received(here.conn, "VAL", letter, NOW)
    assert find_record(here.conn, Note, FORUM, "n1") is None
    with here.conn.transaction():
        letters.received(here.conn, "VAL", replace(letter, acts=[]), later)
    assert record(here.conn, Note, FORUM, "n1").record.text == "From tomorrow."


def test_the_only_lead_cannot_leave_and_a_name_is_taken_once(together: tuple[Node, Node]) -> None:
    here, _ = together
    with pytest.raises(Refused, match="only lead"):
        projects.leave(here.conn, here.keyring, FORUM, by="Ines", now=NOW)
    with pytest.raises(Conflict, match="already"):
        founded(here)


def tended(*nodes: Node) -> None:
    """Each node's clock loop has run, and everything written has been read."""
    here, there = nodes
    for _ in range(3):
        for node in nodes:
            project_terms.settle(node.conn, node.keyring, NOW)
        exchanged(here, there)
    for node in nodes:
        Sharer().share(node.conn, datetime.now(UTC))
        release.lift(node.conn)


def granted(node: Node) -> list[tuple[str, str]]:
    """The partners who may see something now, and the act of the version they see."""
    return node.rows(
        "select a.code, v.act from item_grant g join agency a on a.id = g.agency join version v using (sequence)"
        " where g.position is not null and g.withdrawn is null order by v.sequence"
    )


def test_copy_put_into_the_project_is_given_to_its_members_with_all_that_follows(together: tuple[Node, Node]) -> None:
    here, there = together
    here.file(copy("adr:bridge"))
    tended(here, there)
    assert [a.state for a in agreements.agreements(there.conn, partner="ADR")] == ["active", "active"]
    assert granted(here) == []
    put = ProjectItem(origin="ADR", uri="adr:bridge", headline="Bridge")
    projects.put(here.conn, here.keyring, FORUM, "i1", put, by="Ines", now=NOW)
    tended(here, there)
    assert granted(here) == [("VAL", "publish")]
    here.file(copy("adr:bridge", "2", text="The old bridge reopens in May."))
    assert granted(here) == [("VAL", "update")]
    here.file(copy("adr:bridge", "3"), act="kill")
    assert granted(here)[-1] == ("VAL", "kill")


def test_who_has_left_is_given_nothing_more(together: tuple[Node, Node]) -> None:
    here, there = together
    tended(here, there)
    projects.leave(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    exchanged(here, there)
    put = ProjectItem(origin="ADR", uri="adr:bridge", headline="Bridge")
    here.file(copy("adr:bridge"))
    projects.put(here.conn, here.keyring, FORUM, "i1", put, by="Ines", now=NOW)
    tended(here, there)
    assert granted(here) == []
    assert {a.state for a in agreements.agreements(here.conn, partner="VAL")} == {"ended"}
    assert find_record(there.conn, ProjectItem, FORUM, "i1") is None


def test_copy_of_another_agency_goes_on_only_where_its_agreement_allows(together: tuple[Node, Node]) -> None:
    here, there = together
    here.agree("ADR", giver="MER", onward=False)
    here.file(copy("mer:harbour"), origin="MER")
    put = ProjectItem(origin="MER", uri="mer:harbour", headline="Harbour")
    projects.put(here.conn, here.keyring, FORUM, "i1", put, by="Ines", now=NOW)
    tended(here, there)
    assert granted(here) == []


def test_who_leaves_keeps_its_own_and_loses_what_others_kept_for_members(
    together: tuple[Node, Node], tmp_path: Path
) -> None:
    here, there = together
    files, theirs = ByteStore(tmp_path / "adr"), ByteStore(tmp_path / "val")
    secret = Document(title="Budget", digest="0" * 64, restricted=True)
    held = project_contents.add_file(
        here.conn, here.keyring, files, FORUM, b"Twelve lanterns", secret, by="Ines", now=NOW
    )
    projects.put(here.conn, here.keyring, FORUM, "n1", Note(text="Open to all."), by="Ines", now=NOW)
    projects.put(here.conn, here.keyring, FORUM, "n2", Note(text="Members only.", restricted=True), by="Ines", now=NOW)
    exchanged(here, there)
    project_files.keep(there.conn, FORUM, theirs.put(b"Twelve lanterns"))
    mine = Note(text="Ours, for members.", restricted=True)
    projects.put(there.conn, there.keyring, FORUM, "n3", mine, by="Orla", now=NOW)
    projects.leave(there.conn, there.keyring, FORUM, by="Orla", now=NOW, files=theirs)
    exchanged(here, there)
    assert [note.id for note in records(there.conn, Note, project=FORUM)] == ["n1", "n3"]
    assert not theirs.has(held.record.digest)
    assert there.one("select count(*) from act where convert_from(body, 'UTF8') like '%%Members only%%'") == 0
    assert there.one("select state from project where id = %s", FORUM) == "left"
    assert [note.id for note in records(here.conn, Note, project=FORUM)] == ["n1", "n2", "n3"]
    projects.invite(here.conn, here.keyring, FORUM, "VAL", by="Ines", now=NOW)
    exchanged(here, there)
    projects.join(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    exchanged(here, there)
    assert [note.id for note in records(there.conn, Note, project=FORUM)] == ["n1", "n2", "n3"]
