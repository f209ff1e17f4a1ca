"""Figures and dates of a story by what they count, as each agency gives them. Pure.

Two values stand for one thing where their sentences speak of the same, or where they say what became of people (injured, dead,
missing) and no text gives another; then agencies whose standing values do not agree differ. What an agency said before is beside what it says now, and is no
disagreement with itself: its latest word counts, in a newer version or in a newer item.

Limits: percentages, sums of money, measures and spans of time count everything: there only like sentences make two values one
thing. A figure without a unit differs from none.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations, product

from msgspec import Struct

from dragoman.link.narrative.compared import Compared, Span, contained
from dragoman.link.narrative.told import Telling, Told, Where, where
from dragoman.model.reading import Figure
from dragoman.read.amounts.units import CODES, SYMBOLS, toll_words, unit_words
from dragoman.text.analyse import stems

ALIKE, ALIKE_MEASURES = 0.2, 0.5
"""Contained in each other so far, sentences with two values of one unit speak of one thing."""
_MEASURES = frozenset({*CODES, *SYMBOLS.values(), *unit_words("en").values(), "date"})
_TOLLS = frozenset(toll_words("en").values())
_PEOPLE = {
    "az": "nəfər adam insan", "en": "people person persons", "ru": "человек человека люди людей", "fr": "personne personnes",
    "de": "Mensch Menschen Person Personen Leute", "es": "persona personas", "ar": "شخص أشخاص شخصا", "zh": "人",
    "tr": "kişi", "uk": "людина людей осіб",
}  # fmt: skip
_MOST_VALUES = 60
"""Of one unit that are compared, those most often said."""
_SENTENCES = 4  # of each value that are compared with those of another


class Saying(Struct, frozen=True, kw_only=True):
    """A value as it stands somewhere: a number with what is needed to compare it, or a date as text."""

    text: str
    where: Where
    sentence: str
    value: float | str
    least: bool = False


class Given(Struct, frozen=True, kw_only=True):
    """What one agency gives: what stands now, in every version that says so, and what it said before."""

    agency: str
    now: tuple[Saying, ...]
    earlier: tuple[Saying, ...] = ()


class Fact(Struct, frozen=True, kw_only=True):
    """One thing counted or dated. `unit` is as in `model.reading.Figure`, "people" in any language, or ``date``; `differ`:
    the agencies' values do not agree; `values` are those that stand, the most often given first."""

    unit: str
    values: tuple[float | str, ...]
    differ: bool
    given: tuple[Given, ...]


class _Value:
    """One value of one unit, with everybody who says it."""

    def __init__(self) -> None:
        self.said: list[tuple[Telling, Saying, Span]] = []

    @property
    def texts(self) -> set[int]:
        return {telling.sequence for telling, _, _ in self.said}

    @property
    def spans(self) -> list[Span]:
        """Of different texts, the first of each."""
        first = {telling.sequence: span for telling, _, span in reversed(self.said)}
        return list(first.values())[:_SENTENCES]


def figures(told: Told, compared: Compared) -> list[Fact]:
    """The figures of the standing copy, and what the same items said before."""
    return _facts(told, compared, _figures, _same_figure)


def dates(told: Told, compared: Compared) -> list[Fact]:
    """The dates, likewise."""
    return _facts(told, compared, _dates, _same_date)


_Read = Callable[[Telling], Iterable[tuple[str, float | str, bool, str, int, int]]]
_Same = Callable[[Saying, Saying], bool]


def _figures(telling: Telling) -> Iterable[tuple[str, float | str, bool, str, int, int]]:
    for one in telling.reading.figures:
        yield unit_of(one, telling.tongue), one.value, one.least, one.text, one.start, one.end


def _dates(telling: Telling) -> Iterable[tuple[str, float | str, bool, str, int, int]]:
    for one in telling.reading.dates:
        yield "date", one.value, False, one.text, one.start, one.end


def unit_of(figure: Figure, tongue: str) -> str:
    """What `figure` counts, "people" for the word for them in any language."""
    return "people" if figure.unit in _people(tongue) else figure.unit


@lru_cache(maxsize=32)
def _people(tongue: str) -> frozenset[str]:
    return frozenset(stem for word in _PEOPLE.get(tongue, "").split() for stem in (word, *stems(word, tongue)))


def _same_figure(one: Saying, other: Saying) -> bool:
    """Do they agree? So do "more than 10" and 12, and "more than 12"."""
    if isinstance(one.value, str) or isinstance(other.value, str):
        return one.value == other.value
    low, high = sorted((one, other), key=lambda each: float(each.value))
    return low.value == high.value or low.least


def _same_date(one: Saying, other: Saying) -> bool:
    """February 2026 agrees with 19 February 2026; 19 February of no year, too."""
    short, long = sorted((str(one.value), str(other.value)), key=len)
    return long.startswith(short) or (short.startswith("--") and long.endswith(short[1:]))


def _facts(told: Told, compared: Compared, read: _Read, same: _Same) -> list[Fact]:
    units: dict[str, dict[float | str, _Value]] = {}
    for telling, stands in [*((one, True) for one in told.copy), *((one, False) for one in told.earlier)]:
        for unit, value, least, text, start, end in read(telling):
            spot = units.setdefault(unit, {}).setdefault(value, _Value())
            number = told.sentence_at(telling, start)
            if number < 0:
                continue
            bounds = told.sentences(telling)[number]
            span = compared.sentences[telling.sequence][number] if stands else compared.span(telling, *bounds)
            saying = Saying(
                text=text,
                where=where(telling, start, end),
                sentence=told.evidence(telling, start),
                value=value,
                least=least,
            )
            spot.said.append((telling, saying, span))
    standing = {one.sequence for one in told.copy}
    facts = [
        fact
        for unit, values in units.items()
        for group in _things(unit, values, same)
        if (fact := _fact(unit, group, standing, told.agencies, same))
    ]
    return sorted(facts, key=lambda one: (-len(one.given), not one.differ))


def _things(unit: str, values: dict[float | str, _Value], same: _Same) -> list[list[_Value]]:
    """The values that stand for one thing together."""
    every = sorted((one for one in values.values() if one.said), key=lambda one: -len(one.texts))
    groups: list[list[_Value]] = [[one] for one in every]
    if not unit:
        return groups
    compared = every[:_MOST_VALUES]
    measures = unit in _MEASURES
    links = sorted(
        ((_alike(one, other), at, beside) for (at, one), (beside, other) in combinations(enumerate(compared), 2)),
        key=lambda link: (-link[0], link[1], link[2]),
    )
    of = list(range(len(every)))
    for likeness, at, beside in links:
        mine, theirs = groups[of[at]], groups[of[beside]]
        if of[at] == of[beside] or _both_said(mine, theirs, same):
            continue
        alone = unit in _TOLLS and _only(every[at], every) and _only(every[beside], every)
        if likeness >= (ALIKE_MEASURES if measures else 0.0 if alone else ALIKE):
            mine.extend(theirs)
            gone = of[beside]
            of = [of[at] if each == gone else each for each in of]
            groups[gone] = []
    return [group for group in groups if group]


def _alike(one: _Value, other: _Value) -> float:
    return max((contained(mine, theirs) for mine, theirs in product(one.spans, other.spans)), default=0.0)


def _both_said(mine: Sequence[_Value], theirs: Sequence[_Value], same: _Same) -> bool:
    """Does one text give values of both, as two things?"""
    return any(
        one.texts & other.texts and not same(one.said[0][1], other.said[0][1]) for one in mine for other in theirs
    )


def _only(value: _Value, every: Sequence[_Value]) -> bool:
    """Is it in each text that says it the only one of its unit?"""
    texts = value.texts
    return not any(other is not value and other.texts & texts for other in every)


def _fact(unit: str, group: Sequence[_Value], standing: set[int], agencies: Sequence[str], same: _Same) -> Fact | None:
    given: list[Given] = []
    for agency in agencies:
        said = [each for value in group for each in value.said if each[0].agency == agency]
        stands = [each for each in said if each[0].sequence in standing]
        if stands:
            latest = max(stands, key=lambda each: (each[0].received, each[0].sequence))[1]
            now = [each[1] for each in stands if each[1].value == latest.value]
            earlier = [each[1] for each in said if each[1].value != latest.value]
            given.append(Given(agency=agency, now=tuple(now), earlier=tuple(earlier)))
    if not given:
        return None
    counted: dict[float | str, int] = {}
    for one in given:
        counted[one.now[0].value] = counted.get(one.now[0].value, 0) + 1
    differ = any(not same(one.now[0], other.now[0]) for one, other in combinations(given, 2))
    values = tuple(sorted(counted, key=lambda value: -counted[value]))
    return Fact(unit=unit, values=values, differ=differ, given=tuple(given))
