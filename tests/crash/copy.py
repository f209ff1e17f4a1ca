"""The copy of one run, of our invention: what is pushed, laid into the folder, served in the feeds."""

import json
from datetime import UTC, datetime, timedelta

from msgspec import Struct

BEGAN = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
POISON = b"[" + b'{"":{}},' * 1_900_000 + b"{}]"
"""Takes the decoder longer than it may."""
IMPATIENT = {"DRAGOMAN_LIMITS_DECODE_S": "1.5"}
LIFTS_AFTER = timedelta(seconds=1.2)
GARBAGE = bytes(range(128, 256)) * 8_500
"""Decodes as nothing, and is too large for a row of the database."""

TEXTS = {
    "en": (
        "The ferry {ferry} leaves at {hour}",
        "The harbour office of Lindvik said on Monday that the ferry {ferry} leaves at {hour} and not later.",
    ),
    "fr": (
        "Le bac {ferry} part à {hour} heures",
        "La capitainerie de Lindvik a annoncé lundi que le bac {ferry} partira à {hour} heures et pas plus tard.",
    ),
}
"""Headline and text by language: a node that reads its copy finds the language it is given."""


class Piece(Struct, frozen=True, kw_only=True):
    """One version of one item."""

    uri: str
    version: int
    language: str = "en"
    embargo: float = 0.0
    urgency: int = 5

    @property
    def ninjs(self) -> dict[str, object]:
        headline, text = TEXTS[self.language]
        words = {"ferry": self.uri.replace(":", " "), "hour": self.version + 5}
        item: dict[str, object] = {
            "uri": self.uri,
            "type": "text",
            "standard": {"name": "ninjs", "version": "3.1"},
            "version": str(self.version),
            "versionCreated": (BEGAN + timedelta(minutes=self.version)).isoformat(),
            "language": self.language,
            "urgency": self.urgency,
            "pubStatus": "usable",
            "headlines": [{"value": headline.format(**words)}],
            "bodies": [{"value": f"<p>{text.format(**words)}</p>", "contentType": "text/html"}],
        }
        if self.embargo:
            item["embargoedUntil"] = datetime.fromtimestamp(self.embargo, UTC).isoformat()
        return item

    @property
    def body(self) -> bytes:
        return json.dumps(self.ninjs).encode()


def pushed(run: str, lifts: float) -> list[Piece]:
    """Twelve items in the order they are pushed: an update, an older version that comes late, the same again, a flash,
    two in French, one under embargo until `lifts`."""
    plain = [Piece(uri=f"{run}:p{number}", version=1) for number in range(1, 9)]
    return [
        *plain[:3],
        Piece(uri=f"{run}:f1", version=1, language="fr"),
        Piece(uri=f"{run}:e1", version=1, embargo=lifts),
        Piece(uri=f"{run}:p1", version=2),
        Piece(uri=f"{run}:p2", version=3),
        Piece(uri=f"{run}:p2", version=2),
        plain[2],
        *plain[3:],
        Piece(uri=f"{run}:f2", version=1, language="fr"),
        Piece(uri=f"{run}:u1", version=1, urgency=1),
    ]


CORRECTED, KILLED, RELEASED = "p4", "p5", "p6"
"""The items the desk acts on, by the end of their uri."""


def rss(uri: str) -> bytes:
    """A feed of one entry."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Lindvik bureau</title>'
        "<link>https://lindvik.example/</link><description>Copy</description><language>en</language><item>"
        f'<title>The lock at Sund is closed</title><guid isPermaLink="false">{uri}</guid>'
        "<pubDate>Mon, 04 May 2026 06:00:00 +0000</pubDate>"
        "<description>The lock at Sund is closed until noon, the keeper said.</description></item></channel></rss>"
    ).encode()
