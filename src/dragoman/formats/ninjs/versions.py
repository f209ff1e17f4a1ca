"""The versions of ninjs, and which of them a document is: what it says, else its shape. Pure.

Sources: IPTC's schemas 1.0 to 3.1; Superdesk's schema of its own variant, which Newshub takes (`guid`, `service`, `priority`,
`evolvedfrom`, `extra`).
"""

import re
from collections.abc import Mapping

SUPERDESK = "superdesk"
LATEST = "3.1"
_NEWEST: Mapping[int, str] = {1: "1.6", 2: "2.2", 3: LATEST}
"""The newest version of each generation: a document that does not say which it is may use all of it."""
_KNOWN: Mapping[int, int] = {1: 6, 2: 2, 3: 1}
_NUMBER = re.compile(r"(?<![\d.])(\d{1,3})\.(\d{1,3})(?![\d])")
_SAID = ("standard", "$standard", "$schema")
_SUPERDESK = frozenset({"guid", "_id"})
_THIRD = frozenset(
    {"firstCreated", "versionCreated", "contentCreated", "embargoedUntil", "pubStatus", "edNote", "altIds", "copyrightHolder",
     "copyrightNotice", "usageTerms", "infoSources", "eventDetails", "plannedCoverage", "representationType", "rightsInfo",
     "trustIndicators", "digitalSourceType"}
)  # fmt: skip
_LOWERED = frozenset(key.lower() for key in _THIRD) | {"embargoed"}
_SECOND = frozenset(
    {"headlines", "bodies", "descriptions", "subjects", "places", "people", "organisations", "genres", "infosources", "by",
     "trustindicators", "objects", "events"}
)  # fmt: skip
_FIRST = frozenset(
    {"headline", "byline", "subject", "place", "person", "organisation", "genre", "infosource", "mimetype", "object", "event",
     "charcount", "wordcount"}
)  # fmt: skip
_PREFIXES = ("body_", "description_", "headline_")


def version_of(value: Mapping[str, object]) -> str:
    """``1.0`` to ``3.1`` or ``superdesk``: what the document says it is, else what its properties show; of those that it
    could be the newest. A number IPTC has not given yet is given back as it stands."""
    if told := _told(value):
        return told
    keys = value.keys()
    if not _SUPERDESK.isdisjoint(keys):
        return SUPERDESK
    if not _THIRD.isdisjoint(keys):
        return _NEWEST[3]
    if not _FIRST.isdisjoint(keys) or any(key.startswith(_PREFIXES) for key in keys):
        return _NEWEST[1]
    if _LOWERED.isdisjoint(keys):
        return _NEWEST[3]
    return _NEWEST[1] if _SECOND.isdisjoint(keys) else _NEWEST[2]


def is_known(version: str) -> bool:
    """Is it a version this module knows the properties of?"""
    if version == SUPERDESK:
        return True
    generation, _, minor = version.partition(".")
    return int(minor or 0) <= _KNOWN.get(int(generation), -1)


def _told(value: Mapping[str, object]) -> str:
    for key in _SAID:
        said = value.get(key)
        words = (said.get("version"), said.get("schema")) if isinstance(said, dict) else (said,)
        for word in words:
            if isinstance(word, (str, float, int)) and (found := _NUMBER.search(str(word))):
                return f"{int(found[1])}.{int(found[2])}"
    return ""
