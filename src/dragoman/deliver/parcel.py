"""The bytes of a delivery: the copy with its credit and terms, in the channel's format. Pure but for the clock it is given."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman import formats
from dragoman.formats.picture.label import label_of, written_into
from dragoman.model.errors import Refused, Undecodable
from dragoman.model.item import Item
from dragoman.model.picture import with_addresses
from dragoman.model.version import VersionAct
from dragoman.route.credit import with_credit, with_hop
from dragoman.store.agreements import Book
from dragoman.store.bytes import ByteStore
from dragoman.store.families import Sibling, with_family
from dragoman.store.lanes import Attempt, Lane
from dragoman.store.media import SUFFIXES
from dragoman.trust.envelope import Envelope, seal

_items = msgspec.json.Decoder(Item)


FILE_KINDS = frozenset({"folder", "mail", "sftp", "ftp"})
"""Ways out that carry a picture's file beside its document; the others fetch it from the address that the document names."""


class Enclosure(Struct, frozen=True, kw_only=True):
    """A file that goes beside the document: a picture. `lost` is what it no longer has, or has not got, of what it should."""

    body: bytes
    media_type: str
    suffix: str
    lost: tuple[str, ...] = ()


class Parcel(Struct, frozen=True, kw_only=True):
    """What is handed over. `suffix` names a file; `lost` what the format could not carry. `enclosures` go first: who finds
    the document finds its picture there already."""

    body: bytes
    media_type: str
    suffix: str = ".json"
    lost: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


def credited(
    payload: bytes,
    *,
    agreement: str,
    revision: int,
    advance: bool,
    book: Book,
    now: datetime,
    siblings: Sequence[Sibling] = (),
    url: str = "",
) -> Item:
    """The stored item as this partner gets it: credit, usage terms, us as the last agency it passed through, and those
    of its language versions that the partner may see (`siblings`). `url` is our node's, where its files are fetched.

    Raises:
        Refused: the agreement it would go under is no longer in force, so there is no credit to give: no copy.
    """
    item = with_addresses(with_hop(_items.decode(payload), book.home, now), url)
    if item.pub_status != "usable":
        return item  # a tombstone: nothing to credit
    terms = next((a.terms for a in book.active if a.id == agreement), None)
    if terms is None:
        raise Refused("No agreement in force", f"{agreement} revision {revision}")
    return with_family(with_credit(item, terms, book.names, advance=advance), siblings)


def pack(
    lane: Lane, attempt: Attempt, book: Book, now: datetime, url: str = "", files: ByteStore | None = None
) -> Parcel:
    """The parcel for one attempt: an envelope for those who take ninjs by push, the bare document for the rest, a picture's
    file beside it where the channel carries files and `files` has it.

    Raises:
        Refused: as `credited`. Damaged: the file is gone.
    """
    item = credited(
        attempt.payload,
        agreement=attempt.agreement,
        revision=attempt.revision,
        advance=attempt.advance,
        book=book,
        now=now,
        siblings=attempt.siblings,
        url=url,
    )
    if lane.kind in ("node", "webhook") and lane.format == "ninjs":
        return Parcel(
            body=envelope(item, attempt.act, book.home, lane.partner, attempt.agreement, attempt.revision, now),
            media_type="application/json",
        )
    encoded = formats.encode(lane.format, [item])
    return Parcel(
        body=encoded.body,
        media_type=encoded.media_type,
        suffix=formats.FORMATS[lane.format].suffixes[0],
        lost=encoded.lost,
        enclosures=tuple(_enclosures(lane, attempt, item, files)),
    )


def takes_file(lane: Lane, attempt: Attempt) -> bool:
    """Is the file of a picture to go with it?"""
    return attempt.file is not None and lane.kind in FILE_KINDS and lane.access.pictures != "none"


def _enclosures(lane: Lane, attempt: Attempt, item: Item, files: ByteStore | None) -> Iterator[Enclosure]:
    """The picture as it came, or with the words under which this partner gets it."""
    there = attempt.file
    if there is None or files is None or not takes_file(lane, attempt) or there.state not in ("kept", "ready"):
        return
    body = files.get(there.digest)
    lost: tuple[str, ...] = ()
    if lane.access.pictures == "captioned":
        try:
            written = written_into(body, label_of(item))
            body, lost = written.body, written.lost
        except (Undecodable, Refused):  # the document beside it says it all
            lost = ("our caption, credit and terms",)
    yield Enclosure(
        body=body, media_type=there.media_type, suffix=f".{SUFFIXES.get(there.media_type, 'bin')}", lost=lost
    )


def spelt_out(item: Item) -> bytes:
    """The item as ninjs with our profile, naming its standard and type although they are the usual ones: a reader that is
    not a Dragoman has to be told."""
    body = msgspec.json.encode(item)
    usual = b"".join(said for field, said in _USUAL.items() if getattr(item, field) == getattr(_PLAIN, field))
    return b"{" + usual + body[1:]


_PLAIN = Item(uri="")
_USUAL = {
    "standard": b'"standard":%s,'
    % msgspec.json.encode(
        {"name": _PLAIN.standard.name, "version": _PLAIN.standard.version, "schema": _PLAIN.standard.schema}
    ),
    "type": b'"type":"text",',
}


def envelope(
    item: Item, act: VersionAct, home: str, partner: str, agreement: str, revision: int, now: datetime
) -> bytes:
    """The item in an envelope for `partner`."""
    return seal(
        Envelope(
            type="item",
            sender=home,
            recipient=partner,
            agreement=agreement,
            revision=revision,
            action=act,
            at=now,
            item=msgspec.Raw(spelt_out(item)),
        )
    )
