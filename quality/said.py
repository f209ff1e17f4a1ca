"""Places, dates and figures in invented sentences of our own (`quality/said/`): precision, recall and their mean by language.

A place is right where it stands, with its country and name; a date where it stands, with its value; a figure where it
stands, by its value, unit and "more than". Odd lines were tuned on, even ones held back.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from dragoman.lexicon import LANGUAGES, concepts, found
from dragoman.model.reading import Reading
from dragoman.read.amounts import find_dates, find_figures
from dragoman.read.amounts.units import CODES, SYMBOLS
from dragoman.read.document import Document
from dragoman.read.places import find_places
from dragoman.text.analyse import stems
from quality.table import Row

_MARKED = re.compile(r"\[([^|\]]+)\|([pdf]):([^\]]+)\]")
_TIME = dt.datetime(2026, 2, 20, 10, 0, tzinfo=dt.UTC)  # a Friday
_UNITS = frozenset({*CODES, *SYMBOLS.values(), "bbl", "year", "month", "week", "day", "hour", "minute"})
KINDS = {"p": "places", "d": "dates", "f": "figures"}
Spoken = tuple[str, int, str]
"""Kind, where it starts, and what it is."""


def marked(line: str) -> tuple[str, set[Spoken]]:
    """The sentence without its marks, and what they say."""
    text, said, at = "", set(), 0
    for mark in _MARKED.finditer(line):
        text += line[at : mark.start()]
        said.add((mark[2], len(text), mark[3]))
        text += mark[1]
        at = mark.end()
    return text + line[at:], said


def read(text: str, language: str) -> set[Spoken]:
    """What our readers find in it."""
    document = Document(text, language=language, time=_TIME)
    reading = Reading(version=1)
    dates = find_dates(document, reading)
    figures = find_figures(document, replace(reading, dates=dates))
    places = find_places(document, reading)
    return (
        {("p", said.start, f"{place.country}:{place.name}") for place in places for said in place.mentions}
        | {("d", date.start, date.value) for date in dates}
        | {("f", one.start, f"{one.value:.12g}:{one.unit}{':least' if one.least else ''}") for one in figures}
    )


def _plain(said: Spoken, language: str) -> Spoken:
    """A figure's unit as a reader gives it: a word stands for its concept or its stem."""
    kind, start, what = said
    if kind != "f":
        return said
    value, unit, *least = what.split(":")
    if unit and unit not in _UNITS and unit not in concepts():
        unit = next((one.concept.id for one in found(unit, language)), "") or "".join(stems(unit, language))
    return kind, start, ":".join([f"{float(value):.12g}", unit, *least])


def rows(_: Path) -> Iterator[Row]:
    """By kind: the share found and right over all languages, tuned and held back; then by language, held back."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    misses: list[str] = []
    for language in LANGUAGES:
        lines = (Path(__file__).parent / "said" / f"{language}.txt").read_text("utf-8").splitlines()
        for number, line in enumerate(lines):
            part = "held" if number % 2 else "tuned"
            text, told = marked(line)
            wanted, got = {_plain(one, language) for one in told}, read(text, language)
            for kind in KINDS:
                mine, theirs = {one for one in got if one[0] == kind}, {one for one in wanted if one[0] == kind}
                counts[part, language, kind, "right"] += len(mine & theirs)
                counts[part, language, kind, "got"] += len(mine)
                counts[part, language, kind, "wanted"] += len(theirs)
                misses += [f"{part} {language} lost {one} | {text}" for one in sorted(theirs - mine)]
                misses += [f"{part} {language} made {one} | {text}" for one in sorted(mine - theirs)]
    for kind, name in KINDS.items():
        for part in ("tuned", "held"):
            told = tuple(m for m in misses if m.startswith(part) and f"('{kind}'" in m)
            yield _row(f"{name}, {part}", counts, [(part, language, kind) for language in LANGUAGES], told)
    for language in LANGUAGES:
        yield _row(
            f"places, dates, figures held back, {language}", counts, [("held", language, kind) for kind in KINDS], ()
        )


def _row(
    what: str, counts: Counter[tuple[str, str, str, str]], keys: list[tuple[str, str, str]], misses: tuple[str, ...]
) -> Row:
    right, got, wanted = (sum(counts[*key, name] for key in keys) for name in ("right", "got", "wanted"))
    f1 = 2 * right / (got + wanted) if got + wanted else 1.0
    return Row(f"said: {what}", f"F1 {f1:.3f} (of {got} found {right} right)", "≥ .90", wanted, misses)
