"""What the three desks do together: made in three databases at once, the same on every node, whole in every language."""

import importlib
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from database import drop_database, fresh_database
from dragoman import formats
from dragoman.desk import agreements, coverage, exhibitions, project_terms, relation_documents
from dragoman.desk.briefing import brief_on
from dragoman.desk.floor import asking, guests, running
from dragoman.desk.translated import lines
from dragoman.model.agency import Agency, NodeKey
from dragoman.model.agreement import Terms
from dragoman.model.arrival import Hints
from dragoman.model.event import Coverage, Event, Participant
from dragoman.model.exhibition import Caption, Exhibition, Proposal, Right, Room, Vote
from dragoman.model.floor import Answer, Floor, Question
from dragoman.model.project import Document, Note, ProjectItem, Task
from dragoman.model.relation import Action
from dragoman.planning.anniversary import due
from dragoman.planning.exhibition_checks import findings
from dragoman.store import agencies, filing, items, letters, people, relations
from dragoman.store import agreements as stored
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import connect
from dragoman.store.coverage import definitions
from dragoman.store.db.cluster import Cluster
from dragoman.store.projects import project, record, records
from dragoman.store.projects.acts import logged, vector
from dragoman.store.projects.aside import aside
from dragoman.trust.keys import fingerprint, new_keyring
from dragoman.web.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
copy, desks, exhibiting, known, later, together = (
    importlib.import_module(f"demo.{name}") for name in ("copy", "desks", "exhibiting", "known", "later", "together")
)


@pytest.fixture(scope="module")
def made(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    now = datetime.now(UTC).replace(microsecond=0)
    databases = {code: fresh_database(cluster) for code in copy.AGENCIES}
    with ExitStack() as opened:
        for database in databases.values():
            opened.callback(drop_database, cluster, database.name)
        seats = {code: seat(code, databases[code].newsroom, tmp_path_factory.mktemp(code)) for code in databases}
        for one in seats.values():
            opened.callback(one.conn.close)
        introduce(seats, now)
        pictures = exhibiting.draw_all(now)
        project = together.make(seats, now, exhibiting.deeds(pictures, now))
        known.write_down(seats, project, now)
        yield seats


def seat(code: str, address: str, folder: Path) -> Any:
    conn = connect(address)
    for other, about in sorted(copy.AGENCIES.items(), key=lambda one: one[0] != code):
        node = f"https://{other.lower()}.example"
        agencies.add_agency(conn, Agency(code=other, name=about.name, zone=about.zone, home=other == code, node=node))
    people.add_person(conn, "partners", "seven-lanterns-on-the-quay", "partner manager")
    keyring = new_keyring(code, datetime.now(UTC) - timedelta(days=40))
    return desks.Desk(code=code, conn=conn, keyring=keyring, files=ByteStore(folder / "bytes"), photos=folder)


def introduce(seats: dict[str, Any], now: datetime) -> None:
    for ours in seats.values():
        for theirs in seats.values():
            if ours is not theirs:
                public = theirs.keyring.current.public
                known_key = NodeKey(
                    agency=theirs.code, public=public, fingerprint=fingerprint(public), state="trusted", since=now
                )
                agencies.add_key(ours.conn, known_key)
    for giver, taker in (("LNA", "VAL"), ("VAL", "LNA"), ("LNA", "QMR")):
        one, other = seats[giver], seats[taker]
        terms = Terms(giver=giver, taker=taker, valid_from=now)
        sent = agreements.propose(one.conn, one.keyring, terms, by="partners", now=now)
        agreements.received(other.conn, giver, agreements.Message(agreement=sent, by="partners"), now)
        signed = agreements.accept(other.conn, other.keyring, sent.id, by="partners", now=now)
        agreements.received(one.conn, taker, agreements.Message(agreement=signed, by="partners"), now)


def test_the_project_is_the_same_on_every_node(made: Any) -> None:
    vectors = [vector(one.conn, together.PROJECT) for one in made.values()]
    assert vectors[0] == vectors[1] == vectors[2]
    for one in made.values():
        assert set(project(one.conn, together.PROJECT).members) == set(copy.AGENCIES)
        assert aside(one.conn, together.PROJECT) == []
        assert [act.refused for act in logged(one.conn, together.PROJECT, limit=10_000) if act.refused] == []


@pytest.mark.parametrize(
    ("struct", "number"),
    [
        (Task, 5),
        (Note, 3),
        (Document, 1),
        (ProjectItem, 13),
        (Event, 8),
        (Participant, 6),
        (Coverage, 8),
        (Floor, 2),
        (Question, 10),
        (Answer, 3),
        (Exhibition, 1),
        (Room, 3),
        (Proposal, 10),
        (Vote, 30),
        (Right, 10),
        (Caption, 40),
    ],
)
def test_everything_has_come_to_every_node(made: Any, struct: Any, number: int) -> None:
    for one in made.values():
        assert len(records(one.conn, struct, project=together.PROJECT)) == number


def test_no_letter_waits_and_the_agreements_of_the_project_are_in_force(made: Any) -> None:
    for one in made.values():
        assert letters.claim(one.conn, 10) == []
        content = project_terms.content_of(together.PROJECT)
        found = [each for each in stored.agreements(one.conn, states=("active",)) if each.terms.content == content]
        assert len(found) == 4
        assert all("picture" in each.terms.kinds for each in found)
        assert project_terms.settle(one.conn, one.keyring, datetime.now(UTC)) == 0


def test_the_floor_is_live_with_questions_in_every_state_and_six_languages(made: Any) -> None:
    conn = made["QMR"].conn
    floor = record(conn, Floor, together.PROJECT, together.FLOOR).record
    asked = [one for one in records(conn, Question, project=together.PROJECT) if one.record.floor == together.FLOOR]
    event = record(conn, Event, together.PROJECT, together.FLOOR).record
    assert floor.state == "live"
    assert event.starts < datetime.now(UTC) < event.ends
    assert {one.record.state for one in asked} == {"pending", "accepted", "answered", "declined", "merged"}
    assert {one.record.language for one in asked} == {"ar", "fr", "en", "az", "ru", "es"}
    assert {one.made.agency for one in asked} == set(copy.AGENCIES)
    assert record(conn, Question, together.PROJECT, floor.asking).record.state == "accepted"


def test_a_visitor_without_an_account_may_ask(made: Any) -> None:
    here, now = made["LNA"], datetime.now(UTC)
    code = together.visitor(here, together.PROJECT, now)
    guest = guests.find_guest(here.conn, code, "127.0.0.1")
    desk = running.Desk(
        conn=here.conn, keyring=here.keyring, project=together.PROJECT, id=together.FLOOR, by=guest.name, now=now
    )
    with here.conn.transaction(force_rollback=True):
        asker = asking.Asker(who=f"guest {guest.id}", name=guest.name, outlet=guest.outlet)
        sent = asking.ask(desk, asker, asking.Wanted(text="Who reads the translation before me?"))
        assert sent.question.record.outlet == "Visitors' gallery"


def test_the_exhibition_lacks_the_others_pictures_and_nothing_else(made: Any) -> None:
    whole = exhibitions.opened(made["LNA"].conn, together.PROJECT, exhibiting.EXHIBITION)
    found = findings(whole, datetime.now(UTC))
    assert len(whole.selected) == 10
    assert {one.key for one in found if one.severity == "blocks"} == {"absent"}
    assert [(one.key, one.language) for one in found if one.key == "unreviewed"] == [("unreviewed", "zh")]


def test_the_briefs_are_full(made: Any) -> None:
    for language in ("fr", "ar", "zh"):
        told = brief_on(made["LNA"].conn, "VAL", language, datetime.now(UTC))
        empty = {section.title for section in told.sections if section.is_empty}
        assert len(told.sections) >= 8
        assert len(empty) <= 3, empty  # no copy has been exchanged yet
    assert brief_on(made["VAL"].conn, "LNA", "fr", datetime.now(UTC)).sections
    overdue = [one for one in relations.records(made["LNA"].conn, Action) if one.is_overdue(datetime.now(UTC).date())]
    assert len(overdue) >= 2


def test_a_restricted_note_is_for_partner_managers(made: Any) -> None:
    shown = relation_documents.documents(
        made["LNA"].conn, "VAL", relation_documents.Reader(name="editor", role="editor")
    )
    assert sorted(one.readable for one in shown) == [False, True]


def test_the_coverage_report_counts_what_was_written_down(made: Any) -> None:
    here = made["LNA"]
    number = definitions(here.conn)[0].id
    answer = coverage.answer(here.conn, number, datetime.now(UTC)).coverage
    assert answer.register == 14
    assert answer.reported == 8
    assert len(answer.silent) == 6
    assert {one.key for one in answer.languages if one.count} >= {"az", "ru", "fr", "ar", "en", "zh", "de"}


def test_each_desk_has_anniversaries_of_its_own(made: Any) -> None:
    for code, least in (("LNA", 3), ("VAL", 1), ("QMR", 1)):
        held = [one for one in records(made[code].conn, Event) if one.record.kind == "anniversary"]
        round_ones = [one for one in due(held, datetime.now(UTC).date(), 90) if one.is_round]
        assert len(round_ones) >= least


# ------------------------------------------------------------------------------------------------ the texts themselves


def test_every_text_is_in_the_script_of_the_language_it_says() -> None:
    now = datetime.now(UTC)
    told = [
        (language, text)
        for name in ("project", "events", "floor", "exhibition", "relations", "coverage")
        for language, text in said(together.read(name, now))
    ]
    assert len(told) > 200
    for language, text in told:
        wanted = SCRIPTS.get(language, r"[A-Za-zÀ-ɏəƏ]")
        assert len(re.findall(wanted, text)) >= 0.5 * len(re.findall(r"\w", re.sub(r"[0-9]", "", text))), (
            language,
            text,
        )


SCRIPTS = {"ru": r"[а-яА-ЯёЁ]", "ar": r"[\u0600-\u06ff]", "zh": r"[\u4e00-\u9fff]"}


def said(value: Any) -> Iterator[tuple[str, str]]:
    """Every text that says its language: in a table by language, or beside the field ``language``."""
    if isinstance(value, list):
        for each in value:
            yield from said(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if isinstance(each, str) and key in LANGUAGES:
                yield key, each
            elif isinstance(each, str) and key in ("text", "subject", "caption") and value.get("language"):
                yield value["language"], each
            else:
                yield from said(each)


def test_the_words_of_the_exhibition_are_there_in_all_its_languages_and_fit_the_label() -> None:
    told = together.read("exhibition", datetime.now(UTC))
    for one in [told["titles"], told["introduction"], *(room["titles"] for room in told["room"])]:
        assert set(one) == set(told["languages"])
    for picture in told["picture"]:
        assert set(picture["text"]) == set(picture["alt"]) == set(told["languages"])
        assert max(map(len, picture["text"].values())) <= 350
        assert all(len(alt) < len(picture["text"][language]) for language, alt in picture["alt"].items())


# -------------------------------------------------------------------------------------------------- once the nodes run


def test_the_piece_is_translated_published_by_a_second_person_and_marked_by_its_correction(made: Any) -> None:
    now, piece = datetime.now(UTC), later.work()
    here, there = made["LNA"], made["VAL"]
    assert later.translate(here, now) == "not yet"
    wire = next(one for one in copy.load(ROOT / "demo" / "copy") if one.uri == piece.uri)
    item = formats.decode(wire.render(now).body, Hints(agency="VAL", media_type="application/json"))[0].item
    assert item is not None
    filed(there, item, now, arrival=None)
    original = filed(here, item, now, arrival=1)
    assert later.translate(here, now) == "done"
    assert later.translate(here, now) == "done before"
    states = {line.translation.language: line.waits for line in lines(here.conn)}
    assert states == {"az": "published", "en": "ready"}
    assert later.correct(there, now) == "done"
    number = items.find(there.conn, piece.uri).item_id
    corrected = items.current(there.conn, number).item
    assert piece.correction.right in corrected.bodies[0].value
    filed(here, corrected, now, arrival=1, act="correct")
    assert {line.translation.language: line.changes for line in lines(here.conn, item=original)} == {"az": 1, "en": 1}
    assert later.correct(there, now) == "done before"


def filed(desk: Any, item: Any, now: datetime, **more: Any) -> int:
    item = replace(item, dragoman=replace(item.ours, origin="VAL"))
    with desk.conn.transaction():
        filing.file(desk.conn, [filing.Filing(item=item, origin="VAL", agency="VAL", received=now, **more)], now)
    return items.find(desk.conn, item.uri).item_id


def test_the_exhibition_opens_when_all_pictures_are_there_and_not_before(made: Any) -> None:
    assert later.open_exhibition(made["LNA"], datetime.now(UTC)) == "not yet"
    assert record(made["LNA"].conn, Exhibition, together.PROJECT, exhibiting.EXHIBITION).record.state == "preparing"
