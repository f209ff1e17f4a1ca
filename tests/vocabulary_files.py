"""A vocabulary of our own, as a keeper publishes one."""

import json
from typing import Any

QUAYS = "http://cv.quay.example/quays/"


def vocabulary_file(**changed: Any) -> bytes:
    """Three concepts: one, one below it, one retired."""
    said = {
        "uri": QUAYS,
        "prefSchemeAlias": "quay",
        "authority": "http://quay.example",
        "licenceLink": "https://licence.example/",
        "dateReleased": "2026-04-06T20:00:00+00:00",
        "prefLabel": {"en-GB": "Quays", "fr": "Quais"},
        "conceptSet": [
            {
                "uri": f"{QUAYS}100",
                "qcode": "quay:100",
                "prefLabel": {"en-GB": "harbour", "se": "hamn", "dk": "havn", "zh-Hans": "港口", "ar": "ميناء"},
                "definition": {"en-GB": "Where boats lie."},
                "narrower": ["quay:200"],
            },
            {
                "uri": f"{QUAYS}200",
                "qcode": "quay:200",
                "prefLabel": {"en-GB": "pier", "fr": "jetée"},
                "broader": ["quay:100"],
                "exactMatch": ["https://elsewhere.example/pier"],
            },
            {
                "uri": f"{QUAYS}300",
                "qcode": "quay:300",
                "prefLabel": {"en-GB": "mole"},
                "retired": "2016-04-05T12:00:00+00:00",
            },
        ],
    }
    return json.dumps({**said, **changed}, ensure_ascii=False).encode()
