"""Across languages: is a text told to be translated from its original, and from nothing where the original is not offered?

NTREX, the documents halved by a stable hash of their names. The lexicon is learned from the development half alone, as an
archive's translations would teach it; the other half is measured with it, and with none.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dragoman.link.alignment import align_all, pairs, prepared
from dragoman.link.learned import NOTHING, Learned, learn
from dragoman.link.translated import Told, translated_from
from quality.table import Row, json_lines, share

LANGUAGES = ("en", "az", "ru", "fr", "de", "es", "ar", "zh")
DIRECTIONS = (
    *(("en", other) for other in LANGUAGES[1:]),
    ("az", "ru"),
    ("ru", "az"),
    ("zh", "ar"),
    ("fr", "es"),
    ("ar", "az"),
)
OTHERS = 5
"""Other documents of the source's language that are offered beside the original, or instead of it."""
Texts = Mapping[tuple[str, str], Told]


def translated(data: Path) -> Iterator[Row]:
    texts = _texts(data / "bench" / "ntrex" / "docs.jsonl")
    stories = sorted({story for story, _ in texts if all((story, one) in texts for one in LANGUAGES)})
    dev = [one for one in stories if hashlib.sha256(one.encode()).digest()[0] % 2]
    held = [one for one in stories if one not in dev]
    learned = {way: _learned(texts, dev, *way) for way in DIRECTIONS}
    for part, chosen, lexicon in (
        ("development documents", dev, learned),
        ("held documents", held, learned),
        ("held documents, nothing learned", held, dict.fromkeys(DIRECTIONS, NOTHING)),
    ):
        right = wrong = false = of = 0
        for way in DIRECTIONS:
            chance = random.Random("".join(way))
            for story in chosen:
                others = chance.sample([one for one in chosen if one != story], OTHERS)
                item, known = texts[story, way[1]], lexicon[way]
                told = _named(item, {one: texts[one, way[0]] for one in (*others, story)}, known)
                instead = _named(item, {one: texts[one, way[0]] for one in others}, known)
                of += 1
                right += told == story
                wrong += told is not None and told != story
                false += instead is not None
        yield Row(f"translated from: the original found, {part}", share(right, of), "", of)
        yield Row(f"translated from: another one named beside it, {part}", share(wrong, of), "", of)
        yield Row(f"translated from: another one named instead, {part}", share(false, of), "", of)


def _texts(path: Path) -> Texts:
    return {
        (row["story"], row["lang"]): Told(row["lang"], tuple(prepared(row["sentences"], row["lang"])))
        for row in json_lines(path)
        if row["lang"] in LANGUAGES
    }


def _named(item: Told, sources: Mapping[str, Told], lexicon: Learned) -> str | None:
    return translated_from(item, sources, lambda *_: lexicon).source


def _learned(texts: Texts, stories: Sequence[str], source: str, target: str) -> Learned:
    both = [(texts[one, source].sentences, texts[one, target].sentences) for one in stories]
    beads = align_all(both, NOTHING)
    return learn(pair for found, (mine, theirs) in zip(beads, both, strict=True) for pair in pairs(found, mine, theirs))
