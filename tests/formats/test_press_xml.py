"""Vendors' small XML: press releases, a wire's own news, a calendar. All samples are of our invention."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import formats
from dragoman.formats.press_xml.vendors import VENDORS
from dragoman.model.arrival import Hints
from dragoman.model.item import Item

RELEASE = """<?xml version="1.0" encoding="UTF-8"?>
<release id="4711" lang="no"><!-- what it is --><longurl>https://www.ntbinfo.no/pressemelding/fergen?releaseId=4711</longurl>
<body>&lt;p&gt;Fergen seiler igjen, sier kapteinen.&lt;/p&gt;&lt;p&gt;Ingen visste n&amp;aring;r den kom.&lt;/p&gt;</body>
<contactsAsText>Ada Placeholder
  havn@quay.example</contactsAsText><embargo>%s</embargo><keywords>ferge, havn</keywords><leadtext>Kort sagt.</leadtext>
<publicationDate>13.05.2026 11:30</publicationDate><title>Fergen seiler igjen</title><type id="19"><label>Pressemelding</label></type>
<images><image id="1"><url>https://quay.example/1.jpg</url><caption>Fergen</caption><smallimageurl>https://quay.example/1s.jpg</smallimageurl></image></images>
<publisher id="7"><name>Havnen</name><webSite>https://quay.example/</webSite></publisher></release>"""

NEWS = """<RBNews xmlns="" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><NewsID>9a6955fc</NewsID><PublishDate>2026-01-13T18:45:36.73</PublishDate>
<strapline>NET/HAVN</strapline><headline>F&#xE6;rgen sejler igen</headline><subtitle>Kort sagt.&lt;br /&gt;</subtitle><town>Havn</town>
<origin>/kaj/</origin><section>Erhverv</section><version>2</version><replacedID i:nil="true"/><format>Net</format>
<content>&lt;p&gt;F&#xE6;rgen sejler igen, siger kaptajnen.&lt;/p&gt;</content><HistID>AP-17</HistID><Priority>4</Priority>
<IPTCList xmlns:a="http://schemas.example/Arrays"><a:int>4000000</a:int></IPTCList><Annuleret>%s</Annuleret><Korrektion>%s</Korrektion>
<byLine>Ada Placeholder</byLine></RBNews>"""

CALENDAR = """<result numResults='2'><document><id>15</id><ntbId>NBRP26_00</ntbId><service>newscalendar</service><title>Havnedag</title>
<priority>5</priority><startDate>2026-06-01T09:00:00.000+0200</startDate><stopDate>2026-06-01T16:00:00.000+0200</stopDate>
<content>&lt;p class="lead"&gt;B&#xE5;ter og musikk.&lt;/p&gt;</content><category>Innenriks</category><geo>59.9,10.7</geo>
<subjects><subject reference='15000000'>Sport</subject></subjects><districts><district>Oslo</district></districts>
<calendarData><location>Oslo</location></calendarData></document>
<document><guid>K-16</guid><service>newscalendar</service><title>Havneuke</title><timeStart>2026-06-08T00:00:00</timeStart><timeEnd>2026-06-12T00:00:00</timeEnd>
<alldayevent>True</alldayevent><location>Oslo</location><address>Gamle fyr</address><contactname>Ada Placeholder</contactname><contactphone>123</contactphone>
<geo><latitude>59.9</latitude><longitude>10.7</longitude></geo><content>Hele uken</content></document></result>"""


def read(document: str, **hints: str) -> list[Item]:
    found = formats.decode(document.encode(), Hints(**hints))  # type: ignore[arg-type]
    assert all(unit.item for unit in found), [unit.problem for unit in found]
    return [unit.item for unit in found if unit.item]


def test_each_vendor_is_told_by_its_root_and_its_marks() -> None:
    for document in (RELEASE, NEWS, CALENDAR):
        assert formats.detect(document.encode(), Hints()).name == "press-xml"
    detect = formats.FORMATS["press-xml"].detect
    for other in (b"<release><version>1.0</version></release>", b"<document><p>x</p></document>", b"<result/>", b"{}"):
        assert detect(other, Hints()) == 0.0


def test_a_release_has_its_text_its_sender_and_its_pictures() -> None:
    (item,) = read(RELEASE % "")
    assert (item.headline, item.language) == ("Fergen seiler igjen", "no")
    assert item.bodies[0].value == "<p>Fergen seiler igjen, sier kapteinen.</p>\n<p>Ingen visste når den kom.</p>"
    assert item.descriptions[0].value == "Kort sagt."
    assert item.first_created == datetime(2026, 5, 13, 9, 30, tzinfo=UTC)
    assert item.ed_note == "Ada Placeholder\nhavn@quay.example"
    assert [(each.name, each.role) for each in item.info_sources] == [("Havnen", "source")]
    assert [each.name for each in item.subjects] == ["ferge", "havn"]
    assert [each.name for each in item.genres] == ["Pressemelding"]
    assert {each.value for each in item.alt_ids} >= {"4711"}
    (picture,) = item.associations
    assert [(each.name, each.href) for each in picture.renditions] == [
        ("original", "https://quay.example/1.jpg"),
        ("thumbnail", "https://quay.example/1s.jpg"),
    ]
    assert picture.headlines[0].value == "Fergen"


def test_the_clock_is_that_of_the_country_it_was_sent_from() -> None:
    (item,) = read((RELEASE % "14.05.2026 08:00").replace("ntbinfo.no", "www.sttinfo.fi"))
    assert item.embargoed_until == datetime(2026, 5, 14, 5, tzinfo=UTC)
    (item,) = read(RELEASE % "14.05.2026 08:00", zone="UTC")
    assert item.embargoed_until == datetime(2026, 5, 14, 6, tzinfo=UTC)
    assert any("Europe/Oslo" in note for note in item.ours.notes)


def test_an_embargo_nobody_can_read_parks_the_release() -> None:
    (unit,) = formats.decode((RELEASE % "etter lunsj").encode(), Hints())
    assert unit.problem is not None
    assert unit.problem.title == "The embargo cannot be read"


def test_a_wires_news_has_its_sign_its_codes_and_its_desk() -> None:
    (item,) = read(NEWS % ("false", "false"), agency="kaj")
    assert (item.headline, item.slugline, item.located, item.urgency) == ("Færgen sejler igen", "NET/HAVN", "Havn", 4)
    assert (item.by, item.ours.credit, item.version) == ("/kaj/", "/kaj/", "2")
    assert [(each.name, each.role) for each in item.info_sources] == [("Ada Placeholder", "creator")]
    assert item.version_created == datetime(2026, 1, 13, 17, 45, 36, 730000, tzinfo=UTC)
    assert "http://cv.iptc.org/newscodes/subjectcode/04000000" in {each.uri for each in item.subjects}
    assert {(each.role, each.value) for each in item.alt_ids} == {("guid", "9a6955fc"), ("history", "AP-17")}
    assert item.ours.correction is None


def test_a_wires_news_that_is_called_back_or_corrected_says_so() -> None:
    (killed,) = read(NEWS % ("true", "false"))
    assert killed.pub_status == "canceled"
    assert killed.bodies == ()
    (corrected,) = read(NEWS % ("false", "true"))
    assert corrected.ours.correction is not None
    assert corrected.ours.correction.kind == "correction"


def test_a_calendars_entries_are_events() -> None:
    day, week = read(CALENDAR)
    assert (day.type, day.headline, day.urgency) == ("event", "Havnedag", 5)
    assert day.event_details is not None
    assert day.event_details.dates is not None
    assert day.event_details.dates.start_date == datetime(2026, 6, 1, 7, tzinfo=UTC)
    assert day.event_details.dates.end_date == datetime(2026, 6, 1, 14, tzinfo=UTC)
    venue = day.places[0]
    assert venue.geo is not None
    assert (venue.name, venue.geo.coordinates) == ("Oslo", (10.7, 59.9))
    assert ("Sport", "http://cv.iptc.org/newscodes/subjectcode/15000000") in {
        (each.name, each.uri) for each in day.subjects
    }
    assert week.event_details is not None
    assert week.event_details.dates is not None
    assert (week.event_details.dates.expected_start_date, week.event_details.dates.expected_end_date) == (
        "2026-06-08",
        "2026-06-12",
    )
    assert week.event_details.organiser is not None
    assert [(one.type, one.name, one.value) for one in week.event_details.organiser.contact_info] == [
        ("phone", "Ada Placeholder", "123")
    ]
    assert week.places[0].name == "Gamle fyr"


def test_an_id_is_the_same_at_every_reading_and_none_is_made_from_the_content() -> None:
    assert read(RELEASE % "", agency="a")[0].uri == read((RELEASE % "").replace("igjen", "atter"), agency="a")[0].uri
    bare = CALENDAR.replace("<id>15</id>", "").replace("<ntbId>NBRP26_00</ntbId>", "")
    assert read(bare)[0].uri == read(bare)[0].uri
    assert any("no id" in note for note in read(bare)[0].ours.notes)


def test_only_fields_there_are_have_paths() -> None:
    for vendor in VENDORS:
        for paths in vendor.paths.values():
            assert all(path == path.lower() and path.strip("/") == path for path in paths)


HOSTILE = {
    "an entity of its own": '<!DOCTYPE release [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + RELEASE.partition("?>")[2] % "&x;",
    "nothing in it": "<RBNews/>",
    "two numbers too many": CALENDAR.replace("59.9,10.7", "1e999,NaN"),
    "a point of three": CALENDAR.replace("59.9,10.7", "1,2,3"),
    "an end before the beginning": CALENDAR.replace("2026-06-01T16", "1926-06-01T16"),
    "an impossible day": RELEASE % "99.99.2026 25:61",
    "a script": NEWS.replace("&lt;p&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;") % ("", ""),
    "a long list": "<result>" + "<document><service>newscalendar</service><title>x</title></document>" * 4000 + "</result>",
    "elements in elements": "<RBNews>" + "<a>" * 400 + "</a>" * 400 + "</RBNews>",
    "no end": NEWS[:300],
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_bounded_and_harmless(name: str) -> None:
    began = time.perf_counter()
    found = formats.decode(HOSTILE[name].encode(), Hints(format="press-xml"))
    assert time.perf_counter() - began < 2
    assert found
    for unit in found:
        assert (unit.item is None) != (unit.problem is None)
        assert "<script" not in str(unit.item)
        if unit.problem:
            assert unit.problem.title != "The document cannot be read", unit.problem.detail


WORDS = [
    "<document>",
    "</document>",
    "<title>",
    "</title>",
    "<geo>",
    "</geo>",
    "<timeStart>",
    "</timeStart>",
    "2026-06-01",
    "1,2",
    "x",
    "&lt;p>",
    "<id/>",
]


@given(st.lists(st.sampled_from(WORDS), max_size=20).map("".join))
@settings(max_examples=100)
def test_no_pieces_of_it_make_the_decoder_raise(inside: str) -> None:
    document = f"<result><!-- newscalendar -->{inside}</result>"
    for unit in formats.decode(document.encode(), Hints(format="press-xml")):
        if unit.problem:
            assert unit.problem.title != "The document cannot be read", unit.problem.detail
