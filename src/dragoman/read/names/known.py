"""Organisations that the lexicon knows, where the text writes them as names. Pure."""

from bisect import bisect_left

from dragoman.read.names.bodies import Bodies
from dragoman.read.names.headed import first_of, stands_alone
from dragoman.read.names.marked import authority_end
from dragoman.read.names.phrases import phrase_end
from dragoman.read.names.scene import JOINTS, Scene
from dragoman.read.names.words import (
    ANY_ROLE,
    COMMON,
    CONNECTOR,
    GIVEN,
    HEAD,
    HONORIFIC,
    NOT,
    OPENER,
    PLACED,
    ROLE,
    VERB,
    is_proper,
)

_KINDS = frozenset({"organisation", "agency"})


def known_bodies(bodies: Bodies) -> None:
    """What the lexicon knows, where it is written as a name."""
    scene = bodies.scene
    for term in scene.document.terms:
        if term.concept.kind not in _KINDS:
            continue
        first = bisect_left(scene.starts, term.start)
        if first >= scene.length or scene.starts[first] != term.start or first in bodies.taken:
            continue
        end = first
        while end < scene.length and scene.ends[end] <= term.end:
            end += 1
        if scene.gaps[end - 1] == "-" and end < scene.length and scene.capital[end]:
            continue
        while first < end - 1 and not scene.capital[first] and scene.flags[first] & (CONNECTOR | OPENER):
            first += 1
        if end - first == 1 and _ends_longer(scene, first):
            continue
        if _is_named(bodies, is_proper(term.concept), first, end):
            first, end = _widened(bodies, first, end)
            bodies.take(first, end, known=term.concept.id)


def _ends_longer(scene: Scene, at: int) -> bool:
    """Is the word the last of a longer name: "Trades Union Congress"?"""
    before = at - 1
    if scene.language not in ("en", "de") or not scene.flags[at] & HEAD or scene.gaps[before] != " ":
        return False
    plain = scene.flags[before] & PLACED or scene.opens(before) or scene.flags[before] & ANY_ROLE
    return scene.capital[before] > 0 and not plain


def _is_named(bodies: Bodies, proper: bool, first: int, end: int) -> bool:
    """Is it written as a name is? What English writes small, "central bank", is one only in capitals."""
    scene = bodies.scene
    if not any(scene.capital[at] for at in range(first, end)):
        return False
    if end - first == 1 and scene.flags[first] & NOT:
        return False
    if proper:
        return True
    if scene.language == "de":
        return end - first > 1 or stands_alone(bodies, first)
    return scene.capital[first] > 0 and (
        not scene.opens(first) or (all(scene.capital[at] for at in range(first, end)) and end - first > 1)
    )


def _widened(bodies: Bodies, first: int, end: int) -> tuple[int, int]:
    """With the country before or behind it that makes it whose it is, and the rest of its name."""
    scene = bodies.scene
    if scene.capital[first]:
        while (
            first > 0
            and scene.gaps[first - 1] in JOINTS
            and scene.capital[first - 1]
            and first - 1 not in bodies.taken
            and not scene.opens(first - 1)
            and not scene.flags[first - 1] & (ROLE | HONORIFIC | OPENER | VERB)
            and (scene.flags[first - 1] & PLACED or scene.flags[first - 1] & NOT)
            and (scene.flags[end - 1] & HEAD or scene.flags[first] & HEAD or scene.language == "de")
        ):
            first -= 1
    if scene.language == "az" and scene.flags[end - 1] & HEAD:
        first = min(first, first_of(bodies, end - 1))
    if scene.language == "ru" and end < scene.length and scene.gaps[end - 1] == " " and scene.said[end] == "по":
        return first, authority_end(bodies, end)
    if end - first == 1 and scene.language not in ("de", "az", "ru") and scene.capital[first]:
        end = _longer(bodies, end)
    return first, phrase_end(bodies.scene, end, bodies.taken) if any(
        scene.flags[at] & HEAD for at in range(first, end)
    ) else end


def _longer(bodies: Bodies, end: int) -> int:
    """Behind the capitals that make a longer name of a known word: Anadolu Tekstil."""
    scene = bodies.scene
    last = end
    while last < scene.length and scene.gaps[last - 1] == " " and scene.capital[last] and last not in bodies.taken:
        flag = scene.flags[last]
        if (
            flag & (VERB | NOT | GIVEN | HONORIFIC | OPENER | ROLE | COMMON)
            or scene.flags[last] & PLACED
            or scene.flags[last] & ANY_ROLE
        ):
            return end
        last += 1
    return last
