"""The bytes of a delivery: the copy with its credit and terms, in the channel's format. Pure but for the clock it is given."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman import formats
from dragoman.model.errors import Refused
from dragoman.model.item import Item
from dragoman.model.picture import with_addresses
from dragoman.model.version import VersionAct
from dragoman.route.credit import with_credit, with_hop
from dragoman.store.agreements import Book
from dragoman.store.families import Sibling, with_family
from dragoman.store.lanes import Attempt, Lane
from dragoman.trust.envelope import Envelope, seal

_items = msgspec.json.Decoder(Item)


class Parcel(Struct, frozen=True, kw_only=True):
    """What is handed over. `suffix` names a file; `lost` what the format could not carry."""

    body: bytes
    media_type: str
    suffix: str = ".json"
    lost: tuple[str, ...] = ()


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


def pack(lane: Lane, attempt: Attempt, book: Book, now: datetime, url: str = "") -> Parcel:
    """The parcel for one attempt: an envelope for those who take ninjs by push, the bare document for the rest."""
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
