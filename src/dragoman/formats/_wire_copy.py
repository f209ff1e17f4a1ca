"""From the parts of a text wire's message to an item as read: its copy, dateline included, and what stood around it. Pure."""

import re
from datetime import datetime
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dragoman.formats._charset import Decoded, decode_text
from dragoman.formats._embargo import embargo_of
from dragoman.formats._identity import content_version, digest, made_uri
from dragoman.formats._notices import Notice, named_copy, notice_of
from dragoman.formats._times import zone_of
from dragoman.model.arrival import Hints
from dragoman.model.errors import TooLarge, Undecodable
from dragoman.model.item import AltId, Block, Concept, Correction, Item, PubStatus
from dragoman.read.body import plain
from dragoman.read.reading import Taken, shaped
from dragoman.read.structure import blocks_of
from dragoman.text.cleaning import squeeze
from dragoman.text.markup import html_of_blocks

MOST_BYTES, MOST_LINES, MOST_MESSAGES = 4 * 1024 * 1024, 120_000, 5_000
"""Of one document; a day of the busiest text wire has less."""
_REASON = 500
BYLINE = re.compile(
    r"\^?(?:by|von|par|por|da|av|автор(?:ы)?:?|müəllif:?|بقلم:?|记者[:：]?)\s+(?P<name>[^\d\W_][^=<\n]{2,90})\Z",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(r"(?:\([A-Za-z/ ]{2,20}\)|(?:[A-Za-z]{2,6}[ /]+)?[a-z]{2,4}(?:[ /;,-]+[a-z]{2,4}){0,5})\Z")
_NUL = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"


class Code(Struct, frozen=True):
    """A category as sent, and what it stands for, where we know."""

    literal: str
    name: str = ""

    @property
    def concept(self) -> Concept:
        return Concept(name=self.name, literal=self.literal, role="category")


def wire_text(data: bytes, hints: Hints, usual: str, *, keep: bytes) -> Decoded:
    """`data` as text, newlines as ``\\n``, of the control bytes only those of `keep`. `usual` is the wire's usual charset.

    Raises:
        TooLarge: it is longer than any wire. Undecodable: no encoding fits.
    """
    not_too_large(data)
    if b"\x1b" in data:
        keep += b"\x1b\x0e\x0f"  # the shifts of ISO 2022
    data = data.translate(None, _dropped(keep))
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if data.isascii() and b"\x1b" not in data and b"~{" not in data:
        return Decoded(data.decode("ascii"), "utf-8")  # nothing to decide: most of what such wires carry
    decoded = decode_text(data, hint=hints.charset or usual)
    if usual and not hints.charset and decoded.notes and decoded.notes[0].endswith(f"hint {usual}"):
        decoded = Decoded(
            decoded.text, decoded.charset, (f"encoding {decoded.charset}: usual on this wire", *decoded.notes[1:])
        )
    return decoded


def not_too_large(data: bytes) -> None:
    """Raises: TooLarge: it is longer than any wire, or has more lines or messages."""
    if len(data) > MOST_BYTES:
        raise TooLarge("The document is too large", f"{len(data)} bytes; the limit is {MOST_BYTES}")
    if len(data) > MOST_MESSAGES:
        lines, messages = data.count(b"\n") + data.count(b"\r"), data.count(b"\x01") + data.count(b"NNNN")
        if lines > 2 * MOST_LINES:
            raise TooLarge("The document has too many lines", f"{lines}; the limit is {2 * MOST_LINES}")
        if messages > MOST_MESSAGES:
            raise TooLarge("The document has too many messages", f"{messages}; the limit is {MOST_MESSAGES}")


@lru_cache(maxsize=16)
def _dropped(keep: bytes) -> bytes:
    return bytes(code for code in _NUL if code not in keep)


def known(hints: Hints, zone: str) -> str:
    """The zone of times without one: the feed's where it says one, else the wire's own."""
    return hints.zone if hints.zone not in ("", "UTC") else zone or "UTC"


def with_copy(item: Item, paragraphs: list[str], blocks: tuple[Block, ...] | None = None) -> Item:
    """`item` with `paragraphs` as its body, or `blocks` where the format knows better what they are."""
    if item.pub_status != "usable":
        return shaped(item, taken=Taken((), "", None))
    summary = [Block(kind="summary", text=text) for one in item.descriptions[:1] if (text := squeeze(plain(one.value)))]
    body = blocks if blocks is not None else tuple(blocks_of(paragraphs))
    return shaped(item, taken=Taken((*summary, *body), html_of_blocks(body), item.ours.dateline))


def with_identity(item: Item, agency: str, names: tuple[str, ...]) -> Item:
    """`item` under a uri made of what its sender calls it: `names`, the first of which people know it by."""
    if item.uri:
        return item
    if names and names[0]:
        uri = made_uri("wire", agency, *names)
        return replace(item, uri=uri, alt_ids=(*item.alt_ids, AltId(value=names[0], role="guid")))
    words = (
        item.headline,
        *(body.value for body in item.bodies),
        item.ours.correction.reason if item.ours.correction else "",
    )
    notes = (*item.ours.notes, "no id: one made from the content")
    return replace(item, uri=made_uri("wire", agency, digest(*words)), dragoman=replace(item.ours, notes=notes))


def with_version(item: Item) -> Item:
    return item if item.version else replace(item, version=content_version(item))


def correction_of_notice(notice: Notice, paragraphs: list[str]) -> Correction:
    """What a notice does, and the reason its text gives where it takes copy back."""
    if not notice.takes_back:
        return Correction(kind=notice.kind, reason="")
    reason = squeeze(" ".join((notice.rest, *paragraphs)))[:_REASON]
    return Correction(kind=notice.kind, reason=reason or notice.words, replaces=named_copy(reason))


def status_of_notice(notice: Notice | None) -> PubStatus:
    """The status of copy under `notice`: canceled by a kill, withheld by a hold, else usable."""
    if notice is None or not notice.takes_back:
        return "usable"
    return "canceled" if notice.kind == "kill" else "withheld"


def first_notice(lines: list[str]) -> Notice | None:
    """The notice among the lines at the head of a message: one that takes copy back before any other."""
    found = [notice for line in lines if (notice := notice_of(line))]
    return next((notice for notice in found if notice.takes_back), found[0] if found else None)


def first_embargo(lines: list[str], sent: datetime | None, zone: str) -> tuple[int, datetime, str] | None:
    """Where among `lines` the embargo stands, until when it holds, and what was assumed. Raises: Undecodable."""
    for at, line in enumerate(lines):
        if held := embargo_of(line, sent, zone_of(zone), zone):
            return at, *held
    return None


def is_sign_off(paragraph: str) -> bool:
    """Are these the initials of who wrote and who edited: ``dpa hm bs``, ``abc/de/fg``, ``(SDA/sj)``?"""
    return len(paragraph) < 40 and bool(_SIGN_OFF.fullmatch(paragraph.strip()))


def nothing_in_it(text: str) -> Undecodable:
    return Undecodable("There is no text in it", squeeze(text[:400])[:80])
