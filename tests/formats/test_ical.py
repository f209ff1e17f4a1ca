"""iCalendar: calendars as programs write them, calendars nobody should write, and events that come back as they went."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from format_items import corrected_item, killed_item, through, wire_item
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import formats
from dragoman.formats import EncodeContext
from dragoman.formats._ical_zone import described
from dragoman.model.arrival import Hints, Unit
from dragoman.model.happening import (
    Address,
    ContactInfo,
    Dates,
    EventDetails,
    HappeningProfile,
    Organiser,
    PlannedCoverage,
    Point,
)
from dragoman.model.item import Concept, Item, Profile

BAKU = timezone(timedelta(hours=4))
SCHEMA = Path(__file__).parents[3] / "shared/data/standards/ninjs/specification/ninjs-schema_3.1.json"
PLANNING = Path(__file__).parents[3] / "shared/data/standards/superdesk-planning/server/planning/feed_parsers"


def calendar(*lines: str, event: bool = True, around: tuple[str, ...] = ()) -> bytes:
    """A calendar of one event with these lines."""
    usual = ("UID:ferry-1@harbour.example", "SUMMARY:Ferry blessing", "DTSTART:20260504T060000Z")
    named = {line.split(":")[0].split(";")[0] for line in lines}
    kept = [line for line in usual if line.split(":")[0] not in named]
    body = ["BEGIN:VEVENT", *kept, *lines, "END:VEVENT"] if event else list(lines)
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *around, *body, "END:VCALENDAR", ""]).encode()


def read(body: bytes, **hints: object) -> list[Unit]:
    return formats.decode(body, Hints(agency="TIDE", **hints))  # type: ignore[arg-type]


def one(*lines: str, around: tuple[str, ...] = (), **hints: object) -> Item:
    (unit,) = read(calendar(*lines, around=around), **hints)
    assert unit.item is not None, unit.problem
    return unit.item


def dates(item: Item) -> Dates:
    assert item.event_details is not None
    assert item.event_details.dates is not None
    return item.event_details.dates


def ours(item: Item) -> HappeningProfile:
    assert item.ours.happening is not None
    return item.ours.happening


def happening_item(**changes: object) -> Item:
    fields: dict[str, object] = {
        "uri": "urn:example:forum",
        "type": "event",
        "version": "3",
        "version_created": datetime(2026, 4, 1, 9, 0, tzinfo=UTC),
        "places": (
            Concept(
                name="Old Mill",
                rel="venue",
                contact_info=(ContactInfo(address=Address(lines=("Quay 3",), locality="Baku", country="AZ")),),
                geo=Point(coordinates=(49.8, 40.4)),
            ),
        ),
        "people": (Concept(name="Ada Placeholder", rel="moderator", literal="TIDE"),),
        "organisations": (Concept(name="Tidewater Institute", rel="coOrganiser"),),
        "event_details": EventDetails(
            event_status="http://cv.iptc.org/newscodes/eventoccurstatus/eos5",
            dates=Dates(
                start_date=datetime(2026, 5, 4, 10, tzinfo=BAKU), end_date=datetime(2026, 5, 4, 12, tzinfo=BAKU)
            ),
            organiser=Organiser(name="Port Authority"),
        ),
        "dragoman": Profile(happening=HappeningProfile(kind="forum", state="confirmed", zone="Asia/Baku")),
    }
    return wire_item(**(fields | changes))


# ---------------------------------------------------------------------------------------------- as programs write it


def test_an_event_says_what_when_and_where() -> None:
    item = one(
        "SUMMARY;LANGUAGE=fr-FR:Fête du port",
        "DTSTART;TZID=Europe/Paris:20260714T180000",
        "DTEND;TZID=Europe/Paris:20260714T230000",
        "LOCATION:Quai de la Lune\\, Marseille",
        "GEO:43.3;5.37",
        "STATUS:CONFIRMED",
        "ORGANIZER;CN=Ville de Marseille:mailto:fetes@ville.example",
        "ATTENDEE;CN=Ada Placeholder;ROLE=CHAIR:mailto:ada@press.example",
        "CATEGORIES:culture,sea",
        "DESCRIPTION:Feux d’artifice sur le port.\\nEntrée libre pour tous les habitants de la ville.",
        "LAST-MODIFIED:20260601T080000Z",
        "SEQUENCE:4",
    )
    assert (item.type, item.headline, item.language) == ("event", "Fête du port", "fr")
    assert str(dates(item).start_date) == "2026-07-14 18:00:00+02:00"
    assert (ours(item).zone, ours(item).state) == ("Europe/Paris", "confirmed")
    assert item.places[0].name == "Quai de la Lune, Marseille"
    assert item.places[0].geo == Point(coordinates=(5.37, 43.3))
    assert [concept.name for concept in item.subjects] == ["culture", "sea"]
    assert [(who.name, who.rel) for who in item.people] == [("Ada Placeholder", "moderator")]
    assert item.event_details is not None
    assert item.event_details.organiser == Organiser(name="Ville de Marseille")
    assert "example" not in json.dumps([who.name for who in item.people])  # nobody's address is kept
    assert "press.example" not in repr(item)
    assert item.version.startswith("4-")
    assert "<p>Entrée libre" in item.bodies[0].value


def test_days_are_days_the_last_one_included() -> None:
    item = one("DTSTART;VALUE=DATE:20260504", "DTEND;VALUE=DATE:20260507")
    assert dates(item) == Dates(expected_start_date="2026-05-04", expected_end_date="2026-05-06")


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("Arabian Standard Time", "Asia/Dubai"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Europe/Rome", "Europe/Rome"),
        ('"Asia/Baku"', "Asia/Baku"),
    ],
)
def test_zones_are_known_by_the_names_that_programs_give_them(tzid: str, zone: str) -> None:
    item = one(f"DTSTART;TZID={tzid}:20260504T100000")
    assert ours(item).zone == zone
    moment = dates(item).start_date
    assert moment is not None
    assert moment.astimezone(ZoneInfo(zone)).hour == 10


def test_a_zone_of_the_calendars_own_is_read_from_its_offset() -> None:
    described_there = ("BEGIN:VTIMEZONE", "TZID:Our time", "BEGIN:STANDARD", "DTSTART:16010101T000000", "TZOFFSETFROM:+0400",
                       "TZOFFSETTO:+0400", "END:STANDARD", "END:VTIMEZONE")  # fmt: skip
    item = one("DTSTART;TZID=Our time:20260504T100000", around=described_there)
    assert str(dates(item).start_date) == "2026-05-04 10:00:00+04:00"
    assert any("Our time" in note for note in item.ours.notes)


def test_a_zone_nobody_knows_is_the_feeds_and_said() -> None:
    item = one("DTSTART;TZID=Middle-earth/Shire:20260504T100000", zone="Asia/Baku")
    assert str(dates(item).start_date) == "2026-05-04 10:00:00+04:00"
    assert any("not known" in note for note in item.ours.notes)


def test_a_floating_time_is_the_calendars_and_said() -> None:
    item = one("DTSTART:20260504T100000", around=("X-WR-TIMEZONE:Asia/Tokyo",))
    assert str(dates(item).start_date) == "2026-05-04 10:00:00+09:00"
    assert any("without zone" in note for note in item.ours.notes)


def test_a_rule_is_kept_as_a_rule_with_its_exceptions() -> None:
    item = one(
        "DTSTART;TZID=Europe/Berlin:20260504T100000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20261231T225959Z",
        "EXDATE;TZID=Europe/Berlin:20260511T100000,20260514T100000",
        "RDATE;TZID=Europe/Berlin:20260515T150000",
    )
    assert ours(item).rule == "FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=MO,TH"
    assert ours(item).but == (date(2026, 5, 11), date(2026, 5, 14))
    assert [str(moment) for moment in ours(item).also] == ["2026-05-15 15:00:00+02:00"]


def test_a_moved_time_is_an_event_that_stands_for_it() -> None:
    units = read(
        calendar(
            "BEGIN:VEVENT", "UID:b@x.example", "DTSTART:20260504T080000Z", "RRULE:FREQ=WEEKLY", "SUMMARY:Briefing", "END:VEVENT",
            "BEGIN:VEVENT", "UID:b@x.example", "RECURRENCE-ID:20260511T080000Z", "DTSTART:20260511T130000Z",
            "SUMMARY:Briefing\\, later", "END:VEVENT", event=False,
        )
    )  # fmt: skip
    series, moved = (unit.item for unit in units)
    assert series is not None
    assert moved is not None
    assert series.uri != moved.uri
    assert moved.events == (Concept(uri=series.uri, rel="partOf"),)
    assert ours(moved).instead_of == datetime(2026, 5, 11, 8, tzinfo=UTC)


def test_a_cancelled_event_is_news_and_stays_readable() -> None:
    off = one("STATUS:CANCELLED")
    assert (ours(off).state, off.pub_status, off.headline) == ("cancelled", "usable", "Ferry blessing")
    assert ours(one("SEQUENCE:1", around=("METHOD:CANCEL",))).state == "cancelled"


def test_the_same_event_again_is_the_same_version_and_a_changed_one_another() -> None:
    first = one("DTSTAMP:20260401T000000Z")
    assert one("DTSTAMP:20260402T000000Z").version == first.version
    assert one("SUMMARY:Ferry blessing moved").version != first.version
    assert not any(sign.isdigit() for sign in first.version.partition("-")[2])


def test_a_polled_calendar_brings_only_what_has_changed() -> None:
    entries = formats.split(calendar("DTSTAMP:20260401T000000Z"), Hints())
    again = formats.split(calendar("DTSTAMP:20260402T000000Z"), Hints())
    assert entries == again
    assert [entry.key for entry in entries] == ["ferry-1@harbour.example#"]
    zoned = calendar(
        "DTSTART;TZID=Our time:20260504T100000",
        around=("BEGIN:VTIMEZONE", "TZID:Our time", "END:VTIMEZONE", "METHOD:PUBLISH"),
    )
    assert b"BEGIN:VTIMEZONE" in formats.split(zoned, Hints())[0].body


# ---------------------------------------------------------------------------------------------- as nobody should


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=SECONDLY", "RRULE:FREQ=DAILY;COUNT=999999999", "RRULE:FREQ=YEARLY;BYMONTH=" + ",".join(["1"] * 500),
        "RRULE:", "RRULE:FREQ=DAILY;BYSETPOS=0", "DTEND:20250504T060000Z", "DTEND:nonsense", "DURATION:P99999999999D",
        "GEO:north;south", "ATTENDEE:", "EXDATE:99999999T000000", "RDATE;VALUE=PERIOD:20260504T060000Z/P1D", "SEQUENCE:-1",
        "X-WHATEVER;A=\"b\";C=d:é", "URL:javascript:alert(1)", "CATEGORIES:" + "a," * 5000, "SUMMARY:" + "x" * 90_000,
        "DESCRIPTION:<script>alert(1)</script>Words to read here", "STATUS:MAYBE", "GEO:999;999", "PRIORITY:high",
        "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM", "BEGIN:VALARM", "X-DRAGOMAN-URGENCY:99",
    ],
)  # fmt: skip
def test_a_property_that_makes_no_sense_costs_the_property_not_the_event(line: str) -> None:
    item = one(line)
    assert dates(item).start_date == datetime(2026, 5, 4, 6, tzinfo=UTC)
    assert "<script" not in repr(item.bodies)
    assert ours(item).rule == ""


@pytest.mark.parametrize("start", ["", "nonsense", "99999999", "20260230", "00000101T000000Z"])
def test_an_event_that_does_not_say_when_is_set_aside(start: str) -> None:
    (unit,) = read(calendar(f"DTSTART:{start}"))
    assert unit.problem is not None
    assert unit.problem.kept


def test_one_broken_event_stops_no_other() -> None:
    body = calendar(
        "BEGIN:VEVENT", "UID:1", "DTSTART:never", "END:VEVENT", "BEGIN:VEVENT", "UID:2", "DTSTART:20260504T060000Z", "SUMMARY:Two",
        "BEGIN:VEVENT", "UID:3", "DTSTART:20260505T060000Z", "SUMMARY:Three", "END:VEVENT", event=False,
    )  # fmt: skip
    units = read(body)
    assert units[0].problem is not None
    assert next(unit.item.headline for unit in units if unit.item).startswith("Two")


@pytest.mark.parametrize("word", ["canceled", "Cancelled", "killed", "withdrawn"])
def test_every_word_for_a_kill_takes_the_entry_back(word: str) -> None:
    assert one(f"X-DRAGOMAN-STATUS:{word}").pub_status == "canceled"


def test_terms_of_several_lines_and_signs_come_back() -> None:
    item = happening_item(usage_terms="Not in A, B; C\\D\nNot online.", by="Ada, Ben")
    found = through("ical", item)
    assert (found.usage_terms, found.by) == (item.usage_terms, item.by)


def test_an_embargo_that_cannot_be_read_is_never_lost() -> None:
    (unit,) = read(calendar("X-DRAGOMAN-EMBARGO:soon"))
    assert unit.problem is not None
    assert "embargo" in unit.problem.title


def test_too_much_is_refused_unread() -> None:
    many = calendar(*["BEGIN:VEVENT\r\nDTSTART:20260504T060000Z\r\nEND:VEVENT"] * 5_001, event=False)
    (unit,) = read(many)
    assert unit.problem is not None
    assert unit.problem.status == 413
    (long,) = read(calendar("DESCRIPTION:" + "x" * 300_000))
    assert long.problem is not None
    assert long.problem.status == 413
    (large,) = read(b"BEGIN:VCALENDAR\r\n" + b"X" * 17_000_000)
    assert large.problem is not None


def test_a_calendar_without_events_has_no_units() -> None:
    assert read(calendar(event=False)) == []


@given(st.lists(st.sampled_from(
    ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "TZID:X", "UID:1",
     "DTSTART;TZID=X:20260504T060000", "DTSTART:20260504", "RRULE:FREQ=DAILY", "SUMMARY:\\", " folded", "\tfolded", ":", ";", "A:b",
     "RECURRENCE-ID:20260504T060000Z", "BEGIN:", "END:", 'X;P="', "\x00", "DTEND;VALUE=DATE:20260505", "EXDATE:20260504T060000Z"]
), max_size=20), st.sampled_from(["\r\n", "\n", "\r"]))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_no_lines_make_the_reader_fall(lines: list[str], end: str) -> None:
    for unit in read(("BEGIN:VCALENDAR" + end + end.join(lines)).encode()):
        assert (unit.item is None) != (unit.problem is None)
        assert unit.item is None or (unit.item.uri and unit.item.version)


# ---------------------------------------------------------------------------------------------- there and back


_names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)
_zones = st.sampled_from(["Asia/Baku", "Europe/Paris", "America/New_York", "Australia/Lord_Howe"])
_walls = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, minute=0, hour=12)
)


@given(
    _names,
    _zones,
    _walls,
    st.integers(0, 72),
    st.sampled_from(["", "FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;COUNT=7;BYDAY=-1FR"]),
)
@settings(max_examples=120, deadline=None)
def test_an_event_goes_through_a_calendar_and_is_the_same(
    name: str, zone: str, wall: datetime, hours: int, rule: str
) -> None:
    starts = datetime.fromisoformat(wall.replace(tzinfo=ZoneInfo(zone)).isoformat())
    ends = datetime.fromisoformat(
        (starts.astimezone(UTC) + timedelta(hours=hours)).astimezone(ZoneInfo(zone)).isoformat()
    )
    item = happening_item(
        headlines=(), title="", language="en",
        event_details=EventDetails(dates=Dates(start_date=starts, end_date=ends), organiser=Organiser(name=name)),
        dragoman=Profile(happening=HappeningProfile(kind="forum", state="confirmed", zone=zone, rule=rule, but=(wall.date(),) if rule else ())),
    )  # fmt: skip
    back = through("ical", item)
    assert (dates(back), ours(back).rule, ours(back).but) == (dates(item), rule, ours(item).but)
    assert ours(back).zone == zone
    assert (back.uri, back.people, back.organisations, back.places) == (
        item.uri,
        item.people,
        item.organisations,
        item.places,
    )


def test_what_went_out_is_read_by_the_library_of_others() -> None:
    item = happening_item(
        dragoman=Profile(happening=HappeningProfile(zone="Europe/Berlin", rule="FREQ=WEEKLY", state="confirmed"))
    )
    body = formats.encode("ical", [item], EncodeContext(title="Diary, ours; all")).body
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    read_back = icalendar.Calendar.from_ical(body)
    (event,) = read_back.walk("VEVENT")
    assert event["DTSTART"].dt.hour == 8
    assert str(read_back["X-WR-CALNAME"]) == "Diary, ours; all"
    zone = read_back.walk("VTIMEZONE")[0].to_tz()
    for month in (1, 3, 4, 7, 10, 11):
        there = datetime(2026, month, 30, 12)
        assert there.replace(tzinfo=zone).utcoffset() == there.replace(tzinfo=ZoneInfo("Europe/Berlin")).utcoffset()


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Baku"]
)
def test_a_zone_is_described_by_the_clock_as_it_was_before_the_change(zone: str) -> None:
    described_zone = icalendar.Timezone.from_ical("\r\n".join(described(zone, 2026)) + "\r\n").to_tz()
    at = datetime(2026, 1, 2, tzinfo=UTC)
    while at.year < 2030:
        assert at.astimezone(described_zone).utcoffset() == at.astimezone(ZoneInfo(zone)).utcoffset(), at
        at += timedelta(hours=97)


def test_copy_that_is_no_event_goes_as_a_journal_entry_and_comes_back() -> None:
    back = through("ical", wire_item())
    assert (back.type, back.headline, back.uri) == ("text", "The ferry sails again", "urn:example:ferry")
    assert "sixty passengers" in back.bodies[0].value


def test_copy_taken_back_goes_out_without_a_word_of_it() -> None:
    for item in (killed_item(), happening_item(pub_status="canceled")):
        body = formats.encode("ical", [item]).body.decode()
        assert "STATUS:CANCELLED" in body
        assert "Port Authority" not in body
        assert "KILLED" in body
        assert through("ical", item).pub_status == "canceled"
    assert b"CORRECTION" in formats.encode("ical", [corrected_item()]).body


def test_what_a_calendar_has_no_place_for_is_named() -> None:
    item = happening_item(planned_coverage=(PlannedCoverage(type="text"),))
    assert formats.encode("ical", [item]).lost == ("plannedCoverage",)


@pytest.mark.shared
@pytest.mark.skipif(not PLANNING.is_dir(), reason="the development data is not beside the project")
def test_calendars_of_other_programs_are_read_whole() -> None:
    for name, count in (("events.ics", 4), ("parl_cal.ics", 35)):
        units = read((PLANNING / name).read_bytes())
        assert [unit.item is not None for unit in units] == [True] * count


# ---------------------------------------------------------------------------------------------- ninjs


def test_an_event_goes_through_our_own_ninjs_whole() -> None:
    item = happening_item(
        dragoman=Profile(happening=HappeningProfile(kind="forum", zone="Asia/Baku", rule="FREQ=DAILY", state="planned"))
    )
    back = through("ninjs", item, native=True)
    assert (back.event_details, ours(back), back.places) == (item.event_details, ours(item), item.places)


def test_a_rule_goes_as_far_as_ninjs_has_words_for_it_and_the_rest_is_named() -> None:
    item = happening_item(
        dragoman=Profile(happening=HappeningProfile(rule="FREQ=WEEKLY;INTERVAL=2;COUNT=5;BYDAY=MO", state="planned"))
    )
    encoded = formats.encode("ninjs", [item])
    said = json.loads(encoded.body)["eventDetails"]["dates"]["recurrence"]
    assert said == {"recurrenceRules": [{"frequency": "weekly", "interval": 2, "count": 5}]}
    assert "event.rule" in encoded.lost
    assert ours(through("ninjs", item)).rule == "FREQ=WEEKLY;INTERVAL=2;COUNT=5"


def test_an_event_of_another_house_is_read_forgivingly() -> None:
    document = {
        "uri": "urn:x:1",
        "title": "Harbour day",
        "eventDetails": {
            "dates": {
                "startDate": "2026-05-04",
                "endDate": "2026-05-05T18:00:00+04:00",
                "recurrence": {"recurrenceRules": "weekly"},
            },
            "organiser": {"name": "Port", "contactInfo": [{"value": "desk"}, 7]},
            "eventStatus": 5,
        },
        "places": [
            {
                "name": "Quay",
                "geoJSON": {"type": "Polygon", "coordinates": []},
                "contactInfo": [{"address": {"locality": "Baku"}}],
            }
        ],
        "events": {"id": "1", "name": "Season"},
    }
    (unit,) = formats.decode(json.dumps(document).encode(), Hints())
    assert unit.item is not None, unit.problem
    assert unit.item.type == "event"
    assert dates(unit.item).expected_start_date == "2026-05-04"
    assert unit.item.places[0].contact_info[0].address == Address(locality="Baku")
    assert unit.item.events[0].name == "Season"


@pytest.mark.shared
@pytest.mark.skipif(not SCHEMA.exists(), reason="the development data is not beside the project")
def test_events_that_go_out_are_valid_against_the_schema_of_iptc() -> None:
    import jsonschema
    from referencing import Registry, Resource

    anything = Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema"})
    registry: Registry[object] = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", anything)  # type: ignore[arg-type]
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()), registry=registry)  # type: ignore[arg-type]
    due = Dates(end_date=datetime(2026, 5, 4, 18, tzinfo=BAKU))
    days = EventDetails(dates=Dates(expected_start_date="2026-05-04", expected_end_date="2026-05-06"))
    rule = HappeningProfile(rule="FREQ=YEARLY;UNTIL=20300101;BYMONTH=5", but=(date(2027, 5, 4),), state="planned")
    for item in (
        happening_item(),
        happening_item(event_details=days, events=(Concept(uri="urn:x:2", rel="partOf", role="r"),)),
        happening_item(event_details=EventDetails(dates=Dates())),
        happening_item(
            dragoman=Profile(happening=rule),
            planned_coverage=(PlannedCoverage(type="picture", dates=due, ed_note="live"),),
        ),
        one("DTSTART;VALUE=DATE:20260504", "RRULE:FREQ=DAILY;COUNT=3"),
    ):
        validator.validate(json.loads(formats.encode("ninjs", [item]).body))
