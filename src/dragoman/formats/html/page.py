"""A page as a tree, within bounds: its metas, its JSON-LD, its title, its address, its text. Pure; nothing is fetched."""

import re
from collections.abc import Iterator

from lxml import etree, html
from msgspec import Struct, field

from dragoman.formats._charset import decode_text
from dragoman.formats._identity import is_uri
from dragoman.formats.html.linked import Node, article_of, by_id, microdata, nodes
from dragoman.model.arrival import Hints
from dragoman.model.errors import TooLarge, Undecodable
from dragoman.read.body import without_long_tags
from dragoman.text.cleaning import clean, squeeze

MOST_BYTES = 16 * 1024 * 1024
MOST_MARKUP, MOST_ELEMENTS, DEEPEST = 1_500_000, 15_000, 100
"""Of what is left without scripts and styles: characters, elements, levels. More is not taken apart."""
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]+)", re.IGNORECASE)
_LINKED = re.compile(r"<script\b[^>]{0,500}ld\+json[^>]{0,500}>", re.IGNORECASE)
_SKIPPED = re.compile(r"<(script|style|svg|noscript|template)\b|<!--", re.IGNORECASE)
_ENDS = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "svg", "noscript", "template")
} | {"": re.compile("-->")}
_BODY = re.compile(r"<body\b|</head\b", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,60}\Z")


class Page(Struct, frozen=True):
    """`root` is None where the page is too large to be taken apart; `metas` the first of each name, `all_metas` every one."""

    root: "etree._Element | None"
    markup: str
    metas: dict[str, str]
    all_metas: tuple[tuple[str, str], ...]
    title: str
    language: str
    address: str
    linked: list[Node] = field(default_factory=list)
    article: Node | None = None
    notes: tuple[str, ...] = ()

    @property
    def known(self) -> dict[str, Node]:
        """The nodes that others name by their id."""
        return by_id(self.linked)

    def meta(self, *names: str) -> str:
        """The first of these metas that says something."""
        return next((said for name in names if (said := self.metas.get(name, ""))), "")


def read_page(data: bytes, hints: Hints) -> Page:
    """The page `data`.

    Raises:
        TooLarge: it is over `MOST_BYTES`. Undecodable: no encoding fits, or it is empty.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge("The page is too large", f"{len(data):,} bytes; the limit is {MOST_BYTES:,}")
    declared = _META_CHARSET.search(data, 0, 8_000)
    from_http = _HTTP_CHARSET.search(hints.media_type)
    charset = from_http[1] if from_http else declared[1].decode("ascii") if declared else ""
    decoded = decode_text(data, declared=charset, hint=hints.charset)
    text = clean(decoded.text)
    scripts, markup = _without_scripts(text)
    if not markup.strip():
        raise Undecodable("The page is empty")
    markup = without_long_tags(markup)
    whole = _tree(markup) if len(markup) <= MOST_MARKUP else None
    root = next(each for each in (whole, _tree(_head_of(markup)), etree.Element("html")) if each is not None)
    metas = tuple(_metas(root))
    first = dict(reversed(metas))
    title = squeeze("".join(map(str, root.findtext(".//title") or "")))
    address = _address(root, first, hints)
    found = nodes(scripts)
    article = article_of(found, address, f"{title} {first.get('og:title', '')}")
    return Page(
        root=whole,
        markup=markup,
        metas=first,
        all_metas=metas,
        title=_SITE.sub("", title),
        language=squeeze(root.get("lang", "") or root.get("{http://www.w3.org/XML/1998/namespace}lang", ""))[:35],
        address=address,
        linked=found,
        article=article or (microdata(whole) if whole is not None else None),
        notes=decoded.notes if whole is not None else (*decoded.notes, "the page is too large to be taken apart"),
    )


def _without_scripts(text: str) -> tuple[list[str], str]:
    """The JSON-LD scripts, and the page without any script, style, drawing and comment; in linear time."""
    scripts: list[str] = []
    kept: list[str] = []
    at = 0
    open_ended: set[str] = set()
    while found := _SKIPPED.search(text, at):
        kept.append(text[at : found.start()])
        name = (found[1] or "").lower()
        end = None if name in open_ended else _ENDS[name].search(text, found.end())
        if end is None:  # never closed: a browser would lose the rest of the page, we lose the tag
            open_ended.add(name)
            at = found.end()
            continue
        if name == "script" and (linked := _LINKED.match(text, found.start())):
            scripts.append(text[linked.end() : end.start()])
        at = end.end()
        if name:
            behind = text.find(">", at, at + 200)
            at = behind + 1 if behind >= 0 else at
    kept.append(text[at:])
    return scripts, "".join(kept)


def _head_of(markup: str) -> str:
    """Where a page says what it is, if it says so in its head."""
    found = _BODY.search(markup, 0, MOST_MARKUP // 5)
    return markup[: found.start() if found else MOST_MARKUP // 20]


def _tree(markup: str) -> "etree._Element | None":
    """The page's tree; None where it is too large or too deep to be worked on."""
    if markup.count("<") > 4 * MOST_ELEMENTS or _too_deep(markup):
        return None
    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root if sum(1 for _ in root.iter()) <= MOST_ELEMENTS else None


_NESTED = re.compile(
    r"<(/?)(?:div|section|article|span|b|i|em|strong|font|a|table|ul|ol|blockquote|center|main|figure|form|u|small|dl)\b",
    re.IGNORECASE,
)


def _too_deep(markup: str) -> bool:
    depth = 0
    for tag in _NESTED.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            return True
    return False


def _metas(root: "etree._Element") -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        said = element.get("content", "")
        if name and said.strip():
            key = name.strip()
            yield (key if key.startswith("dragoman:") else key.lower())[:120], said


def _address(root: "etree._Element", metas: dict[str, str], hints: Hints) -> str:
    """The page's own address: canonical, og:url, or where it was found."""
    canonical = next(
        (link.get("href", "") for link in root.iter("link") if "canonical" in link.get("rel", "").lower().split()), ""
    )
    for one in (canonical, metas.get("og:url", ""), hints.source):
        said = one.strip()
        if is_uri(said) and said.startswith(("http://", "https://")):
            return said[:2_000]
    return ""
