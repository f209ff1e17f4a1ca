"""Why an item is in its story, in words an editor reads: the features that a link was made by (`link.traits`). Pure."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Literal

from babel.dates import format_date
from msgspec import Struct

from dragoman.lexicon import LANGUAGES, concepts
from dragoman.read.places.gazetteer import gazetteer
from dragoman.text.fold import fold
from dragoman.web.words import locale_of

ReasonKind = Literal["concept", "name", "figure", "place", "date", "word"]


class Reason(Struct, frozen=True, kw_only=True):
    """One thing that the item has in common with its story, and its share of the likeness (0 to 1). `language` is that of
    `text` where that is known: a stem and a part of a name are in none."""

    kind: ReasonKind
    text: str
    share: float
    language: str = ""


def readable(features: Iterable[tuple[str, float]], language: str) -> tuple[Reason, ...]:
    """The features for a reader of `language`, in the order given; what reads the same stands once, its shares added."""
    found: dict[str, Reason] = {}
    for feature, share in features:
        prefix, _, rest = feature.partition(":")
        known = _KINDS.get(prefix) if rest else None
        kind, say, spoken = known or _WORD
        text = say(rest if known else feature, language)
        before = found.get(fold(text))
        found[fold(text)] = Reason(
            kind=before.kind if before else kind,
            text=before.text if before else text,
            share=round(share + (before.share if before else 0.0), 4),
            language=before.language if before else language if spoken else "",
        )
    return tuple(found.values())


def concept_name(id_: str, language: str) -> str:
    """What `language` calls the concept; one that is not in the lexicon is called by its id."""
    known = concepts().get(id_)
    if known is None or language not in LANGUAGES:
        return id_.replace("-", " ")
    return known.terms[LANGUAGES.index(language)][0]


def _date(value: str, language: str) -> str:
    """``2026-02-19``, ``2026-02`` and ``--02-19`` as the language writes them; others as they are."""
    try:
        if value.startswith("--"):
            return str(format_date(date.fromisoformat(f"2000{value[1:]}"), "d MMMM", locale=locale_of(language)))
        if len(value) == 7:
            return str(format_date(date.fromisoformat(f"{value}-01"), "LLLL y", locale=locale_of(language)))
        return str(format_date(date.fromisoformat(value), "long", locale=locale_of(language)))
    except ValueError:
        return value


def _place(id_: str, language: str) -> str:
    kind, country, name = _known(id_)
    return str(locale_of(language).territories.get(country, name)) if kind == "country" else name


@lru_cache(maxsize=4096)
def _known(id_: str) -> tuple[str, str, str]:
    """Kind, country and name of the place with this id; an unknown one is called by its id."""
    table = gazetteer()
    for number, line in enumerate(table.places):
        if line.startswith(f"{id_}\t"):
            place = table.place(number)
            return place.kind, place.country, place.name
    return "", "", id_


def _as_it_is(text: str, _: str) -> str:
    return text


_KINDS: dict[str, tuple[ReasonKind, Callable[[str, str], str], bool]] = {
    "c": ("concept", concept_name, True),
    "n": ("name", _as_it_is, False),
    "f": ("figure", _as_it_is, False),
    "p": ("place", _place, True),
    "d": ("date", _date, True),
    "w": ("word", _as_it_is, False),
}
_WORD: tuple[ReasonKind, Callable[[str, str], str], bool] = ("word", _as_it_is, False)
