"""Names in Arabic, which writes none with a capital: told by titles, given names, head words and what is no common word. Pure.

A person begins with a given name, or with the first unknown word behind an office and its attributes, or with two unknown
words beside a verb of saying; further parts follow until a common word, a verb or punctuation. An organisation is a head
word and the words of its attribute, which mostly begin with the article.
"""

import re
from functools import lru_cache
from typing import Final

from dragoman.lexicon import LANGUAGES, concepts
from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.lists import listed
from dragoman.read.names.words import COMMON, FAMED, GIVEN, HEAD, HONORIFIC, PARTICLE, ROLE, STOP, VERB, rows
from dragoman.text.analyse import stemmer, words
from dragoman.text.fold import fold

PLACE: Final = 1 << 20
_CLASSES = {
    "honorific": HONORIFIC,
    "role": ROLE,
    "orghead": HEAD,
    "verb": VERB,
    "particle": PARTICLE,
    "adjective": COMMON,
    "noun": COMMON,
}
_PREFIXES = ("و", "ف", "ب", "ل", "ك")
_GLUED = frozenset(
    {"عبد", "ايت", "ابو", "ابي", "ال", "بن", "ابن", "بنت", "ام", "بو", "ولد", "فان", "فون", "دي", "دا", "ذو"}
)
"""Words that take the next one with them, whatever it is."""
_OPENING = {'"': '"', "«": "»", "“": "”"}
_PLACES = frozenset({"country", "region", "city"})
_BODIES = frozenset({"organisation", "agency"})
_ATTRIBUTES = 9
"""Words between an office and the name at most."""
_PARTS = 8


@lru_cache(maxsize=1)
def _classes() -> dict[str, int]:
    table: dict[str, int] = {}
    for kind, said in rows("arabic.tsv"):
        for word in said.split() if kind != "stop" else ():
            for form in (word, "ال" + word) if kind in ("orghead", "role") and not word.startswith("ال") else (word,):
                table[fold(form)] = table.get(fold(form), 0) | _CLASSES[kind]
    for script, said in rows("given.tsv"):
        if script == "Arab":
            for word in said.split():
                table[fold(word)] = table.get(fold(word), 0) | GIVEN
    for script, said in rows("famed.tsv"):
        if script == "Arab":
            for word in said.split():
                table[fold(word)] = table.get(fold(word), 0) | FAMED
    return table


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    """Function words as they are written: folded, على would be علي, and أن would be آن."""
    return frozenset(word for kind, said in rows("arabic.tsv") if kind == "stop" for word in said.split())


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The stems of the lexicon's words that are no names."""
    place = LANGUAGES.index("ar")
    stem = stemmer("ar")
    kinds = _PLACES | _BODIES
    terms = (term for one in concepts().values() if one.kind not in kinds for term in one.terms[place])
    return frozenset(stem(word) for term in terms for word, _ in words(term))


@lru_cache(maxsize=12_000)
def _classed(word: str) -> tuple[int, int]:
    """What a word may be, and how many letters of it are particles written on to it: و, ف, ب, ل, ك."""
    if word in _stops():
        return STOP, 0
    if word.startswith("عبدال") and len(word) > 6:
        return GIVEN, 0
    table = _classes()
    folded = fold(word)
    if flag := table.get(folded, 0):
        return flag, 0
    if folded.startswith("لل") and (flag := table.get("ال" + folded[2:], 0)):
        return flag, 1
    for cut in (1, 2):
        if len(folded) > cut + 2 and folded[:1] in _PREFIXES and (cut == 1 or folded[1] in _PREFIXES):
            flag = table.get(folded[cut:], 0)
            if flag and not (flag == GIVEN and len(folded) - cut < 4):
                return flag, cut
    return 0, 0


class _Scene:
    def __init__(self, document: Document, so_far: Reading) -> None:
        self.text = text = document.text
        self.words = document.words
        self.length = len(self.words)
        common = _common()
        self.flags: list[int] = []
        self.cut: list[int] = []
        for word in self.words:
            flag, cut = _classed(text[word.start : word.end])
            if word.stem in common and not flag & (PARTICLE | ROLE | HEAD | FAMED) and (cut or not flag & GIVEN):
                flag = (flag & ~GIVEN) | COMMON
            self.flags.append(flag)
            self.cut.append(cut)
        self.terms = document.terms
        at = {word.start: place for place, word in enumerate(self.words)}
        spans = [(one.start, one.end) for place in so_far.places for one in place.mentions]
        spans += [(one.start, one.end) for one in document.terms if one.concept.kind in _PLACES]
        for start, end in spans:
            place = at.get(start, self.length)
            while place < self.length and self.words[place].end <= end:
                self.flags[place] |= PLACE
                place += 1
        self.at = at
        self.taken: set[int] = set()

    def said(self, place: int) -> str:
        word = self.words[place]
        return self.text[word.start : word.end]

    def gap(self, place: int) -> str:
        if not 0 <= place < self.length - 1:
            return "\n"
        return self.text[self.words[place].end : self.words[place + 1].start]

    def start(self, place: int) -> int:
        """Where the name begins: behind a و, ف, ب or ك that is written on to it; ل stays."""
        word = self.words[place]
        cut = self.cut[place]
        return word.start + (cut if cut and not self.text.startswith("لل", word.start) else 0)

    def has_article(self, place: int) -> bool:
        return self.said(place).startswith(("ال", "لل", "الإ", "وال", "بال"))


def arabic_names(document: Document, so_far: Reading) -> list[Candidate]:
    """The candidates in order of finding."""
    scene = _Scene(document, so_far)
    found = _known(scene) + _bodies(scene)
    people = _people(scene)
    for start, end in listed(scene.text):
        if scene.at.get(start, 0) not in scene.taken:
            people.append(Candidate(start, end, "person", "likely"))
    return found + people + _echoes(scene, people)


def _known(scene: _Scene) -> list[Candidate]:
    """What the lexicon knows by name, with the attribute that says whose it is."""
    found = []
    for term in scene.terms:
        if term.concept.kind not in _BODIES:
            continue
        first = scene.at.get(term.start, -1)
        if first < 0 or first in scene.taken:
            continue
        end = first
        while end < scene.length and scene.words[end].end <= term.end:
            end += 1
        proper = term.concept.terms[1][0][:1].isupper()
        if not proper and (end - first < 2 or not scene.flags[first] & HEAD):
            continue
        stop = -1
        if first and scene.flags[first - 1] & HEAD and scene.gap(first - 1) == " " and first - 1 not in scene.taken:
            first -= 1
        if scene.flags[first] & HEAD:
            longer, edge = _body_end(scene, first, known=True)
            end, stop = (longer, edge) if longer > end else (end, -1)
        end = _attributed(scene, end)
        found.append(_candidate(scene, first, end, "organisation", known=term.concept.id))
        scene.taken.update(range(first, end))
    return found


def _attributed(scene: _Scene, end: int) -> int:
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


def _bodies(scene: _Scene) -> list[Candidate]:
    found = []
    for at in range(scene.length):
        if at in scene.taken or not scene.flags[at] & HEAD or scene.cut[at] > 1:
            continue
        end, stop = _body_end(scene, at)
        if end - at < 2 or fold(scene.text[scene.start(at) : stop]) in _GENERIC:
            continue
        found.append(_candidate(scene, at, end, "organisation", stop=stop))
        scene.taken.update(range(at, end))
    return found


def _body_end(scene: _Scene, head: int, *, known: bool = False) -> tuple[int, int]:
    """Behind the last word of the body with its head at `head`, and where its text ends."""
    end = head + 1
    gap = scene.gap(head)
    if gap[:1] == " " and gap[1:] in _OPENING:
        while end < scene.length and end - head < 8 and scene.gap(end - 1) == (gap if end == head + 1 else " "):
            end += 1
        if scene.gap(end - 1)[:1] == _OPENING[gap[1:]]:
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
        if fold(said) in _GLUED and flag & PARTICLE and scene.gap(end) == " ":
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


def _is_attribute(scene: _Scene, at: int) -> bool:
    """Is it an adjective with the article, as behind a head with the article: البنك المركزي?"""
    if at >= scene.length or scene.gap(at - 1) != " " or not scene.has_article(at):
        return False
    folded = fold(scene.said(at))
    return folded.endswith(("ي", "يه")) or bool(scene.flags[at] & PLACE) or folded in _ATTRIBUTE


_ATTRIBUTE = frozenset(
    fold(word)
    for word in "العليا الأعلى المتحدة المتحد الموحد الموحدة العام العامة المشترك المشتركة الدائم الدائمة الخاصة".split()
)
_GENERIC = frozenset(
    fold(one)
    for one in "مجلس الوزراء|مجلس الإدارة|هيئة المحكمة|إدارة النادي|محكمة الجنايات|مجلس النواب السابق|مقر الشركة|موقع الحادث".split(
        "|"
    )
)
"""Bodies that are only meant and not named."""


def _is_plain(scene: _Scene, at: int, before: int) -> bool:
    """May the word without an article be part of a body's name: «شركة هرم كابيتال»?"""
    said = scene.said(at)
    return not _COMMON_SHAPE.search(said) and not (before and said[:1] in _PREFIXES) and not scene.cut[at]


def _people(scene: _Scene) -> list[Candidate]:
    found: list[Candidate] = []
    at = 0
    while at < scene.length:
        flag = scene.flags[at]
        if at in scene.taken:
            at += 1
            continue
        if flag & FAMED and not flag & (GIVEN | STOP):
            found.append(_candidate(scene, at, at + 1, "person"))
            scene.taken.add(at)
            at += 1
            continue
        if flag & GIVEN and not flag & (HEAD | PLACE) or scene.said(at) in ("عبد", "أبو", "بن", "بنت"):
            at = _begins_earlier(scene, at)
            end = _name_end(scene, at)
            titled = at > 0 and bool(scene.flags[at - 1] & (ROLE | HONORIFIC)) and scene.gap(at - 1) == " "
            if end - at > 1 or titled:
                found.append(_candidate(scene, at, end, "person", role=_role(scene, at)))
                scene.taken.update(range(at, end))
                at = end
                continue
        if flag & (ROLE | HONORIFIC):
            first = _behind_office(scene, at)
            if first:
                end = _name_end(scene, first)
                alone = end - first == 1
                if alone and not scene.flags[first] & (GIVEN | FAMED) and scene.said(first)[:1] in "يستن":
                    at += 1
                    continue  # more likely a verb
                if not alone or first == at + 1 or scene.flags[first] & GIVEN:
                    firm = scene.flags[at] & HONORIFIC or scene.has_article(at)
                    surety = "sure" if not alone or firm else "perhaps"
                    found.append(_candidate(scene, first, end, "person", surety, role=_role(scene, first)))
                    scene.taken.update(range(first, end))
                    at = end
                    continue
        elif flag & VERB and at + 2 < scene.length and scene.gap(at) == " ":
            first = at + 1
            plain = _unknown(scene, first) and not scene.has_article(first) and not scene.flags[first] & (ROLE | HONORIFIC)
            end = _name_end(scene, first) if plain else first
            if end - first > 1:
                found.append(_candidate(scene, first, end, "person", "likely"))
                scene.taken.update(range(first, end))
                at = end
                continue
        at += 1
    return found


_COMMON_SHAPE = re.compile(
    r"^[يت].*ى$|^(?:لل|بال|وال|فال|كال|لال|ست|سي)|(?:هم|هما|كم|تين|تان|وا|يه|ًا|اً|ته|تها|ها)$|[\u064b-\u0652]|\d|[A-Za-z]"
)
"""How common words begin and end, which a name seldom does: with particles before the article, with pronouns behind."""


def _unknown(scene: _Scene, at: int) -> bool:
    """Is it no word we know: so, beside a title, a name?"""
    flag = scene.flags[at]
    if flag & (STOP | VERB | COMMON | PLACE | HEAD) and not flag & GIVEN or at in scene.taken:
        return False
    said = scene.said(at)
    if not flag & GIVEN and _COMMON_SHAPE.search(fold(said) if said.endswith("ة") else said):
        return False
    return 1 < len(said) < 14 and not scene.cut[at]


def _begins_earlier(scene: _Scene, at: int) -> int:
    """Where the name begins with a given name we do not know: before بن, or between an office and a name we know."""
    before = at - 1
    if before < 0 or scene.gap(before) != " " or not _unknown(scene, before) or scene.has_article(before):
        return at
    if scene.flags[before] & (ROLE | HONORIFIC | GIVEN):
        return at
    if fold(scene.said(at)) in _GLUED and fold(scene.said(at)) not in ("ابو", "ال"):
        return before
    office = scene.flags[before - 1] if before and scene.gap(before - 1) == " " else 0
    return before if office & (ROLE | HONORIFIC) and scene.has_article(before - 1) else at


def _name_end(scene: _Scene, first: int) -> int:
    """Behind the last part of the name that begins at `first`."""
    end = _parts_end(scene, first)
    if 1 < end - first < _PARTS and end < scene.length and scene.gap(end - 1) == " " and end not in scene.taken:
        last = scene.gap(end) != " " or end + 1 < scene.length and scene.flags[end + 1] & STOP
        if last and _unknown(scene, end) and not scene.has_article(end) and not scene.flags[end] & (ROLE | HONORIFIC):
            return end + 1
    return end


def _parts_end(scene: _Scene, first: int) -> int:
    end = first + 1
    unknown = 0 if scene.flags[first] & (GIVEN | PARTICLE) else 1
    glued = fold(scene.said(first)) in _GLUED
    while end < scene.length and end - first < _PARTS and scene.gap(end - 1) in (" ", "-") and end not in scene.taken:
        flag = scene.flags[end]
        folded = fold(scene.said(end))
        if glued:
            glued = folded in _GLUED
            end += 1
            continue
        if flag & PARTICLE and folded in _GLUED and not flag & STOP:
            glued = True
            end += 1
            continue
        article = scene.has_article(end)
        if folded in ("الدين", "الله", "الاسلام", "الرحمن"):
            end += 1
            continue
        if flag & GIVEN and not scene.cut[end] and not unknown:
            end += 1
            continue
        if folded == "السيد" and end == first + 1:
            return end + 1
        if (
            article
            and scene.flags[end - 1] & GIVEN
            and flag & COMMON
            and not flag & (PLACE | STOP | ROLE | HEAD | VERB)
        ):
            return end + 1
        if not _unknown(scene, end) or flag & (ROLE | HONORIFIC) and not article or flag & ROLE:
            break
        if article:
            if scene.gap(end) == "-" or scene.gap(end) == " " and end + 1 < scene.length and (
                scene.gap(end + 1)[:1] in "،.؛" and _unknown(scene, end + 1) and not scene.has_article(end + 1)
            ):
                return end + 2
            return end + 1
        if unknown >= (1 if scene.flags[first] & GIVEN else 2):
            break
        unknown += 1
        end += 1
    if glued:
        end -= 1
    return max(end, first + 1)


def _behind_office(scene: _Scene, office: int) -> int:
    """Where the name behind an office and its attributes begins; 0 where there is none."""
    at = office + 1
    while at < scene.length and at - office <= _ATTRIBUTES and scene.gap(at - 1) in (" ", "، "):
        flag = scene.flags[at]
        if at in scene.taken:
            at += 1
            continue
        if flag & GIVEN and not flag & PLACE:
            return at
        if flag & (VERB | STOP) and scene.said(at) not in (
            "السابق",
            "السابقة",
            "الحالي",
            "الجديد",
            "في",
            "الراحل",
            "المنتخب",
        ):
            return 0
        if scene.gap(at - 1) != " ":
            return 0
        if scene.has_article(at) or flag & (COMMON | PLACE | ROLE | HEAD | HONORIFIC | STOP) or scene.cut[at]:
            at += 1
            continue
        if scene.said(at).startswith("ل") and at + 1 < scene.length and at == office + 1:
            return 0
        if not _unknown(scene, at):
            return 0
        following = scene.flags[at + 1] if at + 1 < scene.length and scene.gap(at) == " " else 0
        # «مدرب قاسيون ماهر السيد»: what stands between the office and a given name is whose coach he is
        return at + 1 if following & GIVEN and not scene.cut[at + 1] and not following & PLACE else at
    return 0


def _role(scene: _Scene, first: int) -> str:
    """The words before the name from its office on."""
    begin = -1
    for at in range(first - 1, max(-1, first - 1 - _ATTRIBUTES), -1):
        if scene.gap(at) not in (" ", "، ") or scene.flags[at] & VERB:
            break
        if scene.flags[at] & ROLE:
            begin = at
    return scene.text[scene.start(begin) : scene.words[first - 1].end] if begin >= 0 else ""


def _echoes(scene: _Scene, people: list[Candidate]) -> list[Candidate]:
    """The last part of a name, alone: «وقال الحارثي»."""
    last: set[str] = set()
    for one in people:
        parts = fold(scene.text[one.start : one.end]).split()
        if len(parts) > 1:
            last.add(parts[-1])
    found = []
    for at in range(scene.length):
        if at in scene.taken or scene.flags[at] & STOP:
            continue
        folded = fold(scene.said(at))
        cut = 0 if folded in last else 1 if folded[1:] in last and folded[:1] in _PREFIXES else -1
        if cut < 0 or len(folded) < 3:
            continue
        before = fold(scene.said(at - 1)) if at and scene.gap(at - 1) == " " else ""
        if scene.flags[at] & (COMMON | HONORIFIC) and not (at and scene.flags[at - 1] & VERB):
            continue
        first = at - 1 if before in _GLUED else at
        start = scene.words[first].start if first != at else scene.words[at].start + cut
        found.append(Candidate(start, scene.words[at].end, "person", "perhaps"))
    return found


def _candidate(
    scene: _Scene,
    first: int,
    end: int,
    kind: str,
    surety: str = "sure",
    *,
    role: str = "",
    known: str = "",
    stop: int = -1,
) -> Candidate:
    stop = scene.words[end - 1].end if stop < 0 else stop
    return Candidate(scene.start(first), stop, kind, surety, role, known)  # type: ignore[arg-type]
