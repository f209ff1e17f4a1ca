"""What a reader must see with every copy, in mails and pages: credit, terms, note, embargo, and that copy is taken back. Pure."""

from collections.abc import Callable

from msgspec.structs import replace

from dragoman.formats._carried import KILLED, credit, ed_note, is_gone, mark
from dragoman.formats._times import rfc3339
from dragoman.model.item import Item
from dragoman.read.body import html_blocks, joined
from dragoman.text.cleaning import clean, squeeze

_SHOWN: tuple[tuple[str, Callable[[Item], str]], ...] = (
    (
        "EMBARGO",
        lambda item: f"not for publication before {rfc3339(item.embargoed_until)}" if item.embargoed_until else "",
    ),
    ("CREDIT", credit),
    ("COPYRIGHT", lambda item: "" if item.copyright_notice == credit(item) else item.copyright_notice),
    ("HOLDER", lambda item: "" if item.copyright_holder == credit(item) else item.copyright_holder),
    ("TERMS", lambda item: item.usage_terms),
    ("NOTE", ed_note),
    ("BY", lambda item: item.by),
    ("SOURCE", lambda item: item.info_sources[0].name if item.info_sources else ""),
)
"""In the order shown."""


def shown(item: Item) -> list[tuple[str, str]]:
    """Label and words, on one line each; what the item does not say is left out."""
    return [(label, squeeze(clean(said))) for label, say in _SHOWN if (said := say(item))]


def shown_title(item: Item) -> str:
    """The headline, behind the word that says it is not the first version; never empty."""
    title = squeeze(clean(item.headline)) or item.slugline or item.uri
    word = mark(item)
    return f"{word}: {title}" if word else title


def bare_title(item: Item) -> Item:
    """`item` without that word in front of its headline: the way back from `shown_title`."""
    word = mark(item)
    if not word or not item.headlines:
        return item
    first, *more = item.headlines
    return replace(item, headlines=(replace(first, value=first.value.removeprefix(f"{word}: ")), *more))


def in_its_place(item: Item) -> str:
    """What stands where the text of copy taken back stood; nothing for copy in use."""
    if not is_gone(item):
        return ""
    correction = item.ours.correction
    reason = f" {correction.reason}" if correction and correction.reason else ""
    if mark(item) == KILLED:
        return f"This copy is withdrawn: do not publish it, and remove it where it was published.{reason}"
    return f"This copy is on hold: do not publish it.{reason}"


def clean_body(item: Item) -> str:
    """The body as canonical HTML, whoever made the item; nothing of copy taken back."""
    return joined(html_blocks(item.bodies[0].value)[0]) if item.bodies and not is_gone(item) else ""
