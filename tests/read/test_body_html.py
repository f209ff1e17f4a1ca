"""The body as restricted block HTML: what stays, what goes, and that nothing runs."""

from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.body import html_blocks, joined, plain

ALLOWED = frozenset(
    ["p", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "a", "b", "bdi", "bdo", "br", "cite", "code", "em", "i", "q", "s", "span", "strong", "sub", "sup", "u", "time", "dl", "dt", "dd"]
)  # fmt: skip
TAGS = ("p", "b", "i", "a href='https://x.example/'", "a href='javascript:alert(1)'", "div", "span", "ul", "li", "table", "tr", "td", "h1", "h3", "blockquote", "br", "script", "style", "img src=x onerror=alert(1)", "svg", "pre", "dl", "dt", "p dir=rtl lang=ar", "p dir=evil lang='en\"x'", "math", "noscript", "textarea", "title")  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
    st.sampled_from(
        (
            "text",
            " and more ",
            "\r\n",
            "&nbsp;",
            "&lt;script&gt;",
            "&#1;",
            "<!-- c -->",
            "<",
            ">",
            "]]>",
            "\u202e",
            "茶",
            "&amp;amp;",
        )
    ),
)


def canonical(markup: str) -> str:
    return joined(html_blocks(markup)[0])


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=500)
def test_cleaning_twice_changes_nothing_and_nothing_else_gets_through(markup: str) -> None:
    once = canonical(markup)
    assert canonical(once) == once
    check(once)


def check(markup: str) -> None:
    """What a browser makes of `markup`: allowed elements and attributes only, links absolute."""
    for element in html5lib.parseFragment(markup, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
            assert element.tag == "DOCUMENT_FRAGMENT", "a comment"
            continue
        assert element.tag in ALLOWED, element.tag
        for name, value in element.attrib.items():
            assert name in ("lang", "dir", "href", "colspan", "rowspan", "start"), name
            if name == "href":
                assert value.lower().startswith(("https://", "http://", "mailto:")), value
            if name == "dir":
                assert value in ("ltr", "rtl", "auto"), value


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("One.\n\nTwo < three & four.", "<p>One. Two &lt; three &amp; four.</p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("One<br><br>Two<br>Three", "<p>One</p>\n<p>Two<br>Three</p>"),
        ("<div>One<div>Two</div></div>Three", "<p>One</p>\n<p>Two</p>\n<p>Three</p>"),
        ("<h1>One</h1><h5>Two</h5>", "<h2>One</h2>\n<h4>Two</h4>"),
        ("<p lang='ar' dir='rtl' class='x' style='y'>One</p>", '<p lang="ar" dir="rtl">One</p>'),
        ("<p xml:lang='az'>One</p>", '<p lang="az">One</p>'),
        (
            "<a href='/rel'>One</a> <a href='mailto:a@b.example'>Two</a>",
            '<p><a>One</a> <a href="mailto:a@b.example">Two</a></p>',
        ),
        ("<p>&nbsp;</p><p> </p><p><b></b></p>", ""),
        ("<ul><li>One<li>Two</ul>", "<ul><li>One</li><li>Two</li></ul>"),
        ("<figure><img src='x'><figcaption>One</figcaption></figure>", "<p>One</p>"),
        ("<pre>One\nTwo</pre>", "<p>One<br>Two</p>"),
    ],
)
def test_markup_becomes_blocks(markup: str, expected: str) -> None:
    assert canonical(markup).replace(' dir="rtl" lang="ar"', ' lang="ar" dir="rtl"') == expected


def test_blocks_have_a_kind_and_plain_text() -> None:
    markup = (
        "<h2>Head</h2><p><strong>Sub</strong></p><p>Text &amp; <b>more</b><br>line</p><blockquote><p>Q1</p><p>Q2</p></blockquote>"
        "<ul><li>a</li><li>b</li></ul><table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    blocks, _ = html_blocks(markup)
    assert [(each.block.kind, each.block.text) for each in blocks] == [
        ("subheading", "Head"),
        ("subheading", "Sub"),
        ("paragraph", "Text & more\nline"),
        ("quote", "Q1\nQ2"),
        ("list", "a\nb"),
        ("table", "x\ty\n1\t2"),
    ]


def test_what_could_not_be_kept_is_named() -> None:
    assert html_blocks("<p>x<img src='a'></p><iframe src='b'></iframe><script>c</script>")[1] == (
        "iframe",
        "img",
        "script",
    )


def test_text_in_plain_keeps_words_apart() -> None:
    assert plain("<p>One</p><p>Two <b>th</b>ree</p>") == "One\nTwo three"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000 + "x",
        "<b>" * 5_000 + "x",
        "<" * 100_000,
        "<br>" * 20_000,
        "<blockquote>" * 3_000 + "x",
        "&" * 50_000,
    ],
)
def test_deep_and_endless_markup_ends(markup: str) -> None:
    assert len(canonical(markup)) < 1_000_000


SHARED = Path(__file__).parents[3] / "shared" / "data" / "hostile"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside the project")
@pytest.mark.parametrize("folder", ["payloads", "dompurify", "loofah", "bleach", "htmlpurifier"])
def test_no_payload_of_the_hostile_collection_gets_through(folder: str) -> None:
    lines = 0
    for path in sorted((SHARED / folder).rglob("*")):
        if path.is_file() and path.suffix.lower() in (
            ".txt",
            ".json",
            ".html",
            ".js",
            ".py",
            ".rb",
            ".ht",
            ".md",
            ".xml",
            ".htmlt",
            ".csv",
            ".test",
            ".expect",
        ):
            for line in path.read_text("utf-8", "replace").splitlines()[:400]:
                if "<" in line:
                    lines += 1
                    once = canonical(line[:4000])
                    check(once)
                    assert canonical(once) == once
    assert lines > 0
