"""The fields of an item that formats carry, lose, and are compared by. Pure.

One list for the mapping tables of docs/standards.md, for what `Encoded.lost` names, and for the tests of round trips.
"""

import re
from collections.abc import Callable, Collection, Mapping

from dragoman.formats._carried import is_gone
from dragoman.model.item import Concept, Item
from dragoman.read.body import html_blocks, plain
from dragoman.text.cleaning import squeeze

_MARKUP = re.compile(r"<(?:a|b|i|em|strong|u|sub|sup|span|bdi|q|cite)[\s>]")


def _body(item: Item) -> object:
    if is_gone(item) or not item.bodies:
        return ""
    blocks, _ = html_blocks(item.bodies[0].value)
    return tuple(squeeze(block.text) for block in blocks)


def _markup(item: Item) -> object:
    return "" if is_gone(item) or not item.bodies else "".join(_MARKUP.findall(item.bodies[0].value))


def _dateline(item: Item) -> object:
    """The dateline, where it does not stand in the body anyway."""
    text = squeeze(item.ours.dateline.text) if item.ours.dateline else ""
    return text if text and not (item.bodies and text in squeeze(plain(item.bodies[0].value))) else ""


def _names(concepts: Collection[Concept]) -> object:
    return tuple(one.name for one in concepts if one.name)


def _codes(concepts: Collection[Concept]) -> object:
    return tuple(one.uri or one.literal for one in concepts if one.uri or one.literal)


FIELDS: Mapping[str, Callable[[Item], object]] = {
    "uri": lambda item: item.uri,
    "version": lambda item: item.version,
    "type": lambda item: item.type if item.type != "text" else "",
    "pub_status": lambda item: item.pub_status if item.pub_status != "usable" else "",
    "first_created": lambda item: item.first_created,
    "version_created": lambda item: item.version_created if item.version_created != item.first_created else None,
    "content_created": lambda item: (
        item.content_created if item.content_created not in (item.first_created, item.version_created) else None
    ),
    "embargoed_until": lambda item: item.embargoed_until,
    "urgency": lambda item: item.urgency,
    "language": lambda item: item.language,
    "headline": lambda item: "" if is_gone(item) else squeeze(item.headline),
    "headlines": lambda item: item.headlines[1:],
    "slugline": lambda item: item.slugline,
    "by": lambda item: item.by,
    "located": lambda item: item.located,
    "summary": lambda item: squeeze(plain(item.descriptions[0].value)) if item.descriptions else "",
    "descriptions": lambda item: tuple(squeeze(plain(one.value)) for one in item.descriptions[1:]),
    "body": _body,
    "links and emphasis": _markup,
    "subjects": lambda item: _names(item.subjects),
    "subjects.uri": lambda item: _codes(item.subjects),
    "places": lambda item: _names(item.places),
    "people": lambda item: _names(item.people),
    "organisations": lambda item: _names(item.organisations),
    "genres": lambda item: _names(item.genres),
    "info_sources": lambda item: _names(item.info_sources),
    "copyright_holder": lambda item: item.copyright_holder,
    "copyright_notice": lambda item: item.copyright_notice,
    "usage_terms": lambda item: item.usage_terms,
    "ed_note": lambda item: item.ed_note,
    "alt_ids": lambda item: frozenset((one.role, one.value) for one in item.alt_ids),
    "renditions": lambda item: tuple(one.href for one in item.renditions if one.href),
    "associations": lambda item: tuple(
        one.uri or (one.renditions[0].href if one.renditions else one.name)
        for one in item.associations
        if not one.is_of_family
    ),
    "versions": lambda item: frozenset(one.uri for one in item.associations if one.is_of_family),
    "events": lambda item: _names(item.events),
    "event_details": lambda item: item.event_details,
    "planned_coverage": lambda item: item.planned_coverage,
    "dateline": _dateline,
    "credit": lambda item: item.ours.credit,
    "correction": lambda item: item.ours.correction.kind if item.ours.correction else "",
    "correction.reason": lambda item: item.ours.correction.reason if item.ours.correction else "",
    "advance": lambda item: item.ours.advance,
    "hops": lambda item: tuple(one.agency for one in item.ours.hops),
    "origin": lambda item: item.ours.origin,
    "taken": lambda item: item.ours.taken,
    "text": lambda item: is_gone(item) and bool(item.bodies),
}
"""Each field by name: what an item says of it, falsy where it says nothing. ``headlines`` and ``descriptions`` are those
behind the first; ``text`` is the text of copy taken back, which no format lets out; ``dateline`` is that of our profile, where it
is not printed in the body."""

_NEVER_LOST = frozenset({"uri", "headline", "body", "version", "origin"})
"""`origin` and, where a format has none, `version` are how we file an item, and no part of the copy."""


def lost(item: Item, places: Collection[str]) -> tuple[str, ...]:
    """The fields `item` has and a format with `places` for its fields has none for, in the order of `FIELDS`."""
    return tuple(
        f"type {item.type}" if name == "type" else name
        for name, said in FIELDS.items()
        if name not in places and name not in _NEVER_LOST and said(item)
    )
