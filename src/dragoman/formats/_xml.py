"""XML as partners send it, parsed with nothing fetched, expanded or kept from a DTD. Pure.

A document type is accepted (RSS 0.91 has one) and thrown away; one with declarations of its own is refused, so no
entity is ever defined. HTML's named entities, which feeds use undeclared, become their characters first: libxml2 would
stop at them, and with entities unresolved it would silently drop the text behind them.
"""

import html.entities
import re
from functools import lru_cache

from lxml import etree

from dragoman.formats._charset import decode_text
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable

_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})[\"']")
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]+)", re.IGNORECASE)
_PROLOG = re.compile(r"<\?xml\s[^>]{0,300}\?>")
_DOCTYPE = re.compile(
    r"(?:\s|<\?[^>]{0,2000}\?>|<!--(?:(?!-->).){0,20000}-->)*<!DOCTYPE([^\[>]*)([\[>])", re.DOTALL | re.IGNORECASE
)
_DTD_BY_NAME = re.compile(
    r"\s*<!ENTITY\s+%\s+(\w{1,40})\s+(?:PUBLIC\s+\"[^\"<>]{0,200}\"|SYSTEM)\s+\"[\w./-]{1,200}\.dtd\"\s*>\s*%\1;\s*\]\s*>"
)
"""An internal subset that only names one more DTD beside the document's own, as NewsML 1.x does for NITF: thrown away."""
_WINDOWS = re.compile(r"&#0{0,4}(12[89]|1[345]\d);")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")  # XML's own five stay


_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[^<>]*)?)/?>")
_GLANCE, _HEAD = 1_000, 20_000


def root_name(data: bytes) -> tuple[str, str]:
    """The document's first element without parsing it: (name in small letters, namespace); empty where it is not XML.

    For `detect`: looks at the first kilobytes and trusts nothing.
    """
    found = _root_name(data[:_GLANCE])
    return found if found[0] or len(data) <= _GLANCE else _root_name(data[:_HEAD])


@lru_cache(maxsize=8)
def _root_name(head: bytes) -> tuple[str, str]:
    if b"<" not in head:
        return "", ""
    text = head.replace(b"\x00", b"").decode("latin-1").lstrip("\ufeff\u00ef\u00bb\u00bf\u00fe\u00ff \t\r\n")
    at = 0
    while text.startswith("<", at):
        if text.startswith("<?", at):
            at = _behind(text, "?>", at)
        elif text.startswith("<!--", at):
            at = _behind(text, "-->", at)
        elif text.startswith("<!", at):
            if "[" in text[at : text.find(">", at) + 1]:  # an internal subset
                at = _behind(text, "]", at)
            at = _behind(text, ">", at)
        else:
            found = _ROOT.match(text, at)
            if not found:
                return "", ""
            prefix = (found[1] or "").rstrip(":")
            wanted = re.escape(f"xmlns:{prefix}" if prefix else "xmlns")
            space = re.search(rf"\s{wanted}\s*=\s*[\"']([^\"']*)", found[3])
            return found[2].lower(), space[1] if space else ""
    return "", ""


def _behind(text: str, mark: str, at: int) -> int:
    """Behind the next `mark` and the white space that follows; the end where there is none."""
    found = text.find(mark, at)
    if found < 0:
        return len(text)
    at = found + len(mark)
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def xml_text(data: bytes, hints: Hints) -> tuple[str, tuple[str, ...]]:
    """The document as text without declaration and document type, and notes on its encoding.

    Raises:
        Undecodable: no encoding fits, or it declares entities (an internal DTD subset).
    """
    declared = _declared(data) or _from_http(hints.media_type)
    decoded = decode_text(_marked(data), declared=declared, hint=hints.charset)
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if not text:
        raise Undecodable("The document is empty")
    text = _PROLOG.sub(_blank, text, count=1) if text.startswith("<?xml") else text
    if doctype := _DOCTYPE.match(text):
        end = doctype.end()
        if doctype[2] == "[":
            named = _DTD_BY_NAME.match(text, end)
            end = named.end() if named else -1
        if end < 0:
            raise Undecodable(
                "The document declares entities of its own",
                "an internal DTD subset",
                hint="Ask the sender for XML without one.",
            )
        start = doctype.start(1) - len("<!DOCTYPE")
        text = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
    if "&" in text:
        text = _NAMED.sub(_character, text)
        if "&#1" in text:
            text = _WINDOWS.sub(_windows_character, text)
    return text, decoded.notes


def parse_xml(text: str) -> etree._Element:
    """The root of the document. Raises: Undecodable, with the line and column libxml2 stopped at."""
    try:
        return etree.fromstring(text.encode("utf-8"), _parser())
    except etree.XMLSyntaxError as error:
        raise Undecodable("This is not well-formed XML", _told(error)) from error
    except (ValueError, UnicodeError) as error:
        raise Undecodable("This is not well-formed XML", str(error)[:200]) from error


def local(element: etree._Element) -> str:
    """The element's name without its namespace, in small letters; empty for comments and the like."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=2048)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def namespace(element: etree._Element) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def text_of(element: etree._Element | None) -> str:
    """All the text in `element`, trimmed."""
    if element is None:
        return ""
    if not len(element):
        return (element.text or "").strip()  # the usual case, five times as fast
    return "".join(str(part) for part in element.itertext()).strip()


def markup_of(element: etree._Element) -> str:
    """What stands inside `element`, as markup (for XHTML content)."""
    inner = [_escaped(element.text or "")]
    for child in element:
        inner.append(etree.tostring(child, encoding="unicode", with_tail=True))
    return _without_namespaces("".join(inner))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_namespaces(markup: str) -> str:
    return re.sub(r"(</?)[A-Za-z][\w.-]*:", r"\1", re.sub(r"\sxmlns(?::\w+)?=\"[^\"]*\"", "", markup))


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities="internal",  # False would drop the text of entities without a word
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
        encoding="utf-8",
    )


def _told(error: etree.XMLSyntaxError) -> str:
    return f"line {error.lineno}: {error.msg}"[:300] if error.msg else "no element found"


def _declared(data: bytes) -> str:
    found = _DECLARATION.match(data[:400])
    return found[1].decode("ascii") if found else ""


def _from_http(media_type: str) -> str:
    found = _HTTP_CHARSET.search(media_type)
    return found[1] if found else ""


def _marked(data: bytes) -> bytes:
    """UTF-16 without a mark shows in the first two signs (XML 1.0, appendix F)."""
    if data.startswith(b"<\x00"):
        return b"\xff\xfe" + data
    return b"\xfe\xff" + data if data.startswith(b"\x00<") else data


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _windows_character(match: re.Match[str]) -> str:
    """Numbers of control characters stand for Windows-1252 (HTML §13.2.5.80)."""
    return bytes([int(match[1])]).decode("cp1252", "ignore")


def _character(match: re.Match[str]) -> str:
    characters = html.entities.html5.get(f"{match[1]};")
    return match[0] if characters is None else _escaped(characters)
