"""The lexicon's effect: of the concepts an English article speaks of, how many are found in its translation, too."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman.lexicon import LANGUAGES, concepts, found
from quality.table import Row, share


def coverage(data: Path) -> Iterator[Row]:
    """By language, over the articles of NTREX."""
    told: dict[str, dict[str, set[str]]] = defaultdict(dict)
    with open(data / "bench" / "ntrex" / "docs.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["lang"] in LANGUAGES:
                text = "\n".join(row["sentences"])
                told[row["lang"]][row["story"]] = {one.concept.id for one in found(text, row["lang"])}
    yield Row("lexicon: concepts in eight languages", f"{len(concepts()):,}", "≥ 3,300")
    for language in LANGUAGES:
        if language != "en":
            both = [(ids, told[language].get(story, set())) for story, ids in told["en"].items()]
            right = sum(len(english & other) for english, other in both)
            of = sum(len(english) for english, _ in both)
            yield Row(f"lexicon: concepts of an English article found in {language}", share(right, of), "", of)
