"""An item written as plain agency text: header lines, then the copy. Pure."""

import html
import re

from dragoman.formats._carried import ADVANCE, credit, is_gone, original, versions
from dragoman.formats._times import rfc3339
from dragoman.model.item import Item
from dragoman.read.body import HtmlBlock, html_blocks
from dragoman.text.cleaning import clean, squeeze

_ITEM = re.compile(r"<li\b[^>]*>(.*?)</li>", re.DOTALL)


def written(item: Item) -> str:
    """The text of `item`."""
    blocks, _ = html_blocks(item.bodies[0].value) if item.bodies and not is_gone(item) else ([], ())
    lines = [f"{name}: {word}" for name, word in _header(item) if word]
    if is_gone(item):
        body = "This copy is withdrawn: do not publish it, and remove it where it was published."
        body = body if item.pub_status == "canceled" else "This copy is on hold: do not publish it."
    else:
        body = "\n\n".join(as_line(block) for block in blocks)
    return clean("\n".join(lines) + "\n\n" + body).strip() + "\n"


def _header(item: Item) -> list[tuple[str, str]]:
    correction, named = item.ours.correction, original(item)
    moment = item.first_created or item.version_created or item.content_created
    words = [
        ("uri", item.uri),
        ("version", item.version),
        ("date", rfc3339(moment) if moment else ""),
        ("sent", rfc3339(item.version_created) if item.version_created else ""),
        ("status", item.pub_status if item.pub_status != "usable" else ""),
        ("correction", correction.kind if correction else ""),
        ("language", item.language),
        ("urgency", str(item.urgency or "")),
        ("embargo", rfc3339(item.embargoed_until) if item.embargoed_until else ""),
        ("slug", item.slugline),
        ("credit", credit(item)),
        ("copyright", item.copyright_holder),
        ("usage", item.usage_terms),
        ("reason", correction.reason if correction else ""),
        ("note", f"{ADVANCE} {item.ed_note}" if item.ours.advance else item.ed_note),
        ("by", item.by),
        ("located", item.located),
        ("dateline", item.ours.dateline.text if item.ours.dateline else ""),
        ("source", "; ".join(source.name for source in item.info_sources if source.name)),
        ("keywords", "; ".join(subject.name for subject in item.subjects if subject.name)),
        ("original", named.uri if named else ""),
        ("versions", "; ".join(f"{one.language} {one.uri}".strip() for one in versions(item) if one is not named)),
        ("title", "" if is_gone(item) else item.headline),
        ("summary", item.descriptions[0].value if item.descriptions and not is_gone(item) else ""),
    ]
    return [(name, squeeze(clean(word))) for name, word in words]


def as_line(block: HtmlBlock) -> str:
    """`block` as plain text, marked so that it can be read as what it is; a list and a table have a line an entry."""
    kind = block.block.kind
    if kind == "subheading":
        return f"## {squeeze(block.text)}"
    if kind == "list":
        entries = [squeeze(html.unescape(re.sub(r"<[^>]*>", " ", entry))) for entry in _ITEM.findall(block.inner)]
        numbered = enumerate(entries or block.text.split("\n"), 1)
        return "\n".join(f"{number}. {entry}" if block.tag == "ol" else f"• {entry}" for number, entry in numbered)
    if kind == "table":
        return block.text
    return f"> {squeeze(block.text)}" if kind == "quote" else squeeze(block.text)
