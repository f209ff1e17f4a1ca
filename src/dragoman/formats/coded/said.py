"""What a coded text says of itself, in an item's terms, and the item of it. Pure."""

from datetime import datetime

from msgspec import Struct

from dragoman.formats._notices import notice_of
from dragoman.formats._wire_copy import (
    correction_of_notice,
    first_embargo,
    is_sign_off,
    nothing_in_it,
    status_of_notice,
    with_copy,
    with_identity,
    with_version,
)
from dragoman.formats._wire_lines import kept_blocks, wire_paragraphs
from dragoman.model.arrival import Hints
from dragoman.model.item import Concept, Description, Headline, Item, Profile, Removed

_LOOK_FOR_EMBARGO = 4  # paragraphs


class Said(Struct, frozen=True, kw_only=True):
    """The parts of one text. `id` is the sender's, `as_set` says that its lines and columns mean something."""

    text: str
    headline: str = ""
    take_key: str = ""
    slugline: str = ""
    by: str = ""
    summary: str = ""
    id: str = ""
    category: str = ""
    subjects: tuple[Concept, ...] = ()
    places: tuple[Concept, ...] = ()
    genre: str = ""
    source: str = ""
    note: str = ""
    sent: datetime | None = None
    time_note: str = ""
    zone: str = "UTC"
    language: str = ""
    again: bool = False
    """Sent a second time, corrected."""
    as_set: bool = False
    header: tuple[str, ...] = ()
    signs_off: str = ""
    """The line that ends the text and is no part of it."""


def item_of(said: Said, hints: Hints, notes: tuple[str, ...]) -> Item:
    """The item of `said`, read. Raises: Undecodable: there is no text in it, or its embargo cannot be read."""
    blocks = kept_blocks(said.text) if said.as_set else None
    paragraphs = [block.text for block in blocks] if blocks is not None else wire_paragraphs(said.text)
    removed = [Removed(text=line, reason="header line") for line in said.header]
    if blocks is None and paragraphs and is_sign_off(paragraphs[-1]):
        removed.append(Removed(text=paragraphs.pop(), reason="sign-off"))
    if said.signs_off:
        removed.append(Removed(text=said.signs_off, reason="sign-off"))
    if not said.headline and not any(map(str.strip, paragraphs)):
        raise nothing_in_it(said.text)
    held = first_embargo([*said.header, said.headline, *paragraphs[:_LOOK_FOR_EMBARGO]], said.sent, said.zone)
    notice = notice_of(said.take_key) or notice_of(said.headline) or (notice_of("rpt") if said.again else None)
    code = (Concept(literal=said.category, role="category"),) if said.category else ()
    item = Item(
        uri="",
        first_created=said.sent,
        version_created=said.sent,
        embargoed_until=held[1] if held else None,
        pub_status=status_of_notice(notice),
        language="" if hints.language else said.language,
        headlines=(
            *((Headline(value=said.headline),) if said.headline.strip() else ()),
            *((Headline(value=said.take_key, role="takeKey"),) if said.take_key and said.headline.strip() else ()),
        ),
        slugline=said.slugline,
        by=said.by,
        descriptions=(Description(value=said.summary, role="summary"),) if said.summary else (),
        subjects=(*code, *said.subjects),
        places=said.places,
        genres=(Concept(name=said.genre),) if said.genre else (),
        info_sources=(Concept(name=said.source, role="source"),) if said.source else (),
        ed_note=said.note,
        dragoman=Profile(
            notes=tuple(filter(None, (*notes, said.time_note, held[2] if held else ""))),
            removed=tuple(removed),
            correction=correction_of_notice(notice, paragraphs) if notice else None,
        ),
    )
    item = with_copy(item, paragraphs, tuple(blocks) if blocks is not None else None)
    return with_version(with_identity(item, said.source or hints.agency, (said.id,) if said.id else ()))
