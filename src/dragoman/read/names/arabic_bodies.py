"""Organisations in Arabic: a head word and the words of its attribute, which mostly begin with the article. Pure."""

from dragoman.read.names.arabic_words import (
    AIM,
    BODIES,
    CLASSED,
    COMMON_SHAPE,
    GLUED,
    IMPERFECT,
    LEGAL_FORMS,
    OPENING,
    PLACE,
    PREFIXED,
    ArabicScene,
    bodies_of_one_word,
    candidate,
    is_unknown,
    told_by,
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
        while end < scene.length and scene.ends[end] <= term.end:
            end += 1
        proper = is_proper(term.concept)
        if not proper and (end - first < 2 or not scene.flags[first] & HEAD):
            continue
        if first and scene.flags[first - 1] & HEAD and scene.gaps[first - 1] == " " and first - 1 not in scene.taken:
            first -= 1
        if scene.flags[first] & HEAD:
            end = max(end, _body_end(scene, first, known=True)[0])
        end = _attributed(scene, end)
        found.append(candidate(scene, first, end, "organisation", known=term.concept.id))
        found += _abbreviated(scene, first, end)
        scene.taken.update(range(first, end))
    return found


def prefixed_bodies(scene: ArabicScene) -> list[Candidate]:
    """«واليونيسف», «لرويترز»: bodies of one word with a particle written on to them."""
    found = []
    for at in [at for at in scene.telling if scene.flags[at] & PREFIXED and at not in scene.taken]:
        known = bodies_of_one_word()[fold_word(scene.said[at][1:])]
        found.append(Candidate(scene.starts[at] + 1, scene.ends[at], "organisation", "sure", "", known))
        scene.taken.add(at)
    return found


def purposed_bodies(scene: ArabicScene) -> list[Candidate]:
    """Firms without a head, told by what they are for: «هرم للاستثمار», «رؤية للأوراق المالية»."""
    found = []
    for at in [at for at in scene.telling if scene.flags[at] & AIM]:
        if at in scene.taken:
            continue
        first = at
        while first and at - first < 2 and scene.gaps[first - 1] == " " and is_unknown(scene, first - 1):
            known = scene.flags[first - 1] & (GIVEN | ROLE | HONORIFIC | PARTICLE)
            if known or scene.has_article(first - 1) or scene.said[first - 1].endswith("ا"):
                break
            first -= 1
        if first == at:
            continue
        end = at + 1
        while end < scene.length and scene.gaps[end - 1] == " " and end - at < 3 and scene.said[end].startswith("ال"):
            if scene.flags[end] & (STOP | VERB | ROLE | HEAD):
                break
            end += 1
        found.append(candidate(scene, first, end, "organisation", "likely"))
        scene.taken.update(range(first, end))
    return found


def _attributed(scene: ArabicScene, end: int) -> int:
    """Behind the adjectives of country that follow."""
    while (
        end < scene.length
        and scene.gaps[end - 1] == " "
        and scene.flags[end] & PLACE
        and scene.has_article(end)
        and end not in scene.taken
    ):
        end += 1
    return end


def _abbreviated(scene: ArabicScene, first: int, end: int) -> list[Candidate]:
    """«منظمة الأمم المتحدة للتربية والعلم والثقافة (اليونسكو)»: the word in brackets is the same body."""
    if end >= scene.length or scene.gaps[end - 1] != " (" or scene.gaps[end][:1] != ")":
        return []
    return [Candidate(scene.starts[end], scene.ends[end], "organisation", alias=scene.start(first))]


def headed_bodies(scene: ArabicScene) -> list[Candidate]:
    """Head words with what goes with them."""
    found = []
    for at in [at for at in scene.telling if scene.flags[at] & HEAD]:
        if at in scene.taken or scene.cut(at) > 1:
            continue
        end, stop = _body_end(scene, at)
        if end - at < 2 or fold(scene.text[scene.start(at) : stop]) in _GENERIC:
            continue
        if end - at == 2 and fold_word(scene.said[at + 1]) in told_by("scene"):
            continue
        if end - at < 4 and scene.flags[end - 1] & HEAD and scene.said[end - 1].startswith("ال"):
            continue  # «مجلس أمناء المركز»: whose it is, is only meant
        found.append(candidate(scene, at, end, "organisation", stop=stop))
        found += _abbreviated(scene, at, end)
        scene.taken.update(range(at, end))
    return found


def _body_end(scene: ArabicScene, head: int, *, known: bool = False) -> tuple[int, int]:
    """Behind the last word of the body with its head at `head`, and where its text ends."""
    if scene.gaps[head][:1] == " " and scene.gaps[head][1:] in OPENING:
        return _quoted_end(scene, head)
    definite = scene.has_article(head)
    if definite and not _is_attribute(scene, head + 1):
        return head + 1, scene.ends[head]
    end = head + 1
    told = _Told()
    while end < scene.length and scene.gaps[end - 1] == " " and end not in scene.taken and end - head < _LONGEST:
        step = _step(scene, head, end, told, free=definite or known)
        if not step:
            break
        end += step
    # one common word behind a head may be anything: «شركة كبيرة»
    if end - head == 2 and not scene.has_article(head + 1) and scene.flags[head + 1] & COMMON:
        end = head + 1 if not scene.flags[head + 1] & PLACE else end
    end = min(end, scene.length)
    return end, scene.ends[end - 1]


class _Told:
    """What a body's name has so far: nouns with the article, an attribute, words without it (`own`: one of them is
    unknown), a place."""

    nouns = 0
    attribute = False
    plain = 0
    own = False
    placed = False


def _step(scene: ArabicScene, head: int, at: int, told: _Told, *, free: bool) -> int:
    """How many words from `at` on belong to the name; 0 where it ends."""
    flag, said = scene.flags[at], scene.said[at]
    first = at == head + 1
    if flag & STOP:
        # «للوقاية من حوادث السير», «بعثة الأمم المتحدة في ليبيا»
        of_harm = said == "من" and scene.said[at - 1].startswith("لل") and scene.gaps[at] == " "
        there = said == "في" and fold(scene.said[head]) in _THERE and at + 1 < scene.length
        return 2 if of_harm or (there and scene.flags[at + 1] & PLACE) else 0
    if fold_word(said) in GLUED and flag & PARTICLE and scene.gaps[at] == " ":
        return 2
    if not first and _is_purpose(scene, at):
        told.nouns, told.attribute, told.placed, told.own = 0, False, False, False
        return 1
    if flag & VERB or (flag & (ROLE | HONORIFIC) and not (said.startswith("ال") and first)):
        return 0
    if flag & (ROLE | HONORIFIC) and not _is_attribute(scene, at + 1):
        return int(_head(scene, head) in told_by("bearer") and _is_name_next(scene, at))
    if flag & PLACE and first and said.endswith("ية") and not scene.has_article(at):
        return 0  # «شركة تركية» names none
    if flag & PLACE:
        if told.own and said.startswith("ال") and _head(scene, head) in told_by("firm"):
            return 0  # «شركة نورتك الألمانية» is called «شركة نورتك»
        told.placed = True
        return 1
    if said.startswith("لل"):
        told.nouns, told.attribute, told.placed, told.own = 0, False, False, False
        return 1
    if said.startswith("وال") and not first and not told.placed:
        told.nouns, told.attribute = 1, False
        return 1
    if scene.has_article(at):
        return _article_step(scene, head, at, told)
    if told.placed:
        # «صحيفة واشنطن بوست», «شركة شنغهاي تشنهوا للملاحة»
        named = (
            not flag & CLASSED and _head(scene, head) in told_by("firm") and not told.nouns and is_unknown(scene, at)
        )
        return int(named and at == head + 2)
    if flag & GIVEN and not free and (not told.nouns or scene.flags[at - 1] & (GIVEN | ROLE | HONORIFIC)):
        return 1
    if (
        not free
        and at == head + 1 + told.plain
        and (told.plain < 2 or (told.plain < 4 and told.own and not flag & CLASSED and is_unknown(scene, at)))
        and not flag & HEAD
        and _is_plain(scene, at, told.plain)
    ):
        if told.own and (flag & COMMON or said.endswith("ة") or IMPERFECT.match(said)):
            return 0
        told.plain += 1
        told.own = told.own or not flag & COMMON
        return 1
    return 0


def _article_step(scene: ArabicScene, head: int, at: int, told: _Told) -> int:
    """A word with the article: an attribute, or a noun where none was yet."""
    if _is_attribute(scene, at):
        told.attribute = True
        return 1
    if told.own or told.placed or told.nouns > 1:
        return 0
    if told.attribute:
        # «اللجنة الوطنية المستقلة»: adjectives agree with the head
        return int(fold_word(scene.said[at]).endswith("ه") and fold_word(scene.said[head]).endswith("ه"))
    told.nouns += 1
    return 1


def _quoted_end(scene: ArabicScene, head: int) -> tuple[int, int]:
    """Behind «شركة "هرم كابيتال" القابضة»."""
    gap, end = scene.gaps[head], head + 1
    while end < scene.length and end - head < _LONGEST and scene.gaps[end - 1] == (gap if end == head + 1 else " "):
        end += 1
    behind = scene.gaps[end - 1]
    if behind[:1] != OPENING[gap[1:]]:
        return head + 1, scene.ends[head]
    if (
        behind[1:] == " "
        and end < scene.length
        and (scene.said[end] in LEGAL_FORMS or scene.said[end].startswith("لل"))
    ):
        return end + 1, scene.ends[end]
    return end, scene.ends[end - 1] + 1


_LONGEST = 8
"""Words that the name of an organisation may be long."""
_THERE = frozenset(fold(word) for word in ("بعثة", "محكمة", "مكتب", "سفارة"))
"""Bodies that are told by where they are."""


def _head(scene: ArabicScene, head: int) -> str:
    """The head word, folded, without what is written on to it."""
    return fold_word(scene.said[head][scene.cut(head) :])


def _is_name_next(scene: ArabicScene, at: int) -> bool:
    """Is a title followed by a given name: «جامعة الأمير محمد بن فهد»?"""
    return at + 1 < scene.length and scene.gaps[at] == " " and bool(scene.flags[at + 1] & GIVEN)


def _is_purpose(scene: ArabicScene, at: int) -> bool:
    """Does the word say what the body is for: «للملاحة», «لعلوم الفضاء», «لدول الخليج»?"""
    if at >= scene.length or scene.gaps[at - 1] != " " or at in scene.taken:
        return False
    said = scene.said[at]
    if said.startswith("لل"):
        return len(said) > 4
    return said.startswith("ل") and fold_word(said[1:]) in told_by("purpose")


def _is_attribute(scene: ArabicScene, at: int) -> bool:
    """Is it an adjective with the article, as behind a head with the article: البنك المركزي?"""
    if at >= scene.length or scene.gaps[at - 1] != " " or not scene.has_article(at):
        return False
    folded = fold_word(scene.said[at])
    return folded.endswith(("ي", "يه")) or bool(scene.flags[at] & PLACE) or folded in _ATTRIBUTE


def _is_plain(scene: ArabicScene, at: int, before: int) -> bool:
    """May the word without an article be part of a body's name: «شركة هرم كابيتال»?"""
    said = scene.said[at]
    return not COMMON_SHAPE.search(said) and not (before and said[:1] in "بلو") and not scene.cut(at)
