"""Across languages: is a text told to be translated from its original, and from nothing where the original is not offered?

NTREX, the documents halved by a stable hash of their names. Lexicons are learned from the development half alone, as an
archive's translations would teach them; the other half is measured with those of each two languages, with those into English
put together, which is what an exchange has, and with none.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dragoman.link.alignment import align_all, pairs, prepared
from dragoman.link.between import Between
from dragoman.link.learned import NOTHING, Learned, learn
from dragoman.link.translated import Lexicon, Told, Translated, translated_from
from quality.table import Row, json_lines, share

LANGUAGES = ("en", "az", "ru", "fr", "de", "es", "ar", "zh")
DIRECTIONS = (
    ("en", "az"),
    ("en", "ru"),
    ("en", "de"),
    ("en", "ar"),
    ("en", "zh"),
    ("az", "ru"),
    ("fr", "es"),
    ("zh", "ar"),
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
    into_english = Between({one: _learned(texts, dev, one, "en") for one in LANGUAGES if one != "en"})

    def of_both(source: Told, item: Told) -> Learned:
        return learned[source.language, item.language]

    parts: tuple[tuple[str, list[str], Lexicon], ...] = (
        ("development documents", dev, of_both),
        ("held documents", held, of_both),
        ("held documents, by way of English", held, into_english),
        ("held documents, nothing learned", held, lambda *_: NOTHING),
    )
    for part, chosen, lexicon in parts:
        right = wrong = false = of = 0
        for way in DIRECTIONS:
            chance = random.Random("".join(way))
            for story in chosen:
                others = chance.sample([one for one in chosen if one != story], OTHERS)
                item = texts[story, way[1]]
                alone = _told(item, texts, way[0], [story], lexicon)
                instead = _told(item, texts, way[0], others, lexicon)
                of += 1
                right += alone.source == story and alone.share > instead.share
                wrong += instead.source is not None and alone.share <= instead.share
                false += instead.source is not None
        yield Row(f"translated from: the original found, {part}", share(right, of), "", of)
        yield Row(f"translated from: another one named beside it, {part}", share(wrong, of), "", of)
        yield Row(f"translated from: another one named instead, {part}", share(false, of), "", of)


def _texts(path: Path) -> Texts:
    return {
        (row["story"], row["lang"]): Told(row["lang"], tuple(prepared(row["sentences"], row["lang"])))
        for row in json_lines(path)
        if row["lang"] in LANGUAGES
    }


def _told(item: Told, texts: Texts, language: str, stories: Sequence[str], lexicon: Lexicon) -> Translated:
    return translated_from(item, {one: texts[one, language] for one in stories}, lexicon)


def _learned(texts: Texts, stories: Sequence[str], source: str, target: str) -> Learned:
    both = [(texts[one, source].sentences, texts[one, target].sentences) for one in stories]
    beads = align_all(both, NOTHING)
    return learn(pair for found, (mine, theirs) in zip(beads, both, strict=True) for pair in pairs(found, mine, theirs))
