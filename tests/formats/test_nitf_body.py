"""The text of NITF as HTML, wherever it stands."""

import pytest

from dragoman.formats._nitf_body import nitf_markup, nitf_media, nitf_notes
from dragoman.formats._xml import parse_xml
from dragoman.read.body import html_blocks, joined

NS = ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'


def read(markup: str) -> str:
    """The canonical body of NITF `markup`."""
    return joined(html_blocks(nitf_markup(parse_xml(f"<body.content>{markup}</body.content>")))[0])


@pytest.mark.parametrize(
    ("nitf", "html"),
    [
        ("<p>The <person>Ada <name.family>Sample</name.family></person> left.</p>", "<p>The Ada Sample left.</p>"),
        ("<block><hl2>On the quay</hl2><p>x</p></block>", "<h2>On the quay</h2>\n<p>x</p>"),
        ("<bq><block><p>x</p></block><credit>Ada</credit></bq>", "<blockquote><p>x</p><p>Ada</p></blockquote>"),
        ('<p>a <em class="strong">b</em> <em style="italic">c</em> <em>d</em></p>', "<p>a <strong>b</strong> <i>c</i> <em>d</em></p>"),
        ("<p>H<num><sub>2</sub></num>O</p>", "<p>H<sub>2</sub>O</p>"),
        ('<p xml:lang="fr">Le <lang xml:lang="en">ferry</lang></p>', '<p lang="fr">Le <span lang="en">ferry</span></p>'),
        ("<ul><li>one</li><li>two</li></ul>", "<ul><li>one</li><li>two</li></ul>"),
        ('<ol seqnum="3"><li>one</li></ol>', '<ol start="3"><li>one</li></ol>'),
        ("<dl><dt>t</dt><dd>d</dd></dl>", "<ul><li>t</li><li>d</li></ul>"),
        ('<table><tr><td colspan="2">x</td></tr></table>', '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'),
        ("<nitf-table><nitf-table-metadata><nitf-col value='x'/></nitf-table-metadata><table><tr><td>x</td></tr></table></nitf-table>",
         "<table><tbody><tr><td>x</td></tr></tbody></table>"),
        ('<p><a href="https://quay.example/">the <org>quay</org></a></p>', '<p><a href="https://quay.example/">the quay</a></p>'),
        ("<pre>one\ntwo</pre>", "<p>one<br>two</p>"),
        ("text without a paragraph", "<p>text without a paragraph</p>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)  # fmt: skip
def test_elements_become_html(nitf: str, html: str) -> None:
    assert read(nitf) == html


def test_of_a_whole_document_the_text_is_its_contents_and_its_end() -> None:
    document = parse_xml(
        f"<nitf{NS}><head><title>t</title></head><body><body.head><hedline><hl1>h</hl1></hedline><abstract><p>a</p></abstract>"
        "</body.head><body.content><p>one</p></body.content><body.content><p>two</p></body.content>"
        "<body.end><tagline>With Ben</tagline></body.end></body></nitf>"
    )
    assert nitf_markup(document) == nitf_markup(document[1]) == "<p>one</p><p>two</p><p>With Ben</p>"


def test_xhtml_in_the_place_of_nitf_stays_as_it_is() -> None:
    body = parse_xml('<body xmlns="http://www.w3.org/1999/xhtml"><p>one <b>two</b></p><h3>three</h3></body>')
    assert nitf_markup(body) == "<p>one <b>two</b></p><h3>three</h3>"


def test_pictures_are_no_text_and_come_with_their_captions() -> None:
    content = parse_xml(
        "<body.content><p>x</p><media media-type='image'><media-reference source='https://quay.example/1.jpg' "
        "mime-type='image/jpeg' width='640' height='480' alternate-text='A ferry'/><media-caption>The ferry.</media-caption>"
        "<media-producer>Ben</media-producer></media><media media-type='video'><media-reference source='2.mp4'/></media></body.content>"
    )
    assert nitf_markup(content) == "<p>x</p>"
    picture, film = nitf_media(content)
    assert (picture.name, picture.type, picture.uri) == ("picture-1", "picture", "https://quay.example/1.jpg")
    assert [line.value for line in picture.headlines] == ["The ferry."]
    assert (picture.renditions[0].width, picture.renditions[0].title) == (640, "A ferry")
    assert (film.name, film.type) == ("video-2", "video")


def test_a_note_to_editors_is_no_text_and_a_foot_note_is() -> None:
    content = parse_xml(
        '<body.content><p>x</p><note type="npa"><body.content><p>Check the name.</p></body.content></note>'
        "<fn><body.content><p>See above.</p></body.content></fn><note><body.content><p>A box.</p></body.content></note></body.content>"
    )
    assert nitf_markup(content) == "<p>x</p><p>See above.</p><p>A box.</p>"
    assert nitf_notes(content) == "Check the name."


def test_what_runs_or_loads_is_told_as_lost_and_gone() -> None:
    markup = nitf_markup(
        parse_xml('<body.content><p onclick="x()">a<script>b</script><img src="c"/></p></body.content>')
    )
    blocks, lost = html_blocks(markup)
    assert joined(blocks) == "<p>a</p>"
    assert set(lost) == {"img", "script"}
