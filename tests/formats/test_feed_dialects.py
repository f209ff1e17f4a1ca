"""What feeds say in their own ways: dates, text modes, bases, media, people, WordPress's export, CDF."""

import contextlib

import pytest

from dragoman import formats
from dragoman.formats._feed.dates import read_feed_time
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import Item

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:d="https://dragoman.example/ns/feed-1"'
)


def units(body: str, **hints: object) -> list[Unit]:
    return formats.decode(body.encode(), Hints(**hints))  # type: ignore[arg-type]


def only(body: str, **hints: object) -> Item:
    (unit,) = units(body, **hints)
    assert unit.item is not None, unit.problem
    return unit.item


def rss(inner: str, channel: str = "", spaces: str = SPACES) -> str:
    return f'<rss version="2.0" {spaces}><channel><title>Harbour</title>{channel}<item>{inner}</item></channel></rss>'


def export(*items: str) -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {SPACES}><channel><title>Harbour</title><link>https://harbour.example</link>{inner}</channel></rss>'


def atom(inner: str, about: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {about}><id>urn:f</id><title>F</title><entry><id>urn:x:1</id>{inner}</entry></feed>'


def old_atom(inner: str) -> str:
    return f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title><entry><id>urn:x:1</id><title>T</title>{inner}</entry></feed>'


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2026", "2026-01-01T00:00:00+00:00"),
        ("2026-05", "2026-05-01T00:00:00+00:00"),
        ("2026-133", "2026-05-13T00:00:00+00:00"),
        ("2026-5-3T9:30:00Z", "2026-05-03T09:30:00+00:00"),
        ("Wed May 13 09:30:00 2026", "2026-05-13T09:30:00+00:00"),
        ("Wed, May 13 09:30:00 +0400 2026", "2026-05-13T09:30:00+04:00"),
        ("May 13, 2026 1:05 pm", "2026-05-13T13:05:00+00:00"),
        ("May 13, 2026", "2026-05-13T00:00:00+00:00"),
        ("2026년 05월 13일  오후 01:05:09", "2026-05-13T13:05:09+00:00"),
        ("2026-05-13 오전 12:05:09", "2026-05-13T00:05:09+00:00"),
        ("2026年5月13日 下午1:05", "2026-05-13T13:05:00+00:00"),
        ("Τετ, 13 Μάι 2026 09:30:00 EET", "2026-05-13T09:30:00+02:00"),
        ("2026-május-13T09:30+02:00", "2026-05-13T09:30:00+02:00"),
        ("Mi, 13 Mai 2026 09:30:00 +0200", "2026-05-13T09:30:00+02:00"),
        ("mer., 13 août 2026 09:30:00 +0200", "2026-08-13T09:30:00+02:00"),
        ("Ср, 13 мая 2026 09:30:00 +0300", "2026-05-13T09:30:00+03:00"),
        ("Wed (midweek), 13 May (a (nested) word) 2026 09:30:00 GMT", "2026-05-13T09:30:00+00:00"),
    ],
)
def test_old_shapes_of_dates_are_read(words: str, expected: str) -> None:
    moment, _ = read_feed_time(words, "UTC")
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    "words", ["", "2026-13-40", "2026-999", "0000", "soon", "13 Foo 2026 09:30", "(" * 300, "1" * 199, "년월일"]
)
def test_what_is_no_date_is_none(words: str) -> None:
    assert read_feed_time(words, "UTC")[0] is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<content type="text/html" mode="escaped">A &lt;b&gt;b&lt;/b&gt;</content>', "<p>A <b>b</b></p>"),
        ('<content mode="escaped">A &lt;b&gt;b&lt;/b&gt;</content>', "<p>A <b>b</b></p>"),
        ('<content type="text/plain">A &lt;b&gt;</content>', "<p>A &lt;b&gt;</p>"),
        ('<content type="application/xhtml+xml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b></div></content>', "<p>A <b>b</b></p>"),
        ('<content type="text/html" mode="base64">PHA+QSA8Yj5iPC9iPjwvcD4=</content>', "<p>A <b>b</b></p>"),
        ('<content type="application/octet-stream" mode="base64">PHA+QTwvcD4=</content>', "<p>A</p>"),
        ('<content type="text/plain" mode="base64">QSA8Yj4=</content>', "<p>A &lt;b&gt;</p>"),
        ('<content type="text/html" mode="base64">no base64 &amp; all</content>', "<p>no base64 &amp;amp; all</p>"),
    ],
)  # fmt: skip
def test_the_text_modes_of_old_atom(content: str, expected: str) -> None:
    item = only(old_atom(content))
    assert item.bodies[0].value.replace("&amp;amp;", "&amp;") == expected.replace("&amp;amp;", "&amp;")


def test_the_nearest_base_makes_links_absolute() -> None:
    item = only(
        atom(
            '<title>T</title><link href="1.html"/><content type="html" xml:base="deep/">'
            "&lt;a href='2.html'&gt;x&lt;/a&gt; &lt;a href=3.html&gt;y&lt;/a&gt; &lt;a href='#n'&gt;z&lt;/a&gt;</content>",
            'xml:base="https://harbour.example/news/"',
        )
    )
    assert item.alt_ids[0].value == "https://harbour.example/news/1.html"
    assert 'href="https://harbour.example/news/deep/2.html"' in item.bodies[0].value
    assert 'href="https://harbour.example/news/deep/3.html"' in item.bodies[0].value
    assert "<a>z</a>" in item.bodies[0].value


def test_without_a_base_links_are_the_sites_or_those_of_the_address_it_came_from() -> None:
    inner = "<guid>urn:x:1</guid><title>T</title><description>&lt;a href='/2.html'&gt;x&lt;/a&gt;</description>"
    assert "https://harbour.example/2.html" in only(rss(inner, "<link>https://harbour.example/</link>")).bodies[0].value
    assert "https://feeds.example/2.html" in only(rss(inner), source="https://feeds.example/rss").bodies[0].value
    assert only(rss(inner), source="feed.rss").bodies[0].value == "<p><a>x</a></p>"


def test_a_guid_is_the_page_unless_it_says_it_is_not() -> None:
    assert only(rss("<title>T</title><guid>https://harbour.example/1</guid>")).alt_ids == ()
    page = only(
        rss(
            "<title>T</title><guid isPermaLink='false'>https://harbour.example/?p=1</guid><link>https://harbour.example/1</link>"
        )
    )
    assert (page.uri, page.alt_ids[0].role, page.alt_ids[0].value) == (
        "https://harbour.example/?p=1",
        "link",
        "https://harbour.example/1",
    )


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("<author>ada@harbour.example (Ada Placeholder)</author>", "Ada Placeholder"),
        ("<author>Ada Placeholder &lt;ada@harbour.example&gt;</author>", "Ada Placeholder"),
        ("<dc:creator>Ada Placeholder</dc:creator><dc:creator>Ben Placeholder</dc:creator>", "Ada Placeholder, Ben Placeholder"),
        ("<itunes:author>Ada Placeholder</itunes:author>", "Ada Placeholder"),
        ("<author><name>Ada Placeholder</name><email>ada@harbour.example</email></author>", "Ada Placeholder"),
        ("<author>ada@harbour.example</author>", "ada@harbour.example"),
    ],
)  # fmt: skip
def test_people_are_told_by_name(said: str, name: str) -> None:
    assert only(rss(f"<title>T</title>{said}")).by == name


def test_the_sizes_of_one_picture_are_one_association_with_its_thumbnail() -> None:
    item = only(
        rss(
            "<title>T</title><media:group><media:title>The ferry</media:title><media:credit>Ada Placeholder</media:credit>"
            "<media:content url='https://p.example/s.jpg' type='image/jpeg' width='100' height='80'/>"
            "<media:content url='https://p.example/l.jpg' type='image/jpeg' width='1000' height='800'/>"
            "<media:thumbnail url='https://p.example/t.jpg'/></media:group>"
            "<enclosure url='https://p.example/s.jpg' type='image/jpeg' length='1'/>"
            "<enclosure url='https://p.example/horn.mp3' type='audio/mpeg' length='1'/>"
            "<enclosure url='file:///etc/passwd' type='image/jpeg' length='1'/>"
        )
    )
    picture, sound = item.associations
    assert [(one.name, one.href) for one in picture.renditions] == [
        ("main", "https://p.example/l.jpg"),
        ("main", "https://p.example/s.jpg"),
        ("thumbnail", "https://p.example/t.jpg"),
    ]
    assert (picture.type, picture.renditions[0].title, item.ours.credit) == ("picture", "The ferry", "Ada Placeholder")
    assert (sound.type, sound.uri) == ("audio", "https://p.example/horn.mp3")


def test_a_picture_in_the_text_is_kept_where_the_entry_names_none() -> None:
    inner = (
        "<title>T</title><description>&lt;img src='/1.jpg' alt='The ferry'&gt;&lt;img src='https://c.example/dot.gif' width='1' "
        "height='1'&gt;&lt;p&gt;The ferry left.&lt;/p&gt;</description>"
    )
    (picture,) = only(rss(inner, "<link>https://harbour.example/</link>")).associations
    assert (picture.uri, picture.renditions[0].title) == ("https://harbour.example/1.jpg", "The ferry")
    assert len(only(rss(f"{inner}<enclosure url='https://p.example/2.jpg' type='image/jpeg'/>")).associations) == 1


def test_categories_keep_their_list_and_their_code() -> None:
    item = only(
        atom(
            '<title>T</title><category term="15000000" label="sport" scheme="https://codes.example/"/><category term="sea"/>'
        )
    )
    assert [(one.name, one.literal, one.role) for one in item.subjects] == [
        ("sport", "15000000", "https://codes.example/"),
        ("sea", "", ""),
    ]


def test_what_a_feed_took_over_names_its_source_and_its_rights() -> None:
    item = only(
        atom(
            "<title>T</title><source><id>urn:f:2</id><title>Valley &amp; Hill</title><rights>Valley 2026</rights>"
            "<author><name>Ada Placeholder</name></author></source>"
        )
    )
    (source,) = item.info_sources
    assert (source.name, source.uri, item.copyright_notice, item.by) == (
        "Valley & Hill",
        "urn:f:2",
        "Valley 2026",
        "Ada Placeholder",
    )


def test_other_languages_and_related_copy_are_associations() -> None:
    item = only(
        atom(
            '<title>T</title><link href="https://h.example/en"/><link rel="alternate" hreflang="fr" href="https://h.example/fr"/>'
            '<link rel="related" href="https://h.example/old" title="Before"/><link rel="self" href="https://h.example/en.atom"/>'
        )
    )
    assert [(one.rel, one.uri, one.language) for one in item.associations] == [
        ("translation", "https://h.example/fr", "fr"),
        ("related", "https://h.example/old", ""),
    ]


def test_the_language_of_the_text_counts_before_that_of_the_entry_and_the_feed() -> None:
    text = "<content type='html' xml:lang='de'>Die Fähre fährt.</content>"
    assert only(atom(f"<title xml:lang='fr'>T</title>{text}", 'xml:lang="en"')).language == "de"
    assert only(atom("<title>T</title><content type='text'>x</content>", 'xml:lang="fr"')).language == "fr"


POST = (
    "<title>{}</title><link>https://harbour.example/{}/</link><guid isPermaLink='false'>https://harbour.example/?p={}</guid>"
    "<dc:creator>Ada Placeholder</dc:creator><pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate><content:encoded><![CDATA[{}]]></content:encoded>"
    "<excerpt:encoded><![CDATA[{}]]></excerpt:encoded><wp:post_id>{}</wp:post_id><wp:post_date_gmt>2026-05-13 09:30:00</wp:post_date_gmt>"
    "<wp:post_name>{}</wp:post_name><wp:status>{}</wp:status><wp:post_type>{}</wp:post_type>{}"
)  # fmt: skip


def post(number: int = 1, text: str = "One.", status: str = "publish", kind: str = "post", more: str = "") -> str:
    return POST.format("Ferry", number, number, text, "In short", number, "the-ferry", status, kind, more)


def test_a_post_of_an_export_has_its_paragraphs_its_slug_and_its_time_in_utc() -> None:
    text = (
        "First & [sic].\nSame paragraph.\n\n<h3>Between</h3>\nSecond [gallery ids='1'][drop]x[/drop].\n\n[contact-form]"
    )
    item = only(export(post(text=text)))
    assert item.bodies[0].value.replace("&amp;", "&") == (
        "<p>First & [sic].<br>Same paragraph.</p>\n<h3>Between</h3>\n<p>Second x.</p>"
    )
    assert (item.slugline, str(item.first_created), item.by) == (
        "the-ferry",
        "2026-05-13 09:30:00+00:00",
        "Ada Placeholder",
    )
    assert item.descriptions[0].value == "In short"
    assert "wordpress shortcodes" in item.ours.lost


def test_what_was_not_published_is_withheld_and_what_is_scheduled_embargoed() -> None:
    found = [
        unit.item
        for unit in units(export(*(post(n, status=s) for n, s in enumerate(("publish", "draft", "trash", "future")))))
    ]
    assert [item.pub_status for item in found if item] == ["usable", "withheld", "canceled", "usable"]
    assert [item.embargoed_until is not None for item in found if item] == [False, False, False, True]


def test_the_files_of_an_export_are_pictures_and_its_menus_no_copy() -> None:
    file = post(9, "", kind="attachment", more="<wp:attachment_url>https://harbour.example/9.jpg</wp:attachment_url>")
    shown = post(
        1, more="<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    )
    found = [unit.item for unit in units(export(file, shown, post(3, kind="nav_menu_item")))]
    assert [item.type for item in found if item] == ["picture", "text"]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].renditions[0].href == found[1].associations[0].uri == "https://harbour.example/9.jpg"
    assert len(formats.split(export(file, shown, post(3, kind="nav_menu_item")).encode(), Hints())) == 2


def test_a_channel_definition_is_a_feed() -> None:
    item = only(
        '<CHANNEL HREF="https://harbour.example/"><TITLE>Harbour</TITLE><ITEM HREF="https://harbour.example/1" LASTMOD="2026-05-13T09:30:00Z">'
        "<TITLE>The ferry</TITLE><ABSTRACT>It left.</ABSTRACT></ITEM></CHANNEL>"
    )
    assert (item.uri, item.headline, item.bodies[0].value) == (
        "https://harbour.example/1",
        "The ferry",
        "<p>It left.</p>",
    )


def test_a_feed_in_a_namespace_of_its_own_is_read() -> None:
    assert (
        only(
            '<feed version="0.3" xmlns="https://harbour.example/feed#"><entry><title>T</title></entry></feed>'
        ).headline
        == "T"
    )


def test_numbers_of_control_characters_are_windows_signs() -> None:
    assert only(rss("<title>don&#146;t</title>")).headline == "don’t"


def test_a_broken_feed_keeps_what_only_its_own_elements_say() -> None:
    item = only(
        rss("<title>Fish & chips &copy=1</title><dc:creator>Ada</dc:creator><d:uri>urn:x:1</d:uri>"
            "<d:embargoedUntil>2026-05-14T06:00:00Z</d:embargoedUntil><description>A <b>b</description>")
    )  # fmt: skip
    assert item.headline == "Fish & chips &copy=1"
    assert (item.uri, str(item.embargoed_until)) == ("urn:x:1", "2026-05-14 06:00:00+00:00")
    assert any(note.startswith("recovered") for note in item.ours.notes)


def test_an_embargo_nobody_can_read_parks_the_copy_broken_or_not() -> None:
    for body in (
        rss("<title>T</title><d:embargoedUntil>soon</d:embargoedUntil>"),
        rss("<title>A & b</title><d:embargoedUntil>soon</d:embargoedUntil>"),
    ):
        (unit,) = units(body)
        assert unit.problem is not None
        assert "embargo" in unit.problem.title


@pytest.mark.parametrize(
    "inner",
    [
        "<a " * 200_000, "<a href='" * 100_000, "<img " * 100_000, "<img src='x' " * 50_000, "[x a=" * 100_000,
        "[/a]" * 50_000, "@" * 200_000, "a@b" * 100_000, "".join(f"[/a{n}]" for n in range(50_000)), "&#146;" * 100_000, "(" * 300_000, "\n\n" * 300_000,
    ],
)  # fmt: skip
def test_long_nonsense_in_the_text_ends_quickly(inner: str) -> None:
    escaped = inner.replace("<", "&lt;").replace("&#", "&amp;#")
    everywhere = "".join(
        f"<{name}>{escaped}</{name}>" for name in ("title", "author", "dc:rights", "pubDate", "category")
    )
    for unit in (
        units(export(post(text=inner)))
        + units(rss(everywhere))
        + units(rss(f"<title>T</title><description>{escaped}</description>", "<link>https://h.example/</link>"))
    ):
        assert (unit.item is None) != (unit.problem is None)


@pytest.mark.parametrize("piece", [b"<item>", b"<item><pubDate>", b"<item><guid ", b"<entry><id>"])
def test_a_broken_feed_of_openings_is_cut_up_quickly(piece: bytes) -> None:
    body = b"<rss><channel>" + piece * 200_000
    formats.decode(body, Hints(format="rss"))
    with contextlib.suppress(DragomanError):
        formats.split(body, Hints(format="rss"))


def test_a_scheduled_post_whose_time_cannot_be_read_is_parked() -> None:
    body = export(
        post(status="future").replace("2026-05-13 09:30:00", "soon").replace("Mon, 30 Nov -0001 00:00:00 +0000", "")
    )
    (unit,) = units(body)
    assert unit.problem is not None
    assert "embargo" in unit.problem.title


def test_a_frame_too_long_for_every_entry_keeps_the_feed_in_one_piece() -> None:
    body = f"<rss><channel><description>{'x' * 100_000}</description>{'<item><title>T</title></item>' * 2_000}</channel></rss>"
    with pytest.raises(Undecodable):
        formats.split(body.encode(), Hints())


@pytest.mark.parametrize("name", ["rss", "atom", "jsonfeed"])
def test_another_format_with_a_word_of_ours_in_it_is_no_feed(name: str) -> None:
    for body in (
        b"<newsMessage><header><channel>x</channel></header></newsMessage>",
        b"<html><p>&lt;rss&gt; <entry>",
        b'{"items": []}',
    ):
        assert formats.find(name).detect(body, Hints()) == 0.0
