"""A story of a NewsML 1.x item as an item. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from msgspec.structs import replace

from dragoman.formats._identity import content_version, digest, is_uri
from dragoman.formats._senders import sender_of, zone_for
from dragoman.formats._xml import text_of
from dragoman.formats.newsml_1 import said as says
from dragoman.formats.newsml_1.content import Texts, files_of, texts_of
from dragoman.formats.newsml_1.dialects import NEWS_LINES, Dialect, dialect_of
from dragoman.formats.newsml_1.management import Identity, identity_of, management_of, named
from dragoman.formats.newsml_1.tree import Story, child, children, formal, media_kind, stories_of
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.item import TRANSLATION, AltId, Association, Body, Dateline, Description, Headline, Item, Profile
from dragoman.read.body import html_blocks, joined
from dragoman.read.dateline import find_dateline
from dragoman.read.reading import read_item
from dragoman.text.cleaning import squeeze
from dragoman.text.language import known_tag

_DIGIT = re.compile(r"\d")
_PLACE = 60  # characters


class Source(NamedTuple):
    """A NewsItem with what its document says: topics by name, notes on its encoding."""

    item: etree._Element
    sender: str
    zone: str
    dialect: Dialect
    identity: Identity
    names: says.Names
    notes: tuple[str, ...]


def source_of(
    item: etree._Element, envelope: etree._Element | None, names: says.Names, hints: Hints, notes: tuple[str, ...]
) -> Source:
    about = child(item, "identification", "newsidentifier")
    words = [text_of(child(about, name)) for name in ("providerid", "publicidentifier")]
    parties = [formal(each) for each in children(child(envelope, "sentfrom"), "party")]
    sender = sender_of(*words, *parties, hints.agency)
    dialect = dialect_of(sender)
    return Source(item, sender.name, zone_for(hints.zone, sender), dialect, identity_of(item, dialect), names, notes)


def stories(source: Source) -> list[Story]:
    """The stories of the NewsItem. Raises: Undecodable, where it has no content."""
    found = stories_of(source.item)
    if not found:
        what = "an Update to an earlier revision" if children(source.item, "update") else "no NewsComponent"
        raise Undecodable(
            "A NewsItem without content", f"{source.identity.guid or source.identity.item_id}: {what}"[:200]
        )
    return found


def item_of(story: Story, among: list[Story], source: Source, hints: Hints) -> Item:
    """`story`, one of those `among` its NewsItem, as an item, read. Raises: Undecodable."""
    said = says.said_of(story, source.item)
    texts = texts_of(story)
    notes = tuple(text for kind, text in said.news_lines if NEWS_LINES.get(kind.lower()) == "ed_note")
    managed = management_of(
        source.item, (*notes, *said.comments), says.value(said, *source.dialect.urgency), source.zone
    )
    renditions, associations = files_of(story)
    kind = media_kind(story.component)
    headlines = tuple(_headlines(said, texts))
    body, closing = _body(texts, source.dialect)
    located, dateline, odd = _place(said)
    holder, terms = says.terms_of(said)
    if not (headlines or body or texts.summary or renditions or associations):
        raise Undecodable("A component without headline, text and file", source.identity.guid[:200])
    item = Item(
        uri="",
        type=kind or "text",  # type: ignore[arg-type]  # one of the kinds
        version=source.identity.version,
        first_created=managed.first,
        version_created=managed.version,
        embargoed_until=managed.embargo,
        pub_status=managed.status,
        urgency=managed.urgency,
        language=said.language,
        headlines=headlines,
        slugline=says.line(said, *source.dialect.slug) or says.value(said, *source.dialect.slug),
        by=says.line(said, *source.dialect.by),
        located=located,
        descriptions=tuple(_descriptions(texts, body if kind else None)),
        bodies=(body,) if body and managed.status == "usable" and not kind else (),
        subjects=says.subjects_of(said, source.dialect, source.names),
        places=says.places_of(said, source.names),
        people=says.people_of(said, source.names),
        organisations=says.organisations_of(said, source.names),
        genres=says.genres_of(said),
        info_sources=says.sources_of(said),
        copyright_holder=holder,
        copyright_notice=says.line(said, "copyrightline"),
        usage_terms=" ".join(filter(None, (terms, closing))),
        ed_note=says.ed_note_of(said),
        renditions=renditions,
        associations=(
            *_language_versions(story, among, source, hints),
            *managed.associations,
            *_members(story),
            *texts.associations,
            *associations,
        ),
        dragoman=Profile(
            dateline=dateline,
            credit=says.line(said, "creditline"),
            correction=managed.correction,
            notes=source.notes + managed.notes + odd,
            lost=(*managed.lost, *dict.fromkeys(says.unread(said))),
        ),
    )
    uri, alt_ids = _named(story, among, source, hints, _content(item))
    item = read_item(replace(item, uri=uri, alt_ids=(*alt_ids, *says.alt_ids_of(said))), hints)
    return item if item.version else replace(item, version=content_version(item))


def _named(
    story: Story, among: list[Story], source: Source, hints: Hints, made: str = ""
) -> tuple[str, tuple[AltId, ...]]:
    duid = next((said for part in story.path if (said := part.get("Duid", ""))), "")
    alone = len(among) == 1 and not source.dialect.each_story
    return named(source.identity, duid, alone=alone, scope=hints.agency or source.sender, made=made)


def _content(item: Item) -> str:
    return digest(item.headline, *(body.value for body in item.bodies), *(each.value for each in item.descriptions))


def _headlines(said: says.Said, texts: Texts) -> Iterator[Headline]:
    lines = said.lines.get("headline", [])
    if main := next(iter(lines), "") or texts.title:
        yield Headline(value=main)
    yield from (Headline(value=each, role="alternative") for each in lines[1:])
    subtitles = [*said.lines.get("subheadline", ()), texts.subtitle]
    subtitles += [text for kind, text in said.news_lines if NEWS_LINES.get(kind.lower()) == "headlines"]
    yield from (Headline(value=each, role="subtitle") for each in subtitles if each)


def _descriptions(texts: Texts, body: Body | None) -> Iterator[Description]:
    """The summary, the caption; of a picture or film its text is the caption."""
    if texts.summary:
        yield Description(value=texts.summary, role="summary")
    caption = texts.caption or (_plain(body) if body else "")
    if caption:
        yield Description(value=caption, role="caption")


def _plain(body: Body) -> str:
    blocks, _ = html_blocks(body.value if body.content_type == "text/html" else body.value.replace("<", "&lt;"))
    return squeeze(" ".join(block.text for block in blocks))


def _body(texts: Texts, dialect: Dialect) -> tuple[Body | None, str]:
    """The text, and the terms that closed it."""
    body = texts.body
    if body is None or dialect.closing is None:
        return body, ""
    blocks, _ = html_blocks(body.value)
    if not blocks or not dialect.closing.fullmatch(blocks[-1].text):
        return body, ""
    return Body(value=joined(blocks[:-1])), blocks[-1].text


def _place(said: says.Said) -> tuple[str, Dateline | None, tuple[str, ...]]:
    """Where the copy comes from, its dateline as printed; a line that is a mere date is noted."""
    located, text = says.located_in(said), says.line(said, "dateline")
    if not text:
        return located, None, ()
    found = find_dateline(text)
    if found is not None and found.dateline.place:
        return located, replace(found.dateline, text=text), ()
    if len(text) <= _PLACE and not _DIGIT.search(text):
        return located or text.rstrip(" ,-–—"), None, ()
    return located, None, (f"dateline as sent: {text[:80]}",)


def _language_versions(story: Story, among: list[Story], source: Source, hints: Hints) -> Iterator[Association]:
    """The other stories of the NewsItem, where each is in a language of its own: then they are versions of one."""
    if not 2 <= len(among) <= _MOST_LANGUAGES:
        return
    tongues = [known_tag(next((says._lang(each) for each in one.path if says._lang(each)), "")) for one in among]
    if "" in tongues or len(set(tongues)) != len(tongues):
        return
    for one, tongue in zip(among, tongues, strict=True):
        if one is not story:
            uri, _ = _named(one, among, source, hints)
            yield Association(name=f"version-{tongue}", rel=TRANSLATION, uri=uri, language=tongue)


_MOST_LANGUAGES = 20


def _members(story: Story) -> Iterator[Association]:
    """The items a component only points at."""
    for part in (story.component, *story.parts):
        for each in children(part, "newsitemref"):
            uri = each.get("NewsItem", "").strip()
            if is_uri(uri):
                yield Association(name=uri, rel="member", uri=uri)
