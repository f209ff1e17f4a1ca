"""The text of NITF as plain HTML markup, wherever it stands: in NITF itself, in NewsML 1.x, NewsML-G2, an agency's API. Pure.

    nitf_markup(content) -> str                   the HTML fragment of a body.content (a body, a block, an abstract)
    nitf_media(content) -> tuple[Association, …]  the pictures, sounds and films in it, which are no part of the text
    nitf_notes(content) -> str                    its notes to editors, which are no part of it either

Names are taken without their namespace, and XHTML that stands among NITF stays as it is. The markup is not sanitised:
`shaped` does that for every format.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from dragoman.formats._xml import local, text_of
from dragoman.model.item import Association, Headline, Rendition
from dragoman.text.cleaning import squeeze

_SAME = (
    "p", "br", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td",
    "th", "pre", "hr", "a", "q", "em", "strong", "b", "i", "u", "s", "sub", "sup", "cite", "code", "span",
    "bdi", "bdo", "time", "h2", "h3", "h4", "blockquote", "img", "iframe", "script", "style", "video", "audio",
    "object", "embed", "svg", "form",
)  # fmt: skip
_HTML = {
    **{name: name for name in _SAME},
    "hl1": "h2",
    "hl2": "h2",
    "h1": "h2",
    "bq": "blockquote",
    "credit": "p",
    "lang": "span",
    "byline": "p",
    "dateline": "p",
    "tagline": "p",
    "datasource": "p",
    "copyrite": "p",
    "bibliography": "p",
}
"""NITF's element → HTML's. What is not named here (a place, a sum, a name) is only its text."""
_LEFT_OUT = frozenset({
    "media", "note", "tobject", "key-list", "classifier", "alt-code", "col", "colgroup", "nitf-table-metadata",
    "table-reference", "hedline", "head",
})  # fmt: skip
_TEXTS = frozenset({"body.content", "body.end"})
_VOID = frozenset({"br", "hr", "img"})
_EMPHASIS = {
    **{
        name: name
        for name in ("b", "i", "u", "s", "strong", "sub", "sup", "cite", "code", "span", "bdi", "bdo", "time")
    },
    "bold": "b",
    "italic": "i",
    "italics": "i",
    "underline": "u",
    "underscore": "u",
    "strikethrough": "s",
}
"""The class or style of an ``em`` → the element it is in HTML: NITF has no other emphasis."""
_ATTRIBUTES = {"lang": "lang", "dir": "dir", "href": "href", "colspan": "colspan", "rowspan": "rowspan", "seqnum": "start", "start": "start"}  # fmt: skip
_UNPUBLISHED = "npa"
_MOST_MEDIA = 200
_KINDS = {
    "image": "picture",
    "photo": "picture",
    "picture": "picture",
    "graphic": "graphic",
    "audio": "audio",
    "sound": "audio",
    "video": "video",
    "text": "text",
}


def nitf_markup(content: etree._Element) -> str:
    """What stands inside `content` as HTML: paragraphs, headings, lists, tables, emphasis and links, `lang` and `dir` kept.

    Of a whole ``nitf`` or ``body`` it is the text, without headlines, byline and abstract. ``media`` and notes to editors
    are left out: `nitf_media` and `nitf_notes` have them.
    """
    out: list[str] = []
    for each in _texts(content):
        _inside(each, out)
    return "".join(out)


def nitf_media(content: etree._Element) -> tuple[Association, ...]:
    """The ``media`` elements of `content` in order, as ``picture-1``, ``video-2`` …: every file a rendition, the caption its
    headline."""
    found = islice(content.iter("{*}media"), _MOST_MEDIA)
    return tuple(_association(number, element) for number, element in enumerate(found, 1))


def nitf_notes(content: etree._Element) -> str:
    """The notes of `content` that are for editors only (``note/@type="npa"``), or empty."""
    notes = (note for note in content.iter("{*}note") if not _is_published(note))
    return "\n".join(text for note in notes if (text := squeeze(text_of(note))))


def _texts(element: etree._Element) -> list[etree._Element]:
    """The parts of a ``nitf`` or ``body`` that are text; any other element, and a ``body`` of XHTML, is one itself."""
    if local(element) == "nitf":
        element = next((child for child in element if local(child) == "body"), element)
    found = [child for child in element if local(child) in _TEXTS] if local(element) == "body" else []
    return found or [element]


@lru_cache(maxsize=256)
def _html_name(tag: str) -> str | None:
    """The HTML element for a qualified name, empty for its text only, None for what is left out."""
    name = tag.rpartition("}")[2].lower()
    return None if name in _LEFT_OUT else _HTML.get(name, "")


def _inside(element: etree._Element, out: list[str]) -> None:
    if text := element.text:
        out.append(_escape(text))
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            _element(child, tag, out)
        if tail := child.tail:
            out.append(_escape(tail))


def _element(element: etree._Element, tag: str, out: list[str]) -> None:
    name = _html_name(tag)
    if name is None:
        if local(element) == "note" and _is_published(element):
            _inside(element, out)
        return
    attributes = element.items()
    if attributes and name in _BY_CLASS:
        name = _BY_CLASS[name](element)
    if not name:
        _inside(element, out)
        return
    if not attributes and not len(element) and name not in _VOID:  # most paragraphs
        out.append(f"<{name}>{_escape(element.text or '')}</{name}>")
        return
    out.append(f"<{name}{_attributes(name, attributes)}>" if attributes else f"<{name}>")
    if name not in _VOID:
        _inside(element, out)
        out.append(f"</{name}>")


def _heading(element: etree._Element) -> str:
    said = element.get("class", "")
    return said if said in ("h3", "h4") else "h2"


def _emphasis(element: etree._Element) -> str:
    words = f"{element.get('class', '')} {element.get('style', '')}".lower().split()
    return next((_EMPHASIS[word] for word in words if word in _EMPHASIS), "em")


_BY_CLASS = {"em": _emphasis, "h2": _heading}


def _attributes(name: str, attributes: list[tuple[str, str]]) -> str:
    kept: dict[str, str] = {}
    for key, value in attributes:
        wanted = _ATTRIBUTES.get(key.rpartition("}")[2].lower())
        if wanted:
            kept[wanted] = value
    if name in ("img", "iframe", "video", "audio", "embed"):
        kept["src"] = ""  # only so that the reading tells of it
    return "".join(f' {key}="{_escape(value).replace(chr(34), "&quot;")}"' for key, value in kept.items())


def _escape(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _is_published(note: etree._Element) -> bool:
    return note.get("type", "").lower() != _UNPUBLISHED and note.get("noteclass", "").lower() != "editorsnote"


def _association(number: int, media: etree._Element) -> Association:
    kind = _KINDS.get(media.get("media-type", "").strip().lower(), "")
    caption = " ".join(squeeze(text_of(each)) for each in media if local(each) == "media-caption").strip()
    renditions = tuple(_renditions(media))
    said = (each.get("value", "") for each in media if local(each) == "media-metadata" and each.get("name") == "uri")
    uri = next(said, "") or next((one.href for one in renditions if one.href), "")
    return Association(
        name=f"{kind or 'media'}-{number}",
        type=kind,
        uri=uri,
        headlines=(Headline(value=caption, role="caption"),) if caption else (),
        renditions=renditions,
    )


def _renditions(media: etree._Element) -> Iterator[Rendition]:
    for element in media:
        if local(element) != "media-reference":
            continue
        yield Rendition(
            name=squeeze(element.get("name", "")) or "main",
            href=element.get("source", "").strip() or element.get("data-location", "").strip(),
            content_type=element.get("mime-type", "").strip(),
            title=squeeze(element.get("alternate-text", "")),
            width=_pixels(element.get("width", "")),
            height=_pixels(element.get("height", "")),
        )


def _pixels(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else 0
