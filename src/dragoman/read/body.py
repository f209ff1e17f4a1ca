"""A body as restricted block HTML: what is kept, and the blocks it is made of. Pure.

Kept are blocks, emphasis, lists, tables, absolute http, https and mailto links, `lang` and `dir`; nothing that runs,
loads or styles. The result is stable: cleaning it again changes nothing.
"""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from msgspec import Struct

from dragoman.model.item import Block
from dragoman.read.canonical import Piece, canonical_pieces, plain_paragraphs
from dragoman.text.cleaning import clean, squeeze, squeeze_lines

_BLOCKS = frozenset({"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "table", "pre"})
_INLINE = frozenset(
    {"a", "b", "bdi", "bdo", "br", "cite", "code", "em", "i", "q", "s", "span", "strong", "sub", "sup", "u", "time"}
)
_INNER = frozenset({"li", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "dl", "dt", "dd"})
_BOUNDARIES = frozenset({"div", "section", "article", "header", "footer", "main", "aside", "figure", "figcaption", "h1", "h5", "h6", "hr", "center", "address", "nav", "form", "fieldset", "body", "html", "head"})  # fmt: skip
_LOST = re.compile(r"<(img|iframe|video|audio|embed|object|svg|form|script|style|input|math)\b", re.IGNORECASE)
_BOUNDARY = re.compile(rf"</?(?:{'|'.join(sorted(_BOUNDARIES | {'pre'}, key=len, reverse=True))})(?=[\s>])[^>]*>")
_EDGE_BREAKS = re.compile(r"\A(?:\s*<br[^>]*>)+\s*|\s*(?:<br[^>]*>\s*)+\Z")
_DROPPED = {"script", "style", "title", "template", "noscript", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext", "svg", "math", "object", "select"}  # fmt: skip
_SELF_CLOSED = re.compile(rf"<(?:{'|'.join(sorted(_DROPPED))})(?=[\s/])[^<>]*/>", re.IGNORECASE)
"""XHTML's way to say that an element is empty; to HTML it is a start tag, and all that follows would be dropped with it."""
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_MARKUP = re.compile(r"[<&]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
_ANY_TAG = re.compile(r"<[^>]*>")
_BREAKS = re.compile(r"(?:\s*<br[^>]*>\s*){2,}")
_LINE_ENDS = re.compile(r"<br[^>]*>|</(?:li|tr|p|dt|dd|caption|h\d|div)>")
_CELL_ENDS = re.compile(r"</t[dh]>\s*(?=<t[dh])")
_XML_LANG = re.compile(r"\sxml:lang=", re.IGNORECASE)
_STRONG_ALONE = re.compile(r"\s*<(strong|b|em|u)>((?:(?!</?(?:strong|b|em|u)\b).)*)</\1>\s*\Z", re.DOTALL)
_EMPTY = re.compile(r"(?:\s|&nbsp;|<br[^>]*>|<(?:span|b|i|em|strong)\b[^>]*>|</(?:span|b|i|em|strong)>)*\Z")
_IRREGULAR = re.compile(
    r"<(?!/)(?!(?:p|h[2-4]|ul|ol|li|b|i|em|strong|br|span|a|blockquote|sub|sup|u|div)[\s>])|<a [^>]*>[^<]*<a "
)
_MOVES = 4
_DEEPEST = 1_000
LONGEST_TAG = 8_000
_ANY_START = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,30}")
_NESTING = re.compile(
    r"<(/?)(?!(?:p|br|hr|img|li|d[td]|t[rdh]|option|meta|link|input|col|wbr|area|base|source|param|track|embed)[\s/>])[a-z]",
    re.IGNORECASE,
)
"""Tags of elements that have to be closed; the others close themselves."""
_HEADING_LENGTH = 120
_KINDS: dict[str, str] = {"h2": "subheading", "h3": "subheading", "h4": "subheading", "blockquote": "quote", "ul": "list", "ol": "list", "table": "table"}  # fmt: skip
_RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "dl": "ul"}


class HtmlBlock(Struct, frozen=True):
    """`attributes` as printed (a leading space, `lang` and `dir` only), `inner` the HTML inside, `text` it in plain."""

    tag: str
    attributes: str
    inner: str
    text: str

    @property
    def block(self) -> Block:
        kind = _KINDS.get(self.tag, "paragraph")
        if (
            kind == "paragraph"
            and "<" in self.inner
            and len(self.text) <= _HEADING_LENGTH
            and _STRONG_ALONE.match(self.inner)
        ):
            kind = "subheading"
        return Block(kind=kind, text=self.text)  # type: ignore[arg-type]  # of _KINDS

    @property
    def markup(self) -> str:
        return f"<{self.tag}{self.attributes}>{self.inner}</{self.tag}>"


def html_blocks(markup: str) -> tuple[list[HtmlBlock], tuple[str, ...]]:
    """The blocks of `markup` (any HTML, or plain text), cleaned; and the names of what could not be kept."""
    markup = clean(markup)
    if not _MARKUP.search(markup):
        return [_paragraph(html.escape(text, quote=False)) for text in markup.split("\n\n") if text.strip()], ()
    if (paragraphs := plain_paragraphs(markup)) is not None:
        return [HtmlBlock("p", "", text, text) for text in paragraphs], ()
    if (pieces := canonical_pieces(markup)) is not None:
        return [block for piece in pieces for block in _as_it_is(piece)], ()
    return sanitised_blocks(markup)


def sanitised_blocks(markup: str) -> tuple[list[HtmlBlock], tuple[str, ...]]:
    """As `html_blocks`, of markup that nobody has looked at: always by way of the sanitiser."""
    if len(markup) > LONGEST_TAG:
        markup = without_long_tags(markup)
    if _is_bottomless(markup):
        texts = (squeeze(html.unescape(text)) for text in _ANY_TAG.split(markup))
        return [_paragraph(html.escape(text, quote=False)) for text in texts if text], ("nesting",)
    lost = tuple(sorted({name.lower() for name in _LOST.findall(markup)}))
    if "/>" in markup:
        markup = _SELF_CLOSED.sub("", markup)
    cleaned = clean(_cleaner().clean(_XML_LANG.sub(" lang=", markup) if "xml:lang" in markup else markup))
    blocks = list(_blocks(cleaned))
    return (_settled(blocks) if _IRREGULAR.search(cleaned) else blocks), lost


def _as_it_is(piece: Piece) -> Iterable[HtmlBlock]:
    """The blocks of a piece of canonical markup, as `_blocks` would find them."""
    if piece.tag != "p":
        return _of(piece.tag, "", piece.inner)
    if not piece.is_text:
        return _paragraphs(piece.inner)
    text = squeeze(piece.inner)
    return (HtmlBlock("p", "", text, text),) if text else ()


def without_long_tags(markup: str) -> str:
    """`markup` without the attributes of tags that are longer than `LONGEST_TAG`: parsers compare each with all before it."""
    kept: list[str] = []
    at = 0
    for tag in _ANY_START.finditer(markup):
        if tag.start() < at:
            continue
        end = markup.find(">", tag.end())
        end = len(markup) if end < 0 else end
        if end - tag.start() > LONGEST_TAG:
            kept.append(markup[at : tag.end()])
            at = end
    return "".join((*kept, markup[at:])) if kept else markup


def _is_bottomless(markup: str) -> bool:
    """Are elements put into one another deeper than anybody writes? A parser needs square time for them."""
    if markup.count("<") <= _DEEPEST:
        return False
    depth = 0
    for tag in _NESTING.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def _settled(blocks: list[HtmlBlock]) -> list[HtmlBlock]:
    """The blocks as a parser reads them again: elements that stood inside others where HTML allows none move about once."""
    for _ in range(_MOVES):
        markup = joined(blocks)
        again = list(_blocks(clean(_cleaner().clean(markup))))
        if joined(again) == markup:
            return blocks
        blocks = again
    texts = (line for block in blocks for line in block.text.split("\n"))
    return [_paragraph(html.escape(text, quote=False)) for text in texts if text.strip()]


def joined(blocks: list[HtmlBlock]) -> str:
    """`blocks` as canonical HTML, one a line."""
    return "\n".join(block.markup for block in blocks)


def plain(markup: str) -> str:
    """The text of `markup`: entities resolved, one line a block or list entry, cells parted by tabs."""
    if "<" not in markup:
        text = html.unescape(markup) if "&" in markup else markup
        return squeeze_lines(text) if "\n" in text else squeeze(text)
    if not _LINE_ENDS.search(markup) and not _CELL_ENDS.search(markup):
        return squeeze(html.unescape(_ANY_TAG.sub("", markup)))
    lines = _LINE_ENDS.sub("\x00", _CELL_ENDS.sub("\x01", markup))
    text = squeeze(html.unescape(_ANY_TAG.sub("", lines)))
    return _rows(text) if "\x01" in text else squeeze_lines(text.replace("\x00", "\n"))


def _rows(text: str) -> str:
    rows = (row.strip() for row in text.replace("\x01", " \x01 ").split("\x00"))
    return "\n".join("\t".join(cell.strip() for cell in row.split("\x01")) for row in rows if row)


_KEPT = set(_BLOCKS | _INLINE | _INNER | _BOUNDARIES)
_ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_ATTRIBUTE_VALUES = {tag: {"dir": {"ltr", "rtl", "auto"}} for tag in _KEPT}


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    # Built once: turning the tables into Rust sets takes longer than cleaning a body.
    return nh3.Cleaner(
        tags=_KEPT,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        tag_attribute_values=_ATTRIBUTE_VALUES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "lang":
        return value if _LANG.match(value) else None
    if name == "href":
        return _link(value)
    if name in ("start", "colspan", "rowspan"):
        return value if value.isdigit() and len(value) < 4 else None
    return value


def _link(href: str) -> str | None:
    """`href` if it is absolute and of a kind a reader can follow; relative ones mean nothing away from their page."""
    href = href.strip().replace(">", "%3E").replace("<", "%3C").replace('"', "%22")
    if any(sign.isspace() or sign < " " for sign in href):
        return None
    if href.lower().startswith("mailto:") and "@" in href:
        return href
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    return href if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def _blocks(cleaned: str) -> Iterator[HtmlBlock]:
    """The blocks of nh3's well-formed output: what stands between them becomes paragraphs, wrappers disappear."""
    loose: list[str] = []
    at = 0
    position = 0
    for tag in _TAG.finditer(cleaned):
        if tag.start() < position:
            continue
        closing, name, attributes = tag.groups()
        if name in _INLINE:
            continue
        loose.append(cleaned[at : tag.start()])
        yield from _paragraphs("".join(loose))
        loose = []
        at = position = tag.end()
        wanted = _RENAMED.get(name, name)
        if closing or wanted not in _BLOCKS:
            continue
        end, after = _end_of(cleaned, name, tag.end())
        inner = cleaned[tag.end() : end]
        at = position = after
        yield from _of(wanted, attributes, inner)
    yield from _paragraphs(cleaned[at:])


def _of(tag: str, attributes: str, inner: str) -> Iterator[HtmlBlock]:
    if tag == "p":
        yield from _paragraphs(inner, attributes)
        return
    if tag == "pre":
        yield from _paragraphs("<br>".join(_without_blocks(inner).strip().split("\n")), attributes)
        return
    if tag in ("h2", "h3", "h4"):
        inner = _EDGE_BREAKS.sub("", " ".join(_without_blocks(inner).split()))
    inner = _BOUNDARY.sub(" ", inner).strip()
    if tag == "ul" and "<dt" in inner:
        inner = re.sub(r"<(/?)d[td]\b[^>]*>", r"<\1li>", inner)
    text = plain(inner)
    if text:
        yield HtmlBlock(tag, attributes.rstrip(" /"), inner, text)


def _paragraphs(inner: str, attributes: str = "") -> Iterator[HtmlBlock]:
    if _EMPTY.match(inner):
        return
    for piece in _BREAKS.split(inner) if "<br" in inner else (inner,):
        block = _paragraph(piece if _is_balanced(piece) else _ANY_TAG.sub(" ", piece), attributes)
        if block.text:
            yield block


def _paragraph(inner: str, attributes: str = "") -> HtmlBlock:
    inner = " ".join(inner.split())
    if "<br" in inner:
        inner = _EDGE_BREAKS.sub("", inner)
    return HtmlBlock("p", attributes.rstrip(" /"), inner, plain(inner))


def _is_balanced(piece: str) -> bool:
    """Is every element of `piece` closed in it? One that spans two blocks was torn when they were parted."""
    if "<" not in piece:
        return True
    still_open: list[str] = []
    for tag in _TAG.finditer(piece):
        closing, name, _ = tag.groups()
        if name == "br":
            continue
        if not closing:
            still_open.append(name)
        elif not still_open or still_open.pop() != name:
            return False
    return not still_open


def _without_blocks(inner: str) -> str:
    return _TAG.sub(lambda tag: tag[0] if tag[2] in _INLINE else " ", inner)


def _end_of(cleaned: str, name: str, start: int) -> tuple[int, int]:
    """Where the element `name` that was opened before `start` is closed: before and behind its end tag."""
    if name == "p":  # HTML lets no block into a paragraph: the next end tag is its own
        end = cleaned.find("</p>", start)
        return (end, end + 4) if end >= 0 else (len(cleaned), len(cleaned))
    depth = 1
    for tag in re.compile(rf"<(/?){name}(?=[\s>])[^>]*>").finditer(cleaned, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.start(), tag.end()
    return len(cleaned), len(cleaned)
