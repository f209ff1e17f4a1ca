"""What a member's node that has been taken over may try in a joint project, and what it does not get."""

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Raw

from dragoman.desk import agreements as agreement_desk
from dragoman.desk import project_contents, project_terms, projects
from dragoman.model.agreement import Terms
from dragoman.model.errors import BadInput, DragomanError, NotFound, Refused
from dragoman.model.project import Act, Document, Member, Note, Project, ProjectItem, Task
from dragoman.store import agencies, agreements, release
from dragoman.store.bytes import ByteStore
from dragoman.store.projects import find_record, letters, meetings, record, records
from dragoman.store.projects.acts import end_of_log, logged, since, vector
from dragoman.store.projects.aside import aside
from dragoman.store.sharing import Sharer
from dragoman.trust.acts import act_digest, sign_act
from dragoman.trust.keys import Keyring, new_keyring, rotate
from letter_node import Node
from newsdesk import copy

NOW = datetime.now(UTC)
FORUM = "ADR:harbour-forum"


def exchanged(*nodes: Node) -> None:
    """Everybody opens what the others have written, until nobody writes."""
    while found := [(node, letter) for node in nodes for letter in node.written()]:
        for node, letter in found:
            for reader in nodes:
                if reader.home == letter.partner:
                    reader.open(letter, node.home)


@pytest.fixture
def together(nodes: tuple[Node, Node]) -> tuple[Node, Node]:
    """ADR has founded the project, VAL has joined."""
    here, there = nodes
    wanted = Project(title="Harbour forum")
    projects.found(here.conn, here.keyring, "harbour-forum", wanted, by="Ines", now=NOW)
    projects.invite(here.conn, here.keyring, FORUM, "VAL", by="Ines", now=NOW)
    exchanged(here, there)
    projects.join(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    exchanged(here, there)
    return here, there


def signed(keys: Keyring, *changes: tuple[str, str, Any], log: int = 7, **more: Any) -> list[Act]:
    """A chain of acts that no rule of the author's own node has looked at: (kind, id, fields)."""
    found: list[Act] = []
    for number, (kind, id, fields) in enumerate(changes, 1):
        wanted = {
            "project": FORUM,
            "agency": keys.agency,
            "log": log,
            "number": number,
            "previous": act_digest(found[-1]) if found else "",
            "clock": int(datetime.now(UTC).timestamp() * 1e6) + number,
            "by": "Mallory",
            "kind": kind,
            "id": id,
            "fields": Raw(msgspec.json.encode(fields)),
        }
        found.append(sign_act(keys, Act(**(wanted | more))))
    return found


def sent(node: Node, sender: str, acts: Sequence[Act], project: str = FORUM) -> int:
    """The acts in one letter of `sender`, through the door that every letter comes through."""
    body = msgspec.json.encode(letters.ActsLetter(project=project, acts=list(acts)))
    return posted(node, sender, body)


def posted(node: Node, sender: str, body: bytes) -> int:
    before = len(logged(node.conn, FORUM, limit=100_000))
    letter = type("Letter", (), {"type": "project", "body": body})
    node.open(letter, sender)  # type: ignore[arg-type]
    return len(logged(node.conn, FORUM, limit=100_000)) - before


def granted(node: Node) -> list[tuple[str, str]]:
    """Who may see what now: (partner, uri)."""
    return node.rows(
        "select a.code, i.uri from item_grant g join agency a on a.id = g.agency join version v using (sequence)"
        " join item i on i.id = v.item where g.position is not null and g.withdrawn is null order by v.sequence"
    )


def tended(*nodes: Node) -> None:
    """Each node's clock loop has run, and everything written has been read."""
    for _ in range(3):
        for node in nodes:
            project_terms.settle(node.conn, node.keyring, datetime.now(UTC))
        exchanged(*nodes)
    for node in nodes:
        Sharer().share(node.conn, datetime.now(UTC))
        release.lift(node.conn)


# ------------------------------------------------------------------------------------------------ keys


def test_a_lead_cannot_replace_the_key_of_an_agency_that_we_have_confirmed(together: tuple[Node, Node]) -> None:
    here, there = together
    mer, false = new_keyring("MER", NOW), new_keyring("MER", NOW)
    there.trust("MER", mer.current.public)
    vouched = Member(name="Meridian", keys=(projects._text(false.current.public),))
    projects.put(here.conn, here.keyring, FORUM, "MER", vouched, by="Ines", now=NOW)
    exchanged(here, there)
    forged = signed(false, ("member", "MER", {"joined": "2026-03-01T09:00:00Z"}), ("note", "n1", {"text": "We agree."}))
    sent(there, "ADR", forged)
    assert find_record(there.conn, Note, FORUM, "n1") is None
    genuine = signed(mer, ("member", "MER", {"joined": "2026-03-01T09:00:00Z"}), ("note", "n1", {"text": "We object."}))
    sent(there, "ADR", genuine)
    assert record(there.conn, Note, FORUM, "n1").record.text == "We object."


def test_nobody_vouches_for_a_key_of_our_own(together: tuple[Node, Node]) -> None:
    here, there = together
    false = new_keyring("VAL", NOW)
    mine = record(here.conn, Member, FORUM, "VAL").record
    vouched = msgspec.structs.replace(mine, keys=(*mine.keys, projects._text(false.current.public)))
    projects.put(here.conn, here.keyring, FORUM, "VAL", vouched, by="Ines", now=NOW)
    exchanged(here, there)
    sent(there, "ADR", signed(false, ("note", "n1", {"text": "Said by VAL."})))
    assert find_record(there.conn, Note, FORUM, "n1") is None


def test_members_who_know_a_key_from_the_project_alone_follow_its_agency_to_a_new_one(
    together: tuple[Node, Node],
) -> None:
    here, there = together
    there.conn.execute("delete from agency_key k using agency a where a.id = k.agency and a.code = 'ADR'")
    here.keyring = rotate(here.keyring, NOW)
    here.trust("ADR", here.keyring.current.public)
    projects.put(here.conn, here.keyring, FORUM, "n1", Note(text="Under a new key."), by="Ines", now=NOW)
    exchanged(here, there)
    assert record(there.conn, Note, FORUM, "n1").record.text == "Under a new key."
    assert aside(there.conn, FORUM) == []


# ------------------------------------------------------------------------------------------------ membership


def test_a_lead_does_not_fetch_back_who_has_left(together: tuple[Node, Node]) -> None:
    here, there = together
    projects.leave(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    exchanged(here, there)
    gone = record(here.conn, Member, FORUM, "VAL").record
    for back in ({"left": None}, {"left": None, "role": "reader"}):
        with pytest.raises(Refused, match="VAL itself"):
            projects.put(
                here.conn, here.keyring, FORUM, "VAL", msgspec.structs.replace(gone, **back), by="Ines", now=NOW
            )


def test_who_has_been_excluded_is_asked_for_nothing_and_sent_nothing(together: tuple[Node, Node]) -> None:
    here, there = together
    mine = record(here.conn, Member, FORUM, "VAL").record
    projects.put(here.conn, here.keyring, FORUM, "VAL", msgspec.structs.replace(mine, left=NOW), by="Ines", now=NOW)
    assert [one.agency for one in meetings.due(here.conn, datetime.now(UTC))] == []
    exchanged(here, there)
    assert there.one("select state from project where id = %s", FORUM) == "left"
    projects.put(here.conn, here.keyring, FORUM, "n2", Note(text="Among us."), by="Ines", now=NOW)
    assert here.written() == []
    with pytest.raises(Refused, match="not a member"):
        sent(here, "VAL", signed(there.keyring, ("note", "n1", {"text": "Still here."})))


def test_a_lead_that_is_not_the_founder_invites_too(together: tuple[Node, Node]) -> None:
    here, there = together
    mine = record(here.conn, Member, FORUM, "VAL").record
    projects.put(here.conn, here.keyring, FORUM, "VAL", msgspec.structs.replace(mine, role="lead"), by="I", now=NOW)
    projects.leave(here.conn, here.keyring, FORUM, by="Ines", now=NOW)
    exchanged(here, there)
    projects.invite(there.conn, there.keyring, FORUM, "ADR", by="Orla", now=NOW)
    everything = since(there.conn, FORUM, {})
    here.conn.execute("delete from record where project = %s", (FORUM,))
    with here.as_owner() as owner:
        owner.execute("delete from act where project = %s", (FORUM,))
        owner.execute("delete from project where id = %s", (FORUM,))
    sent(here, "VAL", everything)
    assert here.one("select state from project where id = %s", FORUM) == "invited"


def test_who_declines_an_invitation_has_left(nodes: tuple[Node, Node]) -> None:
    here, there = nodes
    projects.found(here.conn, here.keyring, "harbour-forum", Project(title="Forum"), by="Ines", now=NOW)
    projects.invite(here.conn, here.keyring, FORUM, "VAL", by="Ines", now=NOW)
    exchanged(here, there)
    projects.leave(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    assert there.one("select state from project where id = %s", FORUM) == "left"


def test_nobody_is_invited_into_our_own_desks_project(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    desk = projects.desk_project(here.conn, here.keyring, now=NOW)
    with pytest.raises(Refused, match="desk"):
        projects.invite(here.conn, here.keyring, desk, "VAL", by="Ines", now=NOW)
    assert here.written() == []


# ------------------------------------------------------------------------------------------------ what an act may hold


@pytest.mark.parametrize(
    "change",
    [
        {"log": 2**40},
        {"number": 2**40},
        {"kind": "no\x00te"},
        {"by": "Mal\x00lory"},
        {"id": "n1\n"},
        {"project": "ADR:harbour-forum\n"},
        {"agency": "VAL\n"},
    ],
)
def test_an_act_that_the_store_cannot_keep_is_refused_with_its_letter(
    together: tuple[Node, Node], change: dict[str, Any]
) -> None:
    here, there = together
    [act] = signed(there.keyring, ("note", "n1", {"text": "x"}))
    plain = msgspec.to_builtins(msgspec.convert(msgspec.json.decode(msgspec.json.encode(act)), dict)) | change
    body = msgspec.json.encode({"project": change.get("project", FORUM), "acts": [plain]})
    with pytest.raises(BadInput):
        posted(here, "VAL", body)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("task", {"title": "a\x00b"}),
        ("item", {"origin": "VAL", "uri": "val:a\x00b"}),
        ("document", {"title": "x", "digest": "0" * 64, "about": "task/\x00"}),
        ("task", {"title": "Hall", "due": "0001-01-01T00:00:00+14:00"}),
        ("task", {"title": "Hall", "due": "9999-12-31T23:59:59-14:00"}),
        ("task", {"title": "x" * 501}),
        ("task", {"title": ["deep"] * 3}),
        ("note", {"text": "T", "language": "en", "text\x00": "x"}),
    ],
)
def test_fields_that_cannot_be_kept_do_not_count_and_nothing_stops(
    together: tuple[Node, Node], kind: str, fields: dict[str, Any]
) -> None:
    here, there = together
    chain = signed(there.keyring, (kind, "x1", fields), ("note", "n1", {"text": "After it."}))
    assert sent(here, "VAL", chain) == 2
    assert logged(here.conn, FORUM, kind=kind, id="x1")[0].refused.startswith("its fields do not fit")
    assert record(here.conn, Note, FORUM, "n1").record.text == "After it."


@pytest.mark.parametrize(
    "fields",
    [b"[" * 5_000 + b"]" * 5_000, b'{"text":"\\ud800"}', b'{"text":9007199254740993}', b'{"text":1e400}', b"7"],
)
def test_an_act_that_nobody_can_sign_harms_nobody(together: tuple[Node, Node], fields: bytes) -> None:
    here, there = together
    chain = signed(there.keyring, ("note", "n1", {"text": "x"}))
    plain = msgspec.json.encode(chain[0]).replace(b'{"text":"x"}', fields)
    with contextlib.suppress(BadInput):
        posted(here, "VAL", b'{"project":"%s","acts":[%s]}' % (FORUM.encode(), plain))
    assert find_record(here.conn, Note, FORUM, "n1") is None
    assert sent(here, "VAL", chain) == 1


def test_an_act_from_the_end_of_time_waits_for_it(together: tuple[Node, Node]) -> None:
    here, there = together
    assert sent(here, "VAL", signed(there.keyring, ("note", "n1", {"text": "x"}), clock=2**53 - 1)) == 0
    assert "dated ahead" in aside(here.conn, FORUM)[0].reason
    projects.put(here.conn, here.keyring, FORUM, "n2", Note(text="Now."), by="Ines", now=datetime.now(UTC))
    assert record(here.conn, Note, FORUM, "n2").made.at < datetime.now(UTC) + timedelta(minutes=1)
    with pytest.raises(DragomanError):
        sent(here, "VAL", signed(there.keyring, ("note", "n1", {"text": "x"}), clock=2**53))


def test_an_act_that_is_too_long_is_not_taken(together: tuple[Node, Node]) -> None:
    here, there = together
    long = {f"field{number}": "x" * 10_000 for number in range(40)}
    assert sent(here, "VAL", signed(there.keyring, ("note", "n1", long))) == 0
    assert "too long" in aside(here.conn, FORUM)[0].reason


def test_a_letter_with_more_acts_than_a_letter_holds_is_refused(together: tuple[Node, Node]) -> None:
    here, there = together
    chain = signed(there.keyring, *(("note", f"n{number}", {"text": "x"}) for number in range(501)))
    with pytest.raises(BadInput):
        sent(here, "VAL", chain)


def test_who_sends_acts_that_cannot_be_taken_is_told_when_it_is_enough(together: tuple[Node, Node]) -> None:
    here, there = together
    stranger = new_keyring("QQQ", NOW)

    def sends_without_end() -> None:
        for log in range(1, 900):
            sent(here, "VAL", signed(stranger, *(("note", "n", {"text": str(n)}) for n in range(200)), log=log))

    with pytest.raises(Refused, match="wait already"):
        sends_without_end()
    assert here.one("select count(*) from act_aside") <= 1_000
    assert sent(here, "VAL", signed(there.keyring, ("note", "n1", {"text": "Ours."}))) == 1


def test_a_false_copy_that_waits_does_not_take_the_place_of_the_true_act(together: tuple[Node, Node]) -> None:
    here, there = together
    first, second = signed(there.keyring, ("note", "n1", {"text": "1"}), ("note", "n2", {"text": "2"}))
    false = msgspec.structs.replace(second, signature=first.signature)
    sent(here, "VAL", [false])
    sent(here, "VAL", [second])
    sent(here, "VAL", [false])
    sent(here, "VAL", [first])
    assert [note.record.text for note in records(here.conn, Note, project=FORUM)] == ["1", "2"]
    assert [one for one in aside(here.conn, FORUM) if not one.final] == []


# ------------------------------------------------------------------------------------------------ our copy


def test_a_member_does_not_pull_our_copy_out_by_naming_it(together: tuple[Node, Node]) -> None:
    here, there = together
    here.file(copy("adr:secret"))
    tended(here, there)
    named = ProjectItem(origin="ADR", uri="adr:secret")
    projects.put(there.conn, there.keyring, FORUM, "i1", named, by="Orla", now=NOW)
    tended(here, there)
    assert granted(here) == []
    here.file(copy("adr:secret", "2", text="More of it."))
    assert granted(here) == []
    put = here.item("adr:secret")
    project_contents.add_item(here.conn, here.keyring, FORUM, put, by="Ines", now=NOW)
    tended(here, there)
    assert granted(here) == [("VAL", "adr:secret")]


def test_a_member_does_not_make_our_item_another_one_nor_bring_back_what_we_took_away(
    together: tuple[Node, Node],
) -> None:
    here, there = together
    for uri in ("adr:bridge", "adr:secret"):
        here.file(copy(uri))
    ours = ProjectItem(origin="ADR", uri="adr:bridge")
    projects.put(here.conn, here.keyring, FORUM, "i1", ours, by="Ines", now=NOW)
    exchanged(here, there)
    other = msgspec.structs.replace(ours, uri="adr:secret")
    with pytest.raises(Refused, match="uri"):
        projects.put(there.conn, there.keyring, FORUM, "i1", other, by="Orla", now=NOW)
    projects.drop(here.conn, here.keyring, FORUM, ProjectItem, "i1", by="Ines", now=NOW)
    exchanged(here, there)
    projects.put(there.conn, there.keyring, FORUM, "i1", ours, by="Orla", now=NOW)
    tended(here, there)
    assert granted(here) == []


def test_an_item_whose_act_is_refused_later_is_no_longer_given(together: tuple[Node, Node]) -> None:
    here, there = together
    leads = msgspec.structs.replace(record(here.conn, Member, FORUM, "VAL").record, role="lead")
    projects.put(here.conn, here.keyring, FORUM, "VAL", leads, by="Ines", now=NOW)
    exchanged(here, there)
    earlier = projects.put(there.conn, there.keyring, FORUM, "n1", Note(text="x"), by="Orla", now=datetime.now(UTC))
    adr = record(there.conn, Member, FORUM, "ADR").record
    projects.put(
        there.conn, there.keyring, FORUM, "ADR", msgspec.structs.replace(adr, left=NOW), by="O", now=datetime.now(UTC)
    )
    assert earlier.record.text == "x"
    later = datetime.now(UTC) + timedelta(seconds=5)
    projects.put(here.conn, here.keyring, FORUM, "i1", ProjectItem(origin="ADR", uri="adr:a"), by="Ines", now=later)
    assert here.one("select count(*) from project_item") == 1
    for letter in there.written():
        here.open(letter, "VAL")
    assert find_record(here.conn, ProjectItem, FORUM, "i1") is None
    assert here.one("select count(*) from project_item") == 0


def test_bytes_of_ours_are_no_file_of_the_project_because_a_member_names_them(
    together: tuple[Node, Node], tmp_path: Path
) -> None:
    here, there = together
    files = ByteStore(tmp_path)
    digest = files.put(b"What the minister said in confidence.")
    named = Document(title="Programme", digest=digest, restricted=True)
    held = projects.put(there.conn, there.keyring, FORUM, "d1", named, by="Orla", now=NOW)
    exchanged(here, there)
    with pytest.raises(NotFound, match="not here yet"):
        project_contents.read_file(here.conn, files, FORUM, held.id, by="Ines")
    mine = record(here.conn, Member, FORUM, "VAL").record
    projects.put(here.conn, here.keyring, FORUM, "VAL", msgspec.structs.replace(mine, role="lead"), by="I", now=NOW)
    projects.leave(here.conn, here.keyring, FORUM, by="Ines", now=NOW, files=files)
    assert files.has(digest)


# ------------------------------------------------------------------------------------------------ agreements


def test_an_agreement_that_names_a_project_which_does_not_want_it_stops_nothing(together: tuple[Node, Node]) -> None:
    here, there = together
    tended(here, there)
    for giver, taker in (("VAL", "ADR"), ("ADR", "VAL")):
        terms = Terms(giver=giver, taker=taker, content='project:"ADR:another"', valid_from=NOW)
        agreement_desk.propose(there.conn, there.keyring, terms, by="Orla", now=NOW)
    projects.found(here.conn, here.keyring, "another", Project(title="Another"), by="Ines", now=NOW)
    exchanged(here, there)
    project_terms.settle(here.conn, here.keyring, NOW)
    assert sorted(a.state for a in agreements.agreements(here.conn, partner="VAL")) == [
        "active",
        "active",
        "offered",
        "offered",
    ]


def test_an_agreement_that_people_made_over_a_project_stays_theirs(together: tuple[Node, Node]) -> None:
    here, there = together
    terms = Terms(giver="ADR", taker="VAL", content=f'project:"{FORUM}"', use="internal", valid_from=NOW)
    made = agreement_desk.propose(here.conn, here.keyring, terms, by="Ines", now=NOW)
    exchanged(here, there)
    agreement_desk.accept(there.conn, there.keyring, made.id, by="Orla", now=NOW)
    tended(here, there)
    active = agreements.agreements(here.conn, partner="VAL", states=("active",))
    assert next(a for a in active if a.id == made.id).terms == terms
    assert len(active) == 3


def test_new_terms_hold_for_who_has_accepted_them(together: tuple[Node, Node]) -> None:
    here, there = together
    for uri in ("adr:a", "adr:b"):
        here.file(copy(uri))
    add = project_contents.add_item
    add(here.conn, here.keyring, FORUM, here.item("adr:a"), by="Ines", now=NOW)
    tended(here, there)
    assert granted(here) == [("VAL", "adr:a")]
    held = record(here.conn, Project, FORUM, "project").record
    narrower = msgspec.structs.replace(held, terms=msgspec.structs.replace(held.terms, use="internal"))
    projects.put(here.conn, here.keyring, FORUM, "project", narrower, by="Ines", now=NOW)
    projects.join(here.conn, here.keyring, FORUM, by="Ines", now=NOW)
    add(here.conn, here.keyring, FORUM, here.item("adr:b"), by="Ines", now=NOW)
    tended(here, there)
    assert {a.state for a in agreements.agreements(here.conn, partner="VAL")} == {"ended"}
    assert granted(here) == [("VAL", "adr:a")]
    projects.join(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    tended(here, there)
    active = agreements.agreements(there.conn, partner="ADR", states=("active",))
    assert [a.terms.use for a in active] == ["internal", "internal"]
    assert granted(here) == [("VAL", "adr:a"), ("VAL", "adr:b")]


def test_terms_that_were_changed_and_accepted_while_we_were_away_revise_the_agreements(
    together: tuple[Node, Node],
) -> None:
    here, there = together
    here.file(copy("adr:a"))
    project_contents.add_item(here.conn, here.keyring, FORUM, here.item("adr:a"), by="Ines", now=NOW)
    tended(here, there)
    for node in (here, there):
        mine = record(node.conn, Member, FORUM, node.home).record
        renamed = msgspec.structs.replace(mine, name=f"{mine.name} & Co")
        projects.put(node.conn, node.keyring, FORUM, node.home, renamed, by="x", now=NOW)
    held = record(here.conn, Project, FORUM, "project").record
    terms = msgspec.structs.replace(held.terms, credit={"*": "Forum / {agency}"}, use="internal")
    projects.put(
        here.conn, here.keyring, FORUM, "project", msgspec.structs.replace(held, terms=terms), by="Ines", now=NOW
    )
    projects.join(here.conn, here.keyring, FORUM, by="Ines", now=NOW)
    exchanged(here, there)
    projects.join(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    exchanged(here, there)
    for node in (here, there, here):
        project_terms.settle(node.conn, node.keyring, NOW)
        project_terms.settle(node.conn, node.keyring, NOW)
    tended(here, there)
    for node, other in ((here, "VAL"), (there, "ADR")):
        active = agreements.agreements(node.conn, partner=other, states=("active", "offered", "proposed"))
        assert [(a.state, a.terms.use) for a in active] == [("active", "internal")] * 2
        assert {a.terms.credit["*"] for a in active} == {"Forum / Adrian Press & Co", "Forum / Valonia News & Co"}
    release.rematch(here.conn, datetime.now(UTC))
    tended(here, there)
    number = agencies.agency(here.conn, "VAL").id
    assert here.one("select agency_may(%s, g.sequence, 'read') from item_grant g where g.agency = %s", number, number)


def test_a_project_that_is_closed_gives_nothing_and_opened_again_gives_on(together: tuple[Node, Node]) -> None:
    here, there = together
    tended(here, there)
    held = record(here.conn, Project, FORUM, "project").record
    for closed, state in ((True, "ended"), (False, "active")):
        again = msgspec.structs.replace(held, closed=closed)
        projects.put(here.conn, here.keyring, FORUM, "project", again, by="Ines", now=NOW)
        tended(here, there)
        found = agreements.agreements(here.conn, partner="VAL")
        assert sum(a.state == state for a in found) == 2
    assert [one.agency for one in meetings.due(here.conn, datetime.now(UTC))] == ["VAL"]


def test_a_member_whose_clock_is_ahead_is_given_what_lies_there_when_the_hour_has_come(
    nodes: tuple[Node, Node],
) -> None:
    here, there = nodes
    here.file(copy("adr:a"))
    projects.found(here.conn, here.keyring, "harbour-forum", Project(title="Forum"), by="Ines", now=NOW)
    project_contents.add_item(here.conn, here.keyring, FORUM, here.item("adr:a"), by="Ines", now=NOW)
    projects.invite(here.conn, here.keyring, FORUM, "VAL", by="Ines", now=NOW)
    exchanged(here, there)
    ahead = datetime.now(UTC) + timedelta(minutes=3)
    projects.join(there.conn, there.keyring, FORUM, by="Orla", now=ahead)
    exchanged(here, there)
    for node in (here, there, here, there):
        project_terms.settle(node.conn, node.keyring, NOW)
        exchanged(here, there)
    sharer = Sharer()
    assert sharer.share(here.conn, datetime.now(UTC)) == 0
    assert sharer.share(here.conn, ahead) == 1


# ------------------------------------------------------------------------------------------------ records


def test_what_was_taken_away_and_is_made_again_is_just_what_was_said(together: tuple[Node, Node]) -> None:
    here, _ = together
    done = Task(title="Hall", person="Orla", state="done")
    projects.put(here.conn, here.keyring, FORUM, "t1", done, by="Ines", now=NOW)
    projects.drop(here.conn, here.keyring, FORUM, Task, "t1", by="Ines", now=NOW)
    projects.put(here.conn, here.keyring, FORUM, "t1", Task(title="Hall"), by="Ines", now=NOW)
    assert record(here.conn, Task, FORUM, "t1").record == Task(title="Hall")
    projects.drop(here.conn, here.keyring, FORUM, Task, "t1", by="Ines", now=NOW)
    projects.put(here.conn, here.keyring, FORUM, "t1", Task(title="Hall"), by="Ines", now=NOW)
    assert not record(here.conn, Task, FORUM, "t1").dropped


def test_what_others_add_to_a_members_record_after_we_have_left_is_not_kept_either(
    together: tuple[Node, Node],
) -> None:
    here, there = together
    note = Note(text="Members only.", restricted=True)
    projects.put(here.conn, here.keyring, FORUM, "n1", note, by="Ines", now=NOW)
    exchanged(here, there)
    projects.put(
        here.conn, here.keyring, FORUM, "n1", msgspec.structs.replace(note, text="Still secret."), by="I", now=NOW
    )
    late = here.written()
    projects.leave(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    for letter in late:
        there.open(letter, "ADR")
    assert find_record(there.conn, Note, FORUM, "n1") is None
    assert there.one("select count(*) from act where convert_from(body, 'UTF8') ~ 'secret'") == 0


def test_who_is_invited_again_asks_for_what_was_removed_here(together: tuple[Node, Node]) -> None:
    here, there = together
    note = Note(text="Members only.", restricted=True)
    projects.put(here.conn, here.keyring, FORUM, "n1", note, by="Ines", now=NOW)
    exchanged(here, there)
    projects.leave(there.conn, there.keyring, FORUM, by="Orla", now=NOW)
    exchanged(here, there)
    assert since(here.conn, FORUM, vector(there.conn, FORUM)) != []
    end = end_of_log(here.conn, FORUM, "ADR", 1).number
    assert vector(there.conn, FORUM)["ADR/1"] < end
    sent(there, "ADR", since(here.conn, FORUM, vector(there.conn, FORUM)))


def test_every_error_of_a_letter_is_one_of_ours(together: tuple[Node, Node]) -> None:
    here, _ = together
    for body in (b"{}", b'{"project":"ADR:x","acts":[{}]}', b'{"project":7,"acts":[]}', b'{"project":"","acts":[]}'):
        with pytest.raises(DragomanError):
            posted(here, "VAL", body)
