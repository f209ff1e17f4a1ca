"""NewsML-G2 written: the elements in the schema's order, codes that need no catalog of ours, kills, packages, events, plans."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from format_items import LANGUAGES, SENTENCES, corrected_item, killed_item, restricted_item, through, wire_item
from lxml import etree

from dragoman import formats
from dragoman.formats import EncodeContext
from dragoman.formats._fields import FIELDS
from dragoman.model.arrival import Hints
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
from dragoman.model.item import (
    TRANSLATION_OF,
    AltId,
    Association,
    Body,
    Concept,
    Correction,
    Description,
    Headline,
    Hop,
    Item,
    Profile,
    Rendition,
)

NAR = "{http://iptc.org/std/nar/2006-10-01/}"
STARTS = datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=4)))

ORDER = {
    "newsItem": ["catalogRef", "hopHistory", "rightsInfo", "itemMeta", "contentMeta", "contentSet"],
    "packageItem": ["catalogRef", "hopHistory", "rightsInfo", "itemMeta", "contentMeta", "groupSet"],
    "conceptItem": ["catalogRef", "hopHistory", "rightsInfo", "itemMeta", "contentMeta", "concept"],
    "planningItem": ["catalogRef", "hopHistory", "rightsInfo", "itemMeta", "contentMeta", "newsCoverageSet"],
    "rightsInfo": ["copyrightHolder", "copyrightNotice", "usageTerms"],
    "itemMeta": ["itemClass", "provider", "versionCreated", "firstCreated", "embargoed", "pubStatus", "generator", "edNote", "signal", "link", "itemMetaExtProperty"],
    "contentMeta": [
        {"urgency"}, {"contentCreated"}, {"located", "infoSource", "altId"},
        {"language", "genre", "keyword", "subject", "slugline", "headline", "dateline", "by", "creditline", "description"},
        {"contentMetaExtProperty"},
    ],
    "contentSet": [{"inlineXML", "remoteContent"}],
    "concept": ["conceptId", "type", "name", "definition", {"broader", "related"}, "eventDetails"],
    "eventDetails": [
        "dates", "occurStatus", "newsCoverageStatus",
        {"registration", "subject", "keyword", "location", "participant", "organiser", "contactInfo", "language", "newsCoverage"},
    ],
    "dates": ["start", "end", {"rDate", "rRule"}, "exDate"],
    "POIDetails": ["position", "address", "contactInfo"],
    "address": ["line", "locality", "area", "country", "postalCode"],
    "newsCoverage": [{"planning"}, "itemClass", "scheduled", "edNote", {"language", "headline"}],
    "planning": ["itemClass", "scheduled", {"language", "headline"}, "edNote", "urgency"],
    "newsMessage": ["header", "itemSet"],
    "header": ["sent", "sender"],
}  # fmt: skip
"""Of each element its children in the order of the schema (NewsML-G2 2.35, power); a set where any order will do."""


def everything(**changes: object) -> Item:
    fields: dict[str, object] = {
        "embargoed_until": datetime(2026, 5, 14, 6, tzinfo=UTC),
        "content_created": datetime(2026, 5, 12, 8, tzinfo=UTC),
        "urgency": 3,
        "slugline": "ferry-returns",
        "by": "Ada Placeholder",
        "located": "Salt Quay",
        "usage_terms": "Own services only.\nNot for onward distribution.",
        "ed_note": "Check the name.\nThen the ship.",
        "copyright_holder": "Harbour Agency",
        "copyright_notice": "Copyright 2026",
        "headlines": (Headline(value="The ferry sails again"), Headline(value="Ferry", role="short form")),
        "descriptions": (Description(value="In short", role="summary"), Description(value="По-русски", role="caption:ru")),
        "subjects": (
            Concept(name="transport", uri="http://cv.iptc.org/newscodes/mediatopic/20000337"),
            Concept(name="sea", rel="keyword"),
            Concept(name="odd", literal="x:7"),
        ),
        "places": (Concept(name="Salt Quay"),),
        "people": (Concept(name="Ada Placeholder"),),
        "organisations": (Concept(name="Harbour Agency"),),
        "genres": (Concept(name="Feature"),),
        "info_sources": (Concept(name="Quay Wire", role="provider"), Concept(name="Harbour Agency", role="source")),
        "alt_ids": (AltId(value="HA 17", role="desk & wire"),),
        "renditions": (Rendition(name="highRes", href="https://quay.example/1.jpg", content_type="image/jpeg", width=10, height=20),),
        "associations": (
            Association(name="original", rel=TRANSLATION_OF, uri="urn:example:original", version="2", language="az"),
            Association(name="item-2", rel="seeAlso", uri="urn:example:2", type="picture", headlines=(Headline(value="Two"),)),
        ),
        "events": (Concept(name="Harbour day", uri="urn:example:day"),),
        "dragoman": Profile(
            credit="Harbour Agency / Example",
            advance=True,
            hops=(Hop(agency="quay", at=datetime(2026, 5, 13, 8, tzinfo=UTC)), Hop(agency="harbour")),
            correction=Correction(kind="correction", reason="It was two ferries.", replaces="6"),
        ),
    }  # fmt: skip
    return wire_item(**(fields | changes))


def event(**changes: object) -> Item:
    venue = Concept(
        name="Old Lighthouse",
        rel="venue",
        geo=Point(coordinates=(49.8, 40.4)),
        contact_info=(
            ContactInfo(
                address=Address(lines=("1 Quay",), locality="Baku", area="Absheron", postal_code="AZ1000", country="AZ")
            ),
            ContactInfo(type="url", value="https://quay.example/"),
        ),
    )
    fields: dict[str, object] = {
        "uri": "urn:example:day",
        "type": "event",
        "headlines": (Headline(value="Harbour day"),),
        "located": "Baku",
        "by": "Ada Placeholder",
        "places": (venue,),
        "people": (Concept(name="Ada Placeholder", rel="speaker"),),
        "organisations": (Concept(name="Harbour Agency", rel="coOrganiser"),),
        "genres": (Concept(name="forum"),),
        "subjects": (Concept(name="transport"), Concept(name="sea", rel="keyword")),
        "events": (Concept(name="Sea week", uri="urn:example:week", rel="partOf"),),
        "event_details": EventDetails(
            event_status="http://cv.iptc.org/newscodes/eventoccurstatus/eos5",
            planned_coverage_status="http://cv.iptc.org/newscodes/newscoveragestatus/int",
            dates=Dates(start_date=STARTS, end_date=STARTS + timedelta(hours=2)),
            organiser=Organiser(
                name="Port", contact_info=(ContactInfo(type="email", name="Press", value="press@quay.example"),)
            ),
        ),
        "planned_coverage": (
            PlannedCoverage(
                type="text", title="Report", language="en", ed_note="By noon", dates=Dates(end_date=STARTS)
            ),
        ),
        "dragoman": Profile(
            credit="Harbour Agency",
            happening=HappeningProfile(
                kind="forum",
                state="confirmed",
                zone="Asia/Baku",
                rule="FREQ=WEEKLY;UNTIL=20261231T090000Z;BYDAY=MO",
                but=(date(2026, 6, 8),),
                also=(STARTS + timedelta(days=3),),
                titles={"en": "Harbour day", "az": "Liman günü"},
                languages=("en", "az"),
                accreditation="By letter.\nUntil May.",
            ),
        ),
    }
    return wire_item(**(fields | changes))


def plan() -> Item:
    planned = PlannedCoverage(
        type="picture", title="The quay at noon", ed_note="Two", urgency=4, language="en", dates=Dates(end_date=STARTS)
    )
    return wire_item(
        type="planning", bodies=(), slugline="plan", planned_coverage=(planned, PlannedCoverage(title="Later"))
    )


ITEMS = {
    "copy with everything": everything(),
    "copy with nothing": Item(uri="urn:example:bare"),
    "a kill": killed_item(),
    "a package": everything(type="package", bodies=()),
    "an event": event(),
    "an event of days": event(
        event_details=EventDetails(dates=Dates(expected_start_date="2026-06", expected_end_date="2026-07"))
    ),
    "an event without a day": event(event_details=None),
    "a plan": plan(),
}


def element(*items: Item) -> etree._Element:
    return etree.fromstring(formats.encode("newsml-g2", items).body)


@pytest.mark.parametrize("name", ITEMS)
def test_the_elements_stand_in_the_order_of_the_schema(name: str) -> None:
    for parent in element(ITEMS[name]).iter():
        kind = str(parent.tag).removeprefix(NAR)
        if kind not in ORDER:
            continue
        places = [{each} if isinstance(each, str) else each for each in ORDER[kind]]
        found = [str(child.tag).removeprefix(NAR) for child in parent]
        ranks = [next((rank for rank, names in enumerate(places) if child in names), None) for child in found]
        assert None not in ranks, f"{kind} has {found}"
        assert ranks == sorted(rank for rank in ranks if rank is not None), f"{kind} has {found}"


@pytest.mark.parametrize("name", ITEMS)
def test_every_item_has_what_the_schema_asks_of_it(name: str) -> None:
    root = element(ITEMS[name])
    assert (root.get("standard"), root.get("standardversion"), root.get("conformance")) == (
        "NewsML-G2",
        "2.35",
        "power",
    )
    assert root.get("guid") == ITEMS[name].uri
    for path in ("itemMeta/itemClass", "itemMeta/provider", "itemMeta/versionCreated", "itemMeta/pubStatus"):
        assert len(root.findall("/".join(f"{NAR}{part}" for part in path.split("/")))) == 1


@pytest.mark.parametrize("name", ITEMS)
def test_no_code_needs_a_catalog_but_iptcs(name: str) -> None:
    known = {"ninat", "cinat", "plinat", "cpnat", "stat", "sig", "irel", "drol", "rnd", "medtop", "iso3166-1a2", "group", "eocstat", "ncostat", "genre"}  # fmt: skip
    for each in element(ITEMS[name]).iter():
        for attribute in ("qcode", "role", "rel", "type", "rendition"):
            code = each.get(attribute, "")
            assert not code or code.partition(":")[0] in known, f"{each.tag} {attribute}={code}"


def test_several_items_are_a_message() -> None:
    document = formats.encode("newsml-g2", [everything(), event(), plan()], EncodeContext(title="Quay"))
    assert document.media_type == "application/vnd.iptc.g2.newsmessage+xml"
    found = formats.decode(document.body, Hints())
    assert [unit.item.type for unit in found if unit.item] == ["text", "event", "planning"]


def test_ids_inside_a_message_stand_once() -> None:
    root = element(
        everything(type="package", bodies=()), everything(type="package", bodies=(), uri="urn:example:other")
    )
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids)) == 2


def test_everything_an_item_of_copy_says_comes_back() -> None:
    item = everything()
    encoded = formats.encode("newsml-g2", [item])
    found = through("newsml-g2", item)
    assert encoded.lost == ()
    for field in FIELDS.keys() - {"event_details", "planned_coverage", "origin"}:
        assert FIELDS[field](found) == FIELDS[field](item), field
    assert [each.role for each in found.descriptions] == ["summary", "caption:ru"]
    assert found.ours.correction == item.ours.correction
    assert found.ours.hops == item.ours.hops
    assert found.info_sources == item.info_sources
    assert found.associations[0].language == "az"


def test_everything_an_event_says_comes_back() -> None:
    item = event()
    found = through("newsml-g2", item)
    assert found.event_details == item.event_details
    assert found.planned_coverage == item.planned_coverage
    assert found.ours.happening == item.ours.happening
    assert (found.places, found.people, found.events, found.genres) == (
        item.places,
        item.people,
        item.events,
        item.genres,
    )
    assert (found.by, found.ours.credit, found.located) == (item.by, item.ours.credit, item.located)
    assert formats.encode("newsml-g2", [item]).lost == ()


def test_a_plan_comes_back() -> None:
    assert through("newsml-g2", plan()).planned_coverage == plan().planned_coverage


def test_what_an_event_has_no_place_for_is_named() -> None:
    lost = formats.encode("newsml-g2", [event(event_details=None, descriptions=(Description(value="x"),))]).lost
    assert "descriptions" in lost
    details = EventDetails(dates=Dates(end_date=STARTS))
    assert "event_details" in formats.encode("newsml-g2", [event(event_details=details)]).lost


def test_a_kill_has_its_status_its_signal_and_its_reason_and_no_text() -> None:
    item = killed_item()
    root = element(
        Item(**{**{name: getattr(item, name) for name in item.__struct_fields__}, "bodies": wire_item().bodies})
    )
    assert root.find(f"{NAR}itemMeta/{NAR}pubStatus").get("qcode") == "stat:canceled"  # type: ignore[union-attr]
    assert root.find(f"{NAR}itemMeta/{NAR}signal").get("uri", "").endswith("/signal/kill")  # type: ignore[union-attr]
    assert "The ferry did not sail." in "".join(root.itertext())
    assert root.find(f"{NAR}contentSet") is None
    found = through("newsml-g2", item)
    assert found.ours.correction == item.ours.correction
    assert found.pub_status == "canceled"


def test_a_correction_says_what_it_replaces() -> None:
    found = through("newsml-g2", corrected_item())
    assert found.ours.correction == corrected_item().ours.correction
    assert found.pub_status == "usable"


def test_credit_terms_and_embargo_are_where_others_look_for_them() -> None:
    root = element(restricted_item())
    said = {
        name: [each.text for each in root.iter(f"{NAR}{name}")]
        for name in ("creditline", "usageTerms", "embargoed", "edNote")
    }
    assert said == {
        "creditline": ["Harbour Agency / Example"],
        "usageTerms": ["Own services only. Not for onward distribution."],
        "embargoed": ["2026-05-14T06:00:00Z"],
        "edNote": ["Check the captain's name."],
    }


def test_a_package_with_a_text_is_written_as_copy() -> None:
    encoded = formats.encode("newsml-g2", [everything(type="package")])
    assert encoded.lost == ("type package",)
    assert through("newsml-g2", everything(type="package")).type == "composite"


@pytest.mark.parametrize("number", range(len(LANGUAGES)), ids=LANGUAGES)
def test_line_breaks_marks_and_signs_come_back_in_every_language(number: int) -> None:
    body = f'<p lang="{LANGUAGES[number]}">{SENTENCES[number]}<br>A &amp; B &lt; C</p>'
    item = wire_item(
        language=LANGUAGES[number],
        bodies=(Body(value=body),),
        ed_note=f"{SENTENCES[number]}\n“x”",
        headlines=(Headline(value="“A” & <B>"),),
    )
    found = through("newsml-g2", item)
    assert FIELDS["body"](found) == FIELDS["body"](item)
    assert (found.ed_note, found.headline) == (item.ed_note, item.headline)
    assert "<br>" in found.bodies[0].value


def test_what_we_wrote_of_an_agency_is_not_read_by_its_habits_again() -> None:
    item = wire_item(
        uri="tag:ansa.it,2026-05-13:1",
        embargoed_until=datetime(2026, 5, 14, 4, tzinfo=UTC),
        info_sources=(Concept(name="ANSA", role="provider"),),
    )
    found = through("newsml-g2", item)
    assert (found.embargoed_until, found.first_created) == (item.embargoed_until, item.first_created)


def test_what_xml_cannot_hold_does_not_break_the_document() -> None:
    item = wire_item(
        ed_note="a\x00b\x0bc",
        by="x\ud800y",
        version="",
        headlines=(Headline(value="\x01 odd"),),
        language="not a language",
    )
    assert through("newsml-g2", item).ed_note == "abc"


def test_markup_that_is_no_xml_is_written_as_what_it_means() -> None:
    item = wire_item(bodies=(Body(value="<p>One <b>two<br>three &nbsp; &copy; &unknown; 1 < 2</p><hr>"),))
    text = " ".join(block.text for block in through("newsml-g2", item).ours.blocks)
    assert "One two" in text
    assert "©" in text


def test_times_of_odd_offsets_are_times_of_the_schema() -> None:
    odd = timezone(timedelta(hours=3, minutes=19, seconds=24))
    root = element(wire_item(version_created=datetime(1899, 12, 31, 12, tzinfo=odd)))
    assert root.find(f"{NAR}itemMeta/{NAR}versionCreated").text == "1899-12-31T08:40:36Z"  # type: ignore[union-attr]
