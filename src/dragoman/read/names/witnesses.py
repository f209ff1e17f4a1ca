"""What speaks for a name of a person: an office before or behind it, a verb of saying, an age. Pure."""

import re

from dragoman.read.names.candidates import Candidate
from dragoman.read.names.scene import Scene
from dragoman.read.names.words import (
    ANY_ROLE,
    CAPITAL,
    COMMON,
    CONNECTOR,
    CORPORATE,
    GIVEN,
    HEAD,
    HONORIFIC,
    MODIFIER,
    NOT,
    OPENER,
    PARTICLE,
    PLACED,
    ROLE,
    TYPE,
    VERB,
)

JOINS = frozenset({" ", "-", "\u00a0", "‑", " \u00a0"})
APOSTROPHES = frozenset({"'", "’", "ʼ", "`"})
_BEHIND_TITLES = JOINS | {". ", ".\u00a0"}
AGE = re.compile(r", (?:aged )?\d\d?(?=[ ,.)]|$)| \(\d\d\)|, \d\d ans|, de \d\d años|, \d\d let")
WHERE = {
    "en": frozenset({"in", "at", "near", "into", "across", "outside"}),
    "fr": frozenset({"à", "en", "chez"}),
    "de": frozenset({"in", "nach", "aus", "bei"}),
    "es": frozenset({"en"}),
    "ru": frozenset({"в", "во", "на", "под", "из", "возле", "близ"}),
}
"""Before a place: what stands behind them, and has no other witness, is no person."""
_REACH = 9
"""Words an office may be long: the minister of labour and social protection of the population of Azerbaijan."""
_IN_OFFICES = MODIFIER | COMMON | HEAD | CONNECTOR | PARTICLE | TYPE | HONORIFIC | PLACED | CAPITAL
"""What stands between an office and the name."""
_GENITIVE = re.compile(r"(?:ого|его|ой|ей|ых|их|ий|ов|ев|ия|ии|ам|ям|ы|и|а|я|ства)$")


def articled(scene: Scene, at: int) -> bool:
    """Does an article or an adjective stand before it, as before nouns?"""
    if scene.gaps[at - 1] != " ":
        return False
    before = scene.flags[at - 1]
    return bool(before & OPENER) or (not scene.capital[at - 1] and scene.said[at - 1][-2:] in {"en", "er", "es", "em"})


def titled(scene: Scene, at: int) -> bool:
    """Does a title or office stand right before the word?"""
    gap = scene.gaps[at - 1]
    if gap not in _BEHIND_TITLES:
        return False
    before = scene.flags[at - 1]
    if before & HONORIFIC or (before & ANY_ROLE and gap != "-"):
        return True
    return scene.language != "de" and role_before(scene, at) is not None


def role_before(scene: Scene, first: int) -> int | None:
    """Where the office before the name begins, or None."""
    if first not in scene.offices:
        scene.offices[first] = _office_before(scene, first)
    return scene.offices[first]


def _office_before(scene: Scene, first: int) -> int | None:
    found = None
    before = scene.flags[first - 1]
    if before & CONNECTOR and not before & CAPITAL and scene.gaps[first - 1] != ", ":
        return None
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        gap = scene.gaps[at]
        if gap not in JOINS and gap not in APOSTROPHES and not (at == first - 1 and gap in (". ", ", ")):
            break
        flag = scene.flags[at]
        if flag & VERB:
            break
        if flag & ANY_ROLE:
            found = at
        elif flag & _IN_OFFICES:
            if found is not None and flag & OPENER and not flag & (CONNECTOR | PARTICLE):
                break
        elif found is not None or not _is_genitive(scene, at):
            break
    return found


def _is_genitive(scene: Scene, at: int) -> bool:
    return scene.language in ("ru", "uk", "be") and _GENITIVE.search(scene.said[at]) is not None


def role_of(scene: Scene, first: int, end: int) -> str:
    """The words beside the name that say who it is."""
    start = role_before(scene, first)
    if start is not None:
        while start > 0 and scene.gaps[start - 1] in (" ", "-") and scene.flags[start - 1] & MODIFIER:
            start -= 1
        role = scene.text[scene.starts[start] : scene.ends[first - 1]]
        return role
    if office_behind(scene, end):
        behind = scene.text[scene.ends[end - 1] + 2 : scene.ends[end - 1] + 120]
        return re.split(r"[,.;:()\n—–]", behind, maxsplit=1)[0].strip()
    return ""


def office_behind(scene: Scene, end: int) -> bool:
    """Is the name followed by a comma and an office?"""
    if scene.gaps[end - 1] != ", ":
        return False
    for at in range(end, min(end + 5, scene.length)):
        if scene.flags[at] & ANY_ROLE:
            return True
        if scene.gaps[at] not in (" ", "-", "'", "’"):
            return False
    return False


def says(scene: Scene, first: int, end: int) -> bool:
    """Does a verb of saying stand beside the name?"""
    flags, gaps = scene.flags, scene.gaps
    if flags[end] & VERB and gaps[end - 1] in (" ", ", ", " — "):
        return True
    if flags[first - 1] & (VERB | CAPITAL) == VERB and gaps[first - 1] == " ":
        return True
    return bool(flags[end + 1] & VERB) and gaps[end - 1] == gaps[end] == " "


def heads_firm(scene: Scene, first: int) -> bool:
    """Is it whose head somebody is: «l'ancien PDG de Novalys», "the CEO of Novalys"?"""
    at = first - 1
    if scene.flags[at] & (CONNECTOR | CAPITAL) != CONNECTOR or scene.gaps[at] not in (" ", "'", "’"):
        return False
    if scene.flags[first] & (COMMON | NOT | GIVEN) or scene.stems[first] in scene.low:
        return False
    while (
        at > 0
        and scene.flags[at] & (CONNECTOR | MODIFIER)
        and not scene.flags[at] & CORPORATE
        and scene.gaps[at - 1] == " "
    ):
        at -= 1
    return bool(scene.flags[at] & CORPORATE)


def party_behind(scene: Scene, end: int) -> Candidate | None:
    """The party or team in brackets behind a person: "Landrat Karsten Oelßner (CDU)"."""
    if scene.gaps[end - 1] != " (" or end >= scene.length or not scene.capital[end]:
        return None
    last = end
    while last < scene.length - 1 and last - end < 4 and scene.gaps[last] in JOINS:
        if not scene.capital[last + 1] and not scene.flags[last + 1] & (PARTICLE | CONNECTOR):
            break
        last += 1
    if scene.gaps[last][:1] != ")" or scene.flags[end] & (GIVEN | ROLE | NOT | OPENER) or scene.flags[end] & PLACED:
        return None
    text = scene.text[scene.starts[end] : scene.ends[last]]
    if text.isdigit() or len(text) < 3 or scene.language in ("zh", "ar") or scene.stems[end] in scene.low:
        return None
    return Candidate(scene.starts[end], scene.ends[last], "organisation")
