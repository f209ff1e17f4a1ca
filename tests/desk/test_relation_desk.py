"""Relations at the desk: what is written down is possible, nothing is lost, and confidential papers have their readers."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from dragoman.desk import relation_documents as papers
from dragoman.desk import relations as desk
from dragoman.desk.briefing import brief_on
from dragoman.desk.relation_documents import Reader
from dragoman.desk.relation_rules import at_place
from dragoman.model.agency import Agency
from dragoman.model.errors import BadInput, Conflict, NotFound, Refused, TooLarge
from dragoman.model.relation import (
    Action,
    Attendance,
    Document,
    Institution,
    Meeting,
    Membership,
    Office,
    Person,
    Seat,
)
from dragoman.reports.brief import Brief, Section, Text
from dragoman.store import agencies, audit, relations
from dragoman.store.bytes import ByteStore
from newsdesk import Newsroom, copy

NOW = datetime(2026, 5, 3, 9, tzinfo=UTC)
HEAD, ADMIN = Reader(name="Hanna Head", role="desk head"), Reader(name="Ada Admin", role="administrator")
MANAGER, EDITOR = Reader(name="Pia Partner", role="partner manager"), Reader(name="Eldar Editor", role="editor")


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    agencies.add_agency(newsroom.conn, Agency(code="CONF", name="Coastal News Confederation", kind="association"))
    for reader in (HEAD, ADMIN, MANAGER, EDITOR):
        newsroom.conn.execute(
            "insert into person (name, password, role) values (%s, '', %s)", (reader.name, reader.role)
        )
    return newsroom


@pytest.fixture
def files(tmp_path: Path) -> ByteStore:
    return ByteStore(tmp_path)


def keep(room: Newsroom, one: object) -> object:
    return desk.keep(room.conn, one, by="Pia Partner", now=NOW)  # type: ignore[type-var]


def person(room: Newsroom, name: str = "Mara Quell") -> Person:
    kept = keep(room, Person(name=name, languages=("en", "fr")))
    assert isinstance(kept, Person)
    return kept


def meeting(room: Newsroom, **more: object) -> Meeting:
    usual = {
        "agencies": ("VAL",),
        "subject": "Talks on pictures",
        "starts": NOW - timedelta(days=3),
        "zone": "Asia/Baku",
    }
    kept = keep(room, Meeting(**(usual | more)))  # type: ignore[arg-type]
    assert isinstance(kept, Meeting)
    return kept


def test_what_is_known_of_an_institution_is_written_down_once_and_changed(room: Newsroom) -> None:
    first = keep(room, Institution(agency="VAL", founded="1968-05", names={"ru": "Новости Валонии", "ar": "  "}))
    assert first.names == {"ru": "Новости Валонии"}
    with pytest.raises(Conflict, match="known of VAL already"):
        keep(room, Institution(agency="VAL"))
    keep(room, msgspec.structs.replace(first, place="Valonia"))
    assert relations.institution(room.conn, "VAL").place == "Valonia"
    assert relations.institution(room.conn, "MER").id == 0
    assert [entry.act for entry in audit.entries(room.conn, about="VAL")] == [
        "institution changed",
        "institution added",
    ]


def test_an_older_revision_does_not_overwrite_what_somebody_else_changed(room: Newsroom) -> None:
    first = person(room)
    keep(room, msgspec.structs.replace(first, phone="+1 555"))
    with pytest.raises(Conflict, match="meanwhile"):
        keep(room, msgspec.structs.replace(first, phone="+1 777"))
    assert relations.record(room.conn, Person, first.id).phone == "+1 555"


def test_an_agency_nobody_knows_is_not_written_about(room: Newsroom) -> None:
    with pytest.raises(NotFound, match="no agency NONE"):
        keep(room, Institution(agency="NONE"))
    with pytest.raises(NotFound, match="no agency NONE"):
        keep(room, Membership(agency="VAL", body="NONE"))
    with pytest.raises(NotFound, match="no person 99"):
        keep(room, Office(person=99, agency="VAL", title="Director"))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("founded", "2031", "future"),
        ("founded", "1968-13", "not a date"),
        ("founded", "68", "cannot be written down"),
        ("website", "javascript:alert(1)", "web address"),
        ("note", "x" * 20_001, "cannot be written down"),
        ("note", "a\x00b", "cannot be kept"),
    ],
)
def test_what_cannot_be_is_refused_by_name(room: Newsroom, field: str, value: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        keep(room, Institution(agency="VAL", **{field: value}))  # type: ignore[arg-type]
    assert relations.institution(room.conn, "VAL").id == 0


def test_a_term_that_ends_before_it_begins_is_refused(room: Newsroom) -> None:
    who = person(room)
    with pytest.raises(BadInput, match="ends before it begins"):
        keep(room, Office(person=who.id, agency="VAL", title="Director", since="2024-06", until="2024-05"))
    keep(room, Office(person=who.id, agency="VAL", title="Director", since="2024-06", until="2024"))


def test_an_office_for_one_is_not_held_by_two_at_once_but_is_handed_over(room: Newsroom) -> None:
    first, second = person(room), person(room, "Ilan Forth")
    keep(
        room,
        Office(person=first.id, agency="VAL", title="Director General", since="2019", until="2024-05-01", sole=True),
    )
    with pytest.raises(Conflict, match="Mara Quell is Director General then") as caught:
        keep(room, Office(person=second.id, agency="VAL", title="director general", since="2023-01", sole=True))
    assert caught.value.kept
    keep(room, Office(person=second.id, agency="VAL", title="Director General", since="2024-05-01", sole=True))
    keep(room, Office(person=second.id, agency="MER", title="Director General", since="2020", sole=True))
    assert len(relations.records(room.conn, Office, agency="VAL")) == 2


def test_two_deputies_hold_the_same_office_but_nobody_holds_it_twice(room: Newsroom) -> None:
    first, second = person(room), person(room, "Ilan Forth")
    for who in (first, second):
        keep(room, Office(person=who.id, agency="VAL", title="Deputy", since="2020"))
    with pytest.raises(Conflict, match="Mara Quell is Deputy then already"):
        keep(room, Office(person=first.id, agency="VAL", title="Deputy", since="2022", until="2025"))


def test_memberships_and_seats_do_not_overlap(room: Newsroom) -> None:
    keep(room, Membership(agency="VAL", body="CONF", since="1990"))
    with pytest.raises(Conflict, match="VAL is a member of CONF then already"):
        keep(room, Membership(agency="VAL", body="CONF", since="2001"))
    with pytest.raises(BadInput, match="member of itself"):
        keep(room, Membership(agency="CONF", body="CONF"))
    who = person(room)
    keep(room, Seat(agency="VAL", body="CONF", title="Board", person=who.id, since="2024", until="2027"))
    with pytest.raises(Conflict, match="VAL has this seat in CONF then already"):
        keep(room, Seat(agency="VAL", body="CONF", title="board", since="2026"))
    assert [m.agency for m in relations.members(room.conn, "CONF")] == ["VAL"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"agencies": ("ADR",)}, "with another institution"),
        ({"ends": NOW - timedelta(days=9)}, "ends before it begins"),
        ({"ends": NOW + timedelta(days=900)}, "longer than a year"),
        ({"zone": "Europe/Nowhere"}, "no time zone"),
        ({"attended": (Attendance(agency="MER", name="Ines Vale"),)}, "MER does not take part"),
        ({"subject": " "}, "cannot be written down"),
    ],
)
def test_an_impossible_meeting_is_refused(room: Newsroom, more: dict[str, object], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        meeting(room, **more)
    assert relations.records(room.conn, Meeting) == []


def test_an_hour_the_clocks_jump_over_does_not_exist(room: Newsroom) -> None:
    with pytest.raises(BadInput, match="no such hour"):
        at_place("2026-03-29 02:30", "Europe/Paris")
    assert at_place("2026-10-25 02:30", "Europe/Paris").utcoffset() == timedelta(hours=2)  # the first of the two
    assert at_place("2026-05-03", "Asia/Baku").isoformat() == "2026-05-03T00:00:00+04:00"


def test_a_meeting_keeps_who_was_there_and_what_came_of_it(room: Newsroom) -> None:
    who = person(room)
    met = meeting(
        room,
        kind="visit",
        attended=(
            Attendance(agency="VAL", name="Mara Quell", person=who.id),
            Attendance(agency="ADR", name="Sona Aliyeva"),
        ),
    )
    agreed = keep(room, Action(agency="VAL", meeting=met.id, what="Draft the picture terms", due=date(2026, 4, 1)))
    assert agreed.is_overdue(NOW.date())
    deal = room.agree("VAL")
    done = desk.close(room.conn, agreed.id, "done", by="Pia Partner", now=NOW, became="agreement", link=deal.id)
    assert (done.state, done.closed, done.link) == ("done", NOW.date(), deal.id)
    assert [m.attended[0].person for m in relations.records(room.conn, Meeting, agency="VAL")] == [who.id]
    again = desk.close(room.conn, agreed.id, "open", by="Pia Partner", now=NOW)
    assert again.closed is None


@pytest.mark.parametrize(
    ("became", "link", "error"),
    [
        ("agreement", "none", NotFound),
        ("item", "seven", BadInput),
        ("item", "7", NotFound),
        ("project", "ADR:none", NotFound),
        ("event", "ADR:none", BadInput),
        ("event", "ADR:none forum", NotFound),
        ("agreement", "", BadInput),
    ],
)
def test_an_action_becomes_only_what_there_is(room: Newsroom, became: str, link: str, error: type[Exception]) -> None:
    agreed = keep(room, Action(agency="VAL", what="Send the pictures"))
    with pytest.raises(error):
        desk.close(room.conn, agreed.id, "done", by="Pia Partner", now=NOW, became=became, link=link)  # type: ignore[arg-type]
    assert relations.record(room.conn, Action, agreed.id).state == "open"


def test_an_action_is_of_somebody_who_was_at_the_meeting(room: Newsroom) -> None:
    met = meeting(room)
    with pytest.raises(BadInput, match="MER was not at this meeting"):
        keep(room, Action(agency="MER", meeting=met.id, what="Send the pictures"))


def test_what_something_refers_to_is_not_removed_and_what_is_removed_stays_in_the_audit(room: Newsroom) -> None:
    who, met = person(room), meeting(room)
    held = keep(room, Office(person=who.id, agency="VAL", title="Editor"))
    agreed = keep(room, Action(agency="VAL", meeting=met.id, what="Send the pictures"))
    for kind, number in ((Person, who.id), (Meeting, met.id)):
        with pytest.raises(Conflict, match="refers to"):
            desk.remove(room.conn, kind, number, by="Pia Partner")
    for kind, number in ((Office, held.id), (Person, who.id), (Action, agreed.id), (Meeting, met.id)):
        desk.remove(room.conn, kind, number, by="Pia Partner")
    last = audit.entries(room.conn, about="VAL")[0]
    assert (last.act, last.detail["record"]["subject"]) == ("meeting removed", "Talks on pictures")


# ---------------------------------------------------------------------------------------------- documents


def paper(**more: object) -> Document:
    usual = {
        "agency": "VAL",
        "kind": "note",
        "title": "Salary talk",
        "text": "They want more.",
        "by": "Pia Partner",
        "at": NOW,
    }
    return Document(**(usual | more))  # type: ignore[arg-type]


def test_a_document_is_saved_by_its_readers_and_each_time_is_audited(room: Newsroom, files: ByteStore) -> None:
    kept = papers.put(
        room.conn, files, paper(kind="document", text="", file="terms.pdf", roles=("desk head",)), b"%PDF-1", now=NOW
    )
    one, body = papers.saved(room.conn, files, kept.id, HEAD)
    assert (one.file, body, one.size) == ("terms.pdf", b"%PDF-1", 6)
    with pytest.raises(Refused) as caught:
        papers.saved(room.conn, files, kept.id, EDITOR)
    assert "desk head, Pia Partner" in caught.value.hint
    with pytest.raises(Refused):
        papers.saved(room.conn, files, kept.id, ADMIN)  # no role opens it unnamed
    saved = [entry for entry in audit.entries(room.conn, about="VAL") if entry.act == "document saved"]
    assert [entry.actor for entry in saved] == ["Hanna Head"]


def test_who_may_not_read_sees_that_there_is_one_but_not_its_title(room: Newsroom, files: ByteStore) -> None:
    papers.put(room.conn, files, paper(names=("Hanna Head",)), now=NOW)
    (closed,) = papers.documents(room.conn, "VAL", EDITOR)
    assert not closed.readable
    assert (closed.document.title, closed.document.text, closed.document.names) == ("–", "", ("Hanna Head",))
    for reader in (HEAD, MANAGER):
        (open_one,) = papers.documents(room.conn, "VAL", reader)
        assert (open_one.readable, open_one.document.text) == (True, "They want more.")


def test_an_undisclosed_document_is_not_there_for_others(room: Newsroom, files: ByteStore) -> None:
    kept = papers.put(room.conn, files, paper(names=("Hanna Head",), disclosed=False), now=NOW)
    assert papers.documents(room.conn, "VAL", EDITOR) == []
    with pytest.raises(NotFound, match=f"no document {kept.id}"):
        papers.document(room.conn, kept.id, EDITOR)
    with pytest.raises(NotFound, match="no document 999"):
        papers.document(room.conn, 999, EDITOR)


def test_an_administrator_names_new_readers_where_the_old_have_left(room: Newsroom, files: ByteStore) -> None:
    kept = papers.put(room.conn, files, paper(names=("Hanna Head",), disclosed=False), now=NOW)
    with pytest.raises(NotFound):
        papers.name_readers(room.conn, kept.id, EDITOR, roles=(), names=("Eldar Editor",), disclosed=True)
    papers.name_readers(room.conn, kept.id, ADMIN, roles=(), names=("Eldar Editor",), disclosed=True)
    assert papers.document(room.conn, kept.id, EDITOR).text == "They want more."
    assert audit.entries(room.conn, about="VAL")[0].act == "readers named"


def test_what_cannot_be_kept_is_said_and_nothing_is(room: Newsroom, files: ByteStore) -> None:
    with pytest.raises(BadInput, match="nothing to keep"):
        papers.put(room.conn, files, paper(text=" "), now=NOW)
    with pytest.raises(BadInput, match="no user 'Nobody'"):
        papers.put(room.conn, files, paper(names=("Nobody",)), now=NOW)
    with pytest.raises(BadInput, match="no role 'chief'"):
        papers.put(room.conn, files, paper(roles=("chief",)), now=NOW)
    with pytest.raises(TooLarge):
        papers.put(room.conn, files, paper(), b"x" * (papers.MAX_BYTES + 1), now=NOW)
    assert relations.records(room.conn, Document) == []


# ---------------------------------------------------------------------------------------------- the brief


def section(found: Brief, title: str) -> Section:
    return next(one for one in found.sections if one.title == title)


@pytest.fixture
def rich(room: Newsroom) -> Newsroom:
    who = person(room)
    keep(room, msgspec.structs.replace(who, names={"ru": "Мара Квелл"}))
    keep(
        room,
        Institution(agency="VAL", founded="1968", names={"ru": "Новости Валонии"}, histories={"en": "Old. " * 200}),
    )
    for number in range(9):
        keep(
            room,
            Office(
                person=person(room, f"Officer {number}").id, agency="VAL", title=f"Director {number}", rank=number + 1
            ),
        )
    keep(
        room,
        Office(person=who.id, agency="VAL", title="Director General", titles={"ru": "генеральный директор"}, rank=1),
    )
    keep(room, Office(person=who.id, agency="VAL", title="Trainee", until="1999"))
    keep(room, Seat(agency="VAL", body="CONF", title="Board", person=who.id, until="2027"))
    room.agree("VAL", valid_until=NOW + timedelta(days=20))
    met = meeting(room, attended=(Attendance(agency="VAL", name="Mara Quell", person=who.id),))
    for number in range(12):
        keep(
            room,
            Action(
                agency="VAL", meeting=met.id, what=f"Task {number}", due=date(2026, 4, 1) + timedelta(days=5 * number)
            ),
        )
    return room


def test_a_brief_says_who_they_are_in_its_language_and_how_much_more_there_is(rich: Newsroom) -> None:
    found = brief_on(rich.conn, "VAL", "ru", NOW)
    assert found.name == Text("Новости Валонии", "ru")
    assert found.also == Text("Valonia News")
    officers = section(found, "brief.officers")
    assert (len(officers.rows), officers.more) == (6, 4)
    assert (Text("Мара Квелл", "ru"), Text("генеральный директор", "ru")) in [row[:2] for row in officers.rows]
    assert not any(Text("Trainee") in row for row in officers.rows)
    assert section(found, "relation.history").texts[0].language == "en"
    assert len(section(found, "relation.history").texts[0].text) <= 280
    actions = section(found, "brief.actions")
    assert (len(actions.rows), actions.more) == (7, 5)
    assert [row[2].is_warning for row in actions.rows[:7]] == [True] * 7  # type: ignore[union-attr]
    (agreed,) = section(found, "partner.agreements").rows
    assert agreed[2].count == 20  # type: ignore[union-attr]


def test_a_brief_shows_what_they_have_filed_of_ours_and_nothing_that_was_killed(rich: Newsroom) -> None:
    rich.agree("VAL", revision=2)
    rich.channel("VAL")
    for number in range(3):
        rich.filed(copy(f"adr:{number}"))
        rich.filed(copy(f"val:{number}"), origin="VAL")
    rich.deliver()
    killed, filed = rich.item("adr:0").item_id, rich.item("adr:1").item_id
    rich.conn.execute(
        "update delivery set state = 'receipted', receipted = now() where item = any(%s)", ([killed, filed],)
    )
    rich.conn.execute("update item set state = 'killed' where id = %s", (killed,))
    found = brief_on(rich.conn, "VAL", "en", datetime.now(UTC))
    assert len(section(found, "brief.ours").rows) == 1
    assert len(section(found, "brief.theirs").rows) == 3
    assert section(found, "brief.balance").facts


def test_a_brief_on_ourselves_is_not_made(rich: Newsroom) -> None:
    with pytest.raises(NotFound, match="our own agency"):
        brief_on(rich.conn, "ADR", "en", NOW)


def test_what_comes_up_is_one_list_the_soonest_first(rich: Newsroom) -> None:
    keep(rich, Institution(agency="MER", founded="1976-06-01"))
    found = desk.due(rich.conn, NOW)
    assert found == sorted(found, key=lambda one: one.day)
    assert {"action", "agreement", "anniversary"} == {one.kind for one in found}
    (birthday,) = [one for one in found if one.kind == "anniversary"]
    assert (birthday.agency, birthday.count, birthday.when) == ("MER", 50, "2026-06-01")
