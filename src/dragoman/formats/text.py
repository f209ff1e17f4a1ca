"""Plain agency text, in and out: wire files, and copy as it comes off a web page. Pure.

In, a header (a date to the day, month or year; `Key: value` lines) is told from the copy, left-over template expressions
and page furniture are removed and reported, and the rest is taken apart: headline, summary, dateline, sub-headings.
An embargo in words is read or parks the copy; a notice that copy is killed, held or corrected is known by its words.
Out, the same header lines, then the copy; what is written can be read again. Several items are parted by a line ``NNNN``,
the end of message of IPTC 7901.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from functools import partial

from msgspec.structs import replace

from dragoman.formats._charset import decode_text, wide_charset
from dragoman.formats._embargo import embargo_of
from dragoman.formats._fields import lost
from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._notices import Notice
from dragoman.formats._plain import written
from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, suits, units
from dragoman.formats._status import correction_of, status_of
from dragoman.formats._times import read_time, zone_of
from dragoman.formats._wire_copy import (
    correction_of_notice,
    first_embargo,
    first_notice,
    not_too_large,
    status_of_notice,
    with_copy,
)
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, TooLarge, Undecodable
from dragoman.model.item import (
    TRANSLATION,
    TRANSLATION_OF,
    Association,
    Block,
    Concept,
    Correction,
    Dateline,
    Description,
    Headline,
    Item,
    Profile,
    Removed,
)
from dragoman.read.dateline import find_dateline
from dragoman.read.header import Header, read_header
from dragoman.read.leftovers import remove_leftovers
from dragoman.read.page import read_page
from dragoman.read.reading import Taken, shaped
from dragoman.read.structure import Copy, take_apart
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.markup import html_of_blocks

MEDIA_TYPE = "text/plain; charset=utf-8"
_END_OF_MESSAGE = re.compile(r"^NNNN[ \t]*$", re.MULTILINE)
_START_OF_MESSAGE = re.compile(r"\s*(?:ZCZC|zczc)\b[^\n]{0,40}\n")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_COPY_TAG = re.compile(
    rb"<%|<(?:p|div|h[1-6]|b|strong|i|em|a|br|ul|ol|table|blockquote|article|section)[\s>/]", re.IGNORECASE
)
_OWN = "uri: "
_MOST_TAGS = 100_000
_NOTICES = 4  # paragraphs at the head that may be a notice, or hold an embargo
_HAN = re.compile("[\u3400-\u9fff]")
_SPACES = re.compile(r"[^\S\n\t]+")


def detect(data: bytes, hints: Hints) -> float:
    """Anything that looks like text; every other format is surer of its own."""
    head = data[:4096]
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<") and not _COPY_TAG.match(start):
        return 0.0  # a document of another kind, or a page that answers in the place of copy
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or bool(wide_charset(head))
    if not head.strip() or (not wide and len(_CONTROLS.findall(head)) * 50 > len(head)):
        return 0.0
    return 0.2 + suits(hints, FORMAT.media_types, FORMAT.suffixes)


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit a message; usually the whole file is one."""
    try:
        not_too_large(data)
        if data.count(b"<") > _MOST_TAGS:
            raise TooLarge("There is too much markup in the text", f"more than {_MOST_TAGS} tags")
        decoded = decode_text(data, hint=hints.charset)
        messages = [part for part in _END_OF_MESSAGE.split(clean(decoded.text)) if part.strip()]
        if not messages:
            raise Undecodable("The text is empty")
    except DragomanError as error:
        yield failed(0, error)
        return
    yield from units(partial(_item, message, hints, decoded.notes) for message in messages)


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """The items one after the other."""
    listed = list(items)
    named = dict.fromkeys(word for item in listed for word in lost(item, FORMAT.places))
    return Encoded(body="NNNN\n".join(map(written, listed)).encode("utf-8"), media_type=MEDIA_TYPE, lost=tuple(named))


FORMAT = Format(
    name="text",
    title="plain agency text",
    media_types=("text/plain",),
    suffixes=(".txt", ".text"),
    detect=detect,
    decode=decode,
    encode=encode,
    places={
        "uri": "uri:",
        "version": "version:",
        "first_created": "date:",
        "version_created": "sent:",
        "pub_status": "status:",
        "correction": "correction:",
        "correction.reason": "reason:",
        "language": "language:",
        "urgency": "urgency:",
        "embargoed_until": "embargo:",
        "slugline": "slug:",
        "credit": "credit:",
        "copyright_holder": "copyright:",
        "usage_terms": "usage:",
        "ed_note": "note:",
        "by": "by:",
        "located": "located:",
        "dateline": "dateline:, and the text",
        "info_sources": "source:",
        "subjects": "keywords:",
        "versions": "original:, versions:",
        "headline": "title:, or the first line",
        "summary": "summary:, or what stands before the dateline",
        "body": "text",
    },
)


def _item(message: str, hints: Hints, notes: tuple[str, ...]) -> Item:
    if message.lstrip().startswith(_OWN):
        header, rest = read_header(message.lstrip())
        if header.field("version"):
            return _own_item(header, rest, hints, notes)
    if opened := _START_OF_MESSAGE.match(message):
        message = message[opened.end() :]
    plain, expressions = remove_leftovers(message)
    header, rest = read_header(plain)
    page = read_page(rest)
    paragraphs = [_SPACES.sub(" ", paragraph).strip() for paragraph in page.paragraphs]
    copy = take_apart([paragraph for paragraph in paragraphs if paragraph], header.field("title"))
    if not any(
        map(str.isalpha, "".join((header.field("title"), copy.headline, *(block.text for block in copy.blocks))))
    ):
        raise Undecodable("There is no text in it", squeeze(message)[:80])
    removed = (
        *expressions,
        *(Removed(text=line, reason="header line") for line in header.lines),
        *page.removed,
        *copy.removed,
    )
    moment, time_notes = _moment(header, hints)
    item = _with_header(header, copy.headline, copy.byline, " ".join(copy.summary), page.source, moment, hints)
    first = [header.field("title"), *paragraphs[:_NOTICES]]
    item = _with_notices(item, [line for line in first if line], moment, hints, rest)
    profile = item.ours
    profile = replace(profile, removed=removed, notes=notes + page.notes + time_notes + profile.notes)
    item = _identified(replace(item, dragoman=profile), header, message)
    taken = _taken(header, copy)
    if item.pub_status != "usable":
        item, taken = replace(item, descriptions=()), Taken((), "", None)
    item = shaped(item, header=header.date or page.date, taken=taken)
    return item if item.version else replace(item, version=content_version(item))


def _own_item(header: Header, rest: str, hints: Hints, notes: tuple[str, ...]) -> Item:
    """What we have written: nothing in it is furniture, and its lines are what `_plain` made them."""
    moment, time_notes = _moment(header, hints)
    item = _with_header(header, "", "", "", "", moment, hints)
    if words := header.field("dateline"):
        found = find_dateline(f"{words} -")
        dateline = replace(found.dateline, text=words) if found else Dateline(text=words)
        item = replace(item, dragoman=replace(item.ours, dateline=dateline))
    item = replace(item, uri=header.field("uri"), dragoman=replace(item.ours, notes=notes + time_notes))
    if item.pub_status != "usable":
        item = replace(item, descriptions=())
    lines = [line for line in rest.split("\n") if line.strip()]
    return with_copy(item, lines)


def _with_notices(item: Item, lines: list[str], sent: datetime | None, hints: Hints, text: str) -> Item:
    """`item` with what its first lines say in words: an embargo, that earlier copy is taken back or corrected.

    Raises:
        Undecodable: an embargo says no exact moment.
    """
    notice = first_notice(lines)
    if notice and notice.takes_back and not _is_meant(notice):
        notice = None
    if notice and item.pub_status == "usable" and not item.ours.correction:
        told = replace(item.ours, correction=correction_of_notice(notice, [text]))
        item = replace(item, pub_status=status_of_notice(notice), dragoman=told)
    held = None if item.embargoed_until else first_embargo(lines, sent, hints.zone)
    if held is None:
        return item
    profile = replace(item.ours, notes=(*item.ours.notes, *filter(None, (held[2],))))
    return replace(item, embargoed_until=held[1], dragoman=profile)


def _is_meant(notice: Notice) -> bool:
    """Pages have buttons that say "Annuler" or "إلغاء": a notice shouts, or has several words."""
    return notice.words.isupper() or " " in notice.words or bool(_HAN.search(notice.words))


def _with_header(
    header: Header, headline: str, by: str, summary: str, source: str, moment: datetime | None, hints: Hints
) -> Item:
    headline = header.field("title") or headline
    summary = header.field("summary") or summary
    source = header.field("source") or source
    urgency, kind = header.field("urgency"), correction_of(header.field("correction"))
    keywords = re.split(r"[;,，、]", header.field("keywords"))
    sent, _ = read_time(header.field("sent"), hints.zone)
    return Item(
        uri="",
        version=header.field("version"),
        first_created=moment,
        version_created=sent or moment if header.field("sent") else None,
        embargoed_until=_embargo(header.field("embargo"), moment, hints),
        pub_status=status_of(header.field("status")) or "usable",
        urgency=int(urgency) if urgency in set("123456789") else None,
        language=header.field("language"),
        headlines=(Headline(value=headline),) if headline else (),
        slugline=header.field("slug"),
        by=header.field("by") or by,
        located=header.field("located"),
        descriptions=(Description(value=summary, role="summary"),) if summary else (),
        subjects=tuple(Concept(name=word.strip()) for word in keywords if word.strip()),
        info_sources=tuple(Concept(name=name.strip(), role="source") for name in source.split(";") if name.strip()),
        copyright_holder=header.field("copyright"),
        usage_terms=header.field("usage"),
        ed_note=header.field("note"),
        associations=(*_original(header.field("original")), *_versions(header.field("versions"))),
        dragoman=Profile(
            credit=header.field("credit"),
            correction=Correction(kind=kind, reason=header.field("reason")) if kind else None,
        ),
    )


def _embargo(words: str, sent: datetime | None, hints: Hints) -> datetime | None:
    """Raises: Undecodable: an embargo nobody can read must not be lost: without it the copy would be free."""
    until, note = read_time(words, "UTC")
    if not words or until is not None:
        return until
    held = embargo_of(f"EMBARGO: {words}", sent, zone_of(hints.zone), hints.zone)
    if held is None:
        raise Undecodable("The embargo cannot be read", note)
    return held[0]


def _original(named: str) -> tuple[Association, ...]:
    return (Association(name="original", rel=TRANSLATION_OF, uri=named),) if is_uri(named) else ()


def _versions(named: str) -> tuple[Association, ...]:
    """``de urn:x:1; fr urn:x:2``: the other language versions."""
    parts = (part.split() for part in named.split(";"))
    return tuple(
        Association(
            name=f"version-{words[0]}", rel=TRANSLATION, uri=words[-1], language=words[0] if len(words) == 2 else ""
        )
        for words in parts
        if 0 < len(words) <= 2 and is_uri(words[-1])
    )


def _taken(header: Header, copy: Copy) -> Taken:
    """The blocks as read, and the body as sent: the dateline stands in it where it was printed."""
    blocks = copy.blocks
    if summary := header.field("summary"):
        blocks = (Block(kind="summary", text=summary), *copy.body)
    body = list(copy.body)
    if copy.lead and copy.dateline:
        inline = bool(body) and copy.lead.endswith(body[0].text) and copy.lead != body[0].text
        lead = Block(kind="paragraph", text=copy.lead)
        body = [lead, *body[1:]] if inline else [lead, *body]
    return Taken(blocks, html_of_blocks(body), copy.dateline)


def _moment(header: Header, hints: Hints) -> tuple[datetime | None, tuple[str, ...]]:
    zone = zone_of(hints.zone)
    if header.time:
        if header.zoned:
            return header.time, ()
        return header.time.replace(tzinfo=zone), (f"time without zone, taken as {hints.zone}",)
    if header.date and (date := header.date.date):
        return datetime.combine(date, time(), tzinfo=zone), ("the header gives the day, not the time",)
    return None, ()


def _identified(item: Item, header: Header, message: str) -> Item:
    for key in ("uri", "url"):
        if is_uri(header.field(key)):
            return replace(item, uri=header.field(key))
    notes = (*item.ours.notes, "no id: one made from the content")
    return replace(item, uri=made_uri("text", digest(squeeze(message))), dragoman=replace(item.ours, notes=notes))
