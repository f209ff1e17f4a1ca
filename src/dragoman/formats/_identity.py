"""Identity for copy that brings none: a `uri` and a `version` made from what does not change by itself. Pure."""

import hashlib
import re

from dragoman.model.item import Item

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+\Z")


def digest(*words: str) -> str:
    """SHA-256 (hex) of the words; the same words give the same digest anywhere."""
    return hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def made_uri(*words: str) -> str:
    """A stable uri made from `words`."""
    return f"urn:dragoman:{digest(*words)[:40]}"


def is_uri(text: str) -> bool:
    """Is `text` an absolute URI as it stands?"""
    return bool(_ABSOLUTE.match(text))


def content_version(item: Item) -> str:
    """A version for an item whose sender counts none: equal content has an equal version, whenever it was sent again."""
    words = (
        item.language,
        item.pub_status,
        *(headline.value for headline in item.headlines),
        *(description.value for description in item.descriptions),
        *(body.value for body in item.bodies),
        item.by,
        item.usage_terms,
        item.ed_note,
        item.embargoed_until.isoformat() if item.embargoed_until else "",
    )
    return digest(*words)[:16]
