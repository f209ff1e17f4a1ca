"""Pictures and recordings of an entry: enclosures, Media RSS, iTunes and RSS images. Pure."""

import html
import re
from itertools import islice

from lxml import etree

from dragoman.formats._feed.elements import Found, attribute, children
from dragoman.formats._feed.entry import Media
from dragoman.formats._feed.markup import resolved
from dragoman.formats._xml import text_of

_MAX_MEDIA = 50
_SMALLEST = 40  # pixels a side; smaller ones are buttons and counters
_IMG = re.compile(r"<img\b[^<>]{1,3000}>", re.IGNORECASE)
_IMG_SAID = re.compile(
    r"\b(src|alt|width|height)\s*=\s*(\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^\s\"'<>]{1,2000})", re.IGNORECASE
)
_OF_MEDIUM = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/mpeg"}


def media_of(found: Found, enclosures: list[etree._Element], base: str) -> tuple[Media, ...]:
    """The entry's media, each address once. Contents of one `media:group` are one thing in several sizes; a thumbnail is
    taken where it stands beside or instead of what it shows."""
    kept: dict[str, Media] = {}
    for each in found.get("media:content", ())[:_MAX_MEDIA]:
        _keep_content(kept, each, 0, base)
    for number, group in enumerate(found.get("media:group", ())[:_MAX_MEDIA], 1):
        inner = children(group)
        for each in inner.get("media:content", ())[:_MAX_MEDIA]:
            _keep_content(kept, each, number, base, _title(inner))
        _keep_thumbnails(kept, inner, base, number)
    for each in enclosures[:_MAX_MEDIA]:
        href = each.get("url") or each.get("href") or attribute(each, "resource") or each.get("link") or ""
        kind = each.get("type", "") if "/" in each.get("type", "") else ""
        _keep(kept, href, kind, each.get("title", ""), each, base)
    _keep_thumbnails(kept, found, base, 0)
    if not kept:
        linked = [link for link in found.get("itunes:link", ()) if link.get("rel") == "image"]
        for each in (*found.get("itunes:image", ()), *found.get("image", ()), *linked)[:1]:
            inner = children(each)
            address = next((text_of(url) for url in inner.get("url", ())), "") or text_of(each)
            title = next((text_of(title) for title in inner.get("title", ())), "")
            _keep(kept, each.get("href") or each.get("url") or address, "image/jpeg", title, each, base)
    return tuple(kept.values())


def _keep_content(kept: dict[str, Media], each: etree._Element, group: int, base: str, title: str = "") -> None:
    kind = each.get("type", "") or _OF_MEDIUM.get(each.get("medium", ""), "")
    inner = children(each)
    href = each.get("url", "") or next((player.get("url", "") for player in inner.get("media:player", ())), "")
    _keep(kept, href, kind, _title(inner) or title, each, base, group)
    _keep_thumbnails(kept, inner, base, group)


def _keep_thumbnails(kept: dict[str, Media], found: Found, base: str, group: int) -> None:
    for each in found.get("media:thumbnail", ())[:1]:
        _keep(kept, each.get("url", "") or text_of(each), "image/jpeg", "", each, base, group, thumbnail=True)


def _title(found: Found) -> str:
    texts = (text_of(each) for name in ("media:title", "media:description") for each in found.get(name, ()))
    return next(filter(None, texts), "")


def _keep(
    kept: dict[str, Media],
    href: str,
    content_type: str,
    title: str,
    element: etree._Element,
    base: str,
    group: int = 0,
    *,
    thumbnail: bool = False,
) -> None:
    href = resolved(href, base)
    if not href.lower().startswith(("http://", "https://")) or len(kept) >= _MAX_MEDIA:
        return
    kept.setdefault(
        href,
        Media(
            href=href,
            content_type=content_type.strip(),
            title=title,
            width=side(element.get("width", "")),
            height=side(element.get("height", "")),
            group=group,
            thumbnail=thumbnail,
        ),
    )


def pictures_in(markup: str, base: str) -> tuple[Media, ...]:
    """The pictures that stand in the text, without the dots that only count readers."""
    if "<img" not in markup and "<IMG" not in markup:
        return ()
    kept: dict[str, Media] = {}
    for tag in islice(_IMG.finditer(markup), _MAX_MEDIA):
        said = {name.lower(): html.unescape(value.strip("\"'")) for name, value in _IMG_SAID.findall(tag[0])}
        width, height = side(said.get("width", "")), side(said.get("height", ""))
        href = resolved(said.get("src", ""), base)
        if href.lower().startswith(("http://", "https://")) and not (0 < width < _SMALLEST or 0 < height < _SMALLEST):
            title = " ".join(said.get("alt", "").split())
            kind = "image/jpeg" if href.lower().endswith((".jpg", ".jpeg")) else "image/*"
            kept.setdefault(href, Media(href=href, content_type=kind, title=title, width=width, height=height))
    return tuple(kept.values())


def side(said: str) -> int:
    """A width or height in pixels; 0 where it is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0
