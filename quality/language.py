"""In which language a text is: words, pairs of words, sentences and headlines, through what ``dragoman language`` asks."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman.text.language import identify
from quality.table import Row, json_lines

_EIGHT = ("az", "en", "ru", "fr", "de", "es", "ar", "zh")
_FOURTEEN = (*_EIGHT, "tr", "uk", "fa", "hy", "ka", "kk")
_GOALS = {
    "words": "≥ 89.0 %",
    "pairs": "",
    "sentences": "≥ 99.7 %",
    "headlines": "≥ 99.7 %",
    "news sentences": "≥ 99.7 %",
}
_PAIRS = (("uk", "kk"), ("az", "tr"), ("fa", "ar"))
_Texts = dict[str, dict[str, list[str]]]


def told_apart(data: Path) -> Iterator[Row]:
    """The mean of the shares of our eight, as the languages' own texts are told; neighbours; the time a text takes."""
    texts = _texts(data / "bench")
    for what, of in texts.items():
        began = time.perf_counter()
        said = {
            language: [identify(text).tag.split("-")[0] for text in of[language]]
            for language in _FOURTEEN
            if of[language]
        }
        took = time.perf_counter() - began
        right = {language: sum(tag == language for tag in tags) / len(tags) for language, tags in said.items()}
        misses = tuple(
            f"{what}: {language} → {tag}: {text[:100]}"
            for language, tags in said.items()
            for tag, text in zip(tags, of[language], strict=True)
            if tag != language
        )
        number = sum(map(len, said.values()))
        yield Row(f"language of {what}, mean of eight", _percent(right, _EIGHT), _GOALS[what], number, misses)
        yield Row(f"language of {what}, mean of {len(right)}", _percent(right, tuple(right)), "", number)
        yield Row(f"language of {what}: time each", f"{took / number * 1e6:.0f} µs")
        if "sentences" in what:
            counted = {language: Counter(tags) for language, tags in said.items()}
            for one, other in _PAIRS:
                wrong = counted[one][other] + counted[other][one]
                of_both = len(said[one]) + len(said[other])
                yield Row(
                    f"language of {what}: {one} taken for {other}, or back",
                    f"{100 * wrong / of_both:.2f} %",
                    "< 1 %",
                    of_both,
                )


def _percent(right: dict[str, float], languages: tuple[str, ...]) -> str:
    shares = [right[language] for language in languages if language in right]
    return f"{100 * sum(shares) / len(shares):.2f} %" if shares else "–"


def _texts(bench: Path) -> _Texts:
    found: _Texts = {what: defaultdict(list) for what in _GOALS}
    for what, folder in (("words", "single-words"), ("pairs", "word-pairs"), ("sentences", "sentences")):
        for path in sorted((bench / "lid" / "lingua" / folder).glob("*.txt")):
            found[what][path.stem] = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    for row in json_lines(bench / "ntrex" / "docs.jsonl"):
        found["headlines"][row["lang"]].append(row["headline"])
        found["news sentences"][row["lang"]] += row["sentences"]
    return found
