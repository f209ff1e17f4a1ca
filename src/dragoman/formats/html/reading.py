"""A page as an item: what schema.org says of it first, then its metas, then what stands on it. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from dragoman.formats._embargo import embargo_of
from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._own_words import with_own_words
from dragoman.formats._shown import bare_title
from dragoman.formats._status import status_of
from dragoman.formats._times import read_time, zone_of
from dragoman.formats.html.body import Text, body_of, canonical
from dragoman.formats.html.linked import Node, addresses, objects, text_of, texts, types
from dragoman.formats.html.page import Page
from dragoman.formats.html.refusal import why_no_article
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.item import (
    TRANSLATION,
    TRANSLATION_OF,
    Association,
    Body,
    Concept,
    Correction,
    Description,
    Headline,
    Item,
    Profile,
    Rendition,
)
from dragoman.read.reading import shaped
from dragoman.text.cleaning import squeeze

_HEAD = 4  # lines in which an embargo is announced
_MANY = 60
_WORDS = re.compile(r"dragoman:(?:(\d{1,4}):)?([A-Za-z]{1,40})\Z")
_COPY = re.compile(r"<div id=\"copy(?:-(\d{1,4}))?\">(.*?)</div>", re.DOTALL)
_TITLE = re.compile(r"<h1 id=\"title(?:-(\d{1,4}))?\">(.*?)</h1>", re.DOTALL)
_TIMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "first_created": (
        "datePublished",
        ("article:published_time", "og:article:published_time", "datepublished", "pubdate", "dc.date.issued", "dcterms.issued",
         "dc.date", "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "date"),
    ),
    "version_created": (
        "dateModified",
        ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod"),
    ),
    "content_created": ("dateCreated", ("datecreated", "dcterms.created")),
}  # fmt: skip
_KINDS = {
    "person": "people", "organization": "organisations", "newsmediaorganization": "organisations", "corporation": "organisations",
    "governmentorganization": "organisations", "place": "places", "city": "places", "country": "places",
    "administrativearea": "places", "event": "events",
}  # fmt: skip


def own_items(page: Page, hints: Hints) -> list[Item]:
    """The items of a page that a Dragoman wrote; none of any other."""
    words: dict[str, list[tuple[str, str]]] = {}
    for name, said in page.all_metas:
        if found := _WORDS.match(name):
            words.setdefault(found[1] or "", []).append((found[2], said))
    copies = {found[1] or "": found[2] for found in _COPY.finditer(page.markup)}
    titles = {found[1] or "": found[2] for found in _TITLE.finditer(page.markup)}
    return [
        _own_item(said, titles.get(number, ""), copies.get(number, ""), hints)
        for number, said in words.items()
        if is_uri(dict(reversed(said)).get("uri", ""))
    ]


def _own_item(words: list[tuple[str, str]], title: str, body: str, hints: Hints) -> Item:
    headline = next(texts(title), "")
    item = with_own_words(
        Item(
            uri=dict(reversed(words))["uri"],
            headlines=(Headline(value=headline),) if headline else (),
            bodies=(Body(value=body),) if body.strip() else (),
        ),
        words,
    )
    if item.pub_status != "usable":
        item = replace(item, bodies=())
    item = shaped(bare_title(item))
    return item if item.version else replace(item, version=content_version(item))


def item_of(page: Page, hints: Hints) -> Item:
    """The article of the page.

    Raises:
        Undecodable: it is none, or its embargo cannot be read.
    """
    node = page.article or {}
    headline = _headline(page, node)
    body = body_of(page)
    if why := why_no_article(page, body, headline):
        raise Undecodable(
            "The page is no article", why, hint="Give the address of one article, or take the feed of the site."
        )
    item = _said(page, node, headline, body, hints)
    lines = [headline, *squeeze_all(item.bodies[0].value if item.bodies else "")]
    for line in lines[:_HEAD]:
        if found := embargo_of(line, item.first_created or hints.received, zone_of(hints.zone), hints.zone):
            item = _noted(replace(item, embargoed_until=found[0]), found[1])
    item = shaped(item, from_page=True)
    return replace(item, version=item.version or content_version(item))


def squeeze_all(markup: str) -> Iterator[str]:
    """The first lines of a body, in plain."""
    for block in markup.split("\n")[:_HEAD]:
        yield next(texts(block), "")


def _said(page: Page, node: Node, headline: str, body: Text, hints: Hints) -> Item:
    times, notes = _times(page, node, hints)
    summary = text_of(node, "description", "abstract") or _meta(
        page, "og:description", "description", "twitter:description"
    )
    alternative = text_of(node, "alternativeHeadline")
    source = text_of(node, "publisher", "sourceOrganization", "provider") or _meta(
        page, "og:site_name", "publisher", "dc.publisher"
    )
    about = _concepts(page, node)
    status = status_of(text_of(node, "creativeWorkStatus").removesuffix(".")) or "usable"
    correction = text_of(node, "correction")
    credit = text_of(node, "creditText")
    markup = "" if status != "usable" else canonical(body, headline)
    uri, made = _uri(page, node, hints, headline)
    lost = (
        ("behind a paywall: it may be only the beginning",)
        if str(node.get("isAccessibleForFree", "")).lower() == "false"
        else ()
    )
    return Item(
        uri=uri,
        version=text_of(node, "version")[:100],
        **times,
        pub_status=status,
        language=(
            text_of(node, "inLanguage") or page.language or _meta(page, "og:locale", "content-language", "dc.language")
        ).replace("_", "-")[:35],
        headlines=tuple(Headline(value=one) for one in dict.fromkeys(filter(None, (headline, alternative)))),
        by=_by(page, node),
        located=_located(node),
        descriptions=(Description(value=summary[:5_000], role="summary"),) if summary and summary != headline else (),
        bodies=(Body(value=markup),) if markup else (),
        info_sources=(Concept(name=source[:300], role="source"),) if source else (),
        copyright_holder=text_of(node, "copyrightHolder")[:300],
        copyright_notice=(text_of(node, "copyrightNotice") or _meta(page, "copyright", "dc.rights", "rights"))[:1_000],
        usage_terms=_terms(node),
        associations=(*_pictures(page, node), *_works(node)),
        **about,
        dragoman=Profile(
            credit=credit[:300],
            correction=Correction(kind="correction", reason=correction[:2_000]) if correction else None,
            notes=(*page.notes, *notes, *((made,) if made else ()), f"the text is from {body.origin}"),
            lost=lost,
        ),
    )


def _headline(page: Page, node: Node) -> str:
    said = text_of(node, "headline", "name") or _meta(page, "og:title", "twitter:title", "dc.title", "headline")
    if not said and page.root is not None:
        said = next((squeeze("".join(map(str, each.itertext()))) for each in page.root.iter("h1")), "")
    return (said or page.title)[:1_000]


def _meta(page: Page, *names: str) -> str:
    return next(texts(page.meta(*names)), "")


def _uri(page: Page, node: Node, hints: Hints, headline: str) -> tuple[str, str]:
    """The page's address, or that in JSON-LD; else one made from what it says, and a note."""
    named = (*addresses(node.get("mainEntityOfPage")), *addresses(node.get("url")), *addresses(node.get("@id")))
    for one in (page.address, *named):
        if is_uri(one) and one.startswith(("http://", "https://")):
            return one[:2_000], ""
    words = text_of(node, "identifier") or digest(headline, page.meta("article:published_time"))
    return made_uri(hints.agency, words), "no address: the id is made from the content"


def _times(page: Page, node: Node, hints: Hints) -> tuple[dict[str, Any], tuple[str, ...]]:
    found: dict[str, Any] = {}
    notes: list[str] = []
    for field, (name, metas) in _TIMES.items():
        said = text_of(node, name) or _meta(page, *metas)
        if not said and field == "first_created" and page.root is not None:
            said = next((one for each in page.root.iter("time") if (one := each.get("datetime", "").strip())), "")
        moment, note = read_time(said[:80], hints.zone)
        found[field] = moment
        notes += [f"{name}: {note}"] if note else []
    return found | {"version_created": found["version_created"] or found["first_created"]}, tuple(notes)


def _by(page: Page, node: Node) -> str:
    """The authors' names; one that is an address is no name."""
    said = [text_of(one, "name") for name in ("author", "creator") for one in objects(node.get(name), page.known)]
    if not any(said):
        said = [
            one
            for name, one in page.all_metas
            if name in ("author", "article:author", "dc.creator", "parsely-author", "byl")
        ]
    names = [squeeze(one) for one in said if one and not one.strip().startswith(("http://", "https://", "@"))]
    return ", ".join(dict.fromkeys(names[:20]))[:300]


def _located(node: Node) -> str:
    return text_of(node, "locationCreated", "contentLocation")[:200]


def _terms(node: Node) -> str:
    said = [
        one
        for name in ("usageInfo", "conditionsOfAccess", "license")
        for one in (*texts(node.get(name)), *addresses(node.get(name)))
    ]
    return "; ".join(dict.fromkeys(said))[:2_000]


def _concepts(page: Page, node: Node) -> dict[str, Any]:
    """Keywords, section, and what it is about or names, each where it belongs."""
    found: dict[str, list[Concept]] = {
        name: [] for name in ("subjects", "people", "organisations", "places", "events", "genres")
    }
    for word in _keywords(page, node):
        found["subjects"].append(word)
    for section in dict.fromkeys((*texts(node.get("articleSection")), *texts(page.meta("article:section")))):
        found["subjects"].append(Concept(name=section[:200], role="section"))
    found["genres"] += [Concept(name=one[:200]) for one in texts(node.get("genre"))]
    for name in ("about", "mentions", "contentLocation", "spatialCoverage"):
        for one in objects(node.get(name), page.known):
            if said := text_of(one, "name"):
                kind = next((_KINDS[each] for each in sorted(types(one)) if each in _KINDS), "subjects")
                where = "places" if name in ("contentLocation", "spatialCoverage") else kind
                found[where].append(Concept(name=said[:200], uri=next(filter(is_uri, _same(one)), "")))
    return {name: tuple({one.name: one for one in listed[:_MANY]}.values()) for name, listed in found.items()}


def _same(node: Node) -> Iterable[str]:
    return (*addresses(node.get("sameAs")), *addresses(node.get("@id")))


def _keywords(page: Page, node: Node) -> Iterator[Concept]:
    said: Any = node.get("keywords")
    if isinstance(said, str) or (not said and (said := page.meta("news_keywords", "keywords"))):
        for word in re.split(r"[,;،，、]", next(texts(said), "")):
            if word.strip():
                yield Concept(name=squeeze(word)[:200])
        return
    if not said:
        yield from (Concept(name=squeeze(one)[:200]) for name, one in page.all_metas if name == "article:tag")
        return
    for one in objects(said, page.known):
        if name := text_of(one, "name", "termCode"):
            yield Concept(name=name[:200], uri=next(filter(is_uri, addresses(one)), "") if "@type" in one else "")


def _pictures(page: Page, node: Node) -> Iterator[Association]:
    """The pictures JSON-LD names, else that of the metas; each by its address, never fetched."""
    images = list(objects(node.get("image"), page.known)) or [
        {"url": page.meta("og:image", "og:image:url", "twitter:image")}
    ]
    seen: set[str] = set()
    for one in images[:20]:
        href = next((each for each in (*addresses(one), str(one.get("name", ""))) if _is_web(each)), "")
        if not href or href in seen:
            continue
        seen.add(href)
        title = text_of(one, "caption", "description")[:1_000]
        sizes = {name: _pixels(one.get(name)) for name in ("width", "height")}
        rendition = Rendition(
            name="main", href=href, title=title, content_type=text_of(one, "encodingFormat")[:60], **sizes
        )
        yield Association(name=f"picture-{len(seen)}", type="picture", uri=href, renditions=(rendition,))


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in ("http", "https") and is_uri(address) and len(address) <= 2_000
    except ValueError:
        return False


def _pixels(value: object) -> int:
    said = next(texts(value), "")
    found = re.match(r"\d{1,6}", said)
    return int(found[0]) if found else 0


_RELATED = {"translationOfWork": TRANSLATION_OF, "workTranslation": TRANSLATION, "isBasedOn": "isBasedOn"}


def _works(node: Node) -> Iterator[Association]:
    """What it translates, what translates it, what it is based on."""
    for name, rel in _RELATED.items():
        for number, one in enumerate(objects(node.get(name), {}), 1):
            uri = next(filter(is_uri, (*addresses(one), str(one.get("name", "")))), "")
            if uri and number <= 20:
                yield Association(
                    name=f"{name}-{number}" if rel != TRANSLATION_OF else "original",
                    rel=rel,
                    uri=uri[:2_000],
                    language=text_of(one, "inLanguage")[:35],
                )


def _noted(item: Item, note: str) -> Item:
    return replace(item, dragoman=replace(item.ours, notes=(*item.ours.notes, note))) if note else item
