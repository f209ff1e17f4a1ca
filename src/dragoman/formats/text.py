"""Plain agency text, in and out: wire files, and copy as it comes off a web page. Pure.

In, a header (a date to the day, month or year; `Key: value` lines) is told from the copy, left-over template expressions
and page furniture are removed and reported, and the rest is taken apart: headline, summary, dateline, sub-headings.
Out, the same header lines, then the copy; what is written can be read again. Several items are parted by a line ``NNNN``,
the end of message of IPTC 7901.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from functools import partial

from msgspec.structs import replace

from dragoman.formats._charset import decode_text, wide_charset
from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._plain import written
from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, suits, units
from dragoman.formats._times import read_time, zone_of
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import (
    TRANSLATION_OF,
    Association,
    Block,
    Concept,
    Correction,
    Description,
    Headline,
    Item,
    Profile,
    Removed,
)
from dragoman.read.header import Header, read_header
from dragoman.read.leftovers import remove_leftovers
from dragoman.read.page import Page, read_page
from dragoman.read.reading import Taken, read_item
from dragoman.read.structure import Copy, take_apart
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.markup import html_of_blocks

MEDIA_TYPE = "text/plain; charset=utf-8"
_END_OF_MESSAGE = re.compile(r"^NNNN[ \t]*$", re.MULTILINE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_COPY_TAG = re.compile(
    rb"<%|<(?:p|div|h[1-6]|b|strong|i|em|a|br|ul|ol|table|blockquote|article|section)[\s>/]", re.IGNORECASE
)
_STATUSES = frozenset({"usable", "withheld", "canceled"})
_CORRECTIONS = frozenset({"correction", "update", "refile", "hold", "release", "kill", "substitute"})
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
        decoded = decode_text(data, hint=hints.charset)
        messages = [part for part in _END_OF_MESSAGE.split(clean(decoded.text)) if part.strip()]
        if not messages:
            raise Undecodable("The text is empty")
    except Undecodable as error:
        yield failed(0, error)
        return
    yield from units(partial(_item, message, hints, decoded.notes) for message in messages)


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """The items one after the other."""
    texts = [written(item) for item in items]
    lost = dict.fromkeys(word for _, words in texts for word in words)
    return Encoded(
        body="NNNN\n".join(text for text, _ in texts).encode("utf-8"), media_type=MEDIA_TYPE, lost=tuple(lost)
    )


FORMAT = Format(
    name="text",
    media_types=("text/plain",),
    suffixes=(".txt", ".text"),
    detect=detect,
    decode=decode,
    encode=encode,
)


def _item(message: str, hints: Hints, notes: tuple[str, ...]) -> Item:
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
    item = _with_header(header, copy, page, moment)
    profile = replace(item.ours, removed=removed, notes=notes + page.notes + time_notes)
    item = _identified(replace(item, dragoman=profile), header, message)
    taken = _taken(header, copy)
    if item.pub_status != "usable":
        item, taken = replace(item, descriptions=()), Taken((), "", None)
    item = read_item(item, hints, header=header.date or page.date, taken=taken)
    return item if item.version else replace(item, version=content_version(item))


def _with_header(header: Header, copy: Copy, page: Page, moment: datetime | None) -> Item:
    headline = header.field("title") or copy.headline
    summary = header.field("summary") or " ".join(copy.summary)
    source = header.field("source") or page.source
    status, urgency, kind = header.field("status").lower(), header.field("urgency"), header.field("correction").lower()
    keywords = re.split(r"[;,，、]", header.field("keywords"))
    embargo, note = read_time(header.field("embargo"), "UTC")
    if header.field("embargo") and embargo is None:
        # An embargo nobody can read must not be lost: without it the copy would be free.
        raise Undecodable("The embargo cannot be read", note)
    return Item(
        uri="",
        version=header.field("version"),
        first_created=moment,
        embargoed_until=embargo,
        pub_status=status if status in _STATUSES else "usable",  # type: ignore[arg-type]  # just asked
        urgency=int(urgency) if urgency in set("123456789") else None,
        language=header.field("language"),
        headlines=(Headline(value=headline),) if headline else (),
        slugline=header.field("slug"),
        by=header.field("by") or copy.byline,
        descriptions=(Description(value=summary, role="summary"),) if summary else (),
        subjects=tuple(Concept(name=word.strip()) for word in keywords if word.strip()),
        info_sources=(Concept(name=source, role="source"),) if source else (),
        copyright_holder=header.field("copyright"),
        usage_terms=header.field("usage"),
        ed_note=header.field("note"),
        associations=_original(header.field("original")),
        dragoman=Profile(
            credit=header.field("credit"),
            correction=Correction(kind=kind) if kind in _CORRECTIONS else None,  # type: ignore[arg-type]  # just asked
        ),
    )


def _original(named: str) -> tuple[Association, ...]:
    return (Association(name="original", rel=TRANSLATION_OF, uri=named),) if is_uri(named) else ()


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
