"""Feeds as others write them: old, odd, broken and hostile."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dragoman import formats
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item

RSS = '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour</title><link>https://harbour.example/</link><language>az</language>{}</channel></rss>'
STORY = "<p>Limanda yeni terminalın tikintisi başa çatıb, bu barədə idarədən məlumat verilib.</p>"


def units(body: str | bytes, **hints: object) -> list[Unit]:
    return formats.decode(body.encode() if isinstance(body, str) else body, Hints(**hints))  # type: ignore[arg-type]


def only(body: str | bytes, **hints: object) -> Item:
    (unit,) = units(body, **hints)
    assert unit.item is not None, unit.problem
    return unit.item


def test_an_entry_of_a_plain_feed_is_read() -> None:
    item = only(
        RSS.format(
            f"<item><guid isPermaLink='false'>https://harbour.example/1</guid><title>Yeni terminal &amp;amp; liman</title><dc:creator>Leyla Sınaqlı</dc:creator>"
            f"<pubDate>Wed, 13 May 2026 09:30:00 +0400</pubDate><category>liman</category><description>Qısa məlumat</description>"
            f"<content:encoded><![CDATA[{STORY}<script>alert(1)</script><p><a href='/rel'>x</a> <a href='https://x.example/'>y</a></p><p>Paylaş</p>]]></content:encoded>"
            f"<media:content url='https://pictures.example/1.jpg' type='image/jpeg' width='800' height='600'><media:title>Liman</media:title></media:content></item>"
        )
    )
    assert (item.uri, item.language, item.headline, item.by) == (
        "https://harbour.example/1",
        "az",
        "Yeni terminal & liman",
        "Leyla Sınaqlı",
    )
    assert item.first_created is not None
    assert item.first_created.isoformat() == "2026-05-13T09:30:00+04:00"
    assert item.bodies[0].value == (
        STORY + '\n<p><a href="https://harbour.example/rel">x</a> <a href="https://x.example/">y</a></p>'
    )
    assert [each.text for each in item.ours.removed] == ["Paylaş"]
    assert item.descriptions[0].value == "Qısa məlumat"
    assert item.associations[0].renditions[0].width == 800
    assert "html script" in item.ours.lost
    assert len(item.version) == 16


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Wed, 13 May 2026 09:30:00 +02:00", "2026-05-13T09:30:00+02:00"),
        ("Wed, 13 May 2026 09:30:00 Z", "2026-05-13T09:30:00+00:00"),
        ("Wed, 13 May 2026 09:30:00 GMT", "2026-05-13T09:30:00+00:00"),
        ("13 May 26 09:30 EST", "2026-05-13T09:30:00-05:00"),
        ("Wed, 13 May 2026 09:30:00 MSK", "2026-05-13T09:30:00+03:00"),
        ("2026-05-13T09:30:00.250Z", "2026-05-13T09:30:00.250000+00:00"),
        ("2026-05-13 09:30", "2026-05-13T09:30:00+04:00"),
        ("2026-05-13", "2026-05-13T00:00:00+04:00"),
        ("Wed, 13 May 2026 09:30:60 GMT", "2026-05-13T09:30:59+00:00"),
    ],
)
def test_times_are_aware_however_they_are_written(words: str, expected: str) -> None:
    item = only(RSS.format(f"<item><title>Liman</title><pubDate>{words}</pubDate></item>"), zone="Asia/Baku")
    assert item.first_created is not None
    assert item.first_created.isoformat() == expected
    assert any("without zone" in note for note in item.ours.notes) == expected.endswith("+04:00")


@pytest.mark.parametrize(
    "words",
    ["yesterday", "32 Foo 2026", "Wed, 99 May 2026 09:30:00 GMT", "0000-00-00", "2026-13-45T99:99:99Z", "1" * 500],
)
def test_a_time_nobody_can_read_is_told_and_the_copy_is_kept(words: str) -> None:
    item = only(RSS.format(f"<item><title>Liman</title><pubDate>{words}</pubDate></item>"))
    assert item.first_created is None
    assert any("unreadable time" in note for note in item.ours.notes)


def test_copy_whose_feed_was_only_redated_is_the_same_version() -> None:
    one, two = (
        only(
            RSS.format(
                f"<item><guid>urn:x:1</guid><title>Liman</title><pubDate>{day} May 2026 09:30:00 GMT</pubDate></item>"
            )
        )
        for day in (13, 14)
    )
    assert (one.uri, one.version) == (two.uri, two.version)
    assert one.first_created != two.first_created


def test_a_guid_that_is_no_uri_stays_beside_the_one_made_from_it() -> None:
    item = only(RSS.format("<item><guid>12345</guid><title>Liman</title></item>"))
    other = only(
        RSS.format("<item><guid>12345</guid><title>Liman</title></item>").replace("harbour.example", "valley.example")
    )
    assert item.uri.startswith("urn:dragoman:")
    assert item.uri != other.uri
    assert [each.value for each in item.alt_ids] == ["12345"]


def test_one_entry_that_fails_stops_no_other() -> None:
    found = units(
        RSS.format(
            "<item><title>Liman</title></item><item><guid>urn:x:2</guid></item><item><title>Terminal</title></item>"
        )
    )
    assert [unit.item is not None for unit in found] == [True, False, True]
    assert [unit.index for unit in found] == [0, 1, 2]
    assert found[1].problem is not None
    assert found[1].problem.detail == "urn:x:2"


def test_rss_091_with_its_document_type_and_html_entities_is_accepted() -> None:
    body = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Vall&eacute;e</title><item><title>Caf&eacute; &amp; th\xe9 &mdash; l&apos;\xe9t\xe9&nbsp;</title></item></channel></rss>"""
    assert only(body.encode("latin-1")).headline == "Café & thé — l'été"


def test_rdf_and_capitals_are_feeds_too() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://x.example/"><title>Harbour</title></channel>
    <item rdf:about="https://x.example/1"><title>Liman</title><dc:date>2026-05-13T09:30:00Z</dc:date></item></rdf:RDF>"""
    assert (only(rdf).uri, only(rdf).first_created) == ("https://x.example/1", datetime(2026, 5, 13, 9, 30, tzinfo=UTC))
    assert only("<RSS><CHANNEL><ITEM><TITLE>Liman</TITLE></ITEM></CHANNEL></RSS>").headline == "Liman"


def test_atom_text_html_and_xhtml_are_told_apart() -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>F</title>{}</feed>'
    entry = "<entry><id>urn:x:1</id><title type='{}'>{}</title><content type='{}'>{}</content></entry>"
    plain = only(feed.format(entry.format("text", "1 &lt; 2", "text", "A &lt;b&gt; c")))
    markup = only(
        feed.format(
            entry.format("html", "&lt;b&gt;Liman&lt;/b&gt;", "html", "&lt;p&gt;A &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;")
        )
    )
    xhtml = only(
        feed.format(
            entry.format(
                "text",
                "Liman",
                "xhtml",
                "<div xmlns='http://www.w3.org/1999/xhtml'><p xml:lang='az'>A <b>b</b> &amp; c</p></div>",
            )
        )
    )
    assert (plain.headline, plain.bodies[0].value) == ("1 < 2", "<p>A &lt;b&gt; c</p>")
    assert (markup.headline, markup.bodies[0].value) == ("Liman", "<p>A <b>b</b></p>")
    assert xhtml.bodies[0].value == '<p lang="az">A <b>b</b> &amp; c</p>'


def test_a_broken_feed_is_read_and_says_that_it_was_broken() -> None:
    item = only(
        "<rss version='2.0'><channel><title>T</title><item><guid>urn:x:1</guid><title>Liman & terminal</title><description>A <b>b</description></item></channel></rss>"
    )
    assert item.headline == "Liman & terminal"
    assert any(note.startswith("recovered") for note in item.ours.notes)


def test_a_broken_feed_is_still_cut_into_its_entries() -> None:
    body = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>".format(
        "".join(f"<item><guid>urn:x:{n}</guid><title>Liman & {n}</title></item>" for n in range(3))
    )
    entries = formats.split(body.encode(), Hints())
    assert [entry.key for entry in entries] == ["urn:x:0", "urn:x:1", "urn:x:2"]
    assert [only(entry.body).headline for entry in entries] == ["Liman & 0", "Liman & 1", "Liman & 2"]


def test_what_cannot_be_read_at_all_says_where_it_breaks() -> None:
    (unit,) = units(b"<rss version='2.0'>\n<channel>\n<ite", format="rss")
    assert unit.problem is not None
    assert "line 3" in unit.problem.detail
    with pytest.raises(Undecodable):
        formats.split(b"no feed", Hints(format="rss"))


@pytest.mark.parametrize("name", ["/etc/hostname", "/etc/passwd", "file:///etc/passwd"])
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_body_that_is_the_name_of_a_file_opens_no_file(name: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    formats.prepare()
    opened: list[str] = []
    monkeypatch.setattr(io, "open", lambda *arguments, **_: opened.append(str(arguments[0])))
    (unit,) = units(name.encode(), format=form)
    assert unit.item is None
    assert opened == []


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        "<!ATTLIST item x CDATA 'y'>",
    ],
)
def test_a_document_that_declares_entities_is_refused(declaration: str) -> None:
    body = f"<?xml version='1.0'?><!-- c --><!DOCTYPE rss [{declaration}]><rss version='2.0'><channel><item><title>&x;&b;</title></item></channel></rss>"
    for encoding in ("utf-8", "utf-16"):
        (unit,) = units(body.encode(encoding), format="rss")
        assert unit.problem is not None
        assert unit.problem.title == "The document declares entities of its own"


def test_entities_nobody_defined_take_no_text_with_them() -> None:
    item = only(
        RSS.format("<item><title>Caf&eacute; &nbsp; au lait</title><description>A &hellip; B</description></item>")
    )
    assert (item.headline, item.ours.blocks[0].text) == ("Café au lait", "A … B")


@pytest.mark.parametrize(
    "body",
    [
        "<rss>" + "<a>" * 20_000,
        "<rss " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/>",
        "<feed>" + "<entry>" * 5_000,
    ],
)
def test_deep_and_wide_documents_end_quickly(body: str) -> None:
    assert all(unit.problem is not None for unit in units(body))


def test_a_declared_encoding_that_lies_is_found_out() -> None:
    body = RSS.format("<item><title>Мост через реку откроют весной, сообщили в управлении дорог области</title></item>")
    lying = body.replace('version="1.0"?', 'version="1.0" encoding="utf-8"?').encode("cp1251")
    item = only(lying)
    assert item.headline.startswith("Мост через реку")
    assert any("guessed" in note for note in item.ours.notes)
    told = only(body.replace('version="1.0"?', 'version="1.0" encoding="windows-1251"?').encode("cp1251"))
    assert told.headline == item.headline


SHARED = Path(__file__).parents[3] / "shared" / "data" / "hostile"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside the project")
@pytest.mark.parametrize("folder", ["made-xml", "feedparser", "made-encodings", "miniflux", "libxml2"])
def test_no_file_of_the_hostile_collection_raises_or_keeps_active_content(folder: str) -> None:
    files = [path for path in (SHARED / folder).rglob("*") if path.is_file()]
    assert len(files) > 30
    for path in files:
        body = path.read_bytes()
        for unit in formats.decode(body, Hints(source=path.name)):
            assert (unit.item is None) != (unit.problem is None)
            if unit.problem:
                assert unit.problem.title != "The document cannot be read", (path, unit.problem.detail)
            elif unit.item and unit.item.bodies:
                lowered = unit.item.bodies[0].value.lower()
                assert not any(
                    sign in lowered for sign in ("<script", "<iframe", "<style", 'href="javascript', "<img", "<svg")
                ), path
        try:
            formats.split(body, Hints(source=path.name))
        except Undecodable:
            continue


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside the project")
def test_legitimate_oddities_of_the_hostile_collection_are_accepted() -> None:
    found = {name: formats.decode((SHARED / "made-xml" / name).read_bytes(), Hints(source=name)) for name in ("truncated.rss", "rss091-legit-doctype-entities.rss", "space-before-prolog.xml")}  # fmt: skip
    assert all(unit.item for each in found.values() for unit in each)
    assert found["truncated.rss"][0].item is not None
    assert found["truncated.rss"][0].item.headline == "Complete item"
