"""Organisations in Arabic: a head word and the words of its attribute, which mostly begin with the article. Pure."""

from dragoman.read.names.arabic_words import (
    BODIES,
    COMMON_SHAPE,
    GLUED,
    OPENING,
    PLACE,
    PREFIXES,
    ArabicScene,
    candidate,
)
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.words import COMMON, GIVEN, HEAD, HONORIFIC, PARTICLE, ROLE, STOP, VERB, fold_word, is_proper
from dragoman.text.fold import fold

_ATTRIBUTE = frozenset(
    fold(word)
    for word in [
        "العليا",
        "الأعلى",
        "المتحدة",
        "المتحد",
        "الموحد",
        "الموحدة",
        "العام",
        "العامة",
        "المشترك",
        "المشتركة",
        "الدائم",
        "الدائمة",
        "الخاصة",
    ]
)
_GENERIC = frozenset(
    fold(one)
    for one in [
        "مجلس الوزراء",
        "مجلس الإدارة",
        "هيئة المحكمة",
        "إدارة النادي",
        "محكمة الجنايات",
        "مجلس النواب السابق",
        "مقر الشركة",
        "موقع الحادث",
    ]
)
"""Bodies that are only meant and not named."""


def known_bodies(scene: ArabicScene) -> list[Candidate]:
    """What the lexicon knows by name, with the attribute that says whose it is."""
    found = []
    for term in scene.terms:
        if term.concept.kind not in BODIES:
            continue
        first = scene.at.get(term.start, -1)
        if first < 0 or first in scene.taken:
            continue
        end = first
        while end < scene.length and scene.words[end].end <= term.end:
            end += 1
        proper = is_proper(term.concept)
        if not proper and (end - first < 2 or not scene.flags[first] & HEAD):
            continue
        if first and scene.flags[first - 1] & HEAD and scene.gap(first - 1) == " " and first - 1 not in scene.taken:
            first -= 1
        if scene.flags[first] & HEAD:
            longer, edge = _body_end(scene, first, known=True)
            end, _stop = (longer, edge) if longer > end else (end, -1)
        end = _attributed(scene, end)
        found.append(candidate(scene, first, end, "organisation", known=term.concept.id))
        scene.taken.update(range(first, end))
    return found


def _attributed(scene: ArabicScene, end: int) -> int:
    """Behind the adjectives of country that follow."""
    while (
        end < scene.length
        and scene.gap(end - 1) == " "
        and scene.flags[end] & PLACE
        and scene.has_article(end)
        and end not in scene.taken
    ):
        end += 1
    return end


def headed_bodies(scene: ArabicScene) -> list[Candidate]:
    found = []
    for at in range(scene.length):
        if at in scene.taken or not scene.flags[at] & HEAD or scene.cut[at] > 1:
            continue
        end, stop = _body_end(scene, at)
        if end - at < 2 or fold(scene.text[scene.start(at) : stop]) in _GENERIC:
            continue
        found.append(candidate(scene, at, end, "organisation", stop=stop))
        scene.taken.update(range(at, end))
    return found


def _body_end(scene: ArabicScene, head: int, *, known: bool = False) -> tuple[int, int]:
    """Behind the last word of the body with its head at `head`, and where its text ends."""
    end = head + 1
    gap = scene.gap(head)
    if gap[:1] == " " and gap[1:] in OPENING:
        while end < scene.length and end - head < 8 and scene.gap(end - 1) == (gap if end == head + 1 else " "):
            end += 1
        if scene.gap(end - 1)[:1] == OPENING[gap[1:]]:
            if scene.gap(end - 1)[1:] == " " and end < scene.length and scene.said(end) in ("القابضة", "المحدودة"):
                return end + 1, scene.words[end].end
            return end, scene.words[end - 1].end + 1
        return head + 1, scene.words[head].end
    definite = scene.has_article(head)
    if definite and not _is_attribute(scene, head + 1):
        return head + 1, scene.words[head].end
    plain = 0
    while end < scene.length and scene.gap(end - 1) == " " and end not in scene.taken and end - head < 8:
        flag, said = scene.flags[end], scene.said(end)
        if flag & STOP:
            # «للوقاية من حوادث السير»
            if said == "من" and scene.said(end - 1).startswith("لل") and scene.gap(end) == " ":
                end += 2
                continue
            break
        if fold(said) in GLUED and flag & PARTICLE and scene.gap(end) == " ":
            end += 2
            continue
        if flag & (VERB | ROLE | HONORIFIC) and not (said.startswith("ال") and end == head + 1):
            break
        if flag & PLACE:
            end += 1
            if not (end < scene.length and scene.said(end).startswith("ل") and scene.gap(end - 1) == " "):
                end = _attributed(scene, end)
                break
            continue
        if said.startswith(("ال", "لل")):
            end += 1
            continue
        if said.startswith("وال") and end > head + 1:
            end += 1
            continue
        if said.startswith("ل") and (definite or known) and end > head + 1 and len(said) > 3:
            end += 1
            continue
        if (
            not definite
            and plain < 2
            and end == head + 1 + plain
            and not flag & (HEAD | GIVEN)
            and _is_plain(scene, end, plain)
        ):
            plain += 1
            end += 1
            continue
        if flag & GIVEN and end == head + 1 and not definite:
            end += 1
            continue
        break
    # one unknown word behind a head may be anything: «شركة كبيرة»
    if (
        end - head == 2
        and not scene.has_article(head + 1)
        and not scene.flags[head + 1] & PLACE
        and scene.flags[head + 1] & COMMON
    ):
        end = head + 1
    return end, scene.words[end - 1].end


def _is_attribute(scene: ArabicScene, at: int) -> bool:
    """Is it an adjective with the article, as behind a head with the article: البنك المركزي?"""
    if at >= scene.length or scene.gap(at - 1) != " " or not scene.has_article(at):
        return False
    folded = fold_word(scene.said(at))
    return folded.endswith(("ي", "يه")) or bool(scene.flags[at] & PLACE) or folded in _ATTRIBUTE


def _is_plain(scene: ArabicScene, at: int, before: int) -> bool:
    """May the word without an article be part of a body's name: «شركة هرم كابيتال»?"""
    said = scene.said(at)
    return not COMMON_SHAPE.search(said) and not (before and said[:1] in PREFIXES) and not scene.cut[at]
