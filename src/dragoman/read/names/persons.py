"""Whether capitalised words name a person, and how sure that is: titles, given names, initials, surnames, witnesses. Pure."""

import re

from dragoman.read.names.candidates import Candidate, Surety
from dragoman.read.names.scene import Scene
from dragoman.read.names.witnesses import (
    AGE,
    WHERE,
    articled,
    heads_firm,
    office_behind,
    party_behind,
    role_of,
    says,
    titled,
)
from dragoman.read.names.words import (
    CAPITAL,
    COMMON,
    CONNECTOR,
    FAMED,
    GIVEN,
    HEAD,
    NOT,
    NOT_ALONE,
    NOUN_END,
    OPENER,
    PARTICLE,
    SURNAME_END,
    TYPE,
    VERB,
)

_BEFORE_PEOPLE = frozenset({"von", "mit", "durch", "gegen", "für", "um", "an", "und", "oder", "wie", "als"})
_DIGIT = re.compile(r"\d")
_MOST = 6
"""Words of the longest name of a person that is believed."""
_NOBLE = frozenset({"Lord", "Lady", "Baroness", "Baron", "Viscount", "Earl", "Princess", "Prince", "Queen", "King"})
_ARTICLES = frozenset({"The", "Le", "La", "Les", "El", "Los", "Las", "Der", "Die", "Das"})
_YOUNGER = frozenset({"Jr", "Sr"})
_OPENING, _CLOSING = frozenset('“„«"'), frozenset('”“»"')


def person(scene: Scene, first: int, end: int, found: list[Candidate]) -> None:
    """Puts the person that the words from `first` to before `end` name to `found`, if they name one, and the party in brackets
    behind; or a firm, told by whose head somebody is."""
    while end > first and scene.flags[end - 1] & (PARTICLE | OPENER) and not scene.capital[end - 1]:
        end -= 1
    size = end - first
    if size == 1:
        single(scene, first, found)
    elif 0 < size <= _MOST and not _is_odd(scene, first, end):
        _put(scene, first, end, _of_several(scene, first, end), found)


def single(scene: Scene, at: int, found: list[Candidate]) -> None:
    """The same for one word."""
    if not scene.flags[at] & NOT_ALONE and (scene.said[at] not in _ARTICLES or titled(scene, at)):
        _put(scene, at, at + 1, _of_one(scene, at), found)


def _is_odd(scene: Scene, first: int, end: int) -> bool:
    """Has it an article at its head, no whole word, or digits?"""
    said = scene.said[first:end]
    if (said[0] in _ARTICLES and not titled(scene, first)) or max(map(len, said)) < 3:
        return True
    return any(flag & NOT_ALONE for flag in scene.flags[first:end]) and any(map(_DIGIT.search, said))


def _put(scene: Scene, first: int, end: int, surety: Surety | None, found: list[Candidate]) -> None:
    if not surety:
        return
    start, stop = scene.starts[first], scene.ends[end - 1]
    if surety != "sure":
        if scene.flags[first - 1] & CONNECTOR and heads_firm(scene, first):
            found.append(Candidate(start, stop, "organisation"))
            return
        if (
            surety == "likely"
            and scene.gaps[first - 1] == " "
            and scene.said[first - 1] in WHERE.get(scene.language, ())
        ):
            surety = "perhaps"
    if scene.gaps[end - 1][:1] == ".":
        last = scene.said[end - 1]
        stop += (end - first > 1 and len(last) == 1) or last in _YOUNGER
    if (
        end - first == 1
        and scene.capital[first - 1]
        and scene.said[first - 1] in _NOBLE
        and scene.gaps[first - 1] == " "
    ):
        start = scene.starts[first - 1]
    role = role_of(scene, first, end) if surety != "perhaps" else ""
    found.append(Candidate(start, stop, "person", surety, role))
    if surety == "sure" and (party := party_behind(scene, end)):
        found.append(party)


def _of_several(scene: Scene, first: int, end: int) -> Surety | None:
    flags = scene.flags[first:end]
    caps = [flag for flag in flags if flag & CAPITAL]
    if scene.span(first, end).isupper() and scene.opens(first):
        return "perhaps"
    if flags[0] & GIVEN or scene.is_initial(first):
        common = flags[0] & COMMON and all(flag & (COMMON | NOT) and not flag & GIVEN for flag in caps[1:])
        return "perhaps" if common and not scene.opens(first) else "sure"
    if len(caps) < 3 and (flags[0] & COMMON or scene.stems[first] in scene.low) and scene.opens(first):
        return None
    named = titled(scene, first)
    if not named and any(flag & COMMON for flag in flags):
        return None
    if named or flags[-1] & SURNAME_END:
        return "sure"
    german = scene.language == "de"
    if german and articled(scene, first):
        return None
    follows = german and not scene.capital[first - 1] and scene.said[first - 1] in _BEFORE_PEOPLE
    if follows and not any(flag & NOUN_END for flag in caps):
        return "likely"
    if says(scene, first, end) or office_behind(scene, end) or AGE.match(scene.text, scene.ends[end - 1]):
        return "sure"
    if scene.gaps[first - 1][-1:] in _OPENING and scene.gaps[end - 1][:1] in _CLOSING:
        return "perhaps"  # a title
    return "likely" if len(caps) in (2, 3) and not german else "perhaps"


def _of_one(scene: Scene, at: int) -> Surety | None:
    flag, german = scene.flags[at], scene.language == "de"
    if scene.language == "en" and scene.said[at].endswith("ly") and scene.opens(at):
        return None
    if flag & (COMMON | OPENER | VERB | TYPE | HEAD) and not flag & GIVEN:
        return "perhaps" if not scene.opens(at) else None
    if (flag & FAMED and not flag & (COMMON | NOT)) or titled(scene, at):
        return "sure"
    if (german and articled(scene, at)) or scene.stems[at] in scene.low:
        return "perhaps"
    surname = flag & SURNAME_END
    if surname:
        return "likely" if says(scene, at, at + 1) or not scene.opens(at) else "perhaps"
    if flag & GIVEN and scene.gaps[at - 1] == ", " and not says(scene, at, at + 1) and not scene.opens(at):
        return "likely"
    return "perhaps"
