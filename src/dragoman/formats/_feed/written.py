"""XML elements of a feed going out: the title with its mark, our own words, the other language versions. Pure."""

from collections.abc import Iterable, Mapping

from lxml import etree

from dragoman.formats._carried import credit, is_gone, mark, original, versions
from dragoman.formats._feed.entry import ATOM, NS
from dragoman.formats._fields import lost
from dragoman.formats._own_words import CARRIED, Words, own_words
from dragoman.model.item import Item
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.language import known_tag


def places(prefix: str = "dragoman:", **said: str) -> dict[str, str]:
    """Where each field stands: as `said` in the format's own elements, else in ours."""
    ours = {field: f"{prefix}{word}" for field, word in CARRIED.items() if field not in said}
    return {**ours, **said}


def lost_in_feed(items: Iterable[Item], standing: Mapping[str, str]) -> tuple[str, ...]:
    """What of `items` the format has no place for, our own elements included; once each."""
    return tuple(dict.fromkeys(word for item in items for word in lost(item, standing)))


def words_of(item: Item) -> Words:
    """Our own words of `item`, and for readers of plain feeds what it translates."""
    named = original(item)
    return (*own_words(item), *((("translationOf", clean(named.uri)),) if named else ()))


def rights_of(item: Item) -> str:
    """What stands as the rights of an entry: the notice, else whose copy it is."""
    return clean(item.copyright_notice or credit(item))


def marked_title(item: Item) -> str:
    """The headline, with the word before it that says it is not the first version."""
    word = mark(item)
    title = clean(squeeze(item.headline)) or item.slugline or item.uri
    return f"{word}: {title}" if word else title


def withdrawn(item: Item) -> str:
    """What stands where the text was: in words every reader of feeds shows."""
    correction = item.ours.correction
    reason = f" {correction.reason}" if correction and correction.reason else ""
    word = (
        "withdrawn: do not publish it, and remove it where it was published."
        if item.pub_status == "canceled"
        else "on hold: do not publish it."
    )
    return clean(f"This copy is {word}{reason}")


def page_of(item: Item) -> str:
    """The address of the item's page, where it has one."""
    named = next((one.value for one in item.alt_ids if one.role == "link"), "")
    return clean(named or (item.uri if item.uri.startswith(("http://", "https://")) else ""))


def sub(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """A child of `parent`; nothing but its text and attributes, which are clean already."""
    child = etree.SubElement(parent, tag, attrib=attributes)
    child.text = text or None
    return child


def add_versions(parent: etree._Element, item: Item) -> None:
    """The other language versions as links (RFC 4287 §4.2.7): `rel` alternate, with their languages."""
    for one in () if is_gone(item) else versions(item):
        language = {"hreflang": one.language} if known_tag(one.language) else {}
        sub(parent, f"{{{ATOM}}}link", rel="alternate", **language, href=clean(one.uri))


def add_words(parent: etree._Element, item: Item) -> None:
    """Our own elements under `parent`."""
    for name, word in words_of(item):
        sub(parent, f"{{{NS}}}{name}", word)
