"""What the lexicon and the places offer a translator: how much of it the human translation has in the same sentence.

By stems, so that case and number are no matter; an abbreviation where the translation has the full name counts as wrong,
as any other good word does: the figure is a lower bound. Stories are halved as in `quality.lexicon`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from dragoman.desk.references import References
from dragoman.desk.suggestions import suggestions
from dragoman.lexicon import LANGUAGES
from dragoman.text.analyse import forgetful_stems
from quality.lexicon import part_of
from quality.table import Row, json_lines, share

_INTO = tuple((one, other) for one in ("en", "ru", "az") for other in LANGUAGES if one != other)


def in_the_translation(data: Path) -> Iterator[Row]:
    """Over the sentences of NTREX, from three languages into the seven others."""
    stories: dict[str, dict[str, Sequence[str]]] = defaultdict(dict)
    for row in json_lines(data / "bench" / "ntrex" / "docs.jsonl"):
        if row["lang"] in LANGUAGES:
            stories[row["story"]][row["lang"]] = row["sentences"]
    offered, right, wrong = Counter[str](), Counter[str](), defaultdict[str, Counter[str]](Counter)
    sentences, spent = Counter[str](), 0.0
    for story, told in stories.items():
        part = part_of(story)
        for language, into in _INTO:
            sources, others = told[language], told[into]
            begun = perf_counter()
            found = suggestions(sources, language, into, References())
            spent += perf_counter() - begun
            sentences[part] += len(sources)
            for offers, other in zip(found, others, strict=True):
                for one in offers:
                    is_there = _has(other, one.text, into)
                    offered[part] += 1
                    right[part] += is_there
                    if not is_there:
                        wrong[part][f"{language} {one.source}: {into} {one.text}"] += 1
    for part in ("dev", "held"):
        misses = tuple(f"{count} {what}" for what, count in wrong[part].most_common(100))
        told_of = f"{offered[part] / sentences[part]:.1f} a sentence"
        yield Row(
            f"suggestions in the translation ({part}; {told_of})",
            share(right[part], offered[part]),
            "",
            offered[part],
            misses,
        )
    yield Row("suggestions: time a sentence", f"{1000 * spent / sum(sentences.values()):.2f} ms", "≤ 30 ms")


def _has(text: str, term: str, language: str) -> bool:
    if language == "zh":
        return term in text
    stems = forgetful_stems(language)
    return set(stems(term)) <= set(stems(text))
