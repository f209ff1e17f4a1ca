"""What has to be printed with a copy that leaves: credit line, usage terms, the way it came. Pure.

Credit and restrictions travel with every copy, in every format, or the copy is not made (P10).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from dragoman.model.agreement import Terms, Use
from dragoman.model.item import Hop, Item

_USE: Final[dict[Use, str]] = {
    "internal": "For internal use only, not for publication.",
    "own wire": "For the subscriber's own services.",
    "free web": "May be published on the open web.",
}


def credit_line(terms: Terms, item: Item, names: Mapping[str, str], *, language: str = "") -> str:
    """The credit line agreed for `language` (the item's own if not given), else that of `*`, else the origin's name.

    Copy of another origin keeps that origin's credit in front of ours, and so does our translation of it: neither hides
    the other.
    `names` has the name of each agency by its code.
    """
    origin = item.ours.origin or terms.giver
    agreed = _agreed(terms, language or item.language)
    if origin == terms.giver:
        agreed = agreed or names.get(origin, origin)
        if not (item.ours.translation_of and item.ours.credit):
            return agreed
    written = item.ours.credit or names.get(origin, origin)
    return written if not agreed or agreed in written.split(" / ") else f"{written} / {agreed}"


def _agreed(terms: Terms, language: str) -> str:
    tag = language.casefold().replace("_", "-")
    lines = {key.casefold(): line for key, line in terms.credit.items()}
    return lines.get(tag) or lines.get(tag.partition("-")[0]) or lines.get("*", "")


def usage_terms(terms: Terms) -> str:
    """The terms in words, for `usageTerms`: what the taker may do, where, until when."""
    words = [_USE[terms.use]]
    words.append("Onward distribution allowed." if terms.onward else "Not for onward distribution.")
    words.append("Translation allowed." if terms.translation else "Not to be translated.")
    if terms.territory:
        words.append(f"Territory: {', '.join(terms.territory)}.")
    if terms.valid_until:
        words.append(f"Until {terms.valid_until:%Y-%m-%d}.")
    return " ".join(words)


def with_credit(item: Item, terms: Terms, names: Mapping[str, str], *, advance: bool = False) -> Item:
    """The copy as the taker gets it: credit line, usage terms and copyright holder; marked where it goes in advance.

    What the origin already asked for in `usageTerms` stays, in front. Doing it twice changes nothing.
    """
    origin = item.ours.origin or terms.giver
    agreed = usage_terms(terms)
    asked = item.usage_terms
    profile = replace(item.ours, origin=origin, credit=credit_line(terms, item, names), advance=advance)
    return replace(
        item,
        usage_terms=asked if agreed in asked else f"{asked} {agreed}".strip(),
        copyright_holder=item.copyright_holder or names.get(origin, origin),
        dragoman=profile,
    )


def with_hop(item: Item, home: str, now: datetime) -> Item:
    """The copy with `home` as the last agency it passed through; unchanged where it is that already."""
    hops = item.ours.hops
    if hops and hops[-1].agency == home:
        return item
    return replace(item, dragoman=replace(item.ours, hops=(*hops, Hop(agency=home, at=now))))
