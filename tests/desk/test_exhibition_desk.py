"""An exhibition made by two nodes: each proposes and votes at home, both see the same; one publishes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dragoman.desk import copy, exhibition_pictures, exhibitions, projects
from dragoman.model.errors import BadInput, Conflict, NotFound, Refused
from dragoman.model.event import Venue
from dragoman.model.exhibition import Exhibition, Right, Room
from dragoman.model.project import Project, ProjectItem, ProjectTerms
from dragoman.planning.captions import stamp_of, worded
from dragoman.planning.exhibition import Whole
from dragoman.planning.exhibition_checks import blocking, findings
from dragoman.planning.rights_table import standings
from dragoman.store.bytes import ByteStore
from dragoman.store.projects import records
from dragoman.text.segments import Written, stamp
from hung_pictures import drawn, hang_up
from letter_node import Node

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
HARBOUR = "ADR:harbour"
TERMS = ProjectTerms(kinds=("text", "picture"), use="free web", credit={"*": "Photo: {agency}"})
SHOW = Exhibition(
    titles={"en": "Harbour", "ar": "الميناء", "zh": "港口"},
    introduction={"en": "Sixty years.", "ar": "ستون عاما.", "zh": "六十年。"},
    languages=("en", "ar", "zh"),
    venue=Venue(name="Custom House", city="Adria", country="AZ", zone="Asia/Baku"),
    opens=datetime(2026, 3, 10, 16, 0, tzinfo=UTC),
    until=date(2026, 6, 1),
)


def exchanged(one: Node, other: Node) -> None:
    while letters := [(node, letter) for node in (one, other) for letter in node.written()]:
        for node, letter in letters:
            reader = other if node is one else one
            if letter.partner == reader.home:
                reader.open(letter, node.home)


class Curator:
    """Somebody at one node who works on the exhibition."""

    def __init__(self, node: Node, by: str, store: ByteStore) -> None:
        self.node, self.by, self.store, self.show = node, by, store, ""

    def do(self, act: Any, *values: Any, **more: Any) -> Any:
        usual = {"by": self.by, "now": NOW}
        return act(self.node.conn, self.node.keyring, HARBOUR, *values, **(usual | more))

    def propose(self, name: str, **more: Any) -> str:
        number = hang_up(self.node.conn, self.store, name, origin=self.node.home, width=1200, height=800, **more)
        return str(self.do(exhibition_pictures.propose, self.show, number).id)

    @property
    def whole(self) -> Whole:
        return exhibitions.opened(self.node.conn, HARBOUR, self.show)

    def clear(self, id: str, use: Any = "print") -> None:
        self.do(exhibition_pictures.say_right, Right(picture=id, use=use, allowed=True, source="letter of 3 May"))


@pytest.fixture
def curators(nodes: tuple[Node, Node], tmp_path: Path) -> tuple[Curator, Curator]:
    """Ines of ADR has made an exhibition in a project that VAL has joined; Orla of VAL sees it."""
    here, there = nodes
    wanted = Project(title="Harbour", terms=TERMS)
    projects.found(here.conn, here.keyring, "harbour", wanted, by="Ines", now=NOW)
    projects.invite(here.conn, here.keyring, HARBOUR, "VAL", by="Ines", now=NOW)
    exchanged(here, there)
    projects.join(there.conn, there.keyring, HARBOUR, by="Orla", now=NOW)
    ines, orla = Curator(here, "Ines", ByteStore(tmp_path / "a")), Curator(there, "Orla", ByteStore(tmp_path / "b"))
    exchanged(here, there)
    ines.show = orla.show = ines.do(exhibitions.make, SHOW).id
    exchanged(here, there)
    return ines, orla


def met(curators: tuple[Curator, Curator]) -> None:
    exchanged(curators[0].node, curators[1].node)


def test_a_partner_proposes_and_votes_at_home_and_our_node_sees_it(curators: tuple[Curator, Curator]) -> None:
    ines, orla = curators
    boats = orla.propose("boats")
    orla.do(exhibition_pictures.vote, boats, 4, note="The light.")
    met(curators)
    ines.do(exhibition_pictures.vote, boats, 5)
    ines.do(exhibition_pictures.select, boats, True)
    met(curators)
    for one in (ines, orla):
        picture = one.whole.pictures[0]
        assert (picture.agency, picture.stars_by_agency(), picture.record.selected) == (
            "VAL",
            (("ADR", 5), ("VAL", 4)),
            True,
        )
    assert orla.whole.pictures[0].lying is not None
    assert ines.whole.pictures[0].lying is None
    assert [one.record.uri for one in records(ines.node.conn, ProjectItem, project=HARBOUR)] == ["urn:example:boats"]


def test_the_same_picture_proposed_by_both_is_one_proposal(curators: tuple[Curator, Curator]) -> None:
    ines, orla = curators
    body = drawn("boats", 1200, 800)
    mine = ines.propose("boats", body=body)
    number = hang_up(orla.node.conn, orla.store, "boats", origin="ADR", width=1200, height=800, body=body)
    assert orla.do(exhibition_pictures.propose, orla.show, number).id == mine
    met(curators)
    assert [one.id for one in ines.whole.pictures] == [mine] == [one.id for one in orla.whole.pictures]


def test_a_partner_may_neither_publish_nor_lift_our_refusal(curators: tuple[Curator, Curator]) -> None:
    ines, orla = curators
    boats = ines.propose("boats")
    no = ines.do(exhibition_pictures.say_right, Right(picture=boats, use="web", allowed=False, source="estate"))
    met(curators)
    with pytest.raises(Refused, match="only ADR"):
        orla.do(exhibition_pictures.take_back_right, no.id)
    orla.clear(boats, "web")
    met(curators)
    found = standings(ines.whole, ines.whole.pictures[0], NOW.date())[0]
    assert (found.use, found.word) == ("web", "no")
    with pytest.raises(Refused, match="cannot be published"):
        orla.do(exhibitions.publish, orla.show)


def test_a_member_without_rights_looks_and_changes_nothing(curators: tuple[Curator, Curator]) -> None:
    ines, orla = curators
    boats = ines.propose("boats")
    held = records(ines.node.conn, projects.Member, project=HARBOUR)
    val = next(one for one in held if one.id == "VAL")
    ines.do(projects.put, "VAL", projects.replace(val.record, role="reader"))
    met(curators)
    assert [one.id for one in orla.whole.pictures] == [boats]
    for act, values in (
        (exhibition_pictures.vote, (boats, 3)),
        (exhibition_pictures.select, (boats, True)),
        (exhibition_pictures.hang, (boats,)),
    ):
        with pytest.raises(Refused, match="only read"):
            orla.do(act, *values, **({"width_mm": 400} if act is exhibition_pictures.hang else {}))
    assert ines.whole.pictures[0].votes == ()


def test_from_the_proposal_to_the_opening(curators: tuple[Curator, Curator]) -> None:
    ines, orla = curators
    boats, nets = ines.propose("boats"), ines.propose("nets")
    with pytest.raises(Refused, match="stand in the way"):
        ines.do(exhibitions.publish, ines.show)
    for id in (boats, nets):
        ines.do(exhibition_pictures.select, id, True)
        ines.clear(id)
        ines.do(exhibition_pictures.hang, id, width_mm=150)
    assert blocking(findings(ines.whole, NOW)) == ()
    assert ines.do(exhibitions.publish, ines.show).record.state == "published"
    met(curators)
    assert orla.whole.record.state == "published"
    copy.hold(ines.node.conn, "urn:example:boats", "Wrong boat", by="Ines", now=NOW)
    assert [one.key for one in blocking(findings(ines.whole, NOW))] == ["stopped"]
    assert ines.whole.pictures[0].headline == "Boats"
    ines.do(exhibitions.close, ines.show)
    with pytest.raises(Refused, match="closed"):
        ines.do(exhibition_pictures.vote, nets, 1)
    assert ines.do(exhibitions.take_back, ines.show).record.state == "preparing"


def test_two_who_write_the_same_caption_lose_nothing(curators: tuple[Curator, Curator]) -> None:
    ines, _ = curators
    boats = ines.propose("boats")
    seen = stamp("قوارب عند الرصيف القديم.")
    first = Written(id=f"{boats}/text", target="مراكب الصيد.", seen=seen)
    assert ines.do(exhibition_pictures.write, ines.show, "ar", [first]) == ()
    second = Written(id=f"{boats}/text", target="سفن.", seen=seen)
    clashes = ines.do(exhibition_pictures.write, ines.show, "ar", [second], by="Ugo")
    assert [(one.mine, one.theirs) for one in clashes] == [("سفن.", "مراكب الصيد.")]
    assert worded(ines.whole, ines.whole.pictures[0], "ar").text == "مراكب الصيد."


def test_a_caption_is_reviewed_by_another_who_has_seen_it_as_it_is(curators: tuple[Curator, Curator]) -> None:
    ines, _ = curators
    boats = ines.propose("boats")
    ines.do(exhibition_pictures.write, ines.show, "en", [Written(id=f"{boats}/text", target="Boats, 1961.")])
    words = worded(ines.whole, ines.whole.pictures[0], "en")
    with pytest.raises(Refused, match="has not written"):
        ines.do(exhibition_pictures.review, ines.show, boats, "en", seen=stamp_of(words))
    with pytest.raises(Conflict, match="meanwhile"):
        ines.do(exhibition_pictures.review, ines.show, boats, "en", seen="other", by="Ugo")
    ines.do(exhibition_pictures.review, ines.show, boats, "en", seen=stamp_of(words), by="Ugo")
    assert worded(ines.whole, ines.whole.pictures[0], "en").reviewed == "ADR Ugo"
    ines.do(exhibition_pictures.write, ines.show, "en", [Written(id=f"{boats}/alt", target="Boats at a mole")])
    assert worded(ines.whole, ines.whole.pictures[0], "en").reviewed == ""


def test_a_caption_too_long_to_keep_is_said_and_nothing_of_it_is_kept(curators: tuple[Curator, Curator]) -> None:
    ines, _ = curators
    boats = ines.propose("boats")
    with pytest.raises(BadInput, match="cannot be kept"):
        ines.do(exhibition_pictures.write, ines.show, "en", [Written(id=f"{boats}/alt", target="x" * 501)])
    with pytest.raises(NotFound):
        ines.do(exhibition_pictures.write, ines.show, "en", [Written(id="nothing/alt", target="x")])
    assert worded(ines.whole, ines.whole.pictures[0], "en").alt == "Three boats"


def test_pictures_hang_where_they_are_told(curators: tuple[Curator, Curator]) -> None:
    ines, orla = curators
    ids = [ines.propose(name) for name in ("boats", "nets", "crane")]
    for id in ids:
        ines.do(exhibition_pictures.select, id, True)
    assert [one.id for one in ines.whole.selected] == ids
    ines.do(exhibition_pictures.hang, ids[2], place=1)
    assert [one.id for one in ines.whole.selected] == [ids[2], ids[0], ids[1]]
    first = ines.do(exhibitions.add_room, ines.show, Room(exhibition="", titles={"en": "First"})).id
    second = ines.do(exhibitions.add_room, ines.show, Room(exhibition="", titles={"en": "Second"})).id
    met(curators)
    orla.do(exhibition_pictures.hang, ids[0], room=second)
    orla.do(exhibition_pictures.hang, ids[1], room=first, place=1)
    orla.do(exhibition_pictures.hang, ids[2], room=first, place=1)
    met(curators)
    for one in (ines, orla):
        assert [(each.id, each.record.room) for each in one.whole.selected] == [
            (ids[2], first),
            (ids[1], first),
            (ids[0], second),
        ]
    ines.do(exhibitions.move_room, second, 1)
    assert [each.id for each in ines.whole.selected] == [ids[0], ids[2], ids[1]]
    ines.do(exhibitions.drop_room, second)
    assert [ines.whole.room_of(each) for each in ines.whole.selected] == [first, first, ""]
    with pytest.raises(NotFound, match="no such room"):
        ines.do(exhibition_pictures.hang, ids[0], room=second)


def test_what_cannot_be_an_exhibition_is_said(curators: tuple[Curator, Curator]) -> None:
    ines, _ = curators
    for field, value, said in (
        ("titles", {"en": " "}, "has a title"),
        ("until", date(2026, 3, 9), "before it opens"),
        ("languages", ("en", "klingonese!"), "no language"),
        ("languages", (), "cannot be kept"),
        ("caption_most", 5, "cannot be kept"),
    ):
        with pytest.raises(BadInput, match=said):
            ines.do(exhibitions.change, ines.show, **{field: value})
    with pytest.raises(NotFound):
        ines.do(exhibitions.change, ines.show, event="nowhere")
    assert ines.whole.record == SHOW
    with pytest.raises(BadInput, match="where it comes from"):
        ines.do(exhibition_pictures.say_right, Right(picture=ines.propose("boats"), use="web", allowed=True))


def test_an_exhibition_is_found_by_the_beginning_of_its_id(curators: tuple[Curator, Curator]) -> None:
    ines, _ = curators
    for name in (ines.show, ines.show[:6], f"{HARBOUR}/{ines.show}"):
        assert exhibitions.find(ines.node.conn, name).id == ines.show
    with pytest.raises(NotFound):
        exhibitions.find(ines.node.conn, "")
    ines.propose("boats")
    line = exhibitions.exhibitions(ines.node.conn)[0]
    assert (line.project_title, line.proposed, line.selected) == ("Harbour", 1, 0)


def test_a_held_picture_is_not_proposed_and_a_killed_one_leaves_no_words(curators: tuple[Curator, Curator]) -> None:
    ines, _ = curators
    boats = ines.propose("boats")
    copy.hold(ines.node.conn, "urn:example:boats", "Wrong boat", by="Ines", now=NOW)
    words = worded(ines.whole, ines.whole.pictures[0], "en")
    assert (words.text, words.alt) == ("", "")
    number = ines.whole.pictures[0].lying
    assert number is not None
    with pytest.raises(Refused, match="cannot be proposed"):
        ines.do(exhibition_pictures.propose, ines.show, number.number, now=NOW + timedelta(hours=1))
    assert ines.whole.pictures[0].id == boats
