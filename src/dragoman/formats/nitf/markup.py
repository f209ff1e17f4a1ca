"""A canonical body as NITF's elements, in the order and the nesting the schema of 3.6 asks for. Pure.

NITF has one kind of emphasis: what is not ``em`` is an ``em`` whose class is HTML's name, and is read so again. Direction
has no attribute: XHTML's own is used, as the schema lets foreign ones in.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from dragoman.formats._xml import parse_xml
from dragoman.model.errors import Undecodable
from dragoman.read.body import HtmlBlock, html_blocks

NS = "http://iptc.org/std/NITF/2006-10-18/"
XHTML = "http://www.w3.org/1999/xhtml"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DIR = f"{{{XHTML}}}dir"
_EMPHASIS = frozenset({
    "strong", "b", "i", "u", "s", "cite", "code", "bdi", "bdo", "time", "span",
})  # fmt: skip
_INLINE = _EMPHASIS | {"em", "a", "q", "br", "sub", "sup"}
_HEADINGS = frozenset({"h2", "h3", "h4"})
_SPANS = ("colspan", "rowspan")


def add_body(parent: etree._Element, markup: str) -> None:
    """The blocks of `markup` (HTML) as children of `parent` (a ``body.content``)."""
    blocks, _ = html_blocks(markup)
    for block in blocks:
        _block(parent, _parsed(block))


def element(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """A child of `parent` in NITF's namespace; attributes without a value are left out."""
    child = etree.SubElement(parent, f"{{{NS}}}{name}", {key: value for key, value in attributes.items() if value})
    if text:
        child.text = text
    return child


def _parsed(block: HtmlBlock) -> etree._Element:
    markup = block.markup.replace("&nbsp;", "\u00a0").replace("<br>", "<br/>")
    try:
        return parse_xml(markup)
    except Undecodable:  # nothing nh3 writes; a body that was never cleaned: its words stay
        plain = etree.Element("p")
        plain.text = block.text
        return plain


def _block(parent: etree._Element, source: etree._Element) -> None:
    name = str(source.tag)
    if name in _HEADINGS:
        _inline(_made(parent, "hl2", source, name if name != "h2" else ""), source)
    elif name in ("ul", "ol"):
        _list(parent, source)
    elif name == "blockquote":
        _flow(element(_made(parent, "bq", source), "block"), source)
    elif name == "table":
        _table(parent, source)
    else:
        _inline(_made(parent, "p", source), source)


def _made(parent: etree._Element, name: str, source: etree._Element, kind: str = "") -> etree._Element:
    """The element `name` with the language and direction of `source`."""
    child = element(parent, name, **({"class": kind} if kind else {}))
    if tag := source.get("lang"):
        child.set(XML_LANG, tag)
    if direction := source.get("dir"):
        child.set(_DIR, direction)
    return child


def _inline(parent: etree._Element, source: etree._Element) -> None:
    """What stands inside `source` as enriched text of `parent`; blocks among it are only their text."""
    _say(parent, source.text)
    for child in source:
        name = str(child.tag)
        if name == "br":
            element(parent, "br")
        elif name in ("sub", "sup"):
            element(element(parent, "num"), name, "".join(child.itertext()))
        elif name in _INLINE:
            _inline(_enriched(parent, name, child), child)
        else:
            _inline(parent, child)
        _say(parent, child.tail)


def _enriched(parent: etree._Element, name: str, source: etree._Element) -> etree._Element:
    if name == "span" and source.get("lang"):
        return _made(parent, "lang", source)
    if name in _EMPHASIS:
        return _made(parent, "em", source, name)
    made = _made(parent, name, source)
    if href := source.get("href"):
        made.set("href", href)
    return made


def _say(parent: etree._Element, text: str | None) -> None:
    """`text` behind whatever stands in `parent` already."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _flow(parent: etree._Element, source: etree._Element) -> None:
    """Blocks of `source` as blocks of `parent`; loose text between them as paragraphs."""
    for part in _parts(source):
        if len(part) == 1 and not isinstance(part[0], str) and part[0].tag not in _INLINE:
            _block(parent, part[0])
        else:
            paragraph = element(parent, "p")
            for piece in part:
                _piece(paragraph, piece)


def _piece(parent: etree._Element, piece: "str | etree._Element") -> None:
    """One piece of text, or an inline element, behind what stands in `parent`."""
    if isinstance(piece, str):
        _say(parent, piece)
        return
    holder = etree.Element("x")
    tail, piece.tail = piece.tail, None
    holder.append(piece)
    _inline(parent, holder)
    piece.tail = tail


def _parts(source: etree._Element) -> Iterator[list["str | etree._Element"]]:
    """Blocks alone, and runs of text and inline elements between them."""
    run: list[str | etree._Element] = [source.text] if source.text else []
    for child in list(source):
        tail = child.tail
        if child.tag in _INLINE:
            run.append(child)
        else:
            yield from _said(run)
            yield [child]
            run = []
        if tail:
            run.append(tail)
    yield from _said(run)


def _said(run: list["str | etree._Element"]) -> Iterator[list["str | etree._Element"]]:
    if any(not isinstance(piece, str) or piece.strip() for piece in run):
        yield run


def _list(parent: etree._Element, source: etree._Element) -> None:
    made = _made(parent, str(source.tag), source)
    if source.tag == "ol" and (start := source.get("start")):
        made.set("seqnum", start)
    for part in _parts(source):
        first = part[0]
        if not isinstance(first, str) and first.tag == "li":
            _mixed(_made(made, "li", first), first)
            continue
        entry = element(made, "li")
        for piece in part:
            _piece(entry, piece)


def _mixed(parent: etree._Element, source: etree._Element) -> None:
    """Text and blocks of `source` side by side in `parent`, which may hold both (an ``li``, a cell)."""
    _say(parent, source.text)
    for child in list(source):
        tail, child.tail = child.tail, None
        if child.tag in ("p", "ul", "ol", "blockquote", "table", *_HEADINGS):
            _block(parent, child)
        else:
            _piece(parent, child)
        _say(parent, tail)


def _table(parent: etree._Element, source: etree._Element) -> None:
    """Caption, head and body: the schema knows one body, so that rows of several and of a foot stand in it in their order."""
    rows = list(source.iter("tr"))
    if not any(cell.tag in ("td", "th") for row in rows for cell in row):
        _inline(_made(parent, "p", source), source)
        return
    made = _made(parent, "table", source)
    for caption in source.iter("caption"):
        _mixed(element(made, "caption"), caption)
        break
    in_head = [row for row in rows if (outer := row.getparent()) is not None and outer.tag == "thead"]
    _rows(made, "thead", in_head)
    _rows(made, "tbody", [row for row in rows if row not in in_head])


def _rows(table: etree._Element, name: str, rows: Iterable[etree._Element]) -> None:
    filled = [row for row in rows if any(cell.tag in ("td", "th") for cell in row)]
    if not filled:
        return
    section = element(table, name)
    for row in filled:
        made = element(section, "tr")
        for cell in row:
            if cell.tag in ("td", "th"):
                spans = {span: cell.get(span, "") for span in _SPANS}
                box = _made(made, str(cell.tag), cell)
                for span, said in spans.items():
                    if said:
                        box.set(span, said)
                _mixed(box, cell)
