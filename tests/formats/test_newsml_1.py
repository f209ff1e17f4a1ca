"""NewsML 1.x: trees of components, no two agencies' alike, as items."""

from datetime import UTC, datetime, timedelta

import pytest

from dragoman import formats
from dragoman.model.arrival import Hints, Unit
from dragoman.model.item import Item

NITF = "<nitf><body><body.content><p>Ferries are to cross the lake again on Monday, the board said.</p></body.content></body></nitf>"
ID = (
    "<Identification><NewsIdentifier><ProviderId>harbour.example</ProviderId><DateId>20260513</DateId><NewsItemId>F17</NewsItemId>"
    '<RevisionId PreviousRevision="1" Update="N">2</RevisionId>'
    "<PublicIdentifier>urn:newsml:harbour.example:20260513:F17:2N</PublicIdentifier></NewsIdentifier>"
    "<NameLabel>lake-ferry</NameLabel></Identification>"
)


def management(more: str = '<Status FormalName="Usable"/>', time: str = "20260513T093000+0200") -> str:
    return (
        f'<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>{time}</FirstCreated>'
        f'<ThisRevisionCreated>{time}</ThisRevisionCreated>{more}<Urgency FormalName="4"/></NewsManagement>'
    )


def content(data: str = NITF, kind: str = "<Format FormalName='NITF3.1'/>") -> str:
    return f"<ContentItem><MediaType FormalName='Text'/>{kind}<DataContent>{data}</DataContent></ContentItem>"


def component(inside: str, headline: str = "Ferries sail again", role: str = "", **attributes: str) -> str:
    said = "".join(f' {name.replace("_", ":")}="{value}"' for name, value in attributes.items())
    lines = f"<NewsLines><HeadLine>{headline}</HeadLine></NewsLines>" if headline else ""
    roled = f'<Role FormalName="{role}"/>' if role else ""
    return f"<NewsComponent{said}>{roled}{lines}{inside}</NewsComponent>"


def document(top: str = "", manage: str = "", identity: str = ID, before: str = "") -> str:
    return f"{before}<NewsML><NewsItem xml:lang='en'>{identity}{manage or management()}{top or component(content())}</NewsItem></NewsML>"


def units(body: str | bytes, **hints: object) -> list[Unit]:
    return formats.decode(body.encode() if isinstance(body, str) else body, Hints(agency="harbour", **hints))  # type: ignore[arg-type]


def items(body: str | bytes, **hints: object) -> list[Item]:
    found = units(body, **hints)
    assert all(unit.item for unit in found), [unit.problem for unit in found]
    return [unit.item for unit in found if unit.item]


def item_of(body: str | bytes, **hints: object) -> Item:
    (item,) = items(body, **hints)
    return item


FULL = """<NewsComponent>
<NewsLines><DateLine>SALT QUAY, May 13, 2026 (AFP) -</DateLine><HeadLine>Ferries sail again</HeadLine><SubHeadLine>After two years</SubHeadLine>
<ByLine>Ben Sample</ByLine><CreditLine>Harbour Agency</CreditLine><CopyrightLine>© 2026 Harbour Agency</CopyrightLine>
<SlugLine>lake-ferry</SlugLine><KeywordLine>boats;piers</KeywordLine>
<NewsLine><NewsLineType FormalName="AdvisoryLine"/><NewsLineText>Picture to follow</NewsLineText></NewsLine></NewsLines>
<RightsMetadata><Copyright><CopyrightHolder>Harbour Agency</CopyrightHolder></Copyright>
<UsageRights><UsageType>No archival use</UsageType><Geography>Europe</Geography></UsageRights></RightsMetadata>
<AdministrativeMetadata><Provider><Party FormalName="HA"/></Provider><Creator><Party FormalName="Ada Placeholder"/></Creator></AdministrativeMetadata>
<DescriptiveMetadata><Language FormalName="en"/><Genre FormalName="Feature"/>
<SubjectCode><Subject FormalName="04000000"/><SubjectDetail FormalName="04015001"/></SubjectCode>
<TopicOccurrence Topic="#p1"/><TopicOccurrence Topic="#o1"/>
<Location HowPresent="Origin"><Property FormalName="City" Value="Salt Quay"/><Property FormalName="Country" Value="AUT"/></Location>
<Property FormalName="Keyword" Value="lake"/><Property FormalName="Tide" Value="low"/></DescriptiveMetadata>""" + content() + """
<NewsComponent><Role FormalName="Photo"/><NewsLines><HeadLine>The first boat</HeadLine></NewsLines>
<ContentItem Href="https://quay.example/1.jpg"><MimeType FormalName="image/jpeg"/><Characteristics>
<Property FormalName="PixelWidth" Value="640"/></Characteristics></ContentItem></NewsComponent></NewsComponent>"""  # fmt: skip
TOPICS = """<TopicSet><Topic Duid="p1"><TopicType FormalName="Person"/><Description Variant="Name" xml:lang="en">Ada Placeholder</Description></Topic>
<Topic Duid="o1"><TopicType FormalName="Organisation"/><Description Variant="Name">Ferry Board</Description></Topic>
<Topic><FormalName>04015001</FormalName><Description xml:lang="de" Variant="Name">Fähren</Description>
<Description xml:lang="en" Variant="Name">ferries</Description></Topic></TopicSet>"""


def test_a_story_says_all_its_fields() -> None:
    associated = '<AssociatedWith NewsItem="urn:newsml:harbour.example:20260513:V1"/><Status FormalName="Usable"/>'
    item = item_of(document(FULL, management(associated)).replace("<NewsML>", f"<NewsML>{TOPICS}"))
    assert (item.uri, item.version) == ("urn:newsml:harbour.example:20260513:F17", "2")
    assert ("guid", "urn:newsml:harbour.example:20260513:F17:2N") in [(each.role, each.value) for each in item.alt_ids]
    assert item.first_created == item.version_created == datetime(2026, 5, 13, 7, 30, tzinfo=UTC)
    assert (item.urgency, item.language, item.slugline, item.by) == (4, "en", "lake-ferry", "Ben Sample")
    assert [line.value for line in item.headlines] == ["Ferries sail again", "After two years"]
    assert item.bodies[0].value.startswith("<p>Ferries are to cross")
    assert item.located == "Salt Quay"
    assert item.ours.dateline is not None
    assert item.ours.dateline.text == "SALT QUAY, May 13, 2026 (AFP) -"
    assert (item.ours.credit, item.copyright_holder) == ("Harbour Agency", "Harbour Agency")
    assert (item.copyright_notice, item.usage_terms) == ("© 2026 Harbour Agency", "No archival use Territory: Europe.")
    assert item.ed_note == "Picture to follow"
    named = [(each.name, each.uri) for each in item.subjects]
    assert named[1] == ("ferries", "http://cv.iptc.org/newscodes/subjectcode/04015001")
    assert {"boats", "piers", "lake"} <= {each.name for each in item.subjects}
    assert [each.name for each in item.people] == ["Ada Placeholder"]
    assert [each.name for each in item.organisations] == ["Ferry Board"]
    assert [each.name for each in item.places] == ["Salt Quay", "AUT"]
    assert [(each.name, each.role) for each in item.info_sources] == [
        ("HA", "provider"),
        ("Ada Placeholder", "creator"),
    ]
    related, picture = item.associations
    assert (related.rel, related.uri) == ("associatedWith", "urn:newsml:harbour.example:20260513:V1")
    assert (picture.type, picture.renditions[0].width, picture.headlines[0].value) == ("picture", 640, "The first boat")
    assert "Property Tide" in item.ours.lost


def test_a_dtd_named_inside_is_thrown_away_and_not_fetched() -> None:
    dtd = '<!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20031010:NewsMLv1.2.dtd:1" "NewsML-1.2.dtd"\n[<!ENTITY % nitf SYSTEM "nitf-3-0.dtd"> %nitf; ]>\n'
    assert formats.detect(document(before=dtd).encode(), Hints()).name == "newsml-1"
    assert item_of(document(before=dtd)).headline == "Ferries sail again"


def test_a_misspelt_element_is_read_as_meant() -> None:
    top = component(
        "<DescriptiveMetada><Language FormalName='fr'/></DescriptiveMetada>"
        + content("<p>Le bac traverse de nouveau le lac.</p>")
    )
    assert item_of(document(top)).language == "fr"


def test_a_time_without_zone_is_of_the_senders_zone() -> None:
    naive = document(manage=management(time="20260513T093000"), identity=ID.replace("harbour.example", "belga.be"))
    (item,) = items(naive)
    assert item.first_created is not None
    assert item.first_created.utcoffset() == timedelta(hours=2)
    assert any("Europe/Brussels" in note for note in item.ours.notes)


def test_the_headline_above_and_the_text_below_are_one_story() -> None:
    assert item_of(document(component(component(content(), "", role="Main")))).headline == "Ferries sail again"


def test_title_lead_and_body_are_parts_of_a_story() -> None:
    parts = "".join(
        component(content(text, ""), "", role=role)
        for role, text in (("Title", "t"), ("Lead", "The lead."), ("Body", "One.\nTwo."))
    )
    item = item_of(document(component(parts)))
    assert [each.value for each in item.descriptions] == ["The lead."]
    assert item.bodies[0].value == "<p>One.</p>\n<p>Two.</p>"


def test_stories_in_two_languages_are_versions_of_one_another() -> None:
    inner = component(content("Bonjour du lac, dit le bac.", ""), "Le bac", Duid="8", xml_lang="fr") + component(
        content("Good morning, said the ferry.", ""), "The ferry", Duid="9", xml_lang="en"
    )
    french, english = items(document(component(inner, "")))
    assert french.uri.endswith(":F17:8")
    assert [(each.rel, each.uri, each.language) for each in french.associations] == [("translation", english.uri, "en")]


def test_several_news_items_are_several_units() -> None:
    one = document().removeprefix("<NewsML>").removesuffix("</NewsML>")
    other = one.replace("F17", "F18")
    empty = "<NewsItem><Identification/></NewsItem>"
    found = units(f"<NewsML>{one}{empty}{other}</NewsML>")
    assert [unit.item is not None for unit in found] == [True, False, True]
    assert len({unit.item.uri for unit in found if unit.item}) == 2


CONTENTS = {
    "CDATA of HTML": (content("<![CDATA[<P>They <b>sail</b>.</P>]]>", "<Format FormalName='HTML'/>"), "<p>They <b>sail</b>.</p>"),
    "plain text": (content("They &lt;b&gt;sail&lt;/b&gt;.", ""), "<p>They &lt;b&gt;sail&lt;/b&gt;.</p>"),
    "paragraphs alone": (content("<p>They sail.</p><p>Again.</p>"), "<p>They sail.</p>\n<p>Again.</p>"),
    "XHTML": (content('<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>They sail.</p></body></html>'), "<p>They sail.</p>"),
    "NITF in CDATA": (content("<![CDATA[<?xml version='1.0'?><nitf><body><body.content><p>They sail.</p></body.content></body></nitf>]]>"), "<p>They sail.</p>"),
    "the richest of several": (content("They sail.", "<MimeType FormalName='text/plain'/>") + content("<p>They <em>sail</em>.</p>"), "<p>They <em>sail</em>.</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENTS)
def test_a_text_is_read_in_whatever_form_it_comes(name: str) -> None:
    given, body = CONTENTS[name]
    assert item_of(document(component(given))).bodies[0].value == body


def test_a_film_is_an_item_with_its_files_and_its_text_as_caption() -> None:
    clip = '<NewsComponent><Role FormalName="Clip"/><ContentItem Href="https://quay.example/1.mp4"><MimeType FormalName="video/mp4"/></ContentItem></NewsComponent>'
    film = component(component(content("Boats on the lake.", ""), "", role="Body") + clip, role="Video")
    item = item_of(document(component(film, "")))
    assert (item.type, item.bodies) == ("video", ())
    assert [each.href for each in item.renditions] == ["https://quay.example/1.mp4"]
    assert [(each.role, each.value) for each in item.descriptions] == [("caption", "Boats on the lake.")]


def test_an_alert_is_its_title() -> None:
    title = component(content("Ferries sail again", ""), "", role="Title") + component(
        "<ContentItem><DataContent/></ContentItem>", "", role="Body"
    )
    assert item_of(document(component(title))).bodies[0].value == "<p>Ferries sail again</p>"


EMBARGO = '<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>{}</DateAndTime></StatusWillChange>'


def test_an_embargo_ends_when_the_status_will_change() -> None:
    item = item_of(document(manage=management(EMBARGO.format("20260514T060000Z"))))
    assert item.embargoed_until == datetime(2026, 5, 14, 6, tzinfo=UTC)
    assert item.pub_status == "usable"


@pytest.mark.parametrize("manage", ['<Status FormalName="Embargoed"/>', EMBARGO.format("soon")])
def test_an_embargo_nobody_can_read_parks_the_copy(manage: str) -> None:
    (unit,) = units(document(manage=management(manage)))
    assert unit.item is None
    assert unit.problem is not None
    assert "embargo" in unit.problem.title.lower()


@pytest.mark.parametrize(
    ("manage", "status", "kind"),
    [
        ('<Status FormalName="CANCELED"/>', "canceled", None),
        ('<Status FormalName="withheld"/>', "withheld", None),
        ('<Status FormalName="Usable"/><Instruction FormalName="Delete"/>', "canceled", "kill"),
        ('<Status FormalName="Usable"/><Instruction FormalName="Rectify"><Comment>It was two boats.</Comment></Instruction>', "usable", "correction"),
        ('<Status FormalName="Odd"/>', "usable", None),
    ],
)  # fmt: skip
def test_status_and_instruction_say_what_becomes_of_the_copy(manage: str, status: str, kind: str | None) -> None:
    item = item_of(document(manage=management(manage)))
    assert (item.pub_status, item.ours.correction.kind if item.ours.correction else None) == (status, kind)
    assert bool(item.bodies) == (status == "usable")
    if kind == "correction":
        assert item.ours.correction is not None
        assert (item.ours.correction.reason, item.ours.correction.replaces) == ("It was two boats.", "1")


IDENTITIES = {
    "no public identifier": (ID.split("<PublicIdentifier>")[0] + "</NewsIdentifier></Identification>", "urn:newsml:harbour.example:20260513:F17"),
    "one that says too little": (ID.replace("urn:newsml:harbour.example:20260513:F17:2N", "urn:newsml:harbour.example"), "urn:newsml:harbour.example:20260513:F17"),
    "without day": (ID.replace("urn:newsml:harbour.example:20260513:F17:2N", "urn:newsml:harbour.example:F17:2U"), "urn:newsml:harbour.example:F17"),
}  # fmt: skip


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_item_is_the_same_in_every_revision(name: str) -> None:
    identity, uri = IDENTITIES[name]
    assert item_of(document(identity=identity)).uri == uri


def test_without_any_id_one_is_made() -> None:
    item = item_of(document(identity=""))
    assert item.uri.startswith("urn:dragoman:")
    assert item.version


def test_a_news_item_alone_is_a_document_and_newsml_g2_is_not_ours() -> None:
    alone = document().removeprefix("<NewsML>").removesuffix("</NewsML>")
    assert formats.detect(alone.encode(), Hints()).name == "newsml-1"
    assert (
        formats.FORMATS["newsml-1"].detect(b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', Hints()) == 0.0
    )


HOSTILE = {
    "entities": '<!DOCTYPE NewsML [<!ENTITY a "aaaa">]>' + document(),
    "file": '<!DOCTYPE NewsML [<!ENTITY % nitf SYSTEM "file:///etc/passwd"> %nitf; ]>' + document(),
    "network": '<!DOCTYPE NewsML [<!ENTITY % nitf SYSTEM "http://127.0.0.1:9/a.dtd"> %nitf; ]>' + document(),
    "two declarations": '<!DOCTYPE NewsML [<!ENTITY % nitf SYSTEM "a.dtd"> %nitf; <!ENTITY b "c">]>' + document(),
    "no items": "<NewsML/>",
    "an item without content": f"<NewsML><NewsItem>{ID}{management()}</NewsItem></NewsML>",
    "a component with nothing": document("<NewsComponent/>"),
    "too deep": document("<NewsComponent>" * 300 + content() + "</NewsComponent>" * 300),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told_with_a_reason(name: str) -> None:
    (unit,) = units(HOSTILE[name], format="newsml-1")
    assert unit.item is None
    assert unit.problem is not None
    assert unit.problem.title != "The document cannot be read"


def test_stories_without_end_are_cut_and_that_is_told() -> None:
    found = units(document(component(component(content()) * 201, "")))
    assert len(found) == 201
    assert found[-1].problem is not None
    assert "too many" in found[-1].problem.title
    assert len({unit.item.uri for unit in found if unit.item}) == 200
