"""What an item carries: XHTML, NITF or an agency's own markup inline, text as data, and files elsewhere. Pure.

Bylines and headlines that stand in the text again are taken out of it; renditions are only named, never fetched.
"""

import html
import re
from collections.abc import Callable

from lxml import etree

from dragoman.formats._nitf_body import nitf_markup, nitf_media, nitf_notes
from dragoman.formats._xml import local
from dragoman.formats.newsml_g2.said import Said, bare, children, first, paragraphs, role_of, words
from dragoman.formats.newsml_g2.tt import tt_markup
from dragoman.model.item import Body, Description, Headline, Rendition
from dragoman.text.cleaning import squeeze

_VOID = frozenset({"br", "hr", "img", "col"})
_EMPTY = re.compile(r"<([A-Za-z_][\w.-]*)([^<>]*)/>")
_PREFIX = re.compile(r"(</?)[A-Za-z_][\w.-]*:(?=[A-Za-z])")
_ANY_TAG = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<h1\b[^<>]*>((?:(?!</?h1\b).)*)</h1>", re.DOTALL)
_LINES = re.compile(r"<p\b[^<>]*>[^<>]*</p>")
_COLUMNS = re.compile(r"\S(?: {2,}|\t)\S")
_BY = re.compile(r"(?:By|Von|Par|Por)\s+([^\W\d_][^.!?:;]{2,70})\Z")
_PARTICLES = frozenset(
    {"and", "und", "et", "y", "e", "de", "del", "van", "von", "der", "di", "da", "al", "in", "for", "bin"}
)
_HEAD = 4000  # characters in which a byline or title stands
_LOOK = 4  # paragraphs
_LONGEST_BYLINE = 240  # characters of markup
_FURNITURE = frozenset({"header", "footer", "nav"})


def read_content(said: Said, content: etree._Element) -> None:
    """Bodies, renditions and the pictures inside the text of a ``contentSet``."""
    for child in content:
        tag = child.tag
        name = tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
        if name == "inlinexml":
            _inline(said, child)
        elif name == "inlinedata":
            _data(said, child)
        elif name == "remotecontent":
            _remote(said, child)
        elif name:
            said.lost[f"contentSet/{name}"[:80]] = None


def _inline(said: Said, element: etree._Element) -> None:
    root = next((child for child in element if isinstance(child.tag, str)), None)
    if root is None:
        if (element.text or "").strip():
            _add(said, element.text or "")
        return
    name = local(root)
    if reader := _ROOTS.get(name):
        _add(said, reader(said, root))
    elif name not in ("events", "event"):  # those are items of their own
        markup = _serialised(root)
        if "<p" in markup or "<div" in markup:
            _add(said, markup)
        else:
            said.lost[f"inlineXML {name}"[:80]] = None


def _add(said: Said, markup: str) -> None:
    if "  " in markup and "\n" in markup and _COLUMNS.search(markup):
        markup = _LINES.sub(_kept_lines, markup)
    for word in said.dialect.left_over:
        if word in markup:
            markup = markup.replace(word, "")
            said.notes.append(f"left out of the text: {html.unescape(word)}")
    markup = _without_title(said, markup)
    markup = _without_byline(said, markup)
    if markup.strip():
        said.bodies.append(Body(value=markup))


def _xhtml(said: Said, root: etree._Element) -> str:
    body = first(root, "body") if local(root) == "html" else root
    body = root if body is None else body
    main = []
    for child in body:
        name = bare(child.tag)
        if name in _FURNITURE:
            _byline_of_class(said, child)
            child.clear(keep_tail=True)
        elif name == "section" and "main" in child.get("class", "").split():
            main.append(child)
    return "".join(map(_serialised, main)) if main else _serialised(body)


def _byline_of_class(said: Said, header: etree._Element) -> None:
    for each in header.iter():
        if isinstance(each.tag, str) and "byline" in each.get("class", "").split():
            said.text("by", words(each))


def _nitf(said: Said, root: etree._Element) -> str:
    if notes := nitf_notes(root):
        said.notes_to_editors.append(("nitf", notes))
    said.associations += nitf_media(root)
    for each in root.iter():
        name = local(each)
        if reader := _NITF_HEAD.get(name):
            reader(said, each)
        elif name == "body.content":
            break
    return nitf_markup(root)


def _nitf_title(said: Said, element: etree._Element) -> None:
    if not said.headlines and (value := words(element)):
        said.headlines.append(Headline(value=value))


def _nitf_by(said: Said, element: etree._Element) -> None:
    said.text("nitf by", words(element))


def _nitf_abstract(said: Said, element: etree._Element) -> None:
    value = paragraphs(element)
    if value and not any(squeeze(each.value) == squeeze(value) for each in said.descriptions):
        said.descriptions.append(Description(value=value, role="summary"))


def _nitf_dateline(said: Said, element: etree._Element) -> None:
    said.text("dateline", words(element))


_NITF_HEAD: dict[str, Callable[[Said, etree._Element], None]] = {
    "title": _nitf_title,
    "hl1": _nitf_title,
    "byline": _nitf_by,
    "abstract": _nitf_abstract,
    "dateline": _nitf_dateline,
}
_ROOTS: dict[str, Callable[[Said, etree._Element], str]] = {
    "html": _xhtml,
    "div": _xhtml,
    "article": _xhtml,
    "section": _xhtml,
    "nitf": _nitf,
    "body.content": _nitf,
    "body": lambda said, root: tt_markup(said, root) if root.tag == "BODY" else _xhtml(said, root),
}


def _data(said: Said, element: etree._Element) -> None:
    text = element.text or ""
    media_type = element.get("contenttype", "").lower()
    if not text.strip():
        return
    if element.get("encoding") or (media_type and not media_type.startswith("text/") and "html" not in media_type):
        said.lost[f"inlineData {media_type}"[:80]] = None
    elif "html" in media_type or "<p" in text[:_HEAD].lower():
        _add(said, text)
    else:
        said.bodies.append(Body(value=text, content_type="text/plain"))


def _remote(said: Said, element: etree._Element) -> None:
    href = element.get("href", "").strip() or element.get("residref", "").strip()
    if href:
        said.renditions.append(
            Rendition(
                name=role_of(element, "rendition") or "main",
                href=href,
                content_type=element.get("contenttype", "").strip(),
                title=next((words(each) for each in children(element, "title")), ""),
                width=_pixels(element.get("width", "")),
                height=_pixels(element.get("height", "")),
            )
        )


def _pixels(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


# ----------------------------------------------------------------------------------------------------- the markup


def _serialised(element: etree._Element) -> str:
    """`element` as HTML: without prefixes, and nothing closed in itself that HTML would leave open."""
    markup: str = etree.tostring(element, encoding="unicode", with_tail=False)
    if element.prefix or any(child.prefix for child in element):
        markup = _PREFIX.sub(r"\1", markup)
    return _EMPTY.sub(_opened, markup) if "/>" in markup else markup


def _opened(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name.lower() in _VOID else f"<{name}{match[2]}></{name}>"


def _kept_lines(match: re.Match[str]) -> str:
    """A table set in columns inside a paragraph keeps its lines."""
    lines = match[0].split("\n")
    return (
        "<br/>".join(lines)
        if len(lines) > 2 and sum(bool(_COLUMNS.search(line.strip())) for line in lines) * 2 >= len(lines)
        else match[0]
    )


def _plain(markup: str) -> str:
    return squeeze(html.unescape(_ANY_TAG.sub("", markup)))


def _without_title(said: Said, markup: str) -> str:
    """The text without the headline, where it opens it."""
    found = _TITLE.search(markup, 0, _HEAD) if markup.find("<h1", 0, _HEAD) >= 0 else None
    if found and _plain(found[1]) in {each.value for each in said.headlines}:
        return markup[: found.start()] + markup[found.end() :]
    return markup


def _without_byline(said: Said, markup: str) -> str:
    """The text without the paragraph that is only its byline, which becomes the item's where it has none."""
    known = said.texts.get("by", "")
    at = 0
    for _ in range(_LOOK):
        start = markup.find("<p", at, _HEAD)
        opened, at = markup.find(">", start) + 1, markup.find("</p>", start) + 4
        if start < 0 or not opened or at < 4:
            break
        if at - opened > _LONGEST_BYLINE or not (text := _plain(markup[opened:at])):
            continue
        if _bare(text) == _bare(known) or (not known and _is_byline(text)):
            said.text("by", text)
            return markup[:start] + markup[at:]
    return markup


def _is_byline(text: str) -> bool:
    match = _BY.match(text)
    return match is not None and all(word[:1].isupper() or word in _PARTICLES for word in match[1].split())


def _bare(byline: str) -> str:
    match = _BY.match(byline)
    return (match[1] if match else byline).casefold()
