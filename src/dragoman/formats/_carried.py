"""What must be printed with every copy, in formats that have no field for it: credit, restrictions, embargo (P10). Pure."""

from dragoman.model.item import Association, Item

KILLED = "KILLED"
ADVANCE = "ADVANCE: not for publication before the embargo is lifted."
_MARKS = {
    "kill": KILLED,
    "hold": "HELD",
    "correction": "CORRECTION",
    "substitute": "SUBSTITUTE",
    "refile": "REFILE",
    "update": "UPDATE",
}


def mark(item: Item) -> str:
    """The word that stands before a headline where the version is not the first, or empty."""
    if item.pub_status == "canceled":
        return KILLED
    if item.pub_status == "withheld":
        return "HELD"
    correction = item.ours.correction
    return _MARKS.get(correction.kind, "") if correction else ""


def credit(item: Item) -> str:
    """The credit line, or the copyright notice, or its holder: whichever is said first."""
    return item.ours.credit or item.copyright_notice or item.copyright_holder


def ed_note(item: Item) -> str:
    """The editors' note together with what was wrong, for formats that know no reason of correction."""
    correction = item.ours.correction
    reason = (
        f"{_MARKS.get(correction.kind, '')}: {correction.reason}".strip(": ")
        if correction and correction.reason
        else ""
    )
    advance = ADVANCE if item.ours.advance else ""
    return " ".join(part for part in (advance, reason, item.ed_note) if part)


def original(item: Item) -> Association | None:
    """What the item is a translation of, as far as its taker may know."""
    return next((one for one in item.associations if one.is_original and one.uri), None)


def versions(item: Item) -> tuple[Association, ...]:
    """The other language versions of the item, the original first."""
    return tuple(one for one in item.associations if one.is_of_family and one.uri)


def is_gone(item: Item) -> bool:
    """Has the text of `item` been taken back, for good or for now?"""
    return item.pub_status in ("canceled", "withheld")
