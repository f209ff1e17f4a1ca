"""What only one agency says: language versions of one story, half of the sentences left in one of them alone.

Which sentences, and where they stay, a hash of the story and the sentence says. Thresholds were chosen on the development
half of the stories (by hash). A lexicon, where one is used, was learned from the development half alone.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from msgspec import Struct

from dragoman.link.learned import learn
from dragoman.link.narrative.compared import NO_LEXICONS, Lexicons
from dragoman.link.narrative.only_here import only_here
from dragoman.link.narrative.told import Telling
from dragoman.read.reader import READERS, read_text
from dragoman.text.analyse import stems
from quality.table import Row, json_lines

EIGHT = ("en", "az", "ru", "fr", "de", "es", "ar", "zh")
SAME = {"fr": "newstest2019-ref.fra-CA.txt", "es": "newstest2019-ref.spa-MX.txt"}
"""Translations into the same language by somebody else."""
_READERS = {part: READERS[part] for part in ("places", "names", "dates", "figures")}
_THEN = datetime(2026, 2, 19, 12, tzinfo=UTC)

Story = dict[str, list[str]]
"""Language → the sentences, as many in each."""


class Count(Struct):
    right: int = 0
    told: int = 0
    true: int = 0

    def f1(self) -> float:
        return 2 * self.right / (self.told + self.true) if self.told + self.true else 0.0

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.told), self.right / max(1, self.true)
        return f"F1 {self.f1():.3f} (precision {precision:.2f}, recall {recall:.2f})"


def only_one_says(data: Path) -> Iterator[Row]:
    """The same language, two languages, and all eight together, each by development and held half."""
    stories = _stories(data / "bench" / "ntrex")
    halves = {"development": [], "held": []}  # type: dict[str, list[str]]
    for name in stories:
        halves["held" if _hash(name) % 2 else "development"].append(name)
    taught = _lexicons([stories[name] for name in halves["development"]])
    for half, names in halves.items():
        yield _row(f"same language, {half}", "≥ .90", stories, names, [(one, f"{one}+") for one in SAME])
    pairs = list(combinations(EIGHT, 2))
    for with_, lexicons in (("", NO_LEXICONS), (", lexicon learned", taught)):
        for half, names in halves.items():
            what = f"two languages{with_}, {half}"
            yield _row(what, "≥ .75", stories, names, pairs, lexicons, every=4)
            yield _row(f"eight languages{with_}, {half}", "", stories, names, [EIGHT], lexicons)


def _row(
    what: str,
    goal: str,
    stories: dict[str, Story],
    names: Sequence[str],
    groups: Sequence[tuple[str, ...]],
    lexicons: Lexicons = NO_LEXICONS,
    every: int = 1,
) -> Row:
    """Over all stories and groups of languages; of many groups each story has every so many-th."""
    count = Count()
    for number, name in enumerate(names):
        for group in groups[number % every :: every]:
            _count(count, name, stories[name], group, lexicons)
    return Row(f"only one agency says it: {what}", str(count), goal, count.true)


def _count(count: Count, name: str, story: Story, group: Sequence[str], lexicons: Lexicons) -> None:
    tellings, kept = [], {}
    for number, language in enumerate(group, 1):
        lines = [at for at in range(len(story[language])) if _keeper(name, at, group) in ("", language)]
        text = "\n".join(story[language][at] for at in lines)
        starts, position = [], 0
        for at in lines:
            starts.append((position, at))
            position += len(story[language][at]) + 1
        kept[language] = starts
        reading, _ = _read(text, language.removesuffix("+"))
        tellings.append(
            Telling(
                sequence=number,
                item=language,
                agency=language,
                language=language.removesuffix("+"),
                received=_THEN,
                text=text,
                reading=reading,
            )
        )
    found = only_here(tellings, lexicons)
    told = {(place.item, _line(kept[place.item], place.start)) for one in found.sentences for place in one.places}
    true = {(language, at) for language in group for _, at in kept[language] if _keeper(name, at, group)}
    count.right += len(told & true)
    count.told += len(told)
    count.true += len(true)


_read_before: dict[tuple[str, str], Any] = {}


def _read(text: str, language: str) -> Any:
    if (text, language) not in _read_before:
        _read_before[text, language] = read_text(text, language=language, readers=_READERS)
    return _read_before[text, language]


def _line(starts: list[tuple[int, int]], position: int) -> int:
    return max(start for start in starts if start[0] <= position)[1]


def _keeper(name: str, at: int, group: Sequence[str]) -> str:
    """The language in which alone a sentence stays; empty where it stays in all."""
    drawn = _hash(f"{name}/{at}")
    return group[drawn // 2 % len(group)] if drawn % 2 else ""


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")


def _stories(folder: Path) -> dict[str, Story]:
    stories: defaultdict[str, Story] = defaultdict(dict)
    places: dict[str, int] = {}
    position = 0
    for row in json_lines(folder / "docs.jsonl"):
        if row["lang"] in EIGHT:
            stories[row["story"]][row["lang"]] = row["sentences"]
        if row["lang"] == "en":
            places[row["story"]] = position
            position += len(row["sentences"])
    for language, file in SAME.items():
        path = next(folder.rglob(file), None)
        lines = path.read_text("utf-8").splitlines() if path else []
        for name, start in places.items():
            stories[name][f"{language}+"] = lines[start : start + len(stories[name]["en"])]
    return dict(stories)


def _lexicons(stories: Sequence[Story]) -> Lexicons:
    """What an archive of these stories teaches: each language's words in English."""
    return {
        language: learn(
            (list(dict.fromkeys(stems(mine, language))), list(dict.fromkeys(stems(english, "en"))))
            for story in stories
            for mine, english in zip(story[language], story["en"], strict=True)
        )
        for language in EIGHT
        if language != "en"
    }
