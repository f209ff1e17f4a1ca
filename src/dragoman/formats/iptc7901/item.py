"""A message of IPTC 7901 as an item: title, take key, byline, text, notes to editors, and what its codes say. Pure."""

import re
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from dragoman.formats._notices import Notice, notice_of
from dragoman.formats._own_words import Words, with_own_words
from dragoman.formats._wire_copy import (
    BYLINE,
    correction_of_notice,
    first_embargo,
    is_sign_off,
    known,
    nothing_in_it,
    status_of_notice,
    with_copy,
    with_identity,
    with_version,
)
from dragoman.formats._wire_lines import wire_paragraphs
from dragoman.formats._wire_times import sent_at
from dragoman.formats.iptc7901.dialects import category, wire_of
from dragoman.formats.iptc7901.message import Message
from dragoman.formats.iptc7901.own import LINES, OWN, taken_apart
from dragoman.model.arrival import Hints
from dragoman.model.item import AltId, Concept, Description, Headline, Item, Profile, Removed
from dragoman.read.dateline import find_dateline
from dragoman.text.cleaning import clean, squeeze

_TITLE_LINES = 24
_UNMARKED_TITLE = 6
_TAKE_KEY = re.compile(
    r"[A-ZÀ-ÞА-ЯЁ0-9][A-ZÀ-ÞА-ЯЁ0-9 .,/&'’-]{1,27}|\([^()]{2,80}\)|(?:UPDATE|CORR|RPT|REFILE) \d{0,2}"
)
_SUB_TITLE = re.compile(r"(?:utl|untertitel|subline|unterzeile|subhead|sous-titre|subtítulo)\.?\s*:\s*", re.IGNORECASE)
_NOT_FOR_PUBLICATION = re.compile(
    r"(?:^[ \t]*[*_-](?:[ \t]?[*_-]){2,}[ \t]*\n)?^[^\n]{0,40}(?:not intended for publication|nicht (?:zur|für die) Veröffentlichung bestimmt|"
    r"pas destinée?s? à (?:la )?publication|no (?:están? )?(?:destinadas?|previstas?) (?:a ser publicadas?|para (?:la|su) publicación)|"
    r"не для публикации|не предназначен[аоы]? для публикации|dərc üçün deyil|ليست? للنشر|غير مخصصة للنشر|不供发表|非供发表)[^\n]*\n?",
    re.MULTILINE | re.IGNORECASE,
)
_NOT_FOR_PUBLICATION_SIGNS = ("ublica", "UBLICA", "ffentlich", "публик", "dərc", "نشر", "发表")
_ASCII_SIGNS = 3
_STORY = re.compile(r"(?<!\S)(?P<id>\d{6}-\d\d-\d{3,8})(?:[#/](?P<version>\d{1,4}))?(?!\S)")
_SHORT, _FEWER = 20, 0.8
_LOOK_FOR_EMBARGO = 4  # paragraphs
_NOTICE = 120  # characters of a paragraph that may be one


class _Title(Struct, frozen=True):
    headline: str = ""
    take_key: str = ""
    by: str = ""
    summary: str = ""
    lines: tuple[str, ...] = ()
    notice: Notice | None = None


def item_of(message: Message, hints: Hints, notes: tuple[str, ...]) -> Item:
    """The item of `message`, read. Raises: Undecodable: there is no text, or its embargo cannot be read."""
    own, header = _own_words(message.header)
    if own:
        return _own_item(message, own, hints, notes)
    wire = wire_of(message.source, message.optional)
    title_lines, text = _title_block(_clean(message.text))
    title = _title(title_lines)
    text, note, removed = _for_editors(text)
    zone = known(hints, wire.zone)
    sent, time_note = sent_at(message.end, zone)
    paragraphs = wire_paragraphs(text)
    if paragraphs and is_sign_off(paragraphs[-1]):
        removed += (Removed(text=paragraphs.pop(), reason="sign-off"),)
    held = first_embargo([*header, *title.lines, *paragraphs[:_LOOK_FOR_EMBARGO]], sent, zone)
    notice = title.notice or (notice_of(paragraphs[0]) if paragraphs and len(paragraphs[0]) <= _NOTICE else None)
    if not title.headline and not paragraphs and notice is None:
        raise nothing_in_it(message.text)
    story, version = _story(message.optional)
    profile = Profile(
        notes=tuple(filter(None, (*notes, time_note, held[2] if held else ""))),
        removed=removed,
        correction=correction_of_notice(notice, paragraphs) if notice else None,
    )
    slug, keywords = _keywords(header)
    headline = (Headline(value=title.headline),) if title.headline else ()
    take_key = (Headline(value=title.take_key, role="takeKey"),) if title.take_key and headline else ()
    item = Item(
        uri="",
        version=version,
        first_created=None if notice and notice.kind in ("update", "correction") else sent,
        version_created=sent,
        embargoed_until=held[1] if held else None,
        pub_status=status_of_notice(notice),
        urgency=int(message.priority) if message.priority in set("123456789") else None,
        language="" if hints.language else wire.language,
        headlines=headline + take_key,
        slugline=slug,
        by=title.by,
        descriptions=(Description(value=title.summary, role="summary"),) if title.summary else (),
        subjects=(*((category(message.category).concept,) if message.category else ()), *keywords),
        info_sources=(Concept(name=wire.name, role="source"),) if wire.name else (),
        ed_note=note,
        alt_ids=(AltId(value=message.id, role="messageId"),) if story and message.number else (),
        dragoman=profile,
    )
    item = with_identity(item, wire.name or hints.agency, _names(message, story, sent))
    item = with_copy(item, paragraphs)
    return with_version(_counted(item, message.words))


def _own_item(message: Message, own: Words, hints: Hints, notes: tuple[str, ...]) -> Item:
    said = dict(own)
    laid = taken_apart(_clean(message.text), said.get(LINES, ""))
    if laid is None:
        title_lines, text = _title_block(_clean(message.text))
        laid = _title(title_lines).headline, text
    headline, text = laid
    item = Item(
        uri=said.get("uri", ""),
        headlines=(Headline(value=headline),) if headline else (),
        dragoman=Profile(notes=notes),
    )
    item = with_own_words(item, own)
    item = with_identity(item, hints.agency, (message.id,))
    return with_version(with_copy(item, wire_paragraphs(text)))


def _clean(text: str) -> str:
    """`text` without what no reader sees; of ASCII nothing is left of that by now."""
    return text if text.isascii() else clean(text)


def _own_words(header: tuple[str, ...]) -> tuple[Words, tuple[str, ...]]:
    """The header lines of our own, as words, and the others."""
    words, others = [], []
    for line in header:
        if line.startswith(OWN):
            name, _, said = line[len(OWN) :].partition(": ")
            words.append((name, said))
        else:
            others.append(line)
    return tuple(words), tuple(others)


def _title_block(text: str) -> tuple[list[str], str]:
    """The lines of the title, and the text behind it: up to a line that ends in "=", or a few lines before a blank one."""
    start = len(text) - len(text.lstrip())
    lines = text[start:].split("\n", _TITLE_LINES)
    for at, line in enumerate(lines[:_TITLE_LINES]):
        words = line.rstrip()
        if words.endswith("=") and not words.endswith("=="):
            taken = [*lines[:at], words[:-1]]
            return [each.strip() for each in taken if each.strip()], "\n".join(lines[at + 1 :])
    blank = next((at for at, line in enumerate(lines) if not line.strip()), 0)
    if not 0 < blank <= _UNMARKED_TITLE or blank + 1 >= len(lines) or find_dateline(lines[0]) or len(lines[0]) > 120:
        return [], text
    if lines[blank - 1].rstrip().endswith((".", "。", "؟")) and blank > 1:
        return [], text
    return [line.strip() for line in lines[:blank]], "\n".join(lines[blank + 1 :])


def _title(lines: list[str]) -> _Title:
    """What the lines of the title are: take keys first, the headline, a byline, a second title."""
    keys: list[str] = []
    rest = list(lines)
    while len(rest) > 1 and _TAKE_KEY.fullmatch(rest[0]) and not BYLINE.match(rest[1]):
        keys.append(rest.pop(0))
    notice = next((one for key in keys if (one := notice_of(key))), None)
    by = ""
    titles: list[str] = []
    summary: list[str] = []
    for line in rest:
        if found := BYLINE.match(line) if titles else None:
            by = found["name"].strip()
        elif found := _SUB_TITLE.match(line):
            summary.append(line[found.end() :].strip())
        else:
            titles.append(line)
    found_titles = wire_paragraphs("\n".join(titles)) if len(titles) > 1 else titles
    headline = found_titles[0].rstrip(" =-–") if found_titles else ""
    if notice is None and headline and (notice := notice_of(headline)):
        headline = notice.rest or headline
    return _Title(headline, " ".join(keys), by, " ".join((*summary, *found_titles[1:])), tuple(lines), notice)


def _for_editors(text: str) -> tuple[str, str, tuple[Removed, ...]]:
    """The text, the note to editors that stands behind it, and the line that parts them."""
    signs = _NOT_FOR_PUBLICATION_SIGNS[:_ASCII_SIGNS] if text.isascii() else _NOT_FOR_PUBLICATION_SIGNS
    if not any(map(text.__contains__, signs)):
        return text, "", ()
    found = _NOT_FOR_PUBLICATION.search(text)
    if found is None:
        return text, "", ()
    note = "\n".join(line for each in text[found.end() :].split("\n") if (line := squeeze(each)))
    return text[: found.start()], note, (Removed(text=squeeze(found[0]), reason="line before the note to editors"),)


def _keywords(header: tuple[str, ...]) -> tuple[str, tuple[Concept, ...]]:
    """The slug, and what stands in its place where it is left empty: a line that begins with a stroke is all keywords."""
    line = header[0] if header else ""
    if line.startswith("/"):
        return "", tuple(Concept(name=word.strip()) for word in line.split("/") if word.strip())
    return line.rstrip("/ "), ()


def _story(optional: str) -> tuple[str, str]:
    """The id of the story and the number of its version, which some wires add (``KNA 260514-89-00065#2``)."""
    found = _STORY.search(optional) if optional else None
    return (found["id"], found["version"] or "") if found else ("", "")


def _names(message: Message, story: str, sent: datetime | None) -> tuple[str, ...]:
    if story:
        return (story,)
    # Numbers begin again each day: the day is part of the name.
    return (message.id, sent.date().isoformat()) if message.number and sent else ()


def _counted(item: Item, said: str) -> Item:
    """`item`, with a note where its text has far fewer words than its header says: it may have been cut off."""
    count = item.bodies[0].word_count if item.bodies else 0
    if not said or not count or int(said) * _FEWER <= count + _SHORT:
        return item
    note = f"the header counts {int(said)} words, the text has {count}: it may have been cut off"
    return replace(item, dragoman=replace(item.ours, notes=(*item.ours.notes, note)))
