"""Events planned: what is impossible, who may change what, what does not go together, what an item tells of them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from dragoman.model.event import Coverage, Event, Participant, Venue
from dragoman.model.item import Association, Concept, Item
from dragoman.model.project import Act, Member, Stamp
from dragoman.planning.anniversary import due, planned_for
from dragoman.planning.announced import event_of
from dragoman.planning.announcement import Told, event_uri, item_of
from dragoman.planning.conflicts import clashes
from dragoman.planning.diary import EventReading, Happening, Wanted, answers, by_day, entries, open_or_hidden, window
from dragoman.planning.event import faults
from dragoman.planning.fold import Case, Held
from dragoman.planning.fulfilment import fulfils
from dragoman.planning.rules import rule
from dragoman.query import matches, parse

BAKU = timezone(timedelta(hours=4))
NOW = datetime(2026, 4, 1, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=BAKU)


def event(title: str = "Harbour forum", starts: datetime | None = None, hours: float = 2, **more: object) -> Event:
    begins = starts or at(4, 10)
    fields: dict[str, object] = {"titles": {"en": title}, "starts": begins, "ends": begins + timedelta(hours=hours)}
    return Event(**(fields | {"zone": "Asia/Baku"} | more))  # type: ignore[arg-type]


def happening(one: Event, id: str = "e1", **more: object) -> Happening:
    fields: dict[str, object] = {"agency": "ADR", "project": "ADR:desk", "id": id, "uri": event_uri("ADR:desk", id)}
    return Happening(event=one, **(fields | {"part_of": one.parent, "changed": NOW} | more))  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- what is impossible


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"titles": {}}, "no title"),
        ({"ends": at(4, 9)}, "before it starts"),
        ({"ends": at(4, 9).replace(year=2031)}, "three years"),
        ({"starts": datetime(9990, 1, 1, tzinfo=UTC), "ends": None}, "out of reach"),
        ({"all_day": True}, "midnight"),
        ({"zone": "../../etc"}, "no zone"),
        ({"rule": "FREQ=SECONDLY"}, "rule"),
        ({"kind": "anniversary"}, "all day"),
    ],
)
def test_an_impossible_event_is_told_why(changes: dict[str, object], said: str) -> None:
    assert any(said in fault for fault in faults(replace(event(), **changes)))  # type: ignore[arg-type]


def test_a_plain_event_is_possible() -> None:
    assert faults(event()) == ()


# ---------------------------------------------------------------------------------------------- who may change what


class Standing:
    """Records as a rule sees them."""

    def __init__(self, **events: Event) -> None:
        stamp = Stamp(1, "ADR", "Ines")
        self._held: dict[tuple[str, str], Held[object]] = {}
        for code in ("ADR", "VAL"):
            member = Member(role="lead" if code == "ADR" else "editor", joined=NOW)
            self._held["member", code] = Held(
                project="ADR:x", kind="member", id=code, record=member, made=stamp, changed=stamp
            )
        for id, one in events.items():
            self._held["event", id] = Held(project="ADR:x", kind="event", id=id, record=one, made=stamp, changed=stamp)

    def get(self, kind: str, id: str) -> Held[object] | None:
        return self._held.get((kind, id))


def judged(
    standing: Standing, agency: str, kind: str, id: str, after: object, before: object = None, maker: str = ""
) -> str:
    act = Act(project="ADR:x", agency=agency, log=1, number=1, clock=2, by="x", kind=kind, id=id)
    held = None
    if before is not None:
        stamp = Stamp(1, maker or agency, "x")
        held = Held(project="ADR:x", kind=kind, id=id, record=before, made=stamp, changed=stamp)
    names = [
        name for name in after.__struct_fields__ if before is None or getattr(after, name) != getattr(before, name)
    ]  # type: ignore[attr-defined]
    return rule(Case(act=act, before=held, after=after, changes=frozenset(names), records=standing))  # type: ignore[arg-type]


def test_an_event_is_never_a_part_of_itself() -> None:
    forum, table = event("Forum", parent="sitting"), event("Table", parent="forum")
    standing = Standing(forum=event("Forum"), table=table)
    assert judged(standing, "ADR", "event", "forum", replace(event("Forum"), parent="table"), event("Forum")) != ""
    assert (
        judged(standing, "ADR", "event", "forum", forum, event("Forum"))
        == "there is no event sitting it could be a part of"
    )
    assert judged(standing, "ADR", "event", "new", table) == ""


def test_a_postponed_event_is_not_over_and_a_cancelled_one_comes_back() -> None:
    standing, one = Standing(e1=event()), event(state="postponed")
    assert "does not go to over" in judged(standing, "ADR", "event", "e1", replace(one, state="over"), one)
    off = event(state="cancelled")
    assert judged(standing, "ADR", "event", "e1", replace(off, state="planned"), off) == ""


def test_what_an_agency_covers_is_its_own_word() -> None:
    standing = Standing(e1=event())
    ours = Coverage(event="e1", agency="ADR", state="planned")
    assert "own word" in judged(standing, "VAL", "coverage", "c1", ours)
    asked = Coverage(event="e1", agency="ADR", state="wanted")
    assert judged(standing, "VAL", "coverage", "c1", asked) == ""
    assert "own word" in judged(standing, "VAL", "coverage", "c1", replace(asked, state="dropped"), asked, maker="VAL")
    assert (
        judged(standing, "ADR", "coverage", "c1", replace(asked, state="assigned", person="Leyla"), asked, maker="VAL")
        == ""
    )


def test_coverage_that_anybody_may_take_is_taken_by_one() -> None:
    standing, open_row = Standing(e1=event()), Coverage(event="e1", state="wanted")
    taken = replace(open_row, agency="VAL", state="planned")
    assert judged(standing, "VAL", "coverage", "c1", taken, open_row, maker="ADR") == ""
    assert "own word" in judged(standing, "ADR", "coverage", "c1", replace(taken, state="dropped"), taken, maker="ADR")


def test_nobody_takes_part_in_an_event_that_is_not_there() -> None:
    assert "no event" in judged(Standing(), "ADR", "participant", "p1", Participant(event="e9", name="Ada"))


# ---------------------------------------------------------------------------------------------- the diary


def test_what_lasts_several_days_stands_on_each_of_them() -> None:
    days = [date(2026, 5, day) for day in range(3, 7)]
    forum = happening(event(starts=at(4, 9), hours=33))
    whole = happening(event("Holiday", starts=datetime(2026, 5, 5, tzinfo=UTC), hours=24, all_day=True, zone=""), "e2")
    found = entries([forum, whole], *window(days[0], days[-1], "Asia/Baku"))
    listed = {day: [entry.event.title() for entry in of_day] for day, of_day in by_day(found, days, "Asia/Baku")}
    assert list(listed.values()) == [[], ["Harbour forum"], ["Holiday", "Harbour forum"], []]


def test_the_diary_goes_by_our_clock_an_all_day_event_by_its_own_day() -> None:
    late = happening(event(starts=datetime(2026, 5, 4, 22, tzinfo=UTC), hours=1))
    days = [date(2026, 5, 4), date(2026, 5, 5)]
    found = entries([late], *window(*days, "Asia/Baku"))
    assert [len(of_day) for _, of_day in by_day(found, days, "Asia/Baku")] == [0, 1]
    assert [len(of_day) for _, of_day in by_day(found, days, "UTC")] == [1, 0]


def test_an_event_that_stands_for_one_time_of_a_series_takes_its_place() -> None:
    weekly = happening(event("Briefing", rule="FREQ=WEEKLY"), uri="urn:x:series")
    moved = happening(event("Briefing, later", starts=at(11, 15)), "e2", part_of="urn:x:series", instead_of=at(11, 10))
    found = entries([weekly, moved], at(1, 0), at(20, 0))
    assert [(entry.starts.day, entry.starts.hour) for entry in found] == [(4, 10), (11, 15), (18, 10)]


def test_the_one_query_language_asks_events_as_it_asks_items() -> None:
    one = happening(
        event(
            venue=Venue(name="Old Mill", city="Baku", country="AZ"), languages=("en", "az"), hosts=("Port Authority",)
        ),
        participants=(Participant(event="e1", name="Ada Quay", role="moderator"),),
    )
    reading = EventReading(one)
    for query in ("harbour", "kind:event", "language:az", "place:Baku", "country:AZ", "agency:ADR", "quay", "mill",
                  '"port authority"', "after:2026-05-01 before:2026-06-01", "headline:harbour -language:ru"):  # fmt: skip
        assert matches(parse(query), reading, now=NOW), query
    for query in ("language:ru", "after:2026-06-01", "kind:text", "agency:VAL", "place:Sumgait"):
        assert not matches(parse(query), reading, now=NOW), query


def test_a_diary_is_filtered_by_what_is_covered() -> None:
    covered = happening(
        event(), coverage=(("c1", Coverage(event="e1", agency="ADR")), ("c2", Coverage(event="e1", state="wanted")))
    )
    bare = happening(event("Regatta"), "e2")
    shown = {
        wish: [one.id for one in (covered, bare) if answers(one, Wanted(coverage=wish, home="ADR"), NOW)]
        for wish in ("", "wanted", "ours", "open", "none")
    }
    assert shown == {"": ["e1", "e2"], "wanted": ["e1"], "ours": ["e1"], "open": ["e1"], "none": ["e2"]}


def test_a_title_under_embargo_is_for_those_who_plan() -> None:
    secret = event(
        "Merger announced", embargoed_until=at(20, 10), public_title="News conference", summary={"en": "Two lines merge."},
        venue=Venue(name="Exchange"), hosts=("Line A",), note="Big.",
    )  # fmt: skip
    one = happening(secret, participants=(Participant(event="e1", name="Ada"),))
    shown = open_or_hidden(one, NOW, inside=False)
    assert shown.event.title() == "News conference"
    assert "merge" not in repr(shown).lower()
    assert "Ada" not in repr(shown)
    assert "Exchange" not in repr(shown)
    assert open_or_hidden(one, NOW, inside=True) is one
    assert open_or_hidden(one, at(20, 10), inside=False) is one
    assert not matches(parse("merger"), EventReading(shown), now=NOW)


# ---------------------------------------------------------------------------------------------- what does not go together


def test_nobody_is_in_two_places_at_once() -> None:
    table = happening(event(venue=Venue(name="Hall")), participants=(Participant(event="e1", name="Ada Quay"),))
    other = happening(
        event("Regatta", starts=at(4, 11)),
        "e2",
        coverage=(("c", Coverage(event="e2", agency="ADR", person="ADA QUAY")),),
    )
    later = happening(event("Dinner", starts=at(4, 12)), "e3", participants=(Participant(event="e3", name="Ada Quay"),))
    found = clashes(table, [table, other, later], NOW)
    assert [(clash.kind, clash.what, clash.at) for clash in found] == [("person", "Ada Quay", at(4, 11))]
    assert clashes(table, [replace(other, event=replace(other.event, state="cancelled"))], NOW) == []


def test_one_venue_holds_one_event_at_a_time_and_a_forum_its_own_tables() -> None:
    hall = Venue(name="Hall", city="Baku")
    forum = happening(event("Forum", hours=8, venue=hall), "f")
    table = happening(event("Table", venue=hall, parent="f"), "t")
    wedding = happening(event("Wedding", venue=hall), "w")
    assert clashes(table, [forum], NOW) == []
    assert [clash.kind for clash in clashes(table, [forum, wedding], NOW)] == ["venue"]


def test_a_part_outside_its_forum_is_told() -> None:
    forum = happening(event("Forum", hours=8), "f")
    late = happening(event("Table", starts=at(5, 10), parent="f"), "t")
    assert [clash.kind for clash in clashes(late, [forum], NOW)] == ["outside"]
    off = replace(forum, event=replace(forum.event, state="cancelled"))
    assert [clash.kind for clash in clashes(replace(late, event=event(parent="f")), [off], NOW)] == ["parent_off"]


def test_coverage_past_its_hour_is_told() -> None:
    row = Coverage(event="e1", agency="ADR", person="Leyla", due=at(4, 18))
    one = happening(event(), coverage=(("c1", row),))
    assert [(c.kind, c.what) for c in clashes(one, [], at(4, 19))] == [("late", "Leyla")]
    assert clashes(one, [], at(4, 17)) == []


# ---------------------------------------------------------------------------------------------- anniversaries


def held(id: str, day: date, title: str = "First lighthouse") -> Held[Event]:
    stamp = Stamp(1, "ADR", "x")
    starts = datetime(day.year, day.month, day.day, tzinfo=UTC)
    record = event(title, starts, hours=24, kind="anniversary", all_day=True, zone="")
    return Held(project="ADR:desk", kind="event", id=id, record=record, made=stamp, changed=stamp)


def test_round_anniversaries_come_first_and_their_years_are_counted() -> None:
    found = due(
        [held("a", date(1953, 5, 2)), held("b", date(1951, 5, 20)), held("c", date(1926, 7, 30))], date(2026, 5, 1), 90
    )
    assert [(one.id, one.years, one.is_round) for one in found] == [("b", 75, True), ("c", 100, True), ("a", 73, False)]


def test_a_leap_day_is_remembered_on_the_28th() -> None:
    days = [one.day for year in (2027, 2028) for one in due([held("a", date(1996, 2, 29))], date(year, 2, 1), 40)]
    assert days == [date(2027, 2, 28), date(2028, 2, 29)]


def test_the_year_it_all_began_is_no_anniversary() -> None:
    assert due([held("a", date(2026, 5, 10))], date(2026, 5, 1), 30) == []


def test_an_anniversary_becomes_an_event_of_its_day() -> None:
    (one,) = due([held("a", date(1926, 5, 10))], date(2026, 5, 1), 30)
    planned = planned_for(one)
    assert (planned.kind, planned.title(), planned.starts) == (
        "event",
        "First lighthouse (100)",
        datetime(2026, 5, 10, tzinfo=UTC),
    )
    assert one.plan == "a-2026"
    assert faults(planned) == ()


# ---------------------------------------------------------------------------------------------- as items


def told(one: Event, **more: object) -> Told:
    return Told(event=one, uri=event_uri("ADR:desk", "e1"), agency="ADR", **more)  # type: ignore[arg-type]


def test_an_event_goes_out_and_comes_back_the_same() -> None:
    one = event(
        kind="forum", state="confirmed", venue=Venue(name="Hall", address="Quay 3", city="Baku", country="AZ", latitude=40.4, longitude=49.8),
        hosts=("Port Authority",), co_organisers=("Tide",), rule="FREQ=WEEKLY;BYDAY=MO", but=(date(2026, 5, 11),),
        summary={"en": "Two days.\n\nMany ships."}, languages=("en",), slugline="forum", urgency=3, subjects=("sea",),
    )  # fmt: skip
    back = event_of(item_of(told(one), public=True, now=NOW))
    assert back == replace(one, uri=event_uri("ADR:desk", "e1"))


def test_nothing_of_the_desks_own_goes_out() -> None:
    rows = (
        Coverage(event="e1", agency="ADR", person="Leyla", note="by train"),
        Coverage(event="e1", agency="VAL", kind="picture"),
    )
    item = item_of(told(event(note="Bring a tripod."), coverage=rows), public=True, now=NOW)
    assert "Leyla" not in repr(item)
    assert "tripod" not in repr(item)
    assert "train" not in repr(item)
    assert [row.type for row in item.planned_coverage] == ["text"]


def test_an_embargoed_title_goes_out_as_the_public_one() -> None:
    secret = event("Merger", embargoed_until=at(20, 10), public_title="News conference", slugline="merger")
    shown = item_of(told(secret), public=True, now=NOW)
    assert shown.headline == "News conference"
    assert "erger" not in repr(shown)
    assert shown.embargoed_until is None
    assert item_of(told(secret), public=True, now=at(20, 10)).headline == "Merger"


def test_an_item_that_names_the_event_fulfils_its_coverage() -> None:
    row, one, uri = Coverage(event="e1", agency="ADR", language="en"), event(slugline="Harbour-Forum"), "urn:x:e1"
    named = Item(uri="urn:x:1", language="en", events=(Concept(uri=uri),))
    linked = Item(uri="urn:x:2", language="en", associations=(Association(name="event", uri=uri, type="event"),))
    slugged = Item(uri="urn:x:3", language="en-GB", slugline="harbour-forum")
    assert [fulfils(row, one, uri, item, "ADR") for item in (named, linked, slugged)] == ["surely", "surely", "perhaps"]
    assert fulfils(row, one, uri, named, "VAL") == ""
    assert fulfils(row, one, uri, replace(named, language="ru"), "ADR") == ""
    assert fulfils(replace(row, kind="picture"), one, uri, named, "ADR") == ""
