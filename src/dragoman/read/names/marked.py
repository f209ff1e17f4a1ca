"""Organisations in quotation marks, in capitals, and those named with a country. Pure."""

import re

from dragoman.read.names.bodies import Bodies
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.phrases import ROMANCE_ADJECTIVE, russian
from dragoman.read.names.scene import JOINTS
from dragoman.read.names.words import (
    ACRONYM,
    ANY_ROLE,
    BRAND,
    GIVEN,
    HEAD,
    HONORIFIC,
    NOT,
    OPENER,
    PLACED,
    SPOT,
    TAIL,
    TYPE,
    fold_word,
)

_ROMAN = re.compile(r"[IVXLCDM]+$")


def quoted_bodies(bodies: Bodies, *, forms_alone: bool = False) -> None:
    """Names in quotation marks beside a kind or legal form: компания «Каспий Логистик», "Kür Enerji" QSC."""
    scene = bodies.scene
    for at, end in scene.quoted:
        if at in bodies.taken:
            continue
        before_flag = scene.flags[at - 1] if scene.gaps[at - 1][:-1] == " " else 0
        behind_flag = scene.flags[end] if scene.gaps[end - 1][1:] == " " else 0
        open_at, close_at = scene.starts[at] - 1, scene.ends[end - 1] + 1
        if before_flag & TAIL and not before_flag & TYPE and scene.capital[at - 1]:
            bodies.take(at - 1, end, stop=close_at)
        elif behind_flag & TAIL and scene.capital[end]:
            bodies.take(at, end + 1, start=open_at)
        elif forms_alone:
            continue
        elif (
            _is_club(bodies, at, end, before_flag)
            or (before_flag & (TYPE | HEAD) and scene.language != "az")
            or (behind_flag & TYPE and scene.language == "az")
        ):
            bodies.take(at, end)


def bodies_of_countries(bodies: Bodies) -> None:
    """French and Spanish: "Environnement Canada", "Météo-France", "Santé publique France"."""
    scene = bodies.scene
    if scene.language not in ("fr", "es"):
        return
    for at in scene.placed:
        if at < 1 or at in bodies.taken or scene.gaps[at - 1] not in (" ", "-") or scene.flags[at - 1] & ANY_ROLE:
            continue
        first = at - 1
        if not scene.capital[first] and ROMANCE_ADJECTIVE.search(scene.said[first]) and scene.gaps[first - 1] == " ":
            first -= 1
        if not scene.capital[first] or first in bodies.taken or scene.flags[first] & PLACED:
            continue
        if scene.flags[first] & (GIVEN | NOT | OPENER | HONORIFIC | SPOT | HEAD):
            continue
        bodies.take(first, scene.placed[at])


def _is_club(bodies: Bodies, first: int, end: int, before: int) -> bool:
    """Where the item is about sport, Russian and Azerbaijani put clubs in quotation marks: «Спартак»."""
    scene = bodies.scene
    if scene.language not in ("ru", "az", "uk", "kk") or end - first > 2 or before & SPOT:
        return False
    return scene.is_sport and scene.capital[end - 1] > 0 and not scene.flags[first] & GIVEN


def acronyms(bodies: Bodies) -> None:
    """Acronyms, and what is told by its name alone."""
    scene = bodies.scene
    flags, gaps = scene.flags, scene.gaps
    for at in [at for at in scene.capitals if flags[at] & (ACRONYM | BRAND) or gaps[at - 1] == " ("]:
        if at in bodies.taken:
            if scene.gaps[at - 1] == " (" and (first := _written_out(bodies, at)):
                bodies.take(first - 1, at)
                bodies.found.append(
                    Candidate(scene.starts[at], scene.ends[at], "organisation", alias=scene.starts[first - 1])
                )
            continue
        flag, said = scene.flags[at], scene.said[at]
        if flag & BRAND:
            bodies.take(at, at + 1)
            continue
        if not flag & ACRONYM or scene.flags[at] & PLACED:
            continue
        if (flag & (NOT | OPENER | HONORIFIC) and said != "WHO") or _ROMAN.match(said):
            continue
        if _in_capitals(bodies, at) or (scene.gaps[at - 1] == "-" and scene.capital[at - 1]):
            continue
        if first := _written_out(bodies, at):
            bodies.take(first - 1, at)
            continue
        end = at + 1
        if scene.language == "de" and end in scene.placed and scene.gaps[at] == " ":
            end = scene.placed[end]  # ETH Zürich
        while end < scene.length and scene.gaps[end - 1] == "-" and scene.capital[end] and end not in bodies.taken:
            if scene.flags[end] & ANY_ROLE or scene.language == "de":
                break  # CDU-Politiker
            end += 1  # PIT-CNT
        while end - at > 1 and scene.gaps[end - 1] == " " and scene.capital[end] and end not in bodies.taken:
            end += 1  # UFC-Que Choisir
        if scene.language == "ru" and scene.gaps[at] == " " and end < scene.length and scene.said[end] == "по":
            end = authority_end(bodies, end)
        if (
            (
                scene.language in ("fr", "es")
                and scene.gaps[at] == " "
                and at + 2 < scene.length
                and scene.said[at + 1] in ("de", "du", "del")
            )
            and scene.gaps[at + 1] == " "
            and scene.capital[at + 2]
            and not scene.flags[at + 2] & GIVEN
        ):
            end = at + 3
        bodies.take(at, end)


def _written_out(bodies: Bodies, at: int) -> int:
    """One more than the first of the capitals that an acronym in brackets stands for: "Weltgesundheitsorganisation (WHO)";
    0 where none do."""
    scene = bodies.scene
    if scene.gaps[at - 1] != " (" or scene.gaps[at][:1] != ")":
        return 0
    first = at - 1
    while first > 0 and scene.gaps[first - 1] in JOINTS and scene.capital[first - 1] and first - 1 not in bodies.taken:
        if scene.flags[first - 1] & ANY_ROLE or (scene.flags[first - 1] & OPENER and scene.opens(first - 1)):
            break
        first -= 1
    wrong = (
        not scene.capital[at - 1]
        or at - 1 in bodies.taken
        or scene.flags[at - 1] & PLACED
        or scene.flags[at - 1] & ANY_ROLE
    )
    if wrong or scene.flags[at - 1] & GIVEN or (at - first == 1 and len(scene.said[first]) < 8):
        return 0
    return first + 1 if fold_word(scene.said[first])[0] == fold_word(scene.said[at])[0] or at - first > 2 else 0


def authority_end(bodies: Bodies, end: int) -> int:
    """Behind "по Саратовской области", as in МЧС по Саратовской области."""
    behind = russian(bodies.scene, end, bodies.taken)
    return behind if behind > end + 1 and bodies.scene.capital[end + 1] else end


def _in_capitals(bodies: Bodies, at: int) -> bool:
    """Does it stand among capitals, as in a heading?"""
    scene = bodies.scene
    around = [
        each
        for each in (at - 1, at + 1)
        if 0 <= each < scene.length and not {"\n", "-"} & set(scene.gaps[min(each, at)])
    ]
    return any(scene.said[each].isupper() and len(scene.said[each]) > 1 for each in around) or (
        scene.gaps[at][:1] == "," and scene.opens(at)
    )
