"""People in Arabic: given names, what stands behind an office, what stands beside a verb of saying. Pure."""

from itertools import compress

from dragoman.read.names.arabic_words import (
    ARTICLE,
    CLASSED,
    COMMON_SHAPE,
    GLUED,
    LEADING,
    PLACE,
    PREFIXES,
    SPEAKING,
    ArabicScene,
    candidate,
    classes,
    is_unknown,
)
from dragoman.read.names.candidates import Candidate, Surety
from dragoman.read.names.words import COMMON, FAMED, GIVEN, HEAD, HONORIFIC, PARTICLE, ROLE, STOP, VERB, fold_word
from dragoman.text.fold import fold

ATTRIBUTES = 9
"""Words between an office and the name at most."""
_PARTS = 8


def people(scene: ArabicScene) -> list[Candidate]:
    """The people, from the words that may speak of one: given names, offices, verbs of saying, surnames that all know."""
    found: list[Candidate] = []
    behind = 0

    def take(first: int, end: int, surety: Surety = "sure", role: str = "") -> int:
        found.append(candidate(scene, first, end, "person", surety, role=role))
        scene.taken.update(range(first, end))
        return end

    for at in scene.telling:
        flag = scene.flags[at]
        if not flag & SPEAKING or at < behind or at in scene.taken:
            continue
        if flag & FAMED and not flag & (GIVEN | STOP):
            take(at, at + 1)
            continue
        if flag & LEADING or (flag & GIVEN and not flag & (HEAD | PLACE)):
            if _is_month(scene, at):
                continue
            first = _begins_earlier(scene, at)
            end = _name_end(scene, first)
            if end - first > 1 or (scene.flags[first - 1] & (ROLE | HONORIFIC) and scene.gaps[first - 1] == " "):
                behind = take(first, end, role=_role(scene, first))
                continue
        if flag & ROLE and at > 1 and scene.gaps[at - 1] == "، " and (first := _before_comma(scene, at)) < at:
            take(first, at, "likely")
        if flag & (ROLE | HONORIFIC):
            if first := _behind_office(scene, at):
                end = _name_end(scene, first)
                if surety := _of_office(scene, at, first, end):
                    behind = take(first, end, surety, _role(scene, first))
        elif flag & VERB and at + 2 < scene.length and scene.gaps[at] == " ":
            end = _of_speaker(scene, at + 1)
            if end - at > 2 and not _is_accusative(scene, at + 1, end):
                behind = take(at + 1, end, "likely")
    return found


def _of_office(scene: ArabicScene, office: int, first: int, end: int) -> Surety | None:
    """How sure it is that the words behind an office are who holds it; a single one may be a verb."""
    if end - first > 1:
        return "sure"
    if not scene.flags[first] & (GIVEN | FAMED) and scene.said[first][:1] in "يستن":
        return None
    if first > office + 1 and not scene.flags[first] & GIVEN:
        return None
    return "sure" if scene.flags[office] & (HONORIFIC | ARTICLE) else "perhaps"


def _of_speaker(scene: ArabicScene, first: int) -> int:
    """Behind the unknown words that follow a verb of saying; `first` where they are none."""
    plain = is_unknown(scene, first) and not scene.flags[first] & (ROLE | HONORIFIC | ARTICLE)
    return _name_end(scene, first) if plain else first


def _before_comma(scene: ArabicScene, office: int) -> int:
    """Where the two or three unknown words before a comma and an office begin: «…، المدير التنفيذي»; `office` without."""
    first = office
    while first and office - first < 4 and (first == office or scene.gaps[first - 1] == " "):
        said = scene.said[first - 1]
        if scene.has_article(first - 1) or not is_unknown(scene, first - 1) or said.endswith(("ة", "ات", "ين", "ون")):
            break
        if scene.flags[first - 1] & (ROLE | HONORIFIC):
            break
        first -= 1
    return first if 1 < office - first < 4 else office


def _is_accusative(scene: ArabicScene, first: int, end: int) -> bool:
    """Are all words indefinite objects: «قدم لقيما رخيصا»?"""
    return all(scene.said[at].endswith("ا") and not scene.flags[at] & GIVEN for at in range(first, end))


def _is_month(scene: ArabicScene, at: int) -> bool:
    """Is it a word of another meaning here: the month Rajab, an age?"""
    before = scene.said[at - 1] if at else ""
    after = scene.said[at + 1] if at + 1 < scene.length else ""
    return (before == "عن" and scene.said[at] == "عمر") or after in ("الماضي", "المقبل", "الجاري", "القادم")


def _begins_earlier(scene: ArabicScene, at: int) -> int:
    """Where the name begins with a given name we do not know: before بن, or between an office and a name we know."""
    before = at - 1
    if before < 0 or scene.gaps[before] != " " or not is_unknown(scene, before) or scene.has_article(before):
        return at
    if scene.flags[before] & (ROLE | HONORIFIC | GIVEN):
        return at
    if fold_word(scene.said[at]) in GLUED and fold_word(scene.said[at]) not in ("ابو", "ال"):
        return before
    office = scene.flags[before - 1] if before and scene.gaps[before - 1] == " " else 0
    return before if office & (ROLE | HONORIFIC) and scene.has_article(before - 1) else at


def _name_end(scene: ArabicScene, first: int) -> int:
    """Behind the last part of the name that begins at `first`."""
    end = _parts_end(scene, first)
    if 1 < end - first < _PARTS and end < scene.length and scene.gaps[end - 1] == " " and end not in scene.taken:
        last = _is_last(scene, end)
        maghrebi = scene.cut(end) and scene.said[end].startswith(("بل", "بن")) and scene.flags[first] & GIVEN
        if (
            last
            and (is_unknown(scene, end) or maghrebi)
            and not scene.has_article(end)
            and not scene.flags[end] & (ROLE | HONORIFIC)
        ):
            return end + 1
    if end - first == 1 and _is_surname(scene, first, end):
        return end + 1
    return end


def _is_last(scene: ArabicScene, at: int) -> bool:
    """Does a sign, a function word, a verb or an office follow?"""
    return scene.gaps[at] != " " or (at + 1 < scene.length and bool(scene.flags[at + 1] & (STOP | VERB | ROLE)))


def _is_surname(scene: ArabicScene, first: int, at: int) -> bool:
    """Is a word that the lexicon has, behind a title or a verb and a given name, and at the end, a name here?"""
    if at >= scene.length or at in scene.taken or scene.gaps[first] != " " or not scene.flags[first] & GIVEN:
        return False
    if not first or not scene.flags[first - 1] & (VERB | ROLE | HONORIFIC) or scene.gaps[first - 1] != " ":
        return False
    if scene.flags[at] & (STOP | VERB | ROLE | HEAD | PLACE | HONORIFIC) or scene.cut(at) or scene.has_article(at):
        return False
    said = scene.said[at]
    future = not scene.flags[at] & CLASSED and said.startswith("ست") and len(said) > 5  # «ستوريدج»
    common = scene.flags[at] & COMMON and not classes().get(fold_word(said), 0)
    if common and (COMMON_SHAPE.search(said) or said.endswith("ة")):
        return False
    return bool(future or common) and _is_last(scene, at)


def _parts_end(scene: ArabicScene, first: int) -> int:
    end = first + 1
    unknown = 0 if scene.flags[first] & (GIVEN | PARTICLE) else 1
    glued = fold_word(scene.said[first]) in GLUED
    while end < scene.length and end - first < _PARTS and scene.gaps[end - 1] in (" ", "-") and end not in scene.taken:
        flag = scene.flags[end]
        folded = fold_word(scene.said[end])
        if glued:
            glued = folded in GLUED
            end += 1
            continue
        if flag & PARTICLE and folded in GLUED and not flag & STOP:
            glued = True
            end += 1
            continue
        article = scene.has_article(end)
        if article and not scene.said[end].startswith("ال"):
            break  # a preposition or a و stands before the article
        if folded in ("الدين", "الله", "الاسلام", "الرحمن"):
            end += 1
            continue
        if flag & GIVEN and not scene.cut(end) and not unknown:
            end += 1
            continue
        if folded == "السيد" and end == first + 1:
            return end + 1
        follows = fold_word(scene.said[end + 1]) if end + 1 < scene.length and scene.gaps[end] == " " else ""
        if (article and follows in GLUED and scene.flags[end - 1] & GIVEN) or follows in ("الله", "الدين"):
            end += 1
            continue
        if scene.flags[end - 1] & GIVEN and flag & PLACE and not article and folded.endswith("ي"):
            return end + 1
        if article and scene.gaps[end] == "-":
            return min(end + 2, scene.length)
        if article and not flag & (PLACE | STOP | HEAD | VERB) and scene.gaps[end][:1] in "،.؛:" and end - first:
            return end + 1
        if (
            article
            and (scene.flags[end - 1] & GIVEN or (end - 2 >= first and fold_word(scene.said[end - 2]) == "عبد"))
            and flag & COMMON
            and not flag & (PLACE | STOP | ROLE | HEAD | VERB)
        ):
            return end + 1
        if not is_unknown(scene, end) or (flag & (ROLE | HONORIFIC) and not article) or flag & ROLE:
            break
        if article:
            if scene.gaps[end] == "-" or (
                scene.gaps[end] == " "
                and end + 1 < scene.length
                and (scene.gaps[end + 1][:1] in "،.؛" and is_unknown(scene, end + 1) and not scene.has_article(end + 1))
            ):
                return end + 2
            return end + 1
        if unknown >= (1 if scene.flags[first] & GIVEN else 2) and len(folded) > 3:
            break
        unknown += 1
        end += 1
    if glued:
        end -= 1
    return max(end, first + 1)


def _behind_office(scene: ArabicScene, office: int) -> int:
    """Where the name behind an office and its attributes begins; 0 where there is none."""
    at = office + 1
    while at < scene.length and at - office <= ATTRIBUTES and scene.gaps[at - 1] in (" ", "، "):
        flag = scene.flags[at]
        if at in scene.taken:
            at += 1
            continue
        if (flag & GIVEN and not flag & PLACE) or fold_word(scene.said[at]) in ("ابو", "بن", "عبد", "ام"):
            return at
        if flag & (VERB | STOP) and scene.said[at] not in (
            "السابق",
            "السابقة",
            "الحالي",
            "الجديد",
            "في",
            "الراحل",
            "المنتخب",
        ):
            return 0
        if scene.gaps[at - 1] != " ":
            return 0
        if scene.has_article(at) or flag & (COMMON | PLACE | ROLE | HEAD | HONORIFIC | STOP) or scene.cut(at):
            at += 1
            continue
        if scene.said[at].startswith("ل") and at + 1 < scene.length and at == office + 1:
            return 0
        if not is_unknown(scene, at):
            return 0
        following = scene.flags[at + 1] if at + 1 < scene.length and scene.gaps[at] == " " else 0
        # «مدرب قاسيون ماهر السيد»: what stands between the office and a given name is whose coach he is
        return at + 1 if following & GIVEN and not scene.cut(at + 1) and not following & PLACE else at
    return 0


def _role(scene: ArabicScene, first: int) -> str:
    """The words before the name from its office on."""
    begin = -1
    for at in range(first - 1, max(-1, first - 1 - ATTRIBUTES), -1):
        if scene.gaps[at] not in (" ", "، ") or scene.flags[at] & VERB:
            break
        if scene.flags[at] & ROLE:
            begin = at
    return scene.text[scene.start(begin) : scene.ends[first - 1]] if begin >= 0 else ""


def echoes(scene: ArabicScene, people: list[Candidate]) -> list[Candidate]:
    """The last part of a name, alone: «وقال الحارثي»."""
    last = {parts[-1] for one in people if len(parts := fold(scene.text[one.start : one.end]).split()) > 1}
    cuts = {prefix + part: 1 for part in last for prefix in PREFIXES} | dict.fromkeys(last, 0)
    if not cuts:
        return []
    found = []
    folded = list(map(fold_word, scene.said))
    for at in compress(range(scene.length), map(cuts.__contains__, folded)):
        if at in scene.taken or scene.flags[at] & STOP or len(folded[at]) < 3:
            continue
        if scene.flags[at] & (COMMON | HONORIFIC) and not scene.flags[at - 1] & VERB:
            continue
        glued = scene.gaps[at - 1] == " " and folded[at - 1] in GLUED
        start = scene.starts[at - 1] if glued else scene.starts[at] + cuts[folded[at]]
        found.append(Candidate(start, scene.ends[at], "person", "perhaps"))
    return found
