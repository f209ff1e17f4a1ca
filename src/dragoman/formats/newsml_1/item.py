"""A story of a NewsML 1.x item as an item. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from dragoman.formats._identity import content_version, digest, is_uri
from dragoman.formats._senders import sender_of, zone_for
from dragoman.formats.newsml_1 import about
from dragoman.formats.newsml_1.content import Texts, files_of, texts_of
from dragoman.formats.newsml_1.dialects import Dialect, dialect_of
from dragoman.formats.newsml_1.management import Identity, identity_of, management_of, named
from dragoman.formats.newsml_1.node import Node, child, children, formal, words_of
from dragoman.formats.newsml_1.said import Said, language_around, said_of, unread
from dragoman.formats.newsml_1.tree import Story, media_kind, stories_of
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.item import TRANSLATION, AltId, Association, Body, Dateline, Description, Headline, Item, Profile
from dragoman.read.body import html_blocks, joined
from dragoman.read.dateline import find_dateline
from dragoman.read.reading import shaped
from dragoman.text.cleaning import squeeze

_DIGIT = re.compile(r"\d")
_PLACE = 60  # characters
_MOST_LANGUAGES = 20
MOST_STORIES = 200
"""Stories of one NewsItem that are read."""


class Source(NamedTuple):
    """A NewsItem with what its document says: topics by name, notes on its encoding."""

    item: Node
    sender: str
    zone: str
    dialect: Dialect
    identity: Identity
    names: about.Names
    notes: tuple[str, ...]


def source_of(item: Node, envelope: Node | None, names: about.Names, hints: Hints, notes: tuple[str, ...]) -> Source:
    identifier = child(item, "identification", "newsidentifier")
    words = [words_of(child(identifier, name)) for name in ("providerid", "publicidentifier")]
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
    said = said_of(story, source.item)
    texts = texts_of(story)
    notes = (*said.told("ed_note"), *said.comments)
    managed = management_of(source.item, notes, said.value(*source.dialect.urgency), source.zone)
    is_usable = managed.status == "usable"
    renditions, associations = files_of(story)
    kind = media_kind(story.component)
    headlines = tuple(_headlines(said, texts))
    body, closing = _body(texts, source.dialect)
    located, dateline, odd = _place(said)
    holder, terms = about.terms_of(said)
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
        slugline=said.line(*source.dialect.slug) or said.value(*source.dialect.slug),
        by=said.line(*source.dialect.by),
        located=located,
        descriptions=tuple(_descriptions(texts, body if kind else None)) if is_usable else (),
        bodies=(body,) if body and is_usable and not kind else (),
        subjects=about.subjects_of(said, source.dialect, source.names),
        places=about.places_of(said, source.names),
        people=about.people_of(said, source.names),
        organisations=about.organisations_of(said, source.names),
        genres=about.genres_of(said),
        info_sources=about.sources_of(said),
        copyright_holder=holder,
        copyright_notice=said.line("copyrightline"),
        usage_terms=" ".join(filter(None, (terms, closing))),
        ed_note=about.ed_note_of(said),
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
            credit=said.line("creditline"),
            correction=managed.correction,
            notes=source.notes + managed.notes + odd,
            lost=(*managed.lost, *dict.fromkeys(unread(said))),
        ),
    )
    uri, alt_ids = _named(story, among, source, hints, _content(item))
    item = shaped(replace(item, uri=uri, alt_ids=(*alt_ids, *about.alt_ids_of(said))))
    return item if item.version else replace(item, version=content_version(item))


def _named(
    story: Story, among: list[Story], source: Source, hints: Hints, made: str = ""
) -> tuple[str, tuple[AltId, ...]]:
    alone = len(among) == 1 and not source.dialect.each_story
    if len(among) == 1:
        duid = next((said for part in story.path if (said := part.get("Duid"))), "")
    else:
        own = [one.component.get("Duid") for one in among[:MOST_STORIES]]
        duid = story.component.get("Duid")
        duid = duid if own.count(duid) == 1 and duid else str(1 + among.index(story))
    return named(source.identity, duid, alone=alone, scope=hints.agency or source.sender, made=made)


def _content(item: Item) -> str:
    return digest(item.headline, *(body.value for body in item.bodies), *(each.value for each in item.descriptions))


def _headlines(said: Said, texts: Texts) -> Iterator[Headline]:
    lines = said.lines.get("headline", [])
    if main := next(iter(lines), "") or texts.title:
        yield Headline(value=main)
    yield from (Headline(value=each, role="alternative") for each in lines[1:])
    subtitles = [*said.lines.get("subheadline", ()), texts.subtitle]
    subtitles += said.told("headlines")
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


def _place(said: Said) -> tuple[str, Dateline | None, tuple[str, ...]]:
    """Where the copy comes from, its dateline as printed; a line that is a mere date is noted."""
    located, text = about.located_in(said), said.line("dateline")
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
    tongues = [language_around(one.component) for one in among]
    if "" in tongues or len(set(tongues)) != len(tongues):
        return
    for one, tongue in zip(among, tongues, strict=True):
        if one is not story:
            uri, _ = _named(one, among, source, hints)
            yield Association(name=f"version-{tongue}", rel=TRANSLATION, uri=uri, language=tongue)


def _members(story: Story) -> Iterator[Association]:
    """The items a component only points at."""
    for part in (story.component, *story.parts):
        for each in children(part, "newsitemref"):
            uri = each.get("NewsItem")
            if is_uri(uri):
                yield Association(name=uri, rel="member", uri=uri)


def too_many(source: Source, stories: int) -> Undecodable:
    """What is said of the stories of a NewsItem beyond `MOST_STORIES`."""
    of = source.identity.guid or source.identity.item_id
    return Undecodable(
        "A NewsItem with too many stories", f"{of}: the first {MOST_STORIES} of {stories} are read"[:200]
    )
