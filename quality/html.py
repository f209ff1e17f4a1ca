"""Hostile HTML: whatever way it comes in, the body that is kept stays inside the allow-list, also when a browser parses it.

Each payload goes in as a page's article, as strings of its JSON-LD, as the HTML of a mail and as an entry of a feed; the body
that comes out is parsed again as HTML5. It goes out again as a page and as a mail, which are parsed as a whole.
"""

import html
import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import html5lib

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import Body, Headline, Item
from dragoman.read.body import html_blocks, joined
from quality.table import Row, share

# The allow-list of read/body.py once more, so that a change there shows here.
_BODY = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "blockquote",
        "ul",
        "ol",
        "table",
        "pre",
        "a",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "em",
        "i",
        "q",
        "s",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "time",
        "li",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "dl",
        "dt",
        "dd",
    ]
)
_PAGE = _BODY | frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "style",
        "body",
        "article",
        "h1",
        "figure",
        "img",
        "figcaption",
        "div",
        "footer",
    ]
)
_ATTRIBUTES = frozenset({"lang", "dir", "href", "start", "colspan", "rowspan"})
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_COPY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The ferry left the harbour at noon with sixty passengers on board, and nobody knew when it would return.",
        "The harbour office said on Wednesday that the crossing would be open all summer, from the new quay.",
        "Captain Placeholder told reporters that the engines had been repaired twice during the winter.",
    )
)
_HEAD = b"From: desk@quay.example\r\nMessage-ID: <1@quay.example>\r\nSubject: Ferry\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
_LONGEST_S = 2.0


def safe(data: Path) -> Iterator[Row]:
    """The share of payloads that leave nothing outside the allow-list, by the way they came in; the slowest page."""
    found = list(dict.fromkeys(payloads(data / "hostile")))
    for way, bodies in WAYS.items():
        misses = []
        for payload in found:
            for body in bodies(payload):
                if wrong := outside(body):
                    misses.append(f"{way}: {wrong}: {payload[:120]!r}")
                    break
        yield Row(
            f"hostile HTML inside the allow-list: {way}",
            share(len(found) - len(misses), len(found)),
            "100 %",
            len(found),
            tuple(misses),
        )
    yield _out(found)
    yield _again(found)
    yield _time(data / "hostile")


def payloads(folder: Path) -> Iterator[str]:
    """Every snippet of the collections, and combinations of our own of what parsers disagree on."""
    for path in sorted((folder / "bleach").glob("*.test")):
        yield path.read_text("utf-8").split("\n--\n")[0]
    for entry in json.loads((folder / "dompurify" / "expect.json").read_text("utf-8")):
        yield entry["payload"]
    attacks = (folder / "htmlpurifier" / "smoketests" / "xssAttacks.xml").read_text("utf-8")
    yield from (html.unescape(code) for code in re.findall(r"<code>(.*?)</code>", attacks, re.DOTALL))
    for path in sorted((folder / "htmlpurifier").rglob("*.htmlt")):
        yield path.read_text("utf-8", "replace").partition("--HTML--")[2].partition("--EXPECT--")[0]
    for path in sorted((folder / "html5lib-tests").rglob("*.test")):
        yield from _strings(path.read_text("utf-8"), "input")
    yield from _strings((folder / "loofah" / "testdata_sanitizer_tests1.dat").read_text("utf-8"), "input")
    for path in sorted((folder / "payloads").rglob("*.txt")):
        yield from filter(str.strip, path.read_text("utf-8", "replace").splitlines())
    for path in [
        *sorted((folder / "htmlpurifier").rglob("*.html")),
        folder / "loofah" / "msword.html",
        *sorted((folder / "payloads").rglob("*.svg")),
    ]:
        yield path.read_text("utf-8", "replace")
    yield from (a + b + c for a, b, c in product(_OPEN, _INSIDE, _RUNS))


_OPEN = (
    "", "<math><mtext><table><mglyph>", "<svg><foreignObject><p>", "<form><math><mtext></form><form>", "<table><tr><td><table>", "<select><option>",
    "<noscript>", "<template>", "<svg></p>", "<math><annotation-xml encoding='text/html'>", "<b><a href='https://a.example/'><p>", "<frameset>",
)  # fmt: skip
_INSIDE = ("<style>", "<title>", "<textarea>", "<xmp>", "<noembed>", "<iframe>", "<!--", "<![CDATA[", "<plaintext>", "<a title='</style>'>", "<p id='--><b>'>", "<?x ")  # fmt: skip
_RUNS = ("<img src=x onerror=x>", "</style></title></textarea></xmp></noembed></iframe>--><img src=x onerror=x>", "]]><script>x</script>", "<a href='java\nscript:x'>y</a>")  # fmt: skip


def _strings(text: str, name: str) -> Iterator[str]:
    """The values of `name` in JSON that is not always JSON."""
    for found in re.findall(rf'"{name}"\s*:\s*("(?:[^"\\]|\\.)*")', text):
        try:
            said = json.loads(found, strict=False)
        except ValueError:
            continue
        yield said.encode("utf-8", "replace").decode("utf-8")


def _decoded(data: bytes, name: str) -> list[Item]:
    units = formats.decode(data, Hints(format=name, agency="partner", received=datetime(2026, 5, 13, tzinfo=UTC)))
    return [unit.item for unit in units if unit.item]


def _bodies(items: list[Item]) -> list[str]:
    return [body.value for item in items for body in item.bodies]


def _page(payload: str) -> list[str]:
    text = f"<!DOCTYPE html><html><head><title>Ferry</title></head><body><article><h1>Ferry</h1>{_COPY}{payload}{_COPY}</article></body></html>"
    return _bodies(_decoded(text.encode("utf-8", "replace"), "html"))


def _linked(payload: str) -> list[str]:
    node = {
        "@type": "NewsArticle",
        "headline": payload or "x",
        "description": payload,
        "articleBody": f"{payload}\n{_COPY}",
        "author": payload,
        "keywords": [payload],
        "inLanguage": payload,
    }
    script = json.dumps(node).replace("</", "<\\/")
    text = f'<!DOCTYPE html><html><head><title>Ferry</title><script type="application/ld+json">{script}</script></head><body></body></html>'
    return _bodies(_decoded(text.encode("utf-8", "replace"), "html"))


def _mail(payload: str) -> list[str]:
    return _bodies(_decoded(_HEAD + f"{_COPY}{payload}".encode("utf-8", "replace"), "mail"))


def _alone(payload: str) -> list[str]:
    return [joined(html_blocks(payload)[0])]


WAYS: dict[str, Callable[[str], list[str]]] = {"a body": _alone, "a page": _page, "JSON-LD": _linked, "a mail": _mail}


def outside(body: str) -> str:
    """What of `body` is outside the allow-list when a browser's parser reads it, or nothing."""
    tree = html5lib.parseFragment(body, treebuilder="etree", namespaceHTMLElements=True)
    return next(filter(None, (_of(element, _BODY) for element in tree.iter() if element is not tree)), "")


def _of(element: Any, allowed: frozenset[str]) -> str:
    if not isinstance(element.tag, str):
        return "a comment" if allowed is _BODY else ""
    space, _, name = element.tag.rpartition("}")
    if space not in ("", "{http://www.w3.org/1999/xhtml") or name not in allowed:
        return f"<{name}>"
    for key, value in element.attrib.items():
        if (
            key.lower().startswith("on")
            or key in ("style", "srcdoc", "action", "formaction")
            or (allowed is _BODY and key not in _ATTRIBUTES)
        ):
            return f"{name} {key}"
        if key in ("href", "src") and not _SAFE.match(value):
            return f"{name} {key}={value[:40]}"
    return ""


def _out(found: list[str]) -> Row:
    """The payloads as headline, body, credit and terms of an item that goes out as a page and as a mail's HTML."""
    misses = []
    for payload in found:
        item = Item(
            uri="urn:example:1",
            version="1",
            headlines=(Headline(value=payload),),
            bodies=(Body(value=payload),),
            by=payload,
            usage_terms=payload,
            slugline=payload,
        )
        page = formats.encode("html", [item]).body.decode()
        tree = html5lib.parse(page, treebuilder="etree")
        wrong = next(filter(None, (_of(element, _PAGE) for element in tree.iter())), "")
        scripts = [element for element in tree.iter() if str(element.tag).endswith("}script")]
        if wrong or len(scripts) != 1 or scripts[0].get("type") != "application/ld+json":
            misses.append(f"out: {wrong or 'scripts'}: {payload[:120]!r}")
    return Row(
        "hostile strings in a page that goes out",
        share(len(found) - len(misses), len(found)),
        "100 %",
        len(found),
        tuple(misses),
    )


def _again(found: list[str]) -> Row:
    """A body that was cleaned does not change when it is cleaned again: nothing in it is read in two ways."""
    misses = []
    for payload in found:
        once = joined(html_blocks(payload)[0])
        if joined(html_blocks(once)[0]) != once:
            misses.append(repr(payload[:120]))
    return Row(
        "hostile HTML cleaned twice is cleaned once",
        share(len(found) - len(misses), len(found)),
        "100 %",
        len(found),
        tuple(misses),
    )


def _time(folder: Path) -> Row:
    """The slowest page: those of the collections, and one of 10 MB of paragraphs, of script, of attributes, of depth."""
    pages = {path.name: path.read_bytes() for path in sorted((folder / "libxml2" / "HTML").glob("*.htm*"))}
    start, end = "<!DOCTYPE html><html><head><title>Ferry</title></head><body>", "</body></html>"
    made = {
        "paragraphs": "<p>The ferry left the harbour at noon with sixty passengers on board.</p>" * 140_000,
        "script": f"<script>{'x' * 10_000_000}</script>{_COPY}",
        "depth": "<div>" * 2_000_000,
        "attributes": "<div " + " ".join(f"a{number}=b" for number in range(1_000_000)) + ">",
        "comments": "<!-- x -->" * 1_000_000,
        "links": '<a href="/x">The ferry left the harbour</a>' * 230_000,
        "just what is taken apart": "<p>The <b>ferry</b> left the harbour</p>" * 7_400,
    }
    pages |= {name: f"{start}{body}{end}".encode() for name, body in made.items()}
    formats.prepare()
    slowest, took = "", 0.0
    misses = []
    for name, page in pages.items():
        began = time.perf_counter()
        formats.decode(page, Hints(format="html"))
        spent = time.perf_counter() - began
        if spent > took:
            slowest, took = name, spent
        if spent > _LONGEST_S:
            misses.append(f"{name}: {spent:.2f} s")
    return Row(f"slowest page ({slowest})", f"{took:.2f} s", f"≤ {_LONGEST_S:.0f} s", len(pages), tuple(misses))
