"""A feed that is not well-formed: mended and read on by libxml2, else read by a parser that forgives everything. Pure."""

import io
import re
from functools import lru_cache

from lxml import etree

from dragoman.formats._feed.entry import NS, Channel, Feed, FeedEntry
from dragoman.model.errors import Undecodable

RECOVERED = "recovered: the feed is not well-formed, and was read by a forgiving parser"

_MAX_MENDED = 16_000_000  # characters
_MAX_FORGIVEN = 2_000_000  # the forgiving parser takes a third of a second for each million
_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};|(?:amp|lt|gt|quot|apos);)")
_NO_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    "|&#(?:0*(?:[0-8]|1[124-9]|2\\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)


def mended(text: str) -> etree._Element | None:
    """The root of what libxml2 makes of the document once its bare ampersands and control characters are mended; None
    where that is nothing. Namespaces nobody declared are read by their usual prefixes."""
    if len(text) > _MAX_MENDED:
        return None
    text = _NO_XML.sub("", text.replace("&#X", "&#x"))
    try:
        return etree.fromstring(_without_bare_ampersands(text).encode("utf-8"), _parser())
    except (etree.XMLSyntaxError, ValueError):
        return None


def _without_bare_ampersands(text: str) -> str:
    """Outside CDATA sections; one that is never closed is text to the end."""
    if "<![CDATA[" not in text:
        return _AMPERSAND.sub("&amp;", text)
    parts: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end + 3
        parts += (_AMPERSAND.sub("&amp;", text[at:start]), text[start:end])
        at = end
    return "".join((*parts, _AMPERSAND.sub("&amp;", text[at:])))


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        recover=True,
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
        encoding="utf-8",
    )


def forgiven(text: str, reason: Undecodable) -> Feed:
    """The feed as feedparser reads it; told in its notes.

    Raises:
        Undecodable: `reason`, where nothing is found either, or where words of our own (an embargo) would be dropped.
    """
    if len(text) > _MAX_FORGIVEN or NS in text:
        raise reason
    import feedparser  # slow to import, and needed for broken feeds only

    # BytesIO, always: given bare bytes it tries to open them as the name of a file.
    try:
        found = feedparser.parse(io.BytesIO(text.encode("utf-8")), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # the border to a parser that raises whatever it likes
        raise reason from error
    entries = tuple(_entry(entry) for entry in found.entries if entry.get("title") or entry.get("summary"))
    if not entries:
        raise reason
    about = found.feed
    channel = Channel(
        **{name: _storable(str(about.get(name) or "")) for name in ("title", "link", "language", "rights")}
    )
    return Feed(channel=channel, entries=entries, notes=(RECOVERED,))


def _entry(entry: dict[str, object]) -> FeedEntry:
    def word(key: str) -> str:
        return _storable(str(entry.get(key) or ""))

    contents = entry.get("content")
    content = str(contents[0].get("value", "")) if isinstance(contents, list) and contents else ""
    tags = entry.get("tags")
    terms = [str(tag.get("term") or "") for tag in tags] if isinstance(tags, list) else []
    return FeedEntry(
        id=word("id"),
        link=word("link"),
        title=word("title"),
        summary=word("summary"),
        content=_storable(content),
        author=word("author"),
        published=word("published"),
        updated=word("updated"),
        rights=word("rights"),
        categories=tuple((_storable(term), "", "") for term in terms if term),
    )


def _storable(text: str) -> str:
    """`text` without halves of characters, which a forgiving parser lets through."""
    return text.encode("utf-8", "replace").decode("utf-8")
