"""A feed's entry as an item, and what of an item goes into our own elements of an entry. Pure."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from dragoman.formats._carried import credit, ed_note, is_gone, mark, original
from dragoman.formats._feed import Channel, Feed, FeedEntry, Media
from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._shape import failed, unforeseen, units
from dragoman.formats._times import read_time, rfc3339
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import (
    TRANSLATION_OF,
    AltId,
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
from dragoman.read.body import plain
from dragoman.read.reading import read_item
from dragoman.text.cleaning import clean, squeeze

_MAIL_AND_NAME = re.compile(r"\s*\S+@\S+\s*\(([^()]+)\)\s*\Z")
_STATUSES = {"usable": "usable", "withheld": "withheld", "canceled": "canceled"}
_KINDS = {"image": "picture", "audio": "audio", "video": "video"}
_CORRECTIONS = ("correction", "update", "refile", "hold", "release", "kill", "substitute")


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
    """`entry` as an item, read. Raises: Undecodable, where it has neither headline nor text nor id."""
    own = entry.own
    words = squeeze if "uri" in own else _plain_words  # our own writing is plain where others write HTML
    if not (entry.title or entry.summary or entry.content or entry.deleted):
        raise Undecodable("An entry without title and text", entry.id or entry.link)
    times, time_notes = _times(entry, hints)
    status = _STATUSES.get(own.get("pubStatus", ""), "canceled" if entry.deleted else "usable")
    headline = _headline(entry, own)
    body, summary = (entry.content, entry.summary) if entry.content else (entry.summary, "")
    if status != "usable":
        body = summary = ""
    same = plain(summary) and plain(summary)[:200] in plain(body)[:4000] and len(summary) >= len(body)
    item = Item(
        uri="",
        version=own.get("version", ""),
        first_created=times.get("published"),
        version_created=times.get("updated") or times.get("published"),
        embargoed_until=times.get("embargo"),
        pub_status=status,  # type: ignore[arg-type]  # one of the statuses
        urgency=int(own["urgency"]) if own.get("urgency", "") in set("123456789") else None,
        language=entry.language or channel.language,
        headlines=(Headline(value=headline),) if headline else (),
        slugline=own.get("slugline", ""),
        by=words(_author(entry.author or channel.author)),
        located=own.get("located", ""),
        descriptions=(Description(value=squeeze(plain(summary)), role="summary"),)
        if plain(summary) and not same
        else (),
        bodies=(Body(value=body),) if body else (),
        subjects=tuple(_subject(term, scheme) for term, scheme in entry.categories),
        info_sources=(Concept(name=words(entry.source), role="source"),) if entry.source else (),
        copyright_holder=own.get("copyrightHolder", ""),
        copyright_notice=words(entry.rights or channel.rights),
        usage_terms=own.get("usageTerms", "") or entry.license,
        ed_note=own.get("edNote", ""),
        associations=(
            *_original(own),
            *(_association(number, media) for number, media in enumerate(entry.media, 1)),
        ),
        dragoman=_profile(entry, notes + time_notes),
    )
    item = _identified(item, entry, channel, hints)
    item = read_item(item, hints, from_page=True)
    return item if item.version else replace(item, version=content_version(item))


def own_elements(item: Item) -> dict[str, str]:
    """What of `item` stands in our own elements: identity, state, terms. Absent where there is nothing to say."""
    correction, named = item.ours.correction, original(item)
    words = {
        "uri": item.uri,
        "version": item.version,
        "pubStatus": item.pub_status if item.pub_status != "usable" else "",
        "urgency": str(item.urgency or ""),
        "slugline": item.slugline,
        "located": item.located or (item.ours.dateline.place if item.ours.dateline else ""),
        "embargoedUntil": rfc3339(item.embargoed_until) if item.embargoed_until else "",
        "credit": credit(item),
        "copyrightHolder": item.copyright_holder,
        "usageTerms": item.usage_terms,
        "edNote": ed_note(item),
        "correction": correction.kind if correction else "",
        "translationOf": named.uri if named else "",
    }
    return {name: clean(word) for name, word in words.items() if word}


def marked_title(item: Item) -> str:
    """The headline, with the word before it that says it is not the first version."""
    word = mark(item)
    title = clean(squeeze(item.headline)) or item.slugline or item.uri
    return f"{word}: {title}" if word else title


def lost_in_feed(item: Item) -> tuple[str, ...]:
    """What of `item` a feed, our own elements included, has no place for."""
    ours = item.ours
    told = {
        f"type {item.type}": item.type != "text",
        "alt_ids": bool(item.alt_ids),
        "places": bool(item.places),
        "people": bool(item.people),
        "organisations": bool(item.organisations),
        "genres": bool(item.genres),
        "subjects.rel": any(subject.rel or subject.role for subject in item.subjects),
        "info_sources": len(item.info_sources) > 1,
        "headlines": len(item.headlines) > 1,
        "descriptions": len(item.descriptions) > 1,
        "renditions": bool(item.renditions),
        "associations.rel": any((each.rel or each.headlines) and not each.is_of_family for each in item.associations),
        "content_created": item.content_created is not None and item.first_created is not None,
        "dateline": ours.dateline is not None,
        "hops": bool(ours.hops),
        "origin": bool(ours.origin),
        "text": is_gone(item) and bool(item.bodies),
    }
    return tuple(name for name, is_lost in told.items() if is_lost)


def _times(entry: FeedEntry, hints: Hints) -> tuple[dict[str, datetime], tuple[str, ...]]:
    said = {"published": entry.published, "updated": entry.updated, "embargo": entry.own.get("embargoedUntil", "")}
    found: dict[str, datetime] = {}
    notes: list[str] = []
    for name, words in said.items():
        moment, note = read_time(words, hints.zone) if words else (None, "")
        if moment:
            found[name] = moment
        if note:
            notes.append(f"{name}: {note}")
        if name == "embargo" and words and not moment:
            # An embargo nobody can read must not be lost: without it the copy would be free.
            raise Undecodable("The embargo of an entry cannot be read", words[:80])
    return found, tuple(notes)


def _headline(entry: FeedEntry, own: dict[str, str]) -> str:
    title = squeeze(plain(entry.title))
    marks = ("correction" in own or "pubStatus" in own) and re.match(r"[A-Z]{4,10}: ", title)
    if marks:
        title = title[marks.end() :]
    return "" if own.get("uri") and title == own.get("uri") else title


def _identified(item: Item, entry: FeedEntry, channel: Channel, hints: Hints) -> Item:
    own = entry.own.get("uri", "")
    for candidate in (own, entry.id):
        if is_uri(candidate):
            return replace(item, uri=candidate)
    scope = channel.link or hints.agency or hints.source
    if entry.id:
        alt = (*item.alt_ids, AltId(value=entry.id, role="guid"))
        return replace(item, uri=made_uri(scope, entry.id), alt_ids=alt)
    if is_uri(entry.link):
        return replace(item, uri=entry.link)
    made = made_uri(scope, digest(entry.title, entry.content or entry.summary))
    notes = (*item.ours.notes, "no id: one made from the content")
    return replace(item, uri=made, dragoman=replace(item.ours, notes=notes))


def _profile(entry: FeedEntry, notes: tuple[str, ...]) -> Profile:
    kind = entry.own.get("correction", "")
    correction = Correction(kind=kind) if kind in _CORRECTIONS else None  # type: ignore[arg-type]  # just asked
    if correction is None and entry.deleted:
        correction = Correction(kind="kill", reason=squeeze(plain(entry.summary)))
    return Profile(credit=squeeze(entry.own.get("credit", "") or entry.credit), correction=correction, notes=notes)


def _plain_words(text: str) -> str:
    return squeeze(plain(text))


def _author(author: str) -> str:
    match = _MAIL_AND_NAME.match(author)
    return match[1] if match else author


def _subject(term: str, scheme: str) -> Concept:
    if is_uri(term) and not scheme:
        return Concept(uri=term)
    return Concept(name=squeeze(term), uri=scheme if is_uri(scheme) else "")


def _original(own: dict[str, str]) -> tuple[Association, ...]:
    named = own.get("translationOf", "")
    return (Association(name="original", rel=TRANSLATION_OF, uri=named),) if is_uri(named) else ()


def _association(number: int, media: Media) -> Association:
    kind = _KINDS.get(media.content_type.partition("/")[0], "")
    rendition = Rendition(
        name="main",
        href=media.href,
        content_type=media.content_type,
        title=media.title,
        width=media.width,
        height=media.height,
    )
    return Association(name=f"{kind or 'media'}-{number}", type=kind, uri=media.href, renditions=(rendition,))
