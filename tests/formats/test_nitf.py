"""NITF in, in its versions and dialects, and out, as 3.6."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from format_items import corrected_item, killed_item, restricted_item, through, wire_item
from lxml import etree
from msgspec.structs import replace

from dragoman import formats
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import BadInput
from dragoman.model.item import Association, Body, Concept, Item, Rendition

NS = "{http://iptc.org/std/NITF/2006-10-18/}"
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "../dtd/nitf-3-2.dtd">
<nitf{space} version="-//IPTC//DTD NITF 3.2//EN" baselang="en-GB">
 <head><title>Ferries</title><meta name="harbour-box" content="17"/>
  <tobject tobject.type="news"><tobject.property tobject.property.type="Feature"/>
   <tobject.subject tobject.subject.refnum="04015001" tobject.subject.type="Economy" tobject.subject.detail="ferries"/>
   <tobject.subject tobject.subject.ipr="HA" tobject.subject.refnum="F01" tobject.subject.matter="LAKES"/></tobject>
  <docdata management-status="{status}">
   <evloc city="Salt Quay" iso-cc="XQ"/><doc-id regsrc="harbour.example" id-string="HA.1153"/><urgency ed-urg="4"/>
   <date.issue norm="20260513T093000+0200"/>{release}<date.expire norm="20270513T093000+0200"/>
   <du-key key="ferry-returns" version="2"/><ed-msg info="Check the name."/>
   <doc.copyright year="2026" holder="Harbour Agency"/><doc.rights limitations="Own services only." geography="Europe"/>
   <key-list><keyword key="ferry"/><keyword key="lake"/></key-list>
   <identified-content><person value="urn:example:ada">Ada Placeholder</person><org>Ferry Board</org></identified-content>
   <del-list><from-src src-name="coast" level-number="2"/><from-src src-name="harbour" level-number="1"/></del-list>
  </docdata>
  <revision-history name="Ben" function="writer-author" norm="20260512T180000+0200"/></head>
 <body><body.head><hedline><hl1>Ferries sail again</hl1><hl2>After two years</hl2></hedline>
  <byline>By <person>Ben Sample</person><byttl>Reporter</byttl></byline><distributor>Harbour Agency</distributor>
  <dateline><location><city>Salt Quay</city>, <state>North</state></location></dateline>
  <abstract><p>The first crossing.</p></abstract></body.head>
  <body.content><p>Ferries are to cross the lake again on Monday, the board said.</p>
  <media media-type="image"><media-reference source="https://quay.example/1.jpg" mime-type="image/jpeg"/></media></body.content></body>
</nitf>"""


def document(space: str = "", status: str = "usable", release: str = "") -> bytes:
    return DOCUMENT.format(space=space, status=status, release=release).encode()


def units(body: bytes | str, **hints: object) -> list[Unit]:
    return formats.decode(body.encode() if isinstance(body, str) else body, Hints(agency="harbour", **hints))  # type: ignore[arg-type]


def item_of(body: bytes | str, **hints: object) -> Item:
    (unit,) = units(body, **hints)
    assert unit.item is not None, unit.problem
    return unit.item


def small(
    head: str = "", front: str = "<hedline><hl1>Ferries sail again</hl1></hedline>", content: str = "<p>They sail.</p>"
) -> str:
    return (
        f"<nitf><head><docdata>{head}</docdata></head><body><body.head>{front}</body.head>"
        f"<body.content>{content}</body.content></body></nitf>"
    )


@pytest.mark.parametrize("space", ["", ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'], ids=["bare", "with namespace"])
def test_a_document_says_all_its_fields(space: str) -> None:
    item = item_of(document(space))
    zone = timezone(timedelta(hours=2))
    assert [alt.value for alt in item.alt_ids if alt.role == "guid"] == ["HA.1153"]
    assert item.version == "2"
    assert item.first_created == item.version_created == datetime(2026, 5, 13, 9, 30, tzinfo=zone)
    assert item.content_created == datetime(2026, 5, 12, 18, tzinfo=zone)
    assert (item.urgency, item.language, item.slugline) == (4, "en-GB", "ferry-returns")
    assert [line.value for line in item.headlines] == ["Ferries sail again", "After two years"]
    assert (item.by, item.located, item.ours.credit) == ("By Ben Sample", "Salt Quay", "Harbour Agency")
    assert [each.value for each in item.descriptions] == ["The first crossing."]
    assert "cross the lake" in item.bodies[0].value
    codes = [(each.name, each.uri or each.literal) for each in item.subjects]
    assert ("ferries", "http://cv.iptc.org/newscodes/subjectcode/04015001") in codes
    assert ("LAKES", "HA:F01") in codes
    assert ("ferry", "") in codes
    assert [each.name for each in item.places] == ["Salt Quay", "XQ"]
    assert [(each.name, each.uri) for each in item.people] == [("Ada Placeholder", "urn:example:ada")]
    assert [each.name for each in item.organisations] == ["Ferry Board"]
    assert [each.name for each in item.genres] == ["Feature"]
    assert [hop.agency for hop in item.ours.hops] == ["harbour", "coast"]
    assert (item.copyright_holder, item.ed_note) == ("Harbour Agency", "Check the name.")
    assert item.usage_terms == "Own services only. Territory: Europe."
    assert [each.uri for each in item.associations] == ["https://quay.example/1.jpg"]
    assert {"docdata/date.expire", "meta harbour-box"} <= set(item.ours.lost)


def test_a_release_that_is_the_issue_is_no_embargo_and_a_later_one_is() -> None:
    assert item_of(document(release='<date.release norm="20260513T093000+0200"/>')).embargoed_until is None
    later = item_of(document(release='<date.release norm="20260514T060000Z"/>'))
    assert later.embargoed_until == datetime(2026, 5, 14, 6, tzinfo=UTC)
    assert later.pub_status == "usable"


def test_a_status_embargoed_counts_even_before_the_issue() -> None:
    item = item_of(document(status="embargoed", release='<date.release norm="20260513T080000+0200"/>'))
    assert item.embargoed_until is not None


def test_an_embargo_only_in_words_is_read_from_them() -> None:
    head = '<date.issue norm="20260513T093000Z"/><ed-msg info="EMBARGO 1200 GMT 14 May"/>'
    body = small(head).replace("<docdata>", '<docdata management-status="embargoed">')
    assert item_of(body).embargoed_until == datetime(2026, 5, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize("release", ["", '<date.release norm="tomorrow"/>'])
def test_an_embargo_nobody_can_read_parks_the_copy(release: str) -> None:
    (unit,) = units(document(status="embargoed", release=release))
    assert unit.item is None
    assert unit.problem is not None
    assert "embargo" in unit.problem.title.lower()


@pytest.mark.parametrize(
    ("word", "status"), [("Canceled", "canceled"), ("withheld", "withheld"), ("killed", "canceled")]
)
def test_copy_taken_back_comes_without_its_text(word: str, status: str) -> None:
    item = item_of(document(status=word))
    assert (item.pub_status, item.bodies) == (status, ())


@pytest.mark.parametrize(
    "norm",
    ["20260513T093000+0200", "20260513T0930+0200", "20260513T073000Z", "2026-05-13T09:30:00+02:00", "2026-05-13 07:30:00+00:00"],
)  # fmt: skip
def test_times_in_every_notation_are_one_moment(norm: str) -> None:
    item = item_of(small(f'<date.issue norm="{norm}"/>'))
    assert item.first_created == datetime(2026, 5, 13, 7, 30, tzinfo=UTC)


def test_a_time_without_zone_is_of_the_feeds_zone_else_of_the_senders() -> None:
    head = '<date.issue norm="20260513T093000"/><doc.copyright holder="EFE"/>'
    madrid = item_of(small(head))
    assert madrid.first_created is not None
    assert madrid.first_created.utcoffset() == timedelta(hours=2)
    assert any("Europe/Madrid" in note for note in madrid.ours.notes)
    baku = item_of(small(head), zone="Asia/Baku")
    assert baku.first_created is not None
    assert baku.first_created.utcoffset() == timedelta(hours=4)


DIALECTS = {
    "anpa-keyword": (small().replace("<head>", '<head><meta name="anpa-keyword" content="ferry"/>'), "ferry"),
    "key-list of EFE": (small('<doc.copyright holder="EFE"/><key-list><keyword key="FERRY LAKE"/></key-list>'), "FERRY LAKE"),
    "key-list of PA": (small('<du-key key="580001T"/><key-list><keyword key="Ferry"/></key-list><del-list><from-src src-name="PA"/></del-list>'), "Ferry"),
    "du-key": (small('<du-key key="ferry"/><key-list><keyword key="other"/></key-list>'), "ferry"),
}  # fmt: skip


@pytest.mark.parametrize("name", DIALECTS)
def test_the_slugline_stands_where_the_agency_puts_it(name: str) -> None:
    body, slug = DIALECTS[name]
    assert item_of(body).slugline == slug


def test_a_lead_that_is_the_summary_stands_in_one_place() -> None:
    content = '<p lede="true">The lead.</p><p>The rest of it.</p>'
    relayed = small(content=content).replace("<head>", '<head><meta name="NTBID" content="7"/>')
    item = item_of(relayed)
    assert [each.value for each in item.descriptions] == ["The lead."]
    assert item.bodies[0].value == "<p>The rest of it.</p>"
    assert "The lead." in item_of(small(content=content)).bodies[0].value


def test_initials_are_no_byline() -> None:
    item = item_of(small(front="<hedline><hl1>Ferries</hl1></hedline><byline>gr/bp</byline>"))
    assert item.by == ""
    assert [(each.name, each.role) for each in item.info_sources] == [("gr/bp", "editor")]


def test_text_without_a_paragraph_is_an_abstract_too() -> None:
    item = item_of(small(front="<hedline><hl1>Ferries</hl1></hedline><abstract>The first crossing</abstract>"))
    assert item.descriptions[0].value == "The first crossing"


def test_a_dateline_as_printed_is_understood() -> None:
    item = item_of(small('<date.issue norm="20260513T093000Z"/>', "<dateline>SYDNEY May 13 AAP -</dateline>"))
    assert item.ours.dateline is not None
    assert (item.ours.dateline.text, item.ours.dateline.place) == ("SYDNEY May 13 AAP -", "SYDNEY")
    assert item.ours.dateline.date is not None
    assert item.ours.dateline.date.year == 2026


def test_the_date_of_a_story_for_machines_is_no_dateline() -> None:
    item = item_of(
        small(front='<dateline><story.date norm="20260513T093000Z">20260513T093000Z</story.date></dateline>')
    )
    assert (item.located, item.ours.dateline) == ("", None)
    assert item.first_created == datetime(2026, 5, 13, 9, 30, tzinfo=UTC)


def test_without_a_headline_the_title_stands_for_it() -> None:
    assert item_of(small(front="").replace("<head>", "<head><title>1 FERRY Lake</title>")).headline == "1 FERRY Lake"


def test_latin_1_is_read_as_declared() -> None:
    body = '<?xml version="1.0" encoding="iso-8859-1"?>' + small(content="<p>Le bac coûte 66 £ à Échalas.</p>")
    assert "coûte 66 £ à Échalas" in item_of(body.encode("latin-1")).bodies[0].value


HOSTILE = {
    "entities": '<!DOCTYPE nitf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><nitf><body><body.content><p>&b;</p></body.content></body></nitf>',
    "file": '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body><body.content><p>&x;</p></body.content></body></nitf>',
    "network dtd by entity": '<!DOCTYPE nitf [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><nitf><body/></nitf>',
    "too deep": small(content="<block>" * 3000 + "<p>x</p>" + "</block>" * 3000),
    "not closed": "<nitf><body><body.content><p>x",
    "nothing": "<nitf/>",
    "only a body": "<nitf><body/></nitf>",
    "unreadable embargo": small('<date.release norm="99999999T999999"/>'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told_with_a_reason(name: str) -> None:
    (unit,) = units(HOSTILE[name])
    assert unit.item is None
    assert unit.problem is not None
    assert unit.problem.title != "The document cannot be read"


ODD = {
    "dtd": '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd">' + small(),
    "numbers that are none": small('<urgency ed-urg="99"/><date.issue norm="never"/><del-list><from-src src-name="x" level-number="²"/></del-list>'),
    "text that would run": small(content='<p onclick="x()">They sail.<script>y</script></p>'),
    "an id that is markup": small('<doc-id id-string="&lt;b&gt; &quot;"/>'),
    "a body in the head": small(front="<hedline><hl1>Ferries</hl1></hedline><note><body.content><p>n</p></body.content></note>"),
    "two heads": small().replace("</nitf>", "<head><docdata><urgency/></docdata></head><body/></nitf>"),
    "deep enough": small(content="<block>" * 200 + "<p>They sail.</p>" + "</block>" * 200),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_still_copy(name: str) -> None:
    item = item_of(ODD[name])
    assert "script" not in "".join(body.value for body in item.bodies)
    assert item.headline


def sent(item: Item) -> etree._Element:
    return etree.fromstring(formats.encode("nitf", [item]).body)


def test_out_is_3_6_in_its_namespace_in_the_schemas_order() -> None:
    root = sent(restricted_item())
    assert (root.tag, root.get("version")) == (f"{NS}nitf", "-//IPTC//DTD NITF 3.6//EN")
    assert [part.tag.removeprefix(NS) for part in root] == ["head", "body"]
    order = ["title", "meta", "tobject", "docdata", "revision-history"]
    heads = [order.index(part.tag.removeprefix(NS)) for part in root[0]]
    assert heads == sorted(heads)
    order = ["hedline", "note", "rights", "byline", "distributor", "dateline", "abstract"]
    fronts = [order.index(part.tag.removeprefix(NS)) for part in root[1][0]]
    assert fronts == sorted(fronts)


def test_credit_terms_note_and_embargo_go_with_the_copy() -> None:
    root = sent(restricted_item())
    assert root.findtext(f".//{NS}distributor") == "Harbour Agency / Example"
    data = root.find(f".//{NS}docdata")
    assert data is not None
    assert data.get("management-status") == "embargoed"
    assert [each.get("norm") for each in data.iter(f"{NS}date.release")] == ["20260514T060000Z"]
    assert [each.get("limitations") for each in data.iter(f"{NS}doc.rights")] == [
        "Own services only. Not for onward distribution."
    ]
    assert [each.get("info") for each in data.iter(f"{NS}ed-msg")] == ["Check the captain's name."]


def test_a_kill_goes_out_as_a_kill_with_its_reason_and_without_the_text() -> None:
    killed = replace(killed_item(), bodies=wire_item().bodies, descriptions=restricted_item().descriptions)
    root = sent(killed)
    data = root.find(f".//{NS}docdata")
    assert data is not None
    assert data.get("management-status") == "canceled"
    assert [(each.get("msg-type"), each.get("info")) for each in data.iter(f"{NS}ed-msg")] == [
        ("kill", "The ferry did not sail.")
    ]
    assert root.find(f".//{NS}body.content") is None
    assert root.find(f".//{NS}abstract") is None
    assert through("nitf", killed).ours.correction == replace(killed.ours.correction, replaces="")


def test_a_correction_names_its_reason() -> None:
    item = corrected_item()
    assert through("nitf", item).ours.correction == item.ours.correction


SHAPES = {
    "rows of two bodies and a foot": ("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tbody><tr><td>c</td></tr></tbody>"
                                      "<tfoot><tr><td>d</td></tr></tfoot></table>", ["thead", "tbody"]),
    "loose text in a quotation": ("<blockquote>one <em>two</em><ul><li>three</li></ul></blockquote>", ["p", "ul"]),
    "loose text in a list": ("<ul>one<li>two</li></ul>", ["li", "li"]),
    "a list in a list": ("<ul><li>one<ul><li>two</li></ul></li></ul>", ["li"]),
    "an empty table": ("<table><tr></tr></table><p>x</p>", []),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_html_the_schema_does_not_know_finds_a_place_in_it(name: str) -> None:
    markup, inside = SHAPES[name]
    content = sent(wire_item(bodies=(Body(value=markup),))).find(f".//{NS}body.content")
    assert content is not None
    first = content[0]
    if first.tag == f"{NS}bq":
        first = first[0]
    assert [each.tag.removeprefix(NS) for each in first] == inside
    assert "".join("".join(content.itertext()).split()) == "".join(
        etree.fromstring(f"<x>{markup}</x>").itertext()
    ).replace(" ", "")


def test_direction_and_language_come_back() -> None:
    body = '<p lang="ar" dir="rtl">عادت <span lang="en">ferry</span></p>'
    assert through("nitf", wire_item(language="ar", bodies=(Body(value=body),))).bodies[0].value == body


def test_a_version_that_is_no_token_and_copy_without_headline_and_text_come_back() -> None:
    assert through("nitf", wire_item(version="2026 second")).version == "2026 second"
    assert through("nitf", wire_item(headlines=(), bodies=())).uri == "urn:example:ferry"


def test_pictures_go_along_by_their_addresses() -> None:
    one = Rendition(
        name="main", href="https://quay.example/1.jpg", content_type="image/jpeg", width=9, height=8, title="A ferry"
    )
    picture = Association(name="picture-1", type="picture", uri="urn:example:picture", renditions=(one,))
    assert through("nitf", wire_item(associations=(picture,))).associations == (picture,)
    assert (
        "associations without file"
        in formats.encode("nitf", [wire_item(associations=(Association(name="x", uri="urn:x:1"),))]).lost
    )


def test_what_we_wrote_of_an_agency_is_not_read_by_its_habits_again() -> None:
    item = wire_item(slugline="ferry-returns", by="ada", copyright_holder="EFE", subjects=(Concept(name="sea"),))
    found = through("nitf", item)
    assert (found.slugline, found.by, found.info_sources) == ("ferry-returns", "ada", ())


def test_a_document_holds_one_item() -> None:
    with pytest.raises(BadInput, match="one item"):
        formats.encode("nitf", [wire_item(), wire_item()])


def test_subjects_keep_scheme_and_code() -> None:
    subjects = (
        Concept(name="ferries", uri="http://cv.iptc.org/newscodes/subjectcode/04015001"),
        Concept(name="lakes", uri="http://cv.iptc.org/newscodes/mediatopic/20000337"),
        Concept(name="boats", literal="HA:F01"),
        Concept(name="water"),
    )
    assert through("nitf", wire_item(subjects=subjects)).subjects == subjects
