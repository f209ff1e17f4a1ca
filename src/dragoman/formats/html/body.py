"""The text of a page's article: what trafilatura finds, what JSON-LD says, or the paragraphs that stand together. Pure."""

import re
from itertools import count
from typing import Any

from lxml import etree
from msgspec import Struct

from dragoman.formats.html.linked import Node, text_of
from dragoman.formats.html.page import Page
from dragoman.read.body import html_blocks, joined, plain
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.markup import blocks_of_text, html_of_blocks

_CLEAR_EVERY = 200  # pages: its caches grow with each
_pages = count(1)
_ENOUGH = 140
"""Letters of a text that may be an article; Chinese says in one letter what others say in three."""
MOST = 400_000
"""Letters of one that is no article any more."""
_SHORTER, _LONGER = 0.6, 1.7
_LONGEST = 300_000
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*\Z")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Text(Struct, frozen=True):
    """The body as HTML (any), from where it is, and its letters: spaces left out, a Chinese one counted as three."""

    markup: str = ""
    origin: str = ""
    length: int = 0

    @property
    def is_enough(self) -> bool:
        return self.length >= _ENOUGH


def _text(markup: str, origin: str) -> Text:
    said = "".join(plain(markup).split())
    return Text(markup, origin, len(said) + 2 * len(_HAN.findall(said)))


def body_of(page: Page) -> Text:
    """The text of the article; empty where there is none.

    The page's own markup counts, with its paragraphs and links, unless JSON-LD says much more (the page shows a beginning)
    or much less (the page shows other things as well).
    """
    said = linked_body(page.article) if page.article else Text()
    shown = _extracted(page)
    if not said.length:
        return shown
    if shown.length < _SHORTER * said.length or (
        shown.length > _LONGER * said.length and said.is_enough and not _CUT.search(plain(said.markup))
    ):
        return said
    return shown


def linked_body(node: Node) -> Text:
    """The articleBody of JSON-LD, or the posts of a live blog one after the other."""
    text = node.get("articleBody")
    if isinstance(text, list):
        text = "\n\n".join(one for one in text[:500] if isinstance(one, str))
    if isinstance(text, str) and text.strip():
        return _text(_as_html(text[:_LONGEST]), "JSON-LD")
    posts = node.get("liveBlogUpdate")
    parts = [_post(one) for one in (posts if isinstance(posts, list) else [posts])[:300] if isinstance(one, dict)]
    return _text("".join(parts), "JSON-LD")


def _post(post: dict[str, Any]) -> str:
    headline, text = text_of(post, "headline", "name"), post.get("articleBody")
    title = f"<h2>{_escaped(headline)}</h2>" if headline else ""
    return title + (_as_html(text[:50_000]) if isinstance(text, str) else "")


def _as_html(text: str) -> str:
    text = clean(text)
    if re.search(r"<(?:p|br|div|h\d|ul|blockquote)\b", text):
        return text
    if "&lt;" in text or "&#" in text or "&quot;" in text or "&amp;" in text or "&nbsp;" in text:
        text = plain(text.replace("\n", "<br>"))
    return html_of_blocks(blocks_of_text(text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _extracted(page: Page) -> Text:
    if page.root is None:
        return _paragraphs_alone(page.markup[:400_000])
    marked = _by_property(page.root)
    found = _by_trafilatura(page)
    if marked.is_enough and marked.length >= found.length * _SHORTER:
        return marked
    return found if found.length else _standing_together(page.root)


def _by_property(root: etree._Element) -> Text:
    """What the page itself marks as the body (itemprop, or a role of ARIA's)."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.get("itemprop") == "articleBody":
            return _text(_markup(element), "articleBody")
    return Text()


def _by_trafilatura(page: Page) -> Text:
    from trafilatura import bare_extraction  # slow to import, and only pages need it
    from trafilatura.meta import reset_caches

    if next(_pages) % _CLEAR_EVERY == 0:
        reset_caches()
    try:
        found: Any = bare_extraction(
            page.markup,
            url=None,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_tables=True,
            with_metadata=False,
            fast=True,
        )
    except Exception:  # whatever a page does to it: the paragraphs are still there
        return Text()
    tree = getattr(found, "body", None)
    if tree is None:
        return Text()
    if len(tree) == 1 and "\n" in (text := str(tree[0].text or "")):  # its last resort: lines, no structure
        return _text(html_of_blocks(blocks_of_text(text)), "trafilatura")
    return _text(_markup(tree), "trafilatura")


_NAMES = {
    "p": "p", "head": "h2", "list": "ul", "item": "li", "quote": "blockquote", "table": "table", "row": "tr", "cell": "td",
    "lb": "br", "del": "s", "code": "code", "ab": "p",
}  # fmt: skip
_RENDS = {"#b": "b", "#i": "i", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup"}


def _markup(element: etree._Element) -> str:
    """`element` as HTML; trafilatura's own names (TEI) become those of HTML."""
    parts: list[str] = []
    _write(element, parts, 0)
    return "".join(parts)


def _write(element: etree._Element, parts: list[str], depth: int) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    name = _NAMES.get(tag, tag)
    attributes = ""
    if tag == "hi":
        name = _RENDS.get(element.get("rend", ""), "span")
    elif tag == "ref":
        name = "a"
        attributes = f' href="{_escaped(element.get("target", "")).replace(chr(34), "&quot;")}"'
    elif tag == "a":
        attributes = f' href="{_escaped(element.get("href", "")).replace(chr(34), "&quot;")}"'
    elif tag == "graphic" or not tag or depth > 150:
        parts.append(_escaped(element.tail or ""))
        return
    shown = name not in ("main", "body", "doc", "html") and re.fullmatch(r"[a-z][a-z0-9]{0,12}", name) is not None
    parts.append(f"<{name}{attributes}>" if shown else "")
    parts.append(_escaped(element.text or ""))
    for child in element:
        _write(child, parts, depth + 1)
    parts.append(f"</{name}>" if shown and name != "br" else "")
    parts.append(_escaped(element.tail or "") if depth else "")


def _standing_together(root: etree._Element) -> Text:
    """The paragraphs of the element that holds most text in paragraphs of its own."""
    best, most = None, 0
    for element in root.iter("article", "main", "section", "div", "body", "td"):
        own = [child for child in element if child.tag in ("p", "h2", "h3", "ul", "ol", "blockquote", "table")]
        said = sum(len(_said(child)) for child in own if child.tag == "p")
        if said > most:
            best, most = own, said
    return _text("".join(_markup(one) for one in best), "paragraphs") if best else Text()


def _paragraphs_alone(markup: str) -> Text:
    """The paragraphs of a page that is not taken apart, as far as they are sentences."""
    found = re.findall(r"<p\b[^>]{0,300}>((?:(?!</?p\b).){40,20000}?)(?=</?p\b)", markup, re.DOTALL | re.IGNORECASE)
    return _text("".join(f"<p>{one}</p>" for one in found[:400]), "paragraphs")


def _said(element: etree._Element) -> str:
    return squeeze("".join(map(str, element.itertext())))


def link_share(page: Page, text: Text) -> float:
    """How much of the text is nothing but links: that of a list is most of it."""
    if page.root is None:
        return 0.0
    links = {_said(each) for each in page.root.iter("a")} - {""}
    lines = [squeeze(line) for block in html_blocks(text.markup)[0] for line in block.text.split("\n")]
    linked = sum(len(line) for line in lines if line in links)
    return linked / (sum(map(len, lines)) or 1)


def canonical(text: Text, headline: str) -> str:
    """The body as blocks, without the headline where the page says it again on top."""
    blocks, _ = html_blocks(text.markup)
    while len(blocks) > 1 and squeeze(blocks[0].text) == squeeze(headline):
        blocks = blocks[1:]
    return joined(blocks)
