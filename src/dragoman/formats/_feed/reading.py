"""What RSS and Atom say in the same elements: people, categories, licences, related items, our own words. Pure."""

from collections.abc import Iterable

from lxml import etree

from dragoman.formats._feed.elements import Found, all_texts, attribute, children, first
from dragoman.formats._feed.entry import ATOM, NS, Link
from dragoman.formats._own_words import Words
from dragoman.formats._xml import namespace, text_of

_RELATED = frozenset({"related", "via", "canonical-source"})
_MOST = 200


def own_of(found: Found) -> Words:
    """Our own elements, by name, in order."""
    return tuple(
        (str(each.tag).rpartition("}")[2], text)
        for name, elements in found.items()
        if name.startswith("own:")
        for each in elements
        if namespace(each) == NS and (text := text_of(each))
    )


def person_of(elements: Iterable[etree._Element]) -> str:
    """The names of people (RFC 4287 §3.2; Atom 0.3 writes them in mixed content), else how they are reached."""
    return ", ".join(dict.fromkeys(filter(None, map(_person, elements))))


def _person(element: etree._Element) -> str:
    if not len(element):
        return text_of(element)
    found = children(element)
    name = first(found, "name", "itunes:name") or (element.text or "").strip()
    return name or first(found, "email", "itunes:email") or text_of(element)


def categories_of(found: Found) -> tuple[tuple[str, str, str], ...]:
    """(name, scheme, term) of each category, subject and keyword; a term only where there is a name beside it."""
    said: list[tuple[str, str, str]] = []
    for each in found.get("category", ())[:_MOST]:
        label, term = each.get("label", ""), each.get("term", "")
        # Atom says the name as label or term, RSS as text; some RSS puts Atom's attributes on it.
        name = label or term or text_of(each) or attribute(each, "resource")
        said.append((name, each.get("scheme") or each.get("domain") or "", term if label and term != label else ""))
    for each in found.get("media:category", ())[:_MOST]:
        label, term = each.get("label", ""), text_of(each)
        said.append((label or term, each.get("scheme", ""), term if label and term != label else ""))
    for each in found.get("dc:subject", ())[:_MOST]:
        said.append((text_of(each) or first(children(each), "other:value"), "", ""))
    for name in ("media:keywords", "itunes:keywords", "tags"):
        for text in all_texts(found, name):
            said += [(word, "", "") for word in text.split("," if "," in text else None)][:_MOST]
    for each in found.get("itunes:category", ())[:_MOST]:
        said += [(str(inner.get("text", "")), "", "") for inner in each.iter(str(each.tag))]
    return tuple(one for one in said if one[0].strip())


def media_said(found: Found, name: str) -> str:
    """What Media RSS says of the entry's picture, in its group or on itself (Media RSS 1.5.1, Optional Elements)."""
    holders = (each for key in ("media:group", "media:content") for each in found.get(key, ()))
    return first(found, name) or next((text for each in holders if (text := first(children(each), name))), "")


def licence_of(found: Found) -> str:
    """The terms of use: a licence by name or address."""
    for name in ("media:license", "license:license", "dc:license"):
        for each in found.get(name, ()):
            if text := text_of(each) or attribute(each, "resource") or each.get("href", ""):
                return text
    return next((each.get("href", "") for each in found.get("link", ()) if each.get("rel") == "license"), "")


def links_of(found: Found, page: str) -> tuple[Link, ...]:
    """Other language versions (RFC 4287 §4.2.7: alternate, with `hreflang`), and what the sender calls related."""
    links: list[Link] = []
    for each in found.get("link", ())[:_MOST]:
        href, rel = each.get("href", "").strip(), each.get("rel", "alternate").lower()
        if not href or href == page or namespace(each) not in ("", ATOM):
            continue
        if rel == "alternate" and each.get("hreflang"):
            links.append(Link(href=href, rel=rel, title=each.get("title", ""), language=each.get("hreflang", "")))
        elif rel in _RELATED:
            links.append(Link(href=href, rel=rel, title=each.get("title", "")))
    return tuple(links)
