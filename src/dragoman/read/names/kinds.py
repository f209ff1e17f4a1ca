"""Organisations by what stands beside their name: a kind ("the Unite union"), a legal form, "&". Pure."""

import re

from dragoman.read.names.bodies import Bodies
from dragoman.read.names.phrases import (
    ADJECTIVE,
    GERMAN_ADJECTIVE,
    PHRASES,
    ROMANCE_ADJECTIVE,
    SOFT_ADJECTIVE,
    romance,
)
from dragoman.read.names.scene import JOINTS, Scene
from dragoman.read.names.words import (
    ANY_ROLE,
    COMMON,
    CONNECTOR,
    GIVEN,
    HONORIFIC,
    LOW_HEAD,
    MODIFIER,
    NOT,
    OPENER,
    PARTICLE,
    PLACED,
    ROLE,
    TAIL,
    TYPE,
    VERB,
)

_FORMS = frozenset({"GmbH", "AG", "KG", "SE", "Inc", "Ltd", "LLC", "Corp", "Co", "SA"})
_OF = frozenset({"do", "da", "dos", "di", "del", "della"})
_AZ_OWNED = re.compile(r"(?:s[ıiuü]|y[ıiuü]|t[ıiuü])(?:n[ıiuüəad].*)?$")
"""Bodies are named with the possessive: Azərbaycanın səfirliyi, Bakı məhkəməsi."""


def kind_before(bodies: Bodies, at: int) -> bool:
    """German: die Gewerkschaft Verdi."""
    scene = bodies.scene
    following = at + 1
    return (
        scene.gaps[at] == " "
        and following < scene.length
        and scene.capital[following] > 0
        and following not in bodies.taken
        and named_after(bodies, following)
    )


def joint(bodies: Bodies, at: int) -> None:
    """ "Kestrel & Moore"."""
    scene = bodies.scene
    first, end = at, at + 1
    while (
        first > 0
        and scene.gaps[first - 1] == " "
        and scene.capital[first - 1]
        and not scene.flags[first - 1] & (OPENER | ROLE)
    ):
        first -= 1
    while end < scene.length and scene.capital[end] and scene.gaps[end - 1] in (" ", " & "):
        end += 1
    if end - at > 1 and not bodies.taken & set(range(first, end)):
        bodies.take(first, end)


def tailed(bodies: Bodies, at: int) -> None:
    """Names with a legal form or the like at their end."""
    scene = bodies.scene
    first = at
    while (
        first > 0
        and (
            scene.gaps[first - 1] in JOINTS
            or (scene.gaps[first - 1] == ", " and scene.said[at] in _FORMS and first == at)
        )
        and scene.capital[first - 1]
        and first - 1 not in bodies.taken
        and not scene.flags[first - 1] & (HONORIFIC | VERB)
        and not scene.flags[first - 1] & ANY_ROLE
        and not (scene.flags[first - 1] & OPENER and (scene.opens(first - 1) or scene.language == "de"))
        and not _is_german_kind(scene, first - 1)
    ):
        first -= 1
    if (
        first < at
        and first > 1
        and scene.flags[first - 1] & PARTICLE
        and not scene.capital[first - 1]
        and (
            scene.capital[first - 2]
            and scene.gaps[first - 1] == scene.gaps[first - 2] == " "
            and scene.said[first - 1] in _OF
        )
    ):
        first -= 2
    end = at + 1
    if first == at and scene.language not in ("az", "tr"):
        while end < scene.length and scene.gaps[end - 1] in JOINTS and scene.capital[end] and end not in bodies.taken:
            noun = scene.language == "de" and scene.flags[end] & COMMON and scene.gaps[end - 1] == " "
            if scene.flags[end] & ANY_ROLE or scene.flags[end] & VERB or noun:
                break
            end += 1
    while end < scene.length and scene.gaps[end - 1] in (" ", " & ") and scene.capital[end]:
        if (not scene.flags[end] & TAIL and scene.gaps[end - 1] != " & ") or end in bodies.taken:
            break
        end += 1
    if scene.gaps[end - 1] == "/" and end < scene.length and scene.capital[end]:
        end += 1
    if end - first > 1 and not all(flag & PLACED for flag in scene.flags[first:end]):
        stop = scene.ends[end - 1]
        if scene.said[end - 1] in {"Inc", "Corp", "Co", "Ltd", "Ltda", "Cía"} and scene.text[stop : stop + 1] == ".":
            stop += 1
        bodies.take(first, end, stop=stop)


def _is_german_kind(scene: Scene, at: int) -> bool:
    """Is it the noun before a name, "das Unternehmen Brauwerk AG", and no part of one, "der Mulde Chemie AG"?"""
    flag = scene.flags[at]
    if scene.language != "de" or at < 0 or scene.gaps[at] != " ":
        return False
    return bool(flag & TYPE) or bool(flag & COMMON and (at == 0 or not scene.capital[at - 1]))


def low_headed(bodies: Bodies, at: int) -> None:
    """A head or kind written small, with the name that follows: tribunal correctionnel de Nanterre, la société Ardoise
    Invest; in English the kind stands behind: the Unite union."""
    scene = bodies.scene
    flag = scene.flags[at]
    following = at + 1
    if (
        scene.gaps[at] == " "
        and following < scene.length
        and scene.capital[following]
        and following not in bodies.taken
    ):
        if flag & TYPE and scene.language != "az" and named_after(bodies, following):
            return
    elif flag & TYPE and scene.language in ("fr", "es") and scene.gaps[at] == scene.gaps[following] == " ":
        # la société luxembourgeoise Ardoise Invest
        adjective = scene.flags[following] & PLACED or ROMANCE_ADJECTIVE.search(scene.said[following])
        after = following + 1
        free = after < scene.length and scene.capital[after] and after not in bodies.taken
        if adjective and free and named_after(bodies, after):
            return
    if flag & TYPE and scene.language in ("en", "az") and scene.gaps[at - 1] == " ":
        named_before(bodies, at)
    if (
        flag & LOW_HEAD
        and scene.language == "az"
        and _AZ_OWNED.search(scene.said[at])
        and at not in bodies.taken
        and scene.gaps[at - 1] == " "
    ):
        first = at
        while (
            first > 0
            and scene.capital[first - 1]
            and scene.gaps[first - 1] == " "
            and first - 1 not in bodies.taken
            and not scene.flags[first - 1] & GIVEN
        ):
            first -= 1
        if first < at - 1 and scene.opens(first) and not scene.flags[first] & PLACED:
            first += 1
        if first < at and not (at - first == 1 and scene.opens(first)):
            bodies.take(first, at + 1)
    if scene.language == "ru" and _adjective_before(bodies, at):
        return
    if flag & LOW_HEAD and scene.language in PHRASES and at not in bodies.taken and scene.is_head(at):
        end = PHRASES[scene.language](scene, at + 1, bodies.taken)
        if any(scene.capital[each] for each in range(at + 1, end)):
            bodies.take(at, end)


def named_after(bodies: Bodies, first: int) -> bool:
    scene = bodies.scene
    end = first
    if scene.said[first] in _FORMS:
        return False
    if scene.said[first] in ("L", "D") and scene.gaps[first] in ("'", "’"):
        end += 1  # L'Écho du Rhône
    while (
        end < scene.length
        and scene.capital[end]
        and end not in bodies.taken
        and (end == first or scene.gaps[end - 1] in JOINTS)
    ):
        if (
            end > first
            and scene.gaps[end - 1] == " "
            and scene.language == "de"
            and scene.flags[end] & COMMON
            and not GERMAN_ADJECTIVE.search(scene.said[first])
        ):
            break
        if scene.flags[end] & ANY_ROLE or (
            end == first and (scene.flags[end] & (HONORIFIC | NOT) or scene.flags[end] & PLACED)
        ):
            break
        end += 1
    if end == first or scene.flags[first] & GIVEN:
        return False
    if scene.language in ("fr", "es") and scene.gaps[end - 1] == " " and scene.flags[end] & CONNECTOR:
        longer = romance(scene, end, bodies.taken)
        end = longer if scene.capital[longer - 1] and longer - end < 4 else end
    bodies.take(first, end)
    return True


def named_before(bodies: Bodies, at: int) -> None:
    scene = bodies.scene
    first = at
    while first > 0 and scene.capital[first - 1] and first - 1 not in bodies.taken and scene.gaps[first - 1] in JOINTS:
        first -= 1
    while first < at and (scene.flags[first] & (OPENER | ROLE | NOT) or scene.flags[first] & PLACED):
        first += 1
    if first < at and not scene.flags[first] & GIVEN:
        bodies.take(first, at)


def _adjective_before(bodies: Bodies, head: int) -> bool:
    """Европейский банк реконструкции и развития, Русский музей: a capital adjective before a small head."""
    scene = bodies.scene
    first = head - 1
    for _ in range(3):
        if first < 0 or scene.gaps[first] != " " or first in bodies.taken:
            return False
        said = scene.said[first]
        if not ADJECTIVE.search(said) or SOFT_ADJECTIVE.search(said):
            return False
        if scene.capital[first]:
            before = first - 1
            if (
                before >= 0
                and scene.capital[before]
                and scene.gaps[before] == " "
                and ADJECTIVE.search(scene.said[before])
            ):
                first = before  # Государственный Русский музей
            break
        first -= 1
    else:
        return False
    if scene.opens(first) and scene.flags[first] & (OPENER | MODIFIER):
        return False
    bodies.take(first, PHRASES["ru"](scene, head + 1, bodies.taken))
    return True
