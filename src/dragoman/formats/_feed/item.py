"""A feed's entry as an item. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from dragoman.formats._carried import mark
from dragoman.formats._feed.dates import read_feed_time
from dragoman.formats._feed.entry import Channel, Feed, FeedEntry, Link, Media
from dragoman.formats._feed.markup import resolved, with_absolute_links, without_endless_tags
from dragoman.formats._feed.media import pictures_in
from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._own_words import with_own_words
from dragoman.formats._shape import failed, unforeseen, units
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import (
    TRANSLATION,
    TRANSLATION_OF,
    AltId,
    Association,
    Body,
    Concept,
    Correction,
    Description,
    Headline,
    Item,
    Kind,
    Profile,
    PubStatus,
    Rendition,
)
from dragoman.read.body import plain
from dragoman.read.reading import shaped
from dragoman.text.cleaning import squeeze
from dragoman.text.language import known_tag

_MAIL_AND_NAME = re.compile(r"\s*[^\s()<>]+@[^\s()<>]+\s*\(([^()]+)\)\s*\Z")
_NAME_AND_MAIL = re.compile(
    r"\s*\"?([^<>()\"]*[^<>()\"\s])\"?\s*(?:<[^<>]*>|\([^()\s]+@[^()\s]+\)|\((?:mailto:|https?:)[^()]*\))\s*\Z"
)
_KINDS: Mapping[str, Kind] = {"image": "picture", "audio": "audio", "video": "video"}
_BY_SUFFIX = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif", "tif", "tiff"), "image"),
    **dict.fromkeys(("mp3", "m4a", "ogg", "oga", "wav", "aac", "opus", "flac"), "audio"),
    **dict.fromkeys(("mp4", "m4v", "mov", "webm", "avi", "mkv", "mpeg"), "video"),
}
_STATUSES: Mapping[str, PubStatus] = {
    "draft": "withheld",
    "auto-draft": "withheld",
    "pending": "withheld",
    "private": "withheld",
    "trash": "canceled",
}
"""WordPress's ``wp:status``; ``publish``, ``inherit`` and ``future`` are usable, the last from its date on."""
_SAME_START = 200  # characters
_LONGEST_NAME = 300


def units_of(read: Callable[[bytes, Hints], Feed], data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit for each entry of the feed that `read` makes of the document; one failed unit where it makes none."""
    try:
        feed = read(data, hints)
    except DragomanError as error:
        yield failed(0, error)
        return
    except Exception as error:  # the border to a foreign document
        yield failed(0, unforeseen(error))
        return
    yield from units(partial(item_of, entry, feed.channel, hints, feed.notes) for entry in feed.entries)


def item_of(entry: FeedEntry, channel: Channel, hints: Hints, notes: tuple[str, ...]) -> Item:
    """`entry` as an item, read.

    Raises:
        Undecodable: it has neither headline nor text, or an embargo that cannot be read.
    """
    if not (entry.title or entry.summary or entry.content or entry.deleted):
        raise Undecodable("An entry without title and text", entry.id or entry.link)
    own = dict(entry.own)
    is_ours = is_uri(own.get("uri", ""))
    item = _ours(entry, own, hints) if is_ours else _theirs(entry, channel, hints)
    if notes or entry.lost:
        noted = replace(item.ours, notes=(*notes, *item.ours.notes), lost=entry.lost)
        item = replace(item, dragoman=noted)
    if entry.own:
        item = with_own_words(item, entry.own)
        if is_ours:
            item = _unmarked(item)
    item = shaped(item, from_page=not is_ours)
    return item if item.version else replace(item, version=content_version(item))


def _ours(entry: FeedEntry, own: dict[str, str], hints: Hints) -> Item:
    """What the format says of an entry we have written ourselves; the rest stands in our own words."""
    gone = entry.deleted or own.get("pubStatus", "usable") != "usable"
    body, summary = (entry.content, entry.summary) if entry.content else (entry.summary, "")
    times, notes = ({}, ()) if "firstCreated" in own or "versionCreated" in own else _times(entry, hints)
    headline = _words(entry.title)
    original = own.get("translationOf", "")
    return Item(
        uri=own["uri"],
        first_created=times.get("published"),
        version_created=times.get("updated"),
        pub_status="canceled" if entry.deleted else "usable",
        language=entry.language,
        headlines=(Headline(value=headline),) if headline and headline != own["uri"] else (),
        descriptions=(Description(value=_words(summary), role="summary"),) if summary and not gone else (),
        bodies=(Body(value=without_endless_tags(body)),) if body and not gone else (),
        associations=(Association(name="original", rel=TRANSLATION_OF, uri=original),) if is_uri(original) else (),
        dragoman=Profile(
            notes=notes,
            correction=Correction(kind="kill", reason=_words(entry.summary)) if entry.deleted else None,
        ),
    )


def _unmarked(item: Item) -> Item:
    """The headline without the word we have put before it."""
    word = mark(item)
    title = item.headline
    if not word or not title.startswith(f"{word}: "):
        return item
    return replace(item, headlines=(Headline(value=title[len(word) + 2 :]), *item.headlines[1:]))


def _theirs(entry: FeedEntry, channel: Channel, hints: Hints) -> Item:
    times, notes = _times(entry, hints)
    headline = _words(entry.title)
    body, summary = _texts(entry)
    author = person(entry.author) or person(channel.author)
    kind, renditions, associations = _seen(entry)
    if entry.status == "future" and "published" not in times:
        raise Undecodable("The embargo cannot be read", f"a scheduled post without a time: {entry.published[:80]}")
    status = "canceled" if entry.deleted else _STATUSES.get(entry.status, "usable")
    item = Item(
        uri="",
        type=kind,
        first_created=times.get("published"),
        version_created=times.get("updated") or times.get("published"),
        embargoed_until=times.get("published") if entry.status == "future" else None,
        pub_status=status,
        language=entry.language or channel.language,
        headlines=(Headline(value=headline),) if headline else (),
        slugline=entry.slug,
        by=author,
        descriptions=(Description(value=summary, role="summary"),) if summary else (),
        bodies=(Body(value=body),) if body else (),
        subjects=_subjects(entry.categories),
        info_sources=_sources(entry),
        copyright_notice=_words(entry.rights or channel.rights),
        usage_terms=_words(entry.license),
        renditions=renditions,
        associations=(*associations, *_links(entry)),
        dragoman=Profile(
            credit=_words(entry.credit),
            correction=Correction(kind="kill", reason=_words(entry.summary)) if entry.deleted else None,
            notes=notes,
        ),
    )
    return _identified(item, entry, channel, hints)


def _texts(entry: FeedEntry) -> tuple[str, str]:
    """The body as HTML, and the summary in plain where it says something the body does not begin with."""
    if entry.deleted:
        return "", ""
    body, summary = (entry.content, entry.summary) if entry.content else (entry.summary, "")
    body = with_absolute_links(
        without_endless_tags(body), resolved(entry.link, entry.base) if entry.link else entry.base
    )
    summary = _words(summary)
    if summary and len(summary) >= len(body) and summary[:_SAME_START] in plain(body)[:4000]:
        return body, ""
    return body, summary


def _times(entry: FeedEntry, hints: Hints) -> tuple[dict[str, datetime], tuple[str, ...]]:
    found: dict[str, datetime] = {}
    notes: list[str] = []
    for name, words in (("published", entry.published), ("updated", entry.updated)):
        moment, note = read_feed_time(words, hints.zone) if words else (None, "")
        if moment:
            found[name] = moment
        if note:
            notes.append(f"{name}: {note}")
    return found, tuple(notes)


def _identified(item: Item, entry: FeedEntry, channel: Channel, hints: Hints) -> Item:
    """Its id is its uri where it is one, else its page; the page is kept beside it."""
    link = resolved(entry.link, entry.base)
    page = (AltId(value=link, role="link"),) if is_uri(link) and link != entry.id else ()
    if is_uri(entry.id):
        return replace(item, uri=entry.id, alt_ids=page)
    scope = channel.id or channel.link or hints.agency or hints.source
    if entry.id:
        return replace(item, uri=made_uri(scope, entry.id), alt_ids=(AltId(value=entry.id, role="guid"), *page))
    if is_uri(link):
        return replace(item, uri=link)
    made = made_uri(scope, digest(entry.title, entry.content or entry.summary))
    notes = (*item.ours.notes, "no id: one made from the content")
    return replace(item, uri=made, dragoman=replace(item.ours, notes=notes))


def person(said: str) -> str:
    """The name in what is said of an author: ``me@example.com (Name)``, ``Name <me@example.com>``; else what is said."""
    text = squeeze(said)
    if len(text) > _LONGEST_NAME or (text.isascii() and text.replace(" ", "").isalpha()):
        return _words(text)
    match = _MAIL_AND_NAME.match(text) or _NAME_AND_MAIL.match(text)
    return _words(match[1] if match else text)


def _words(markup: str) -> str:
    return squeeze(plain(without_endless_tags(markup))) if markup else ""


def _subjects(categories: Iterable[tuple[str, str, str]]) -> tuple[Concept, ...]:
    """Each category once. Its scheme names a list it is of, and is no uri of its own: it stands in `role`."""
    found: dict[tuple[str, str], Concept] = {}
    for said, scheme, term in categories:
        name, scheme = squeeze(said), scheme.strip()
        if name:
            is_code = not scheme and is_uri(name)
            made = Concept(uri=name) if is_code else Concept(name=name, role=scheme, literal=squeeze(term))
            found.setdefault((name, scheme), made)
    return tuple(found.values())


def _sources(entry: FeedEntry) -> tuple[Concept, ...]:
    name = person(entry.source)
    uri = entry.source_uri if is_uri(entry.source_uri) else ""
    return (Concept(name=name, uri=uri, role="source"),) if name or uri else ()


def _links(entry: FeedEntry) -> Iterator[Association]:
    for number, link in enumerate(entry.links, 1):
        yield _link(number, link, resolved(link.href, entry.base))


def _link(number: int, link: Link, href: str) -> Association:
    headlines = (Headline(value=squeeze(link.title)),) if link.title.strip() else ()
    if link.language:
        language = known_tag(link.language)
        return Association(
            name=f"version-{language or number}", rel=TRANSLATION, uri=href, language=language, headlines=headlines
        )
    return Association(name=f"{link.rel}-{number}", rel=link.rel, uri=href, headlines=headlines)


def _seen(entry: FeedEntry) -> tuple[Kind, tuple[Rendition, ...], tuple[Association, ...]]:
    """What kind of item it is, its own renditions (an entry that *is* a picture), and what goes with it."""
    things = _things(entry.media or pictures_in(entry.content or entry.summary, entry.base))
    if entry.kind == "attachment" and things:
        kind = _kind(things[0][0])
        return kind or "picture", tuple(map(_rendition, things[0])), ()
    return "text", (), tuple(_association(number, thing) for number, thing in enumerate(things, 1))


def _things(media: tuple[Media, ...]) -> list[list[Media]]:
    """The media as things, each with its sizes: those of one group; a thumbnail outside a group is the first picture's."""
    things: dict[tuple[int, str], list[Media]] = {}
    for one in media:
        if one.thumbnail and not one.group and things:
            next(iter(things.values())).append(one)
        else:
            things.setdefault((one.group, "" if one.group else one.href), []).append(one)
    return [sorted(thing, key=lambda one: (one.thumbnail, -one.width)) for thing in things.values()]


def _kind(media: Media) -> Kind | None:
    suffix = media.href.partition("?")[0].rpartition(".")[2].lower()
    return _KINDS.get(media.content_type.partition("/")[0].lower() or _BY_SUFFIX.get(suffix, ""))


def _association(number: int, thing: list[Media]) -> Association:
    kind = _kind(thing[0]) or ""
    return Association(
        name=f"{kind or 'media'}-{number}", type=kind, uri=thing[0].href, renditions=tuple(map(_rendition, thing))
    )


def _rendition(media: Media) -> Rendition:
    return Rendition(
        name="thumbnail" if media.thumbnail else "main",
        href=media.href,
        content_type=media.content_type,
        title=media.title,
        width=media.width,
        height=media.height,
    )
