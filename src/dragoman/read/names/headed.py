"""Organisations by their head word: Ministry of Trade, Harvard University, tribunal correctionnel de Nanterre. Pure."""

import re

from dragoman.read.names import german
from dragoman.read.names.bodies import Bodies, is_legal_form
from dragoman.read.names.kinds import joint, kind_before, low_headed, named_after, tailed
from dragoman.read.names.phrases import GERMAN_ADJECTIVE, phrase_end
from dragoman.read.names.scene import JOINTS, QUOTES
from dragoman.read.names.words import (
    ANY_ROLE,
    COMMON,
    CONNECTOR,
    GIVEN,
    HEAD,
    HEAD_END,
    HONORIFIC,
    KIND_END,
    LOW_HEAD,
    MODIFIER,
    NOT_ALONE,
    OPENER,
    PLACED,
    ROLE,
    SPOT,
    TAIL,
    TYPE,
    VERB,
    forms,
)
from dragoman.text.fold import fold

_ARTICLES = frozenset({"The", "Der", "Die", "Das", "Dem", "Den", "Des", "Le", "La", "Les", "El", "Los", "Las"})
_PAPER = re.compile(r"(?:blatt|zeitung|anzeiger|kurier|rundschau|nachrichten|bote|presse)n?$")
_COURT = frozenset({"суд", "суда", "суду", "судом", "суде"})
_HEADS = HEAD | TYPE | LOW_HEAD | HEAD_END | KIND_END
_GERMAN_NOUN_END = re.compile(r"(?:ung|heit|keit|schaft|tion|ismus|nis|tum)$")
_ALONE = frozenset({"Congreso", "Senado", "Sénat", "Congress", "Senate", "Bundesrat", "Bundestag"})


def headed_bodies(bodies: Bodies) -> None:
    """Names with a head word: Ministry of Trade, Harvard University, tribunal correctionnel de Nanterre."""
    scene = bodies.scene
    for at in [at for at, flag in enumerate(scene.flags) if flag & _HEADS]:
        if at in bodies.taken:
            continue
        flag = scene.flags[at]
        if scene.capital[at]:
            _capital(bodies, at, flag)
        elif flag & (LOW_HEAD | TYPE | HEAD) and (not flag & ROLE or scene.said[at] in _COURT):
            low_headed(bodies, at)
    joints = " & " in scene.text
    for at in scene.capitals if joints else [at for at in scene.capitals if scene.flags[at] & (TAIL | NOT_ALONE)]:
        if at in bodies.taken:
            continue
        if scene.flags[at] & TAIL or (scene.said[at] in ("S", "A") and is_legal_form(scene, at)):
            tailed(bodies, at)
        elif joints and scene.gaps[at] == " & ":
            joint(bodies, at)


def _capital(bodies: Bodies, at: int, flag: int) -> None:
    """A word with a capital that may be a head, or in German the kind before a name: die Gewerkschaft Verdi."""
    scene = bodies.scene
    following = at + 1
    named = following < scene.length and scene.capital[following] and following not in bodies.taken
    if flag & TYPE and scene.said[at].isupper() and scene.gaps[at] == " " and named and named_after(bodies, following):
        return
    if scene.language == "de":
        if flag & (TYPE | KIND_END) and kind_before(bodies, at):
            return
        if (flag & HEAD and scene.is_head(at)) or flag & HEAD_END:
            _head(bodies, at)
    elif flag & HEAD and scene.is_head(at) and not (flag & ROLE and scene.said[at].lower().endswith(("er", "or"))):
        _head(bodies, at)


def _head(bodies: Bodies, at: int) -> None:
    scene = bodies.scene
    first = first_of(bodies, at)
    end = at + 1
    while (
        end < scene.length
        and scene.gaps[end - 1] in JOINTS
        and scene.capital[end]
        and end not in bodies.taken
        and not scene.flags[end] & ANY_ROLE
        and not scene.flags[end] & (HONORIFIC | VERB)
        and (not scene.flags[end] & GIVEN or (end == at + 1 and scene.language in ("fr", "es")))
        and not (scene.language == "de" and scene.flags[end - 1] & PLACED and scene.gaps[end - 1] != "-")
    ):
        end += 1
    if scene.language == "az" and (quoted := _quote_before(bodies, first)):
        bodies.take(quoted, end, start=scene.starts[quoted] - 1)
        return
    end = phrase_end(bodies.scene, end, bodies.taken)
    if scene.gaps[end - 1] == " «" and scene.language == "ru":
        close = _quote_end(bodies, end)
        if close:
            bodies.take(first, close, stop=scene.ends[close - 1] + 1)
            return
    if scene.gaps[end - 1] == " " and scene.flags[end] & SPOT and scene.capital[end]:
        return
    paper = _PAPER.search(fold(scene.said[end - 1]))
    if (
        not paper
        and scene.gaps[first - 1][-1:] in ("“", "„", "«", '"')
        and scene.gaps[end - 1][:1]
        in (
            "”",
            "“",
            "»",
            '"',
            ",",
            ".",
        )
    ):
        return  # a title in quotation marks
    size = end - first
    end = _to_acronym(bodies, at, end)
    if scene.said[end - 1] == "House":
        return
    generic = size == 1 or (size == 2 and scene.flags[first] & OPENER)
    if scene.language == "de" and not _is_german_name(bodies, first, at, end):
        return
    if generic and not stands_alone(bodies, at):
        return
    single = size > 1 and scene.opens(first) and not any(scene.capital[first + 1 : end])
    if (
        single
        and scene.language in ("en", "fr", "es")
        and first == at
        and not any(flag & PLACED for flag in scene.flags[first:end])
    ):
        return
    bodies.take(first, end)


def first_of(bodies: Bodies, at: int) -> int:
    """Where the name with its head at `at` begins: capitals before it."""
    scene = bodies.scene
    first = at
    while first > 0 and scene.gaps[first - 1] in JOINTS and first - 1 not in bodies.taken:
        before = first - 1
        flag = scene.flags[before]
        if scene.language == "az" and flag & HEAD and scene.said[before].endswith(("ə", "i", "ı", "u", "ü")):
            break
        owner = scene.language == "az" and scene.said[before].endswith(("in", "ın", "un", "ün"))
        if owner and (flag & HEAD or scene.flags[before] & PLACED):
            break  # whose it is: another body, or a country
        department = scene.language in ("en", "az") and flag & MODIFIER and before == at - 1
        if flag & GIVEN and at - before > 1 and scene.flags[before - 1] & ANY_ROLE and scene.gaps[before - 1] == " ":
            return before + 2  # the person before it
        many = scene.language == "en" and scene.said[before].endswith("s") and not flag & GIVEN
        adjective = (
            scene.language == "de" and GERMAN_ADJECTIVE.search(scene.said[before]) and not _is_form(bodies, before)
        )
        allowed = department or many or adjective or not scene.flags[before] & ANY_ROLE
        if scene.capital[before] and not flag & (HONORIFIC | VERB) and allowed:
            if flag & OPENER and (scene.opens(before) or scene.said[before] in _ARTICLES):
                break
            first = before
        elif (scene.language == "az" and flag & CONNECTOR and before > 0 and scene.capital[before - 1]) or (
            scene.language == "en"
            and flag & CONNECTOR
            and scene.flags[before - 1] & (HEAD | COMMON)
            and scene.capital[before - 1]
            and before - 1 not in bodies.taken
            and scene.said[before] in {"of", "for", "and"}
        ):
            first = before
        else:
            break
    while first < at and not scene.capital[first]:
        first += 1
    return first


def _quote_before(bodies: Bodies, at: int) -> int:
    """The first word of what stands in quotation marks right before the word, as in "Şəffaf Bazar" Mərkəzi; or 0."""
    scene = bodies.scene
    gap = scene.gaps[at - 1]
    if gap not in ('" ', "” ", "» "):
        return 0
    for first in range(at - 1, max(0, at - 7), -1):
        opened = scene.gaps[first - 1][-1:]
        if opened in QUOTES and gap[0] in QUOTES[opened]:
            return first if first not in bodies.taken else 0
        if scene.gaps[first - 1] not in JOINTS:
            return 0
    return 0


def _quote_end(bodies: Bodies, at: int) -> int:
    """Behind the last word of what is in quotation marks from the word on; 0 where they do not close soon."""
    scene = bodies.scene
    end = at + 1
    while end < scene.length and end - at < 6 and scene.gaps[end - 1] in JOINTS:
        end += 1
    return end if scene.capital[at] and scene.gaps[end - 1][:1] == "»" else 0


def _to_acronym(bodies: Bodies, head: int, end: int) -> int:
    """Behind the words up to an acronym in brackets that begins as the head does: «Office … de la corruption (OCRC)»."""
    scene = bodies.scene
    for at in range(end, min(end + 9, scene.length)):
        gap = scene.gaps[at - 1]
        if gap == " (":
            said = scene.said[at]
            if (
                said.isupper()
                and len(said) > 2
                and fold(said[0]) == fold(scene.said[head][0])
                and scene.gaps[at][:1] == ")"
            ):
                return at
            return end
        if gap not in JOINTS and gap not in ("'", "’") and not (gap == ", " and scene.capital[at]):
            return end
        if scene.flags[at] & VERB:
            return end
    return end


def _is_german_name(bodies: Bodies, first: int, head: int, end: int) -> bool:
    """German writes every noun with a capital: a name has a place, an adjective with a capital or a word of its own."""
    scene = bodies.scene
    if end - first == 1:
        return True
    if scene.opens(first) and scene.flags[first] & (OPENER | MODIFIER):
        return False
    if scene.said[head].startswith(("Landes", "Bundes")):
        return True
    if end - head > 3 or any(scene.said[at] == "für" for at in range(first, end)):
        return True
    own = [at for at in range(first, end) if at != head and scene.capital[at]]
    return any(
        scene.flags[at] & PLACED
        or (at < head and GERMAN_ADJECTIVE.search(scene.said[at]) and not scene.opens(at))
        or (not scene.flags[at] & COMMON and not _GERMAN_NOUN_END.search(scene.said[at]))
        for at in own
    )


def stands_alone(bodies: Bodies, at: int) -> bool:
    """May the word be a name by itself? Compounds may: Wirtschaftsforschungsinstitut, Минобороны."""
    scene = bodies.scene
    said = scene.said[at]
    if said in _ALONE:
        return not scene.opens(at)
    if scene.language == "de":
        return (
            german.stands_alone(said)
            and not scene.flags[at] & TYPE
            and scene.gaps[at - 1] == " "
            and bool(scene.flags[at - 1] & OPENER)
        )
    return (
        scene.language == "ru"
        and len(said) > 5
        and said.lower().startswith(("мин", "гос", "евро", "мид", "мвд", "ген"))
    )


def _is_form(bodies: Bodies, at: int) -> bool:
    return fold(bodies.scene.said[at]) in forms("de", ROLE)
