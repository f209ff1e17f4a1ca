"""Invented copy of 3 KB to measure with: ninjs and RSS, as raw bytes."""

import json
import random
from datetime import UTC, datetime, timedelta

_WORDS = [
    "harbour",
    "council",
    "morning",
    "ferry",
    "tariff",
    "round",
    "table",
    "agreed",
    "ministers",
    "quarter",
    "exports",
    "cotton",
    "railway",
    "bridge",
    "report",
    "season",
    "delegation",
    "museum",
    "archive",
    "picture",
    "exhibition",
    "visitors",
    "festival",
    "orchestra",
    "harvest",
    "reservoir",
    "turbine",
    "engineers",
    "survey",
]
_AT = datetime(2026, 11, 1, 6, tzinfo=UTC)


def ninjs(name: str, *, urgency: int = 5, seed: int = 0, at: datetime | None = None) -> bytes:
    """One item of about 3 KB with the uri ``urn:bench:<name>``."""
    chance = random.Random(f"{name}-{seed}")
    made = (at or _AT + timedelta(seconds=chance.randrange(1_000_000))).isoformat()
    return json.dumps(
        {
            "uri": f"urn:bench:{name}",
            "type": "text",
            "version": "1",
            "versionCreated": made,
            "firstCreated": made,
            "pubStatus": "usable",
            "urgency": urgency,
            "language": "en",
            "slugline": "harbour-tariff",
            "by": "Ada Quill",
            "headlines": [{"value": f"Harbour council agrees new ferry tariff, {name}"}],
            "subjects": [{"name": "transport"}, {"name": "economy"}],
            "located": "Lindholm",
            "bodies": [{"contentType": "text/html", "value": _body(chance)}],
        }
    ).encode()


def rss(number: int, entries: int) -> bytes:
    """A feed of `entries` items of about 3 KB each."""
    items = []
    for entry in range(entries):
        name = f"rss-{number}-{entry}"
        text = _body(random.Random(name)).replace("<", "&lt;").replace(">", "&gt;")
        items.append(
            f"<item><guid isPermaLink='false'>urn:bench:{name}</guid><title>Ferry tariff {name}</title>"
            f"<pubDate>Sun, 01 Nov 2026 06:00:00 +0000</pubDate><description>{text}</description></item>"
        )
    return (
        "<rss version='2.0'><channel><title>Bench</title><language>en</language>" + "".join(items) + "</channel></rss>"
    ).encode()


def _body(chance: random.Random) -> str:
    paragraphs = ["<p>LINDHOLM, November 1 (HOM) - " + _sentence(chance, 40) + "</p>"]
    while sum(map(len, paragraphs)) < 2_450:
        paragraphs.append("<p>" + " ".join(_sentence(chance, 14) for _ in range(3)) + "</p>")
    return "".join(paragraphs)


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."
