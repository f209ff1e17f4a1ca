"""The lexicon's effect: of the concepts an English article speaks of, how many are found in its translation, too.

Stories are halved by a checksum of their names: terms were added looking at the first half (``dev``), the other is ``held``.
Which verb of saying a translator takes is no matter of the lexicon: the last figure is without them.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman.lexicon import LANGUAGES, concepts, found
from quality.table import Row, json_lines, share

_SAYING = frozenset(one.id for one in concepts().values() if one.kind == "concept" and not one.subjects)

_ROWS = (
    ("dev", "concepts", frozenset[str]()),
    ("held", "concepts", frozenset[str]()),
    ("held", "concepts but verbs of saying", _SAYING),
)


def coverage(data: Path) -> Iterator[Row]:
    """By language, over the articles of NTREX."""
    told: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for row in json_lines(data / "bench" / "ntrex" / "docs.jsonl"):
        if row["lang"] in LANGUAGES:
            text = "\n".join(row["sentences"])
            told[row["lang"]][row["story"]] = {one.concept.id for one in found(text, row["lang"])}
    yield Row("lexicon: concepts in eight languages", f"{len(concepts()):,}", "≥ 3,300")
    for language in LANGUAGES:
        for part, what, without in _ROWS if language != "en" else ():
            english = {story: ids - without for story, ids in told["en"].items() if part_of(story) == part}
            of = sum(map(len, english.values()))
            right = sum(len(ids & told[language].get(story, set())) for story, ids in english.items())
            yield Row(f"lexicon: {what} of an English article found in {language} ({part})", share(right, of), "", of)


def part_of(story: str) -> str:
    """Which half a story is in."""
    return "held" if zlib.crc32(story.encode()) % 2 else "dev"
