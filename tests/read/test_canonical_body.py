"""A body that is canonical already goes past the sanitiser: with the same result, and nothing else does."""

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.body import html_blocks, joined, sanitised_blocks
from dragoman.read.canonical import canonical_pieces, plain_paragraphs
from dragoman.text.cleaning import clean

PLAIN = ("The ferry sails.", "Паром отплыл.", "القارب أبحر", "渡轮启航。", " ", "\n", "  two  spaces ", "a\tb", "x\u2003y", "&amp;", "&nbsp;", "&lt;b&gt;", "5 &gt; 3", "“quoted”", "e\u0301", "\u200f")  # fmt: skip
INLINE = ("<b>bold</b>", "<strong>strong</strong>", "<em>it <b>is</b> so</em>", "<br>", "<span>s</span>", "<sup>2</sup>", "<u></u>", '<a href="https://quay.example/a-b/c?d=1#e">link</a>', '<a href="https://quay.example">l <i>i</i></a>')  # fmt: skip
HARD = ("<", ">", "&", "\xa0", "&#60;", "<p>", "</p>", "<b>", "</b>", "</i>", "<br/>", "<a>", "<li>", "<script>", "</script>", "<p class=x>", '<a href="javascript:x">', '<a href="https://1.2.3/">', '<a href="https://xn--a.example/">x</a>', "<!--", "-->", "<![CDATA[", "\x00", "<table>", "<div>", "</div>", "<h2>", "</ul>", "<P>", "<svg>", "<noscript>", "&amp", "&lt")  # fmt: skip
FRAMES = ("<p>{}</p>", "<p>{}</p>\n", "<h2>{}</h2>\n", "<h3>{}</h3>", "<blockquote>{}</blockquote>", "<ul><li>{}</li>\n<li>x</li></ul>", "<ol>\n<li>{}</li>\n</ol>\n", " <p>{}</p> ")  # fmt: skip
WILD = (*FRAMES, "{}", "<div>{}</div>", "<p>{}", "<p><p>{}</p></p>", "<b><p>{}</p></b>", "<ul>{}</ul>", "<h2><p>{}</p></h2>", "<blockquote><p>{}</p></blockquote>")  # fmt: skip


def bodies(frames: tuple[str, ...], parts: tuple[str, ...]) -> st.SearchStrategy[str]:
    inner = st.lists(st.sampled_from(parts), max_size=6).map("".join)
    block = st.tuples(st.sampled_from(frames), inner).map(lambda pair: pair[0].replace("{}", pair[1]))
    return st.lists(block, max_size=5).map("".join)


@given(st.one_of(bodies(FRAMES, PLAIN + INLINE), bodies(WILD, PLAIN + INLINE + HARD), st.text(max_size=60)))
@settings(max_examples=1500)
def test_the_short_way_leads_where_the_long_way_leads(markup: str) -> None:
    if "<" in markup or "&" in markup:
        assert html_blocks(markup) == sanitised_blocks(clean(markup))


@given(bodies(FRAMES, PLAIN + INLINE))
def test_what_has_been_read_once_takes_the_short_way(markup: str) -> None:
    once = joined(html_blocks(markup)[0])
    if once:
        assert canonical_pieces(once) is not None
    assert joined(html_blocks(once)[0]) == once


@pytest.mark.parametrize(
    "markup",
    [
        "<p onclick='x'>a</p>",
        "<p>a<script>b</script></p>",
        "<p>a <b>b</p></b>",
        "<p><b>a</p><p>b</b></p>",
        '<p><a href="javascript:x">a</a></p>',
        '<p><a href="https://quay.example/" onclick="x">a</a></p>',
        '<p><a href="https://quay.example/">a<a href="https://quay.example/">b</a></a></p>',
        "<p>a&#x3c;script></p>",
        "<p>a<!-- --></p>",
        "<p>a</p><",
        "<p>a</p>b",
        "<p>a & b</p>",
        "<p>a\xa0b</p>",
        "<ul><p>a</p></ul>",
        "<ul>a</ul>",
        "<P>a</P>",
        '<p><a href="https://quay.example:443/">a</a></p>',
        '<p><a href="https://10.0.0.300/">a</a></p>',
        "<p><b><b>a</b></b></p>",
    ],
)
def test_whatever_a_parser_might_read_otherwise_goes_the_long_way(markup: str) -> None:
    assert canonical_pieces(markup) is None
    assert plain_paragraphs(markup) is None


@pytest.mark.parametrize(
    "body",
    [
        "<p>" * 40_000,
        "<p>" + "<b>" * 30_000,
        "<p>" + "a " * 100_000,
        "<p>" + "&amp;" * 40_000,
        '<p><a href="https://' + "a-" * 50_000,
        '<p><a href="https://' + "a." * 50_000,
        "<ul>" + "<li>a</li>" * 20_000,
        "<ul>" * 20_000,
        " \n" * 60_000 + "<",
        "<p></p>" * 20_000 + "<",
        "<title " * 20_000 + "/",
    ],
)
def test_hostile_markup_costs_no_more_time_than_its_length(body: str) -> None:
    start = time.perf_counter()
    canonical_pieces(body)
    plain_paragraphs(body)
    assert time.perf_counter() - start < 1.0


def test_an_empty_element_as_xhtml_writes_it_does_not_swallow_the_text() -> None:
    markup = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x.js" /></head><body><p>The ferry sails.</p></body></html>'
    blocks, lost = html_blocks(markup)
    assert [block.text for block in blocks] == ["The ferry sails."]
    assert lost == ("script",)


@given(st.text(max_size=40))
def test_text_comes_through_whole(words: str) -> None:
    escaped = html.escape(clean(words), quote=False)
    (blocks, _) = html_blocks(f"<p>{escaped}</p>")
    assert " ".join(block.text for block in blocks) == " ".join(clean(words).split())
