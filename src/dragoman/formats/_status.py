"""The words partners write for the state of a version and for what it does, and what they mean here. Pure.

Sources: IPTC NewsCodes pubStatus, providerStatus, signal, newsitemstatus (NewsML 1.x Status/@FormalName), NITF
docdata/@management-status, and the notices agencies set before withdrawn or corrected copy. A format adds what its own
dialects say; nothing else decides by the agency's name.
"""

import re
from collections.abc import Mapping
from typing import Literal

from dragoman.model.item import PubStatus

CorrectionKind = Literal["correction", "update", "refile", "hold", "release", "kill", "substitute"]

STATUSES: Mapping[str, PubStatus] = {
    "usable": "usable",
    "embargoed": "usable",
    "withheld": "withheld",
    "hold": "withheld",
    "held": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "cancel": "canceled",
    "killed": "canceled",
    "kill": "canceled",
    "withdrawn": "canceled",
    "deleted": "canceled",
    "delete": "canceled",
    "retracted": "canceled",
    "revoked": "canceled",
    "recalled": "canceled",
    "spiked": "canceled",
}
"""The last part of a status code in small letters → the item's ``pubStatus``. An embargoed item is usable, later."""

CORRECTIONS: Mapping[str, CorrectionKind] = {
    "correction": "correction",
    "correct": "correction",
    "corrected": "correction",
    "corrective": "correction",
    "update": "update",
    "updated": "update",
    "writethru": "update",
    "writethrough": "update",
    "add": "update",
    "rectify": "correction",
    "refile": "refile",
    "refiled": "refile",
    "resend": "refile",
    "repetition": "refile",
    "repeat": "refile",
    "substitute": "substitute",
    "sub": "substitute",
    "replace": "substitute",
    "replacement": "substitute",
    "kill": "kill",
    "killed": "kill",
    "delete": "kill",
    "withdrawal": "kill",
    "withdraw": "kill",
    "cancel": "kill",
    "hold": "hold",
    "release": "release",
}
"""The last part of a signal or instruction in small letters → what the version does."""

_LAST = re.compile(r"[^:/#\s]+\Z")


def status_of(word: str) -> PubStatus | None:
    """What a status code (``stat:usable``, ``Canceled``, a newsitemstatus URI) says; None where it is none of ours."""
    found = _LAST.search(word.strip())
    return STATUSES.get(found[0].casefold()) if found else None


def correction_of(word: str) -> CorrectionKind | None:
    """What a signal (``sig:correction``, ``Update``, ``Kill``) says the version does; None where it is none of ours."""
    found = _LAST.search(word.strip())
    return CORRECTIONS.get(found[0].casefold()) if found else None
