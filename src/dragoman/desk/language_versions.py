"""An item as the sources of its translation, and the segments as an item in another language. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.agreement import Agreement
from dragoman.model.item import (
    TRANSLATION_OF,
    Association,
    Block,
    Body,
    Correction,
    Dateline,
    Description,
    Headline,
    Hop,
    Item,
    Original,
    Profile,
)
from dragoman.model.version import Version, item_key
from dragoman.read.body import html_blocks, plain
from dragoman.read.dateline import find_dateline
from dragoman.read.dateline.written import write_dateline
from dragoman.route.credit import credit_line
from dragoman.route.translation import giver_of
from dragoman.text.counting import count_characters, count_words
from dragoman.text.markup import blocks_of_text, html_of_blocks
from dragoman.text.segments import Segments, Source

_KINDS = ("summary", "subheading", "paragraph", "quote", "list", "table")


class Ground(Struct, frozen=True, kw_only=True):
    """What a translation stands on: the original in the version translated, our agency, agreements in force, names."""

    original: Version
    home: str
    agreements: Sequence[Agreement]
    names: Mapping[str, str]


def sources_of(item: Item) -> tuple[Source, ...]:
    """Headline, dateline, summary and every block of the text, in the order they are read."""
    blocks = _blocks(item)
    found = [Source(kind="headline", text=item.headline)] if item.headline else []
    line = item.ours.dateline
    if line and line.text and not any(block.text.startswith(line.text) for block in blocks):
        found.append(Source(kind="dateline", text=line.text))
    if not any(block.kind == "summary" for block in blocks):
        found += [Source(kind="summary", text=plain(one.value)) for one in item.descriptions[:1] if one.value.strip()]
    return (*found, *(Source(kind=block.kind, text=block.text) for block in blocks if block.text.strip()))


def targets_of(item: Item, language: str) -> dict[str, str]:
    """What stands beside a source before anybody has begun, by its id: the dateline, where its place has a name that we
    know in `language`."""
    line = item.ours.dateline
    if line is None or not line.place or line.day is None or line.month is None:
        return {}
    try:
        # The year is not printed: any leap year will do.
        written = write_dateline(line.place, line.date or date(2000, line.month, line.day), language, line.agency)
    except ValueError:
        return {}
    if not written.place_known:
        return {}
    # A dateline that nothing closes would run into the text, which stands in the same paragraph.
    closed = line.agency or not written.text[-1].isalnum() or written.language == "zh"
    return {"dateline": written.text if closed else f"{written.text} –"}


def _blocks(item: Item) -> Sequence[Block]:
    if item.ours.blocks or not item.bodies:
        return item.ours.blocks
    body = item.bodies[0]
    if "html" not in body.content_type:
        return blocks_of_text(body.value)
    found, _ = html_blocks(body.value)
    return [one.block for one in found]


def uri_of(ground: Ground, language: str, attempt: int) -> str:
    """The id of our version of the original in a language. A killed one is not used again: the next attempt has another."""
    key = item_key(ground.original.origin, ground.original.item.uri).hex()
    name = "\x1f".join((ground.home, key, language.lower(), str(attempt)))
    return f"urn:dragoman:{hashlib.sha256(name.encode()).hexdigest()[:40]}"


def version_of(
    ground: Ground,
    segments: Segments,
    language: str,
    *,
    uri: str,
    version: str,
    now: datetime,
    first_created: datetime | None = None,
    correction: Correction | None = None,
) -> Item:
    """The item in `language`: our words; everything that binds the original binds it: embargo, credit, restrictions, the
    way it came."""
    original = ground.original.item
    blocks = [Block(kind=one.kind, text=one.target) for one in segments if one.kind in _KINDS]  # type: ignore[arg-type]  # a block's kind
    dateline = _dateline(original.ours.dateline, segments, blocks)
    headline = next((one.target for one in segments if one.kind == "headline"), "")
    body = _body([block for block in blocks if block.kind != "summary"], segments)
    summaries = tuple(Description(value=block.text, role="summary") for block in blocks if block.kind == "summary")
    giver = giver_of(ground.original, ground.home)
    return replace(
        original,
        uri=uri,
        version=version,
        first_created=first_created or now,
        version_created=now,
        language=language,
        title="",
        headlines=(Headline(value=headline),) if headline else (),
        descriptions=summaries,
        bodies=(body,) if body.value else (),
        located=dateline.place if dateline else "",
        alt_ids=(),
        copyright_holder=original.copyright_holder or _holder(ground, giver),
        associations=(_link(original), *(one for one in original.associations if not one.is_of_family)),
        dragoman=Profile(
            origin=ground.home,
            dateline=dateline,
            blocks=tuple(blocks),
            correction=correction,
            hops=_hops(ground.original, ground.home),
            credit=_credit(ground, giver, language) if giver != ground.home else original.ours.credit,
            taken=original.ours.taken,
            translation_of=Original(
                origin=ground.original.origin,
                uri=original.uri,
                version=original.version,
                language=original.language,
            ),
        ),
    )


def _link(original: Item) -> Association:
    return Association(
        name="original",
        rel=TRANSLATION_OF,
        uri=original.uri,
        version=original.version,
        type=original.type,
        language=original.language,
    )


def _body(blocks: Sequence[Block], segments: Segments) -> Body:
    """As printed: the dateline opens the first paragraph."""
    line = next((one.target for one in segments if one.kind == "dateline" and one.target), "")
    printed = list(blocks)
    at = next((n for n, block in enumerate(printed) if block.kind == "paragraph"), None)
    if line and at is not None:
        printed[at] = Block(kind="paragraph", text=f"{line} {printed[at].text}")
    words = "\n".join(block.text for block in printed)
    return Body(value=html_of_blocks(printed), char_count=count_characters(words), word_count=count_words(words))


def _dateline(before: Dateline | None, segments: Segments, blocks: Sequence[Block]) -> Dateline | None:
    """Our dateline as printed; what it means is the original's, but for what can be read in ours."""
    if before is None:
        return None
    line = next((one.target for one in segments if one.kind == "dateline"), "")
    first = next((block.text for block in blocks if block.kind == "paragraph"), "")
    found = find_dateline(f"{line}\n{first}" if line else first)
    text = line or (found.dateline.text if found else "")
    if not text:
        return None
    return replace(before, text=text, place=found.dateline.place if found else "")


def _hops(original: Version, home: str) -> tuple[Hop, ...]:
    """The way the original came: where it may not go back to, its translation may not either."""
    hops = original.item.ours.hops
    if original.agency == home or (hops and hops[-1].agency == original.agency):
        return hops
    return (*hops, Hop(agency=original.agency, at=original.received))


def _holder(ground: Ground, giver: str) -> str:
    origin = ground.original.origin
    return "" if giver == ground.home else ground.names.get(origin, origin)


def _credit(ground: Ground, giver: str, language: str) -> str:
    """The credit line agreed with the giver for this language; else what the copy carries; else the origin's name."""
    item = replace(ground.original.item, dragoman=replace(ground.original.item.ours, origin=ground.original.origin))
    terms = [a.terms for a in ground.agreements if a.terms.giver == giver and a.terms.taker == ground.home]
    name = ground.names.get(ground.original.origin, ground.original.origin)
    line = credit_line(terms[0], item, ground.names, language=language) if terms else name
    return item.ours.credit if line == name and item.ours.credit else line
