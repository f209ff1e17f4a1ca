"""How far a name goes on behind its head word, in each language: of Trade, des marchés financiers, иностранных дел. Pure.

Each function takes the word behind the head and the words that are taken, and says behind which word the name ends.
"""

import re

from dragoman.read.names.scene import JOINTS, Scene
from dragoman.read.names.words import (
    ANY_ROLE,
    BY_FORM,
    COMMON,
    CONNECTOR,
    GIVEN,
    HEAD,
    HONORIFIC,
    NOT,
    OPENER,
    PLACED,
    VERB,
)

GERMAN_ADJECTIVE = re.compile(r"(?:isch|lich|al|iv|ell|är|ut|er|bar|arbeitend|igt|ös)?e[nrsm]?$")
ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ей)$")
_GENITIVE = re.compile(
    r"(?:ого|его|ой|ей|ых|их|ым|им|ыми|ими|ий|ов|ев|ия|ии|ам|ям|ы|и|а|я|ю|ний|дел|сил|ств|ми|ель|ь|ость)$"
)
ROMANCE_ADJECTIVE = re.compile(
    r"(?:al|ale|aux|ique|ien|ienne|if|ive|aire|el|elle|ier|ière|iste|ais|ile|aise|ome|ois|oise|ime|in|ine|an|ane|ain|aine|ée|é"
    r"|ico|ica|ano|ana|ivo|iva|ario|aria|ional|ino|ina|ero|era|ente|ble|ido|ida|ado|ada|eno|ena|eño|eña|esa|uela)s?$"
)


_PURPOSE = frozenset({"pour", "sur", "en", "à", "au", "aux", "para", "por"})


def english(scene: Scene, end: int, taken: set[int]) -> int:
    """ "of Trade and Industry", "for Refugees": connectors with a capital behind them."""
    while end < scene.length and scene.gaps[end - 1] == " " and scene.said[end] in {"of", "for", "and", "on"}:
        following = end + 1
        if scene.said[end] == "on" and scene.flags[following] & NOT:
            return end
        if scene.said[end] == "and" and (scene.flags[end - 1] & PLACED or scene.flags[following] & OPENER):
            return end
        if scene.said[end] == "and" and (_another(scene, following) or _is_acronym(scene, following)):
            return end
        if scene.said[end] == "and" and scene.flags[following] & (GIVEN | HEAD | HONORIFIC):
            return end
        if following < scene.length and scene.gaps[end] == " " and scene.said[following] == "the":
            following += 1
        if not _goes_on(scene, following, taken):
            return end
        if scene.flags[following] & ANY_ROLE or (scene.said[end] == "and" and scene.flags[following] & PLACED):
            return end
        end = following + 1
        while (
            end < scene.length
            and scene.gaps[end - 1] in JOINTS
            and scene.capital[end]
            and end not in taken
            and not scene.flags[end] & ANY_ROLE
            and not scene.flags[end] & (GIVEN | HONORIFIC)
        ):
            end += 1
    return end


def _goes_on(scene: Scene, at: int, taken: set[int]) -> bool:
    """May the name go on there: a free word with a capital behind a space?"""
    return at not in taken and scene.capital[at] > 0 and scene.gaps[at - 1] == " "


def _is_acronym(scene: Scene, at: int) -> bool:
    return at < scene.length and scene.said[at].isupper() and len(scene.said[at]) > 1


def _another(scene: Scene, at: int) -> bool:
    """Does another body begin there: "the University of Otago and Kyoto University"?"""
    end = at
    while end < scene.length and scene.capital[end] and end - at < 5:
        if scene.flags[end] & HEAD and end > at:
            return True
        if scene.gaps[end] not in JOINTS:
            return False
        end += 1
    return False


def romance(scene: Scene, end: int, taken: set[int]) -> int:
    """ "centrale de Tunisie", "des marchés financiers", "Nacional de Investigaciones Científicas y Técnicas"."""
    last = end
    for _ in range(8):
        if end >= scene.length or end in taken or scene.gaps[end - 1] not in (" ", "-", "'", "’"):
            break
        flag, said = scene.flags[end], scene.said[end]
        if said == "a":
            break  # avoir, not à
        if flag & CONNECTOR and not scene.capital[end]:
            if said in ("y", "e", "et") and (
                scene.flags[end + 1] & (HEAD | CONNECTOR | GIVEN) or not scene.flags[end + 1] & ~BY_FORM
            ):
                break
            if said in _PURPOSE:
                ahead = next(
                    (at for at in range(end + 1, min(end + 3, scene.length)) if not scene.flags[at] & CONNECTOR), end
                )
                if not scene.capital[ahead]:
                    break
            end += 1
            continue
        glued = scene.flags[end - 1] & CONNECTOR and end > last
        behind_head = scene.capital[end] and scene.flags[end - 1] & HEAD
        role = scene.flags[end] & ANY_ROLE and not behind_head and not glued and not ROMANCE_ADJECTIVE.search(said)
        if role or (flag & (VERB | OPENER | HONORIFIC) and not (glued and flag & VERB)) or (flag & GIVEN and not glued):
            break
        if scene.capital[end]:
            end = last = end + 1
            if (
                scene.flags[end - 1] & PLACED
                and (not scene.flags[end] & PLACED)
                and not (end < scene.length and ROMANCE_ADJECTIVE.search(scene.said[end]) and scene.flags[end] & COMMON)
            ):
                break
            continue
        if scene.gaps[end - 1] == "-" and end > last - 1:
            end = last = end + 1  # belles-lettres
            continue
        if glued and (flag & COMMON or scene.gaps[end - 1] in ("'", "’", " ")):
            end = last = end + 1
            continue
        if (
            (scene.flags[end] & PLACED or ROMANCE_ADJECTIVE.search(said))
            and not flag & VERB
            and scene.gaps[end - 1] == " "
        ):
            end = last = end + 1
            continue
        break
    return last


def _german(scene: Scene, end: int, taken: set[int]) -> int:
    """ "des Kantons Zürich", "für Verfassungsschutz", "zu Kiel"."""
    purpose = False
    while end < scene.length and scene.gaps[end - 1] == " " and scene.flags[end] & CONNECTOR and not scene.capital[end]:
        joined = scene.said[end] == "und" and purpose
        if scene.said[end] not in {"des", "der", "für", "zu", "von"} and not joined:
            return end
        purpose = scene.said[end] == "für"
        following = end + 1
        while (
            following < scene.length
            and scene.gaps[following - 1] == " "
            and following - end < 3
            and not scene.capital[following]
        ):
            following += 1
        if not _goes_on(scene, following, taken):
            return end
        end = following + 1
        while (
            end < scene.length
            and scene.gaps[end - 1] in JOINTS
            and scene.capital[end]
            and end not in taken
            and (
                scene.flags[end] & PLACED
                or (GERMAN_ADJECTIVE.search(scene.said[end - 1]) and len(scene.said[end - 1]) > 4)
            )
        ):
            end += 1
    return end


def russian(scene: Scene, end: int, taken: set[int]) -> int:
    """ "иностранных дел Азербайджана", "по чрезвычайным ситуациям", "реконструкции и развития"."""
    last = end
    for _ in range(9):
        if end >= scene.length or end in taken or scene.gaps[end - 1] not in (" ", "-"):
            break
        flag, said = scene.flags[end], scene.said[end]
        if flag & CONNECTOR and said in {"по", "и"}:
            end += 1
            continue
        if scene.capital[end]:
            if flag & (GIVEN | HONORIFIC) or scene.flags[end] & ANY_ROLE or scene.said[end - 1] == "и" or len(said) < 3:
                break
            if said.isupper() and len(said) < 5:
                end = last = end + 1
                continue  # СО РАН
            adjective = ADJECTIVE.search(said) and not SOFT_ADJECTIVE.search(said)
            if not scene.flags[end] & PLACED and not adjective and not _OWNER.search(said):
                break
            end = last = end + 1
            if not adjective:
                if end < scene.length and scene.gaps[end - 1] == " " and scene.said[end] in _AREAS:
                    last = end + 1
                break
            continue
        if scene.said[end - 1] == "и" and said.endswith(("ым", "им", "ыми", "ими")):
            break
        if flag & (VERB | OPENER) or scene.flags[end] & ANY_ROLE or not _GENITIVE.search(said) or _VERBAL.search(said):
            break
        if said.endswith(("ы", "и", "а", "я")) and not flag & COMMON and len(said) < 4:
            break
        end = last = end + 1
    return last


SOFT_ADJECTIVE = re.compile(r"(?<![сц]к)(?<!н)(?<!в)(?:им|ым|ом|ем)$")
"""Endings that names have as well: Недим, Кадыром."""
_OWNER = re.compile(r"[аяыий]$")
_AREAS = frozenset({"области", "края", "района", "республики", "округа"})
_VERBAL = re.compile(r"(?:ал|ил|ел|ул|ыл|ала|ила|ела|али|или|ели|ало|ило|ает|ит|ут|ют|ят|ся|сь|ть|ны|на|но|ует)$")


PHRASES = {"en": english, "fr": romance, "es": romance, "de": _german, "ru": russian}


def phrase_end(scene: Scene, end: int, taken: set[int]) -> int:
    """Behind the words that go with a head; `end` where none do."""
    if scene.language != "en" and end < scene.length and scene.said[end] in ("of", "for"):
        return english(scene, end, taken)
    reach = PHRASES.get(scene.language)
    return reach(scene, end, taken) if reach else end
