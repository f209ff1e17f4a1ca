"""Events on the desk: planned, changed, covered, published to partners, taken over from them; alerts on what answers a query."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from dragoman.desk import alerts, event_coverage, events, projects
from dragoman.model.errors import BadInput, Conflict, NotFound, Refused
from dragoman.model.event import Coverage, Event, Participant, Venue
from dragoman.model.item import Concept, Item
from dragoman.model.project import Project
from dragoman.planning.anniversary import due, planned_for
from dragoman.planning.announcement import Told, event_uri, item_of
from dragoman.planning.fold import Held
from dragoman.query import QuerySyntax
from dragoman.store import alerts as kept
from dragoman.store import diary, people
from dragoman.store.connect import Connection
from dragoman.store.projects import record, records
from dragoman.web.asking import RIGHTS
from letter_node import Node
from newsdesk import copy

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PASSWORD = "a lantern in the fog"


def event(title: str = "Harbour forum", **more: object) -> Event:
    starts = more.pop("starts", NOW + 30 * DAY)
    assert isinstance(starts, datetime)
    fields: dict[str, object] = {
        "titles": {"en": title},
        "starts": starts,
        "ends": starts + timedelta(hours=2),
        "languages": ("en",),
    }
    return Event(**(fields | more))  # type: ignore[arg-type]


def planned(node: Node, one: Event | None = None, **more: object) -> Held[Event]:
    return events.plan(node.conn, node.keyring, one or event(), by="Ines", now=NOW, **more)  # type: ignore[arg-type]


def changed(node: Node, held: Held[Event], **changes: object) -> Held[Event]:
    wanted = replace(record(node.conn, Event, held.project, held.id).record, **changes)  # type: ignore[arg-type]
    return events.change(node.conn, node.keyring, held.project, held.id, wanted, by="Ines", now=NOW)


def exchanged(one: Node, other: Node) -> None:
    while letters := [(node, letter) for node in (one, other) for letter in node.written()]:
        for node, letter in letters:
            reader = other if node is one else one
            if letter.partner == reader.home:
                reader.open(letter, node.home)


def seen(node: Node, agency: str) -> list[tuple[str, str]]:
    """What a partner's change feed shows of our events: act and title."""
    with node.as_partner(agency) as conn:
        rows = conn.execute("select act, item from partner_change where kind = 'event' order by position").fetchall()
    return [(act, msgspec.json.decode(item, type=Item).headline) for act, item in rows]


# ---------------------------------------------------------------------------------------------- planning


def test_an_impossible_event_is_refused_with_every_reason(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    wrong = event(ends=NOW, zone="Mars/Olympus")
    with pytest.raises(BadInput) as error:
        planned(here, wrong)
    assert "before it starts" in error.value.detail
    assert "Mars/Olympus" in error.value.detail
    with pytest.raises(BadInput, match="never takes place"):
        planned(here, event(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"))
    assert records(here.conn, Event) == []


def test_both_members_plan_one_forum(nodes: tuple[Node, Node]) -> None:
    here, there = nodes
    forum = projects.found(here.conn, here.keyring, "harbour-forum", Project(title="Forum"), by="Ines", now=NOW)
    projects.invite(here.conn, here.keyring, forum, "VAL", by="Ines", now=NOW)
    exchanged(here, there)
    projects.join(there.conn, there.keyring, forum, by="Orla", now=NOW)
    exchanged(here, there)
    whole = planned(here, project=forum)
    exchanged(here, there)
    table = events.plan(
        there.conn, there.keyring, event("Round table", parent=whole.id), project=forum, by="Orla", now=NOW
    )
    event_coverage.cover(
        there.conn,
        there.keyring,
        forum,
        Coverage(event=table.id, agency="ADR", kind="picture", state="wanted"),
        by="Orla",
        now=NOW,
    )
    exchanged(here, there)
    assert [part.id for part in diary.parts_of(here.conn, forum, whole.id)] == [table.id]
    (row,) = records(here.conn, Coverage, project=forum)
    event_coverage.take(here.conn, here.keyring, forum, row.id, person="Leyla", by="Ines", now=NOW)
    exchanged(here, there)
    (row,) = records(there.conn, Coverage, project=forum)
    assert (row.record.agency, row.record.state, row.record.person) == ("ADR", "assigned", "Leyla")
    with pytest.raises(Refused, match="does not allow"):
        event_coverage.cover(
            there.conn, there.keyring, forum, replace(row.record, state="dropped"), id=row.id, by="Orla", now=NOW
        )


def test_one_time_of_a_series_is_moved(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    held = planned(here, event(rule="FREQ=WEEKLY", zone="Asia/Baku"))
    second = held.record.starts + 7 * DAY
    events.leave_out(here.conn, here.keyring, held.project, held.id, second, to=second + DAY, by="Ines", now=NOW)
    found = diary.happening(here.conn, held.project, held.id).event
    assert (found.but, found.also) == ((second.date(),), (second + DAY,))
    with pytest.raises(NotFound, match="does not take place"):
        events.leave_out(here.conn, here.keyring, held.project, held.id, second, by="Ines", now=NOW)


def test_an_event_with_parts_or_in_partners_hands_is_not_simply_dropped(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    whole = planned(here)
    planned(here, event("Table", parent=whole.id))
    with pytest.raises(Refused, match="has parts"):
        events.drop(here.conn, here.keyring, whole.project, whole.id, by="Ines", now=NOW)
    other = planned(here, event("Regatta"))
    events.publish(here.conn, other.project, other.id, by="Ines", now=NOW)
    with pytest.raises(Refused, match="published"):
        events.drop(here.conn, here.keyring, other.project, other.id, by="Ines", now=NOW)


def test_an_anniversary_is_planned_with_coverage_once(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    lit = datetime(1926, 4, 20, tzinfo=UTC)
    held = planned(here, event("First lighthouse", starts=lit, ends=lit + DAY, all_day=True, kind="anniversary"))
    (one,) = due(records(here.conn, Event), NOW.date(), 30)
    for _ in range(2):
        made = events.plan_for(here.conn, here.keyring, one.project, one.plan, planned_for(one), by="Ines", now=NOW)
    assert made.record.title() == "First lighthouse (100)"
    assert len(records(here.conn, Coverage, parents=[made.id])) == 1
    assert held.id != made.id


# ---------------------------------------------------------------------------------------------- to partners


def test_an_event_goes_to_partners_and_so_does_what_becomes_of_it(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    here.agree("VAL", kinds=("event",))
    here.agree("MER", kinds=("text",))
    held = planned(here)
    events.publish(here.conn, held.project, held.id, by="Ines", now=NOW)
    with pytest.raises(Conflict, match="Nothing has changed"):
        events.publish(here.conn, held.project, held.id, by="Ines", now=NOW)
    events.move_on(here.conn, here.keyring, held.project, held.id, "cancelled", by="Ines", now=NOW)
    events.publish(here.conn, held.project, held.id, reason="The hall burnt down.", by="Ines", now=NOW)
    assert seen(here, "VAL") == [("update", "Harbour forum")]
    assert seen(here, "MER") == []
    filed = here.item(event_uri(held.project, held.id))
    assert (filed.item.version, filed.state) == ("2", "usable")
    assert filed.item.ours.happening is not None
    assert filed.item.ours.happening.state == "cancelled"


def test_a_title_under_embargo_goes_out_as_the_public_one_and_whole_at_its_hour(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    here.agree("VAL", kinds=("event",), embargo="advance")
    until = NOW + 2 * DAY
    held = planned(here, event("Two lines merge", embargoed_until=until, venue=Venue(name="Exchange")))
    with pytest.raises(Refused, match="under embargo"):
        events.publish(here.conn, held.project, held.id, by="Ines", now=NOW)
    changed(here, held, public_title="News conference")
    events.publish(here.conn, held.project, held.id, by="Ines", now=NOW)
    assert seen(here, "VAL") == [("publish", "News conference")]
    rows = here.rows("select convert_from(item, 'UTF8') from payload")
    assert "merge" not in rows[0][0]
    assert "Exchange" not in rows[0][0]
    assert events.lift_titles(here.conn, until - timedelta(seconds=1)) == 0
    assert events.lift_titles(here.conn, until) == 1
    assert seen(here, "VAL") == [("update", "Two lines merge")]
    assert events.lift_titles(here.conn, until + DAY) == 0


# ---------------------------------------------------------------------------------------------- from partners


def announced(uri: str = "urn:val:regatta", version: str = "1", **more: object) -> Item:
    told = Told(
        event=event("Regatta", **({"state": "confirmed", "zone": "Europe/Paris"} | more)), uri=uri, agency="VAL"
    )
    return replace(
        item_of(told, public=True, now=NOW), version=version, version_created=NOW + timedelta(hours=int(version))
    )


def titles(conn: Connection) -> list[tuple[str, str]]:
    diary.follow(conn)
    found = diary.happenings(conn, NOW, NOW + 60 * DAY)
    return [(one.event.title(), one.event.state) for one in found]


def test_what_a_partner_announces_stands_in_the_diary_until_it_is_killed(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    here.filed(announced(), origin="VAL")
    assert titles(here.conn) == [("Regatta", "confirmed")]
    here.filed(announced(version="2", state="cancelled"), origin="VAL")
    assert titles(here.conn) == [("Regatta", "cancelled")]
    here.filed(replace(announced(version="3"), pub_status="canceled"), origin="VAL")
    assert titles(here.conn) == []


def test_a_partners_event_is_taken_over_and_stays_theirs(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    here.filed(announced(), origin="VAL")
    number = here.one("select id from item")
    held = events.adopt(here.conn, here.keyring, number, by="Ines", now=NOW)
    assert titles(here.conn) == [("Regatta", "confirmed")]  # once
    assert diary.happening(here.conn, held.project, held.id).agency == "VAL"
    with pytest.raises(Refused, match="VAL's to publish"):
        events.publish(here.conn, held.project, held.id, by="Ines", now=NOW)
    changed(here, held, note="Bring boots.")
    assert events.newer(here.conn, record(here.conn, Event, held.project, held.id).record) == 0
    here.filed(announced(version="2", starts=NOW + 31 * DAY), origin="VAL")
    assert events.newer(here.conn, record(here.conn, Event, held.project, held.id).record) == number
    again = events.adopt(here.conn, here.keyring, number, by="Ines", now=NOW)
    assert (again.id, again.record.starts, again.record.note) == (held.id, NOW + 31 * DAY, "Bring boots.")


# ---------------------------------------------------------------------------------------------- coverage and copy


def test_copy_that_names_the_event_fulfils_its_row_by_itself(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    held = planned(here, event(slugline="harbour-forum"))
    rows = [
        event_coverage.cover(
            here.conn,
            here.keyring,
            held.project,
            Coverage(event=held.id, agency="ADR", language=code),
            by="Ines",
            now=NOW,
        )
        for code in ("en", "ru")
    ]
    named = Concept(uri=event_uri(held.project, held.id))
    here.filed(copy("adr:one", events=(named,)))
    here.filed(copy("adr:two", language="ru", slugline="Harbour-Forum"))
    here.filed(copy("val:three", events=(named,)), origin="VAL")
    assert event_coverage.follow(here.conn, here.keyring, NOW) == 1
    assert event_coverage.follow(here.conn, here.keyring, NOW) == 0
    done = record(here.conn, Coverage, held.project, rows[0].id).record
    assert (done.state, done.origin, done.uri) == ("filed", "ADR", "adr:one")
    (proposal,) = event_coverage.proposals(here.conn, diary.happening(here.conn, held.project, held.id), NOW)
    assert (proposal.row, proposal.filed.item.uri) == (rows[1].id, "adr:two")


# ---------------------------------------------------------------------------------------------- alerts


def person(node: Node, name: str, role: str) -> people.Person:
    return people.add_person(node.conn, name, PASSWORD, role)


def test_an_alert_gathers_items_and_events_until_somebody_looks(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    leyla = person(here, "leyla", "editor")
    one = alerts.add(here.conn, leyla, "Harbours", "harbour*", by="leyla")
    later = datetime.now(UTC) + timedelta(seconds=1)
    here.filed(copy("adr:harbour", text="The harbour reopens."))
    here.filed(copy("adr:bridge"))
    held = events.plan(here.conn, here.keyring, event(), by="Ines", now=later)
    assert alerts.follow(here.conn, later) == 2
    assert alerts.follow(here.conn, later) == 1  # the event's act again, which is no news
    assert kept.news(here.conn, leyla.id) == 2
    found = alerts.shown(here.conn, kept.alert(here.conn, one.id), later)
    assert {hit.filed.item.uri if hit.filed else hit.happening.id for hit in found if hit.filed or hit.happening} == {
        "adr:harbour",
        held.id,
    }
    kept.looked(here.conn, one.id, later)
    assert kept.news(here.conn, leyla.id) == 0
    with pytest.raises(NotFound):
        kept.alert(here.conn, one.id, person(here, "oskar", "editor").id)


def test_killed_copy_leaves_every_alert(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    leyla = person(here, "leyla", "editor")
    one = alerts.add(here.conn, leyla, "Bridges", "bridge", by="leyla")
    later = datetime.now(UTC) + timedelta(seconds=1)
    here.filed(copy("adr:bridge"))
    alerts.follow(here.conn, later)
    here.filed(copy("adr:bridge", "2", pub_status="canceled"), act="kill")
    assert alerts.shown(here.conn, kept.alert(here.conn, one.id), later) == []
    assert kept.news(here.conn, leyla.id) == 0


def test_an_alert_never_tells_a_reader_of_a_title_under_embargo(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    reader, editor = person(here, "rana", "reader"), person(here, "leyla", "editor")
    mine = [alerts.add(here.conn, who, "Mergers", "merge", by="x") for who in (reader, editor)]
    later = datetime.now(UTC) + timedelta(seconds=1)
    held = events.plan(
        here.conn,
        here.keyring,
        event("Two lines merge", embargoed_until=later + DAY, public_title="News conference"),
        by="Ines",
        now=later,
    )
    events.take_part(
        here.conn, here.keyring, held.project, Participant(event=held.id, name="Ada"), by="Ines", now=later
    )
    alerts.follow(here.conn, later)
    assert [len(alerts.shown(here.conn, kept.alert(here.conn, one.id), later)) for one in mine] == [0, 1]
    assert alerts.tried(here.conn, "merge", reader, later).count == 0
    assert alerts.tried(here.conn, '"news conference"', reader, later).events[0].event.title() == "News conference"


def test_a_query_is_tried_before_it_is_kept(nodes: tuple[Node, Node]) -> None:
    here, _ = nodes
    leyla, now = person(here, "leyla", "editor"), datetime.now(UTC)
    here.filed(copy("adr:one"))
    here.file(copy("adr:old"), now=now - 9 * DAY)
    found = alerts.tried(here.conn, "bridge", leyla, now + timedelta(seconds=1))
    assert (found.count, sum(count for _, count in found.by_day), len(found.by_day)) == (1, 1, 7)
    with pytest.raises(QuerySyntax):
        alerts.add(here.conn, leyla, "Wrong", "urgency:<<", by="leyla")


def test_those_who_plan_are_the_same_on_pages_and_on_the_command_line() -> None:
    assert RIGHTS["plan"] == events.PLANNERS
