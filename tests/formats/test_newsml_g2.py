"""NewsML-G2 read: messages, items of every kind, dialects, codes, and what is hostile. All samples are of our invention."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import formats
from dragoman.formats.newsml_g2.codes import Codes
from dragoman.model.arrival import Hints, Unit
from dragoman.model.item import Item

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
BODY = f'<inlineXML contenttype="application/xhtml+xml"><html {XHTML}><head><title/></head><body>%s</body></html></inlineXML>'
TEXT = (
    "<p>The ferry left the harbour at noon with sixty passengers on board.</p><p>Nobody knew when it would return.</p>"
)


def news(
    meta: str = "", about: str = "", content: str = "", *, guid: str = "urn:example:ferry", rights: str = "", root: str = "newsItem", attributes: str = 'version="3" xml:lang="en"', behind: str = "", provider: str = '<provider literal="quay.example"/>',
) -> str:  # fmt: skip
    identity = f'guid="{guid}" ' if guid else ""
    return (
        f'<{root} {NAR} {identity}standard="NewsML-G2" standardversion="2.35" {attributes}>{rights}'
        f'<itemMeta><itemClass qcode="ninat:text"/>{provider}'
        f"<versionCreated>2026-05-13T13:45:00+04:00</versionCreated><firstCreated>2026-05-13T09:30:00Z</firstCreated>{meta}</itemMeta>"
        f"<contentMeta><headline>The ferry sails again</headline>{about}</contentMeta>"
        f"{behind}{f'<contentSet>{content}</contentSet>' if content else ''}</{root}>"
    )


def units(document: str | bytes, **hints: str) -> list[Unit]:
    body = document if isinstance(document, bytes) else document.encode()
    return formats.decode(body, Hints(**hints))  # type: ignore[arg-type]


def one(document: str | bytes, **hints: str) -> Item:
    (unit,) = units(document, **hints)
    assert unit.item is not None, unit.problem
    return unit.item


def problem(document: str | bytes, **hints: str) -> str:
    (unit,) = units(document, **hints)
    assert unit.problem is not None
    return f"{unit.problem.title}: {unit.problem.detail}"


# ------------------------------------------------------------------------------------------------------ documents


def test_it_is_told_by_its_root_whatever_it_is_called() -> None:
    message = f"<newsMessage {NAR}><header><sent>2026-05-13T09:30:00Z</sent></header><itemSet/></newsMessage>"
    for document in (news(), message, f"<!-- a wire -->\n{news()}", f"\ufeff{news()}"):
        assert formats.detect(document.encode(), Hints()).name == "newsml-g2"
    for other in (b"<NewsML><NewsItem/></NewsML>", b"<newsletter/>", b"<rss><channel/></rss>"):
        assert formats.FORMATS["newsml-g2"].detect(other, Hints()) == 0.0


def test_each_item_of_a_message_is_a_unit_and_one_that_fails_stops_no_other() -> None:
    broken = news("<embargoed>some day</embargoed>", guid="urn:example:2")
    listed = "".join([news(guid="urn:example:1"), broken, news(guid="urn:example:3")])
    found = units(f"<newsMessage {NAR}><header/><itemSet>{listed}</itemSet></newsMessage>")
    assert [unit.item.uri if unit.item else None for unit in found] == ["urn:example:1", None, "urn:example:3"]
    assert found[1].problem is not None
    assert "embargo" in found[1].problem.title


def test_a_part_of_an_item_says_that_it_is_one() -> None:
    told = problem(f"<groupSet {NAR}><group/></groupSet>", format="newsml-g2")
    assert "groupset" in told
    assert "a part of an item" in told


def test_a_list_of_what_a_message_holds_is_no_item() -> None:
    listed = f'<packageItem><itemRef residref="1"/></packageItem>{news(content=BODY % TEXT)}'
    found = units(f"<newsMessage {NAR}><itemSet>{listed}</itemSet></newsMessage>")
    assert [unit.item.type for unit in found if unit.item] == ["text"]


# ------------------------------------------------------------------------------------------------- what copy says


def test_copy_says_who_when_what_and_on_which_terms() -> None:
    item = one(
        news(
            meta="<embargoed>2026-05-14T06:00:00Z</embargoed><pubStatus qcode='stat:usable'/><edNote>Check the name.</edNote>"
            "<link rel='irel:translatedFrom' residref='urn:example:original' version='2'/>",
            about="<urgency>3</urgency><contentCreated>2026-05-12T08:00:00Z</contentCreated><located><name>Salt Quay</name></located>"
            "<language tag='en-GB'/><genre qcode='genre:Feature'><name>Feature</name></genre>"
            "<subject qcode='medtop:20000337'><name xml:lang='de'>Verkehr</name><name xml:lang='en'>transport</name></subject>"
            "<subject type='cpnat:person'><name>Ada Placeholder</name></subject><keyword>sea</keyword>"
            "<slugline>ferry-returns</slugline><headline role='hl:short'>Ferry</headline><by>By Ada Placeholder</by>"
            "<creditline>Harbour Agency</creditline><description role='drol:summary'>The first crossing in two years</description>",
            rights="<rightsInfo><copyrightHolder literal='Harbour Agency'/><copyrightNotice>Copyright 2026</copyrightNotice>"
            "<usageTerms>Own services only.</usageTerms></rightsInfo>",
            content=BODY % TEXT,
        )
    )
    assert (item.uri, item.version, item.type, item.language) == ("urn:example:ferry", "3", "text", "en-GB")
    assert item.first_created == datetime(2026, 5, 13, 9, 30, tzinfo=UTC)
    assert item.version_created is not None
    assert item.version_created.utcoffset() == timedelta(hours=4)
    assert item.embargoed_until == datetime(2026, 5, 14, 6, tzinfo=UTC)
    assert (item.urgency, item.slugline, item.by, item.located) == (
        3,
        "ferry-returns",
        "By Ada Placeholder",
        "Salt Quay",
    )
    assert [(each.value, each.role) for each in item.headlines] == [("The ferry sails again", ""), ("Ferry", "short")]
    assert [(each.name, each.uri) for each in item.subjects] == [
        ("transport", "http://cv.iptc.org/newscodes/mediatopic/20000337"),
        ("sea", ""),
    ]
    assert [each.name for each in item.people] == ["Ada Placeholder"]
    assert [each.uri for each in item.genres] == ["http://cv.iptc.org/newscodes/genre/Feature"]
    assert (item.copyright_holder, item.copyright_notice, item.usage_terms) == (
        "Harbour Agency",
        "Copyright 2026",
        "Own services only.",
    )
    assert (item.ours.credit, item.ed_note) == ("Harbour Agency", "Check the name.")
    assert item.associations[0].is_original
    assert (item.associations[0].uri, item.associations[0].version) == ("urn:example:original", "2")
    assert [block.text[:9] for block in item.ours.blocks if block.kind == "paragraph"] == ["The ferry", "Nobody kn"]
    assert item.ours.lost == ()


def test_a_headline_in_another_language_is_not_the_headline() -> None:
    document = news(about="<headline xml:lang='en'>The ferry</headline>").replace(
        "<headline>The ferry sails", "<headline xml:lang='de'>The ferry sails"
    )
    assert [(each.value, each.role) for each in one(document).headlines] == [
        ("The ferry", ""),
        ("The ferry sails again", ":de"),
    ]


@pytest.mark.parametrize(
    ("meta", "status", "kind"),
    [
        ("<pubStatus qcode='stat:canceled'/>", "canceled", "kill"),
        ("<pubStatus qcode='stat:withheld'/>", "withheld", None),
        ("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/canceled'/>", "canceled", "kill"),
        ("<pubStatus qcode='stat:usable'/><signal qcode='sig:correction'/>", "usable", "correction"),
        ("<pubStatus qcode='stat:usable'/><signal qcode='sig:kill'/><signal qcode='sig:update'/>", "canceled", "kill"),
        ("<pubStatus qcode='stat:nobodyknows'/>", "withheld", None),
        ("", "usable", None),
    ],
)
def test_status_and_signals_say_what_the_version_does(meta: str, status: str, kind: str | None) -> None:
    item = one(news(meta, content=BODY % TEXT))
    assert item.pub_status == status
    assert (item.ours.correction.kind if item.ours.correction else None) == kind


def test_an_earlier_version_that_is_linked_is_what_is_corrected() -> None:
    item = one(news("<signal qcode='sig:correction'/><link residref='urn:example:ferry' version='2'/>"))
    assert item.ours.correction is not None
    assert item.ours.correction.replaces == "2"
    assert item.associations == ()


def test_an_embargo_without_a_time_holds_the_copy() -> None:
    item = one(news("<embargoed/>", content=BODY % TEXT))
    assert item.pub_status == "withheld"
    assert any("embargoed without a time" in note for note in item.ours.notes)


def test_an_embargo_nobody_can_read_parks_the_copy() -> None:
    assert "tomorrow noon" in problem(news("<embargoed>tomorrow noon</embargoed>"))


def test_a_time_without_zone_is_the_feeds_then_the_dialects() -> None:
    document = news("<embargoed>2026-05-14T06:00:00</embargoed>", guid="urn:newsml:stt.fi:20260513:1")
    assert one(document).embargoed_until == datetime(2026, 5, 14, 3, tzinfo=UTC)
    assert one(document, zone="Asia/Baku").embargoed_until == datetime(2026, 5, 14, 2, tzinfo=UTC)
    assert any("Europe/Helsinki" in note for note in one(document).ours.notes)


def test_a_dialect_that_writes_its_own_clock_as_utc_is_understood() -> None:
    item = one(news("<embargoed>2026-05-14T06:00:00.000Z</embargoed>", guid="tag:ansa.it,2026-05-13:1"))
    assert item.embargoed_until == datetime(2026, 5, 14, 4, tzinfo=UTC)


def test_notes_to_editors_are_kept_once() -> None:
    notes = (
        "<edNote>Call Ada.</edNote><edNote role='x:notepad'><section><p>For you:</p><p>Call Ada.</p></section></edNote>"
    )
    assert one(news(notes)).ed_note == "For you:\nCall Ada."


def test_an_id_that_is_no_uri_is_kept_beside_the_one_made_from_it() -> None:
    item = one(news(guid="BD-17"), agency="quay")
    assert item.uri.startswith("urn:dragoman:")
    assert [(each.role, each.value) for each in item.alt_ids] == [("guid", "BD-17")]
    linked = one(news("<link rel='irel:seeAlso' residref='BD-17'/>", guid="BD-18"), agency="quay")
    assert linked.associations[0].uri == item.uri


def test_hops_are_in_their_order() -> None:
    hops = "<hopHistory><hop seq='2' timestamp='2026-05-13T10:00:00Z'><party literal='quay'/></hop><hop seq='1'><party qcode='x:harbour'/></hop></hopHistory>"
    assert [hop.agency for hop in one(news(rights=hops)).ours.hops] == ["harbour", "quay"]


def test_what_is_asserted_of_a_subject_is_known_of_it() -> None:
    about = "<subject type='cpnat:poi' literal='p1'><name>Old Lighthouse</name></subject>"
    behind = "<assert literal='p1'><POIDetails><position latitude='40.4' longitude='49.8'/><address><locality><name>Baku</name></locality></address></POIDetails></assert>"
    (place,) = one(news(about=about, behind=behind)).places
    assert place.geo is not None
    assert place.geo.coordinates == (49.8, 40.4)
    assert place.contact_info[0].address is not None
    assert place.contact_info[0].address.locality == "Baku"


def test_what_has_no_place_is_named() -> None:
    item = one(news("<service qcode='x:1'/><signal qcode='x:odd'/>", about="<rating value='1'/>"))
    assert set(item.ours.lost) == {
        "newsml-g2 itemMeta/service",
        "newsml-g2 signal x:odd",
        "newsml-g2 contentMeta/rating",
    }


# ---------------------------------------------------------------------------------------------------------- codes


def test_codes_are_resolved_by_the_table_and_by_the_documents_own_catalog() -> None:
    catalog = "<catalog><scheme alias='quay' uri='https://quay.example/codes/'/></catalog>"
    about = (
        "<subject qcode='quay:12'/><subject qcode='subj:11000000'/><subject qcode='odd:7'><name>odd</name></subject>"
    )
    found = one(news(about=about, rights=catalog)).subjects
    assert [(each.uri, each.literal) for each in found] == [
        ("https://quay.example/codes/12", ""),
        ("http://cv.iptc.org/newscodes/subjectcode/11000000", ""),
        ("", "odd:7"),
    ]


@given(st.text(max_size=30))
def test_whatever_stands_as_a_code_it_is_a_uri_or_nothing(code: str) -> None:
    found = Codes({}).uri(code)
    assert found == "" or ":" in found


def test_a_faceted_subject_is_its_main_concept() -> None:
    about = "<subject><mainConcept qcode='medtop:20001071'><name>swimming</name></mainConcept><facetConcept qcode='x:1'/></subject>"
    assert [each.name for each in one(news(about=about)).subjects] == ["swimming"]


# -------------------------------------------------------------------------------------------------------- content


def test_a_byline_and_a_headline_that_stand_in_the_text_are_taken_out_of_it() -> None:
    item = one(news(content=BODY % f"<h1>The ferry sails again</h1><p>By Ada Placeholder</p>{TEXT}"))
    assert item.by == "By Ada Placeholder"
    assert item.bodies[0].value.startswith("<p>The ferry left")


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    item = one(news(content=BODY % f"<p>By noon the quay was empty.</p>{TEXT}"))
    assert item.by == ""
    assert item.bodies[0].value.startswith("<p>By noon")


def test_nitf_inside_is_read_with_its_byline_and_pictures() -> None:
    nitf = (
        '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head>'
        "<byline>By Ada Placeholder</byline><abstract><p>In short</p></abstract></body.head><body.content><block>"
        "<p>The <person>captain</person> left at <em>noon</em>.</p><media media-type='image'>"
        "<media-reference source='https://quay.example/1.jpg' mime-type='image/jpeg'/></media></block></body.content></body></nitf></inlineXML>"
    )
    item = one(news(content=nitf))
    assert item.bodies[0].value == "<p>The captain left at <em>noon</em>.</p>"
    assert (item.by, item.descriptions[0].value) == ("By Ada Placeholder", "In short")
    assert item.associations[0].type == "picture"


def test_an_agencys_own_markup_is_read_by_its_table() -> None:
    body = (
        "<inlineXML contenttype='application/ttnitf+xml'><BODY xmlns=''><TEXT><RUBRIK>The ferry sails again</RUBRIK><DAT><ORT>Kaj</ORT></DAT>"
        "<INGRESS><P>The lead.</P></INGRESS><BRODTEXT><P>The text.</P><MELLIS>And then</MELLIS><CITAT>Said.</CITAT></BRODTEXT>"
        "<BYLINE>Ada Placeholder</BYLINE><BILD><BILDFIL>https://quay.example/1.jpg</BILDFIL></BILD></TEXT></BODY></inlineXML>"
    )
    item = one(news(content=body))
    assert [(block.kind, block.text) for block in item.ours.blocks] == [
        ("paragraph", "Kaj"), ("paragraph", "The lead."), ("paragraph", "The text."), ("subheading", "And then"), ("quote", "Said."),
    ]  # fmt: skip
    assert item.by == "Ada Placeholder"
    assert item.associations[0].uri == "https://quay.example/1.jpg"


def test_text_as_data_is_plain_unless_it_is_markup() -> None:
    plain = "<inlineData contenttype='text/plain'>One line.\n\nAnother line.</inlineData>"
    assert one(news(content=plain)).bodies[0].value == "<p>One line.</p>\n<p>Another line.</p>"
    marked = "<inlineData contenttype='text/plain'><![CDATA[<p>One line.</p><p>Another.</p>]]></inlineData>"
    assert one(news(content=marked)).bodies[0].value == "<p>One line.</p>\n<p>Another.</p>"


def test_prefixes_and_empty_elements_do_no_harm() -> None:
    body = "<inlineXML><h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:body><h:p/><h:p>One <h:b/>line.</h:p></h:body></h:html></inlineXML>"
    assert one(news(content=body)).bodies[0].value == "<p>One <b></b>line.</p>"


def test_a_picture_has_its_files_and_its_caption() -> None:
    files = "<remoteContent rendition='rnd:highRes' href='https://quay.example/1.jpg' contenttype='image/jpeg' width='3000' height='2000'/>"
    about = "<creator role='crol:photographer'><name>Ada Placeholder</name></creator><description role='drol:caption'>The ferry, leaving</description>"
    item = one(news(about=about, content=files).replace("ninat:text", "ninat:picture"))
    assert (item.type, item.by) == ("picture", "Ada Placeholder")
    assert item.descriptions[0].role == "caption"
    (file,) = item.renditions
    assert (file.name, file.href, file.width, file.height) == ("highRes", "https://quay.example/1.jpg", 3000, 2000)


def test_a_package_has_its_parts_in_reading_order() -> None:
    groups = (
        "<groupSet root='G1'><group id='G2' role='group:side'><itemRef residref='urn:example:3'/><groupRef idref='G1'/></group>"
        "<group id='G1' role='group:main'><groupRef idref='G2'/><itemRef residref='urn:example:1' version='4' "
        "contenttype='application/vnd.iptc.g2.newsitem+xml'><itemClass qcode='ninat:picture'/><headline>One</headline></itemRef></group></groupSet>"
    )
    item = one(news(root="packageItem", behind=groups))
    assert item.type == "package"
    assert [(each.uri, each.rel, each.type) for each in item.associations] == [
        ("urn:example:1", "main", "picture"),
        ("urn:example:3", "side", ""),
    ]
    assert (item.associations[0].version, item.associations[0].headlines[0].value) == ("4", "One")


# --------------------------------------------------------------------------------------------------------- events

EVENT = """<concept><conceptId qcode="event:7"/><type qcode="cpnat:event"/><name>Harbour day</name>
<definition>Boats, bread and brass.</definition><eventDetails><dates>%s</dates><occurStatus qcode="eocstat:eos5"/>
<newsCoverageStatus qcode="ncostat:int"/><registration>By letter.</registration><subject qcode="medtop:20000337"><name>transport</name></subject>
<location><name>Salt Quay</name><POIDetails><position latitude="40.4" longitude="49.8"/><address><line>1 Quay</line><locality><name>Baku</name></locality>
<country qcode="iso3166-1a2:AZ"/></address></POIDetails></location><participant qcode="eprol:speaker"><name>Ada Placeholder</name></participant>
<organiser><name>Harbour Agency</name></organiser><contactInfo><email>quay@quay.example</email><note>Press desk</note></contactInfo>
<language tag="en"/></eventDetails></concept>"""


def test_an_event_says_when_where_and_whom_to_ask() -> None:
    dates = "<start>2026-06-01T09:00:00+04:00</start><duration>PT8H</duration>"
    item = one(news(root="conceptItem", behind=EVENT % dates))
    assert (item.type, item.headline, item.located) == ("event", "The ferry sails again", "Baku")
    details = item.event_details
    assert details is not None
    assert details.dates is not None
    assert details.dates.end_date == datetime(2026, 6, 1, 13, tzinfo=UTC)
    assert details.event_status.endswith("eventoccurstatus/eos5")
    assert details.planned_coverage_status.endswith("newscoveragestatus/int")
    assert details.organiser is not None
    assert details.organiser.name == "Harbour Agency"
    assert [(each.type, each.name, each.value) for each in details.organiser.contact_info] == [
        ("email", "Press desk", "quay@quay.example")
    ]
    (venue,) = item.places
    assert (venue.name, venue.rel) == ("Salt Quay", "venue")
    assert venue.contact_info[0].address is not None
    assert venue.contact_info[0].address.country == "AZ"
    assert [(each.name, each.rel) for each in item.people] == [("Ada Placeholder", "speaker")]
    assert item.ours.happening is not None
    assert item.ours.happening.accreditation == "By letter."


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        ("<start>2026-06-01</start>", "2026-06-01", "2026-06-01"),
        ("<start>2026-06-01</start><duration>P3D</duration>", "2026-06-01", "2026-06-03"),
        ("<start>2026-06-01</start><end>2026-06-02</end>", "2026-06-01", "2026-06-02"),
        ("<start>2026-06</start>", "2026-06", "2026-06"),
        ("<start>2026</start><duration>nonsense</duration>", "2026", "2026"),
    ],
)
def test_days_months_and_years_are_expected_dates(dates: str, first: str, last: str) -> None:
    details = one(news(root="conceptItem", behind=EVENT % dates)).event_details
    assert details is not None
    assert details.dates is not None
    assert (details.dates.expected_start_date, details.dates.expected_end_date) == (first, last)


def test_a_rule_and_its_exceptions_are_kept() -> None:
    dates = "<start>2026-06-01T09:00:00Z</start><rRule freq='WEEKLY' byday='MO TU' until='2026-12-31'/><exDate>2026-06-08</exDate>"
    happening = one(news(root="conceptItem", behind=EVENT % dates)).ours.happening
    assert happening is not None
    assert happening.rule == "FREQ=WEEKLY;UNTIL=20261231;BYDAY=MO,TU"
    assert happening.but == (date(2026, 6, 8),)


def test_each_event_of_a_knowledge_item_is_an_item() -> None:
    dates = "<start>2026-06-01T09:00:00Z</start>"
    listed = f"<conceptSet>{EVENT % dates}{(EVENT % dates).replace('event:7', 'event:8')}</conceptSet>"
    found = units(news(root="knowledgeItem", behind=listed))
    assert [unit.item.uri for unit in found if unit.item] == ["urn:example:ferry#event:7", "urn:example:ferry#event:8"]


def test_an_event_that_its_sender_removes_is_canceled() -> None:
    document = news(
        "<signal qcode='sttinstruct:remove'/>",
        root="conceptItem",
        behind=EVENT % "<start>2026</start>",
        guid="urn:newsml:stt.fi:1:2",
    )
    assert one(document).pub_status == "canceled"


def test_an_event_that_does_not_take_place_is_still_news() -> None:
    behind = (EVENT % "<start>2026-06-01</start>").replace("eos5", "eos6")
    item = one(news(root="conceptItem", behind=behind))
    assert item.pub_status == "usable"
    assert item.ours.happening is not None
    assert item.ours.happening.state == "cancelled"


def test_a_plan_says_what_comes_and_never_who_is_sent() -> None:
    behind = (
        "<newsCoverageSet><newsCoverage id='ID_1'><planning><itemClass qcode='ninat:picture'/><assignedTo><name>Bo Nobody</name></assignedTo>"
        "<scheduled>2026-06-01T12:00:00Z</scheduled><headline>The quay at noon</headline><edNote>Two pictures</edNote></planning>"
        "<delivery><deliveredItemRef guidref='urn:example:9'><title>Here it is</title></deliveredItemRef></delivery></newsCoverage></newsCoverageSet>"
    )
    item = one(news(root="planningItem", behind=behind))
    (planned,) = item.planned_coverage
    assert (item.type, planned.type, planned.title, planned.ed_note) == (
        "planning",
        "picture",
        "The quay at noon",
        "Two pictures",
    )
    assert planned.dates is not None
    assert planned.dates.end_date == datetime(2026, 6, 1, 12, tzinfo=UTC)
    assert [(each.rel, each.uri) for each in item.associations] == [("delivered", "urn:example:9")]
    assert "Nobody" not in str(item)


# -------------------------------------------------------------------------------------------------------- hostile

DEEP = "<a>" * 400 + "</a>" * 400
HOSTILE = {
    "an entity of its own": f'<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/hostname">]>{news(about="<by>&x;</by>")}',
    "a bomb": '<!DOCTYPE newsItem [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><newsItem>&b;</newsItem>',
    "elements in elements": f"<newsItem {NAR}>{DEEP}</newsItem>",
    "no end": news()[:-20],
    "a ring of groups": news(
        root="packageItem",
        behind="<groupSet root='a'><group id='a'><groupRef idref='b'/></group><group id='b'><groupRef idref='a'/></group></groupSet>",
    ),
    "groups without end": news(
        root="packageItem",
        behind="<groupSet root='a'>"
        + "".join(f"<group id='g{n}'><groupRef idref='g{n + 1}'/><itemRef residref='urn:x:{n}'/></group>" for n in range(4000))
        + "</groupSet>",
    ),
    "a script": news(content=BODY % "<p onclick='x()'>Text <script>alert(1)</script><a href='javascript:x()'>here</a></p>"),
    "open paragraphs": news(content="<inlineData contenttype='text/html'>" + "&lt;p " * 60_000 + "</inlineData>"),
    "empty lines": news(content="<inlineData contenttype='text/html'>&lt;p>" + "\n  x  y" * 60_000 + "</inlineData>"),
    "many titles": news(content="<inlineData contenttype='text/html'>" + "&lt;h1>" * 60_000 + "</inlineData>"),
    "a million spaces": news(about=f"<by>{' ' * 1_000_000}x</by>"),
    "numbers nobody can count to": news(about="<urgency>99999999999999999999</urgency>", attributes='version="99999999999999999999999"'),
    "an impossible day": news("<embargoed>2026-02-31T25:61:00Z</embargoed>"),
    "a duration of ages": news(root="conceptItem", behind=EVENT % "<start>9999-12-31T00:00:00Z</start><duration>P9999Y</duration>"),
    "a place outside the world": news(about="<located><geoAreaDetails><position latitude='1e999' longitude='NaN'/></geoAreaDetails></located>"),
    "every concept at once": news(root="knowledgeItem", behind="<conceptSet>" + "<concept><conceptId qcode='a:b'/><name>n</name></concept>" * 4000 + "</conceptSet>"),
    "UTF-16": news().encode("utf-16"),
    "half of it": news().encode("utf-16")[:-31],
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_bounded_and_harmless(name: str) -> None:
    document = HOSTILE[name]
    began = time.perf_counter()
    found = formats.decode(document if isinstance(document, bytes) else document.encode(), Hints(format="newsml-g2"))
    assert time.perf_counter() - began < 2
    assert found
    host = Path("/etc/hostname")
    for unit in found:
        assert (unit.item is None) != (unit.problem is None)
        if unit.item:
            said = str(unit.item)
            assert "<script" not in said
            assert "javascript:" not in said
            assert not host.exists() or host.read_text().strip() not in said
        else:
            assert unit.problem is not None
            assert unit.problem.title != "The document cannot be read", unit.problem.detail


PIECES = [
    "<newsItem>", "</newsItem>", f"<newsItem {NAR} guid='urn:x:1'>", "<itemMeta>", "</itemMeta>", "<contentMeta>", "</contentMeta>", "<headline>",
    "</headline>", "<subject qcode='", "medtop:1'/>", "<contentSet>", "<inlineXML>", "<html>", "<body><p>", "&nbsp;", "<concept>", "<eventDetails>",
    "<dates><start>2026</start></dates>", "<groupSet root='", "<group id='", "'/>", "x", "<embargoed/>", "<hopHistory><hop/>", "]]>", "<![CDATA[",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=200)
def test_no_pieces_of_it_make_the_decoder_raise(document: str) -> None:
    for unit in formats.decode(f"<newsItem {NAR}>{document}".encode(), Hints(format="newsml-g2")):
        if unit.problem:
            assert unit.problem.title != "The document cannot be read", unit.problem.detail
