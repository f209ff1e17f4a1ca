"""A place's and an agency's name in each of our languages, as a dateline prints them. Pure.

The lexicon is asked first, then the city names of Unicode CLDR, then our own list of cities for what its scripts tell.

Limits: one name stands for one place (Córdoba is Spain's); a place nobody of these knows keeps the name it was given.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from dragoman.lexicon import LANGUAGES, Concept, concepts
from dragoman.model.reading import Place
from dragoman.read.agencies import AGENCIES, agency_name
from dragoman.read.places.cities import CITY_NAMES
from dragoman.read.places.known import city_country, country_code
from dragoman.text.fold import fold

_PLACES = ("city", "country", "region")  # Singapore the city before the country
_TELLING = re.compile(r"^(?:город |ville d(?:e |['’])|ciudad de |Stadt |مدينة )| (?:şəhəri|rayonu)$| city$|\s*[（(].*$")
_SCRIPTS = {"ru": ("\u0400", "\u04ff"), "ar": ("\u0600", "\u06ff"), "zh": ("\u4e00", "\u9fff")}


def place_in(place: str, language: str) -> str:
    """The name of `place`, given in any of our languages, in `language`; an empty string where nobody knows it."""
    folded = fold(" ".join(place.split()))
    if concept := _places().get(folded):
        return _bare(concept.lemma(language))
    return _cldr_city(folded, language) or _listed_city(folded, language)


def called(place: Place, language: str) -> str:
    """What a place of a text is called in `language`, any that Unicode CLDR has for a country; an empty string where nobody
    knows it, or the name is known as another place's (Córdoba in Argentina)."""
    if place.kind == "country" and language not in LANGUAGES:
        return _territory(place.country, language)
    other = {city_country(place.name), country_code(place.name)} - {"", place.country}
    return "" if other or language not in LANGUAGES else place_in(place.name, language)


def _territory(code: str, language: str) -> str:
    try:
        return str(Locale.parse(language, sep="-").territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


def agency_in(agency: str, language: str) -> str:
    """The name `agency` signs with in `language`; as given where it has no other there."""
    known = agency_name(agency)
    if not known:
        return agency
    concept = _agencies().get(known)
    terms = concept.terms[LANGUAGES.index(language)] if concept else ()
    said = [term for term in terms if agency_name(term) == known]
    spelt = _of_script(next((one.bare + one.marked for one in AGENCIES if one.name == known), ()), language)
    if language == "zh":  # the short name, 塔斯社, rather than the full one or 塔斯
        return min(filter(None, [*said, *spelt]), key=lambda name: (name[-1] != "社", len(name)), default=known)
    return known if known in said else next(iter([*said, *spelt]), known)


def _bare(name: str) -> str:
    """`name` as a dateline has it: without the word that tells a city from something else (`Düşənbə şəhəri`, Dushanbe,
    not Monday), without a bracket, with a capital."""
    name = _TELLING.sub("", name).replace(" - ", "-")
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=1)
def _places() -> dict[str, Concept]:
    """Folded name, in any language and form → the place."""
    found: dict[str, Concept] = {}
    for kind in _PLACES:
        of_kind = [concept for concept in concepts().values() if concept.kind == kind]
        for concept in of_kind:  # a place's own name before another's by-name
            for terms in concept.terms:
                found.setdefault(fold(_bare(terms[0])), concept)
        for concept in of_kind:
            for terms in concept.terms:
                for term in terms:
                    found.setdefault(fold(term), concept)
    return found


@lru_cache(maxsize=1)
def _agencies() -> dict[str, Concept]:
    """Our name of an agency → its entry in the lexicon."""
    found: dict[str, Concept] = {}
    for concept in concepts().values():
        if concept.kind == "agency":
            for terms in concept.terms:
                for term in terms:
                    if name := agency_name(term):
                        found.setdefault(name, concept)
    return found


def _cldr_city(folded: str, language: str) -> str:
    zone = _cldr_zones().get(folded)
    return _cldr_name(zone, language) if zone else ""


@lru_cache(maxsize=1)
def _cldr_zones() -> dict[str, str]:
    """Folded name of a city in any of our languages → its time zone, which CLDR knows it by."""
    zones = {str(zone) for language in LANGUAGES for zone in Locale(language).time_zones}
    found: dict[str, str] = {}
    for zone in sorted(zones):
        for language in ("en", *LANGUAGES):
            if "/" in zone and not zone.startswith("Etc/"):
                found.setdefault(fold(_cldr_name(zone, language)), zone)
    return found


def _cldr_name(zone: str, language: str) -> str:
    told = Locale(language).time_zones.get(zone)
    city = told.get("city") if told else None
    return str(city) if city else zone.rpartition("/")[2].replace("_", " ")


def _listed_city(folded: str, language: str) -> str:
    """By its script; among the languages in Latin letters our list does not tell whose a spelling is."""
    if language not in _SCRIPTS:
        return ""
    for names in _listed():
        if folded in map(fold, names):
            return next(iter(_of_script(names, language)), "")
    return ""


def _listed() -> list[list[str]]:
    return [city.split("|") for line in CITY_NAMES.strip().split("\n") for city in line.split(" ", 1)[1].split(" / ")]


def _of_script(names: Iterable[str], language: str) -> list[str]:
    """Those of `names` in the letters of `language`, where it has letters of its own."""
    first, last = _SCRIPTS.get(language, ("", ""))
    return [name for name in names if first and first <= name[:1] <= last]
