"""Text of feeds as HTML, whatever mode it was written in, and its relative links made absolute. Pure."""

import base64
import binascii
import re
from urllib.parse import urljoin, urlsplit

from lxml import etree

from dragoman.formats._feed.elements import BASE
from dragoman.formats._xml import markup_of, text_of

_HTML = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml", "text/xhtml"})
_PLAIN = frozenset({"", "text", "text/plain"})
_HREF = re.compile(
    r"(<a\b[^<>]{0,300}?\shref\s*=\s*)(\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'<>]{1,2000})", re.IGNORECASE
)
_TAG_START = re.compile(r"</?[A-Za-z]")
_LONGEST_TAG = 3000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def escaped(text: str) -> str:
    """Plain text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def construct(element: etree._Element) -> str:
    """A text construct as HTML (RFC 4287 §3.1, §4.1.3; Atom 0.3: `type` a media type, `mode` xml, escaped or base64)."""
    kind = element.get("type", "").strip().lower().partition(";")[0]
    mode = element.get("mode", "").strip().lower()
    if element.get("src") and not text_of(element) and not len(element):
        return ""
    if mode == "base64" or (not mode and _is_base64(kind, element)):
        text, is_text = _from_base64(text_of(element))
        # What is packed as a stream of bytes says nothing of what it is: it is read as HTML.
        return text if is_text and kind not in ("text", "text/plain") else escaped(text)
    if len(element) and kind not in ("text", "text/plain"):
        return markup_of(element).strip() if kind not in ("html", "text/html") or mode else _loose(element)
    text = text_of(element)
    if kind in _HTML or (mode == "escaped" and kind not in _PLAIN):
        return text
    if mode == "escaped" and not kind:
        return text  # Atom 0.3 as it is written: nobody says the type of escaped HTML
    return escaped(text)


def _loose(element: etree._Element) -> str:
    """HTML that should have been escaped, and stands as elements; or is escaped, and stands in one element all the same."""
    wrapped = len(element) == 1 and not len(element[0]) and not (element.text or "").strip()
    return text_of(element[0]) if wrapped and "<" in text_of(element[0]) else markup_of(element).strip()


def _is_base64(kind: str, element: etree._Element) -> bool:
    """Content of a media type that is neither text nor XML is base64 (RFC 4287 §4.1.3.3); Atom 0.3 says it by its mode."""
    return "/" in kind and not kind.startswith("text/") and not kind.endswith(("+xml", "/xml")) and not len(element)


def _from_base64(text: str) -> tuple[str, bool]:
    """What was packed; `text` itself where it is no base64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8").strip(), True
    except (binascii.Error, ValueError):
        return text, False


def base_of(element: etree._Element, outer: str) -> str:
    """What links in `element` are relative to: `xml:base` from the inside out, then `outer` (an address, or empty)."""
    bases: list[str] = []
    at: etree._Element | None = element
    while at is not None:
        if said := at.get(BASE):
            bases.append(said.strip())
            if is_absolute(said):
                break
        at = at.getparent()
    base = outer
    for said in reversed(bases):
        base = resolved(said, base)
    return base


def is_absolute(link: str) -> bool:
    return bool(_SCHEME.match(link.strip()))


def resolved(link: str, base: str) -> str:
    """`link` as an absolute address where `base` is one; else as it is."""
    link = link.strip()
    if not link or not base or is_absolute(link):
        return link
    try:
        found = urljoin(base, link)
        return found if urlsplit(found).scheme in ("http", "https") else link
    except ValueError:
        return link


def with_absolute_links(markup: str, base: str) -> str:
    """`markup` with the relative links in it resolved against `base`."""
    if not base or ("href" not in markup and "HREF" not in markup):
        return markup
    return _HREF.sub(lambda found: _absolute(found, base), markup)


def without_endless_tags(markup: str) -> str:
    """`markup` without tags of more than `_LONGEST_TAG` characters: an HTML parser compares every attribute with every other."""
    if len(markup) <= _LONGEST_TAG:
        return markup
    parts = markup.split(">")
    if all(len(part) <= _LONGEST_TAG for part in parts):
        return markup
    return ">".join(_without_open_tag(part) for part in parts)


def _without_open_tag(part: str) -> str:
    if len(part) <= _LONGEST_TAG:
        return part
    found = _TAG_START.search(part)
    return part[: found.start()] if found and len(part) - found.start() > _LONGEST_TAG else part


def _absolute(found: re.Match[str], base: str) -> str:
    quoted = found[2]
    link = quoted.strip("\"'").strip()
    if not link or link.startswith("#") or is_absolute(link):
        return found[0]
    return f'{found[1]}"{resolved(link, base)}"'
