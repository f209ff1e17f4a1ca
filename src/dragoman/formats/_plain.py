"""An item written as plain agency text: header lines, then the copy; what a text cannot show is named. Pure."""

import html
import re

from dragoman.formats._carried import credit, ed_note, is_gone, original, versions
from dragoman.formats._times import rfc3339
from dragoman.model.item import Item
from dragoman.read.body import HtmlBlock, html_blocks
from dragoman.text.cleaning import clean, squeeze

_MARKUP = re.compile(r"<(?:a|b|i|em|strong|u|sub|sup|span|bdi|q|cite)[\s>]")
_ITEM = re.compile(r"<li\b[^>]*>(.*?)</li>", re.DOTALL)


def written(item: Item) -> tuple[str, tuple[str, ...]]:
    """The text of `item`, and what of it got lost."""
    blocks, _ = html_blocks(item.bodies[0].value) if item.bodies and not is_gone(item) else ([], ())
    lines = [f"{name}: {word}" for name, word in _header(item) if word]
    if is_gone(item):
        body = "This copy is withdrawn: do not publish it, and remove it where it was published."
        body = body if item.pub_status == "canceled" else "This copy is on hold: do not publish it."
    else:
        body = "\n\n".join(_block(block) for block in blocks)
    return clean("\n".join(lines) + "\n\n" + body).strip() + "\n", _lost(item)


def _header(item: Item) -> list[tuple[str, str]]:
    correction, named = item.ours.correction, original(item)
    moment = item.first_created or item.version_created or item.content_created
    words = [
        ("uri", item.uri),
        ("version", item.version),
        ("date", rfc3339(moment) if moment else ""),
        ("status", item.pub_status if item.pub_status != "usable" else ""),
        ("correction", correction.kind if correction else ""),
        ("language", item.language),
        ("urgency", str(item.urgency or "")),
        ("embargo", rfc3339(item.embargoed_until) if item.embargoed_until else ""),
        ("slug", item.slugline),
        ("credit", credit(item)),
        ("copyright", item.copyright_holder),
        ("usage", item.usage_terms),
        ("note", ed_note(item)),
        ("by", item.by),
        ("source", item.info_sources[0].name if item.info_sources else ""),
        ("keywords", "; ".join(subject.name for subject in item.subjects if subject.name)),
        ("original", named.uri if named else ""),
        ("versions", "; ".join(f"{one.language} {one.uri}".strip() for one in versions(item) if one is not named)),
        ("title", "" if is_gone(item) else item.headline),
        ("summary", item.descriptions[0].value if item.descriptions and not is_gone(item) else ""),
    ]
    return [(name, squeeze(clean(word))) for name, word in words]


def _block(block: HtmlBlock) -> str:
    kind = block.block.kind
    if kind == "subheading":
        return f"## {squeeze(block.text)}"
    if kind == "list":
        entries = [squeeze(html.unescape(re.sub(r"<[^>]*>", " ", entry))) for entry in _ITEM.findall(block.inner)]
        return "\n".join(f"• {entry}" for entry in entries or block.text.split("\n"))
    if kind == "table":
        return block.text
    return f"> {squeeze(block.text)}" if kind == "quote" else squeeze(block.text)


def _lost(item: Item) -> tuple[str, ...]:
    told = {
        f"type {item.type}": item.type != "text",
        "links and emphasis": bool(item.bodies) and bool(_MARKUP.search(item.bodies[0].value)),
        "associations": any(not one.is_of_family for one in item.associations),
        "renditions": bool(item.renditions),
        "places": bool(item.places),
        "people": bool(item.people),
        "organisations": bool(item.organisations),
        "genres": bool(item.genres),
        "subjects.uri": any(subject.uri or subject.literal for subject in item.subjects),
        "alt_ids": bool(item.alt_ids),
        "located": bool(item.located),
        "headlines": len(item.headlines) > 1,
        "hops": bool(item.ours.hops),
        "origin": bool(item.ours.origin),
        "version_created": item.version_created not in (None, item.first_created),
        "text": is_gone(item) and bool(item.bodies),
    }
    return tuple(name for name, is_lost in told.items() if is_lost)
