"""schema.org in a page: JSON-LD, however broken, and microdata; the node that is the article. Pure."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from dragoman.read.body import plain
from dragoman.text.cleaning import clean, squeeze

Node = Mapping[str, Any]
_MOST_SCRIPTS, _MOST_BYTES, _MOST_NODES, _DEEPEST = 50, 2_000_000, 3_000, 30
_ARTICLES = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "askpublicnewsarticle", "backgroundnewsarticle",
        "opinionnewsarticle", "reviewnewsarticle", "liveblogposting", "blogposting", "report", "satiricalarticle",
        "advertisercontentarticle", "scholarlyarticle", "techarticle", "pressrelease",
    }
)  # fmt: skip
_LISTS = frozenset({"collectionpage", "itemlist", "searchresultspage", "profilepage", "website"})
_WRAPPED = re.compile(r"\A\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*\Z")
_TRAILING = re.compile(r",(?=\s*[}\]])")
_TAGS = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)


def nodes(scripts: Iterable[str]) -> list[Node]:
    """Every object with a type in the JSON-LD of a page, in order; scripts that cannot be read are left out."""
    found: list[Node] = []
    left = _MOST_BYTES
    for number, script in enumerate(scripts):
        left -= len(script)
        if number >= _MOST_SCRIPTS or left < 0:
            break
        found += _walked(_parsed(script), _MOST_NODES - len(found))
    return found


def _parsed(script: str) -> object:
    """The value of a script: as it stands, else without what programs put around it or forget to take out."""
    bare = _WRAPPED.sub("", _WRAPPED.sub("", script)).strip().rstrip(";")
    tries = (bare, _TRAILING.sub("", bare), html.unescape(bare) if "&quot;" in bare else "")
    for text in dict.fromkeys(filter(None, tries)):
        try:
            return _lenient.decode(text)
        except (ValueError, RecursionError):
            continue
    return None


_lenient = json.JSONDecoder(strict=False)


def _walked(value: object, most: int) -> list[Node]:
    """The objects with a type in `value`, a node before what is in it."""
    found: list[Node] = []
    pending: list[tuple[object, int]] = [(value, 0)]
    seen = 0
    while pending and len(found) < most and seen < 20 * _MOST_NODES:
        one, depth = pending.pop()
        seen += 1
        if depth > _DEEPEST:
            continue
        if isinstance(one, dict):
            if "@type" in one:
                found.append(one)
            pending += [(each, depth + 1) for each in reversed(one.values()) if isinstance(each, dict | list)]
        elif isinstance(one, list):
            pending += [(each, depth + 1) for each in reversed(one[:2_000])]
    return found


def types(node: Node) -> set[str]:
    """The node's types in small letters, without the vocabulary's address."""
    named = node.get("@type")
    listed = named if isinstance(named, list) else [named]
    return {re.split(r"[/#:]", one)[-1].lower() for one in listed if isinstance(one, str)}


def article_of(found: list[Node], address: str, title: str) -> Node | None:
    """The node that is the page's article: that of its own address, else that with its title, else the fullest."""
    articles = [
        node
        for node in found
        if types(node) & _ARTICLES and (text_of(node, "headline", "name") or node.get("articleBody"))
    ]
    if not articles:
        return None

    def fits(node: Node) -> tuple[int, bool, int]:
        named = {*addresses(node.get("url")), *addresses(node.get("mainEntityOfPage")), *addresses(node.get("@id"))}
        own = any(one.split("#")[0].rstrip("/") == address.rstrip("/") for one in named) if address else False
        headline = squeeze(text_of(node, "headline", "name"))
        return own, bool(headline) and headline[:40] in title, len(str(node.get("articleBody", "")))

    best = max(articles, key=fits)
    alone = len(articles) == 1 or any(fits(best)[:2]) or not _is_list(found)
    return best if alone else None


def _is_list(found: list[Node]) -> bool:
    return any(types(node) & _LISTS for node in found)


def is_list(found: list[Node]) -> bool:
    """Does the page call itself a list and no article?"""
    return any(types(node) & (_LISTS - {"website"}) for node in found) and not any(
        types(node) & _ARTICLES for node in found
    )


def text_of(node: Node, *names: str) -> str:
    """The first of these properties that says something, in plain."""
    return next((said for name in names if (said := next(texts(node.get(name)), ""))), "")


def texts(value: object) -> Iterator[str]:
    """What a value says in words: itself, its value, its name; each of a list."""
    for one in _each(value):
        if isinstance(one, str | int | float) and not isinstance(one, bool):
            if said := words(str(one)):
                yield said
        elif isinstance(one, dict):
            said = next(
                (one[name] for name in ("@value", "name", "text", "headline") if isinstance(one.get(name), str)), ""
            )
            if said := words(said):
                yield said


def words(text: str) -> str:
    """`text` on one line; some put HTML where words should be."""
    text = clean(text)
    return squeeze(plain(text) if "&" in text or _TAGS.search(text) else text)


def addresses(value: object) -> Iterator[str]:
    """The addresses a value names: itself, its url, its id."""
    for one in _each(value):
        if isinstance(one, str):
            yield one.strip()
        elif isinstance(one, dict):
            yield from (one[name].strip() for name in ("url", "contentUrl", "@id") if isinstance(one.get(name), str))


def objects(value: object, known: Mapping[str, Node]) -> Iterator[Node]:
    """The objects of a value; one that only names another's id is that other."""
    for one in _each(value):
        if isinstance(one, dict):
            name = one.get("@id")
            yield known.get(name, one) if isinstance(name, str) and len(one) <= 2 else one
        elif isinstance(one, str) and one.strip():
            yield {"name": one}


def by_id(found: Iterable[Node]) -> dict[str, Node]:
    return {node["@id"]: node for node in found if isinstance(node.get("@id"), str) and len(node) > 2}


def _each(value: object) -> list[Any]:
    return value[:100] if isinstance(value, list) else [] if value is None else [value]


def microdata(root: etree._Element) -> Node | None:
    """The article that microdata marks, as JSON-LD would say it: the properties in words."""
    for scope in root.iter():
        kind = scope.get("itemtype", "") if isinstance(scope.tag, str) else ""
        if kind and kind.rstrip("/").rpartition("/")[2].lower() in _ARTICLES:
            found: dict[str, Any] = {"@type": kind.rpartition("/")[2]}
            for element in scope.iter():
                name = element.get("itemprop", "") if isinstance(element.tag, str) else ""
                if name and name not in found and name != "articleBody":
                    said = next(
                        (element.get(one) for one in ("content", "datetime", "href", "src") if element.get(one)), None
                    )
                    found[name] = said or squeeze("".join(map(str, element.itertext())))[:2_000]
            return found
    return None
