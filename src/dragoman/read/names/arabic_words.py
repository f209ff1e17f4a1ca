"""What names in Arabic are told by: ``data/arabic.tsv``, and a text laid out with what each word may be. Pure."""

import re
from functools import lru_cache
from typing import Final

from dragoman.lexicon import LANGUAGES, concepts
from dragoman.model.reading import NameKind, Reading
from dragoman.read.document import Document
from dragoman.read.names.candidates import Candidate, Surety
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
    "purpose": COMMON,
}
PREFIXES = ("و", "ف", "ب", "ل", "ك")
GLUED = frozenset(
    {"عبد", "ايت", "ابو", "ابي", "ال", "بن", "ابن", "بنت", "ام", "بو", "ولد", "فان", "فون", "دي", "دا", "ذو"}
)
"""Words that take the next one with them, whatever it is."""
OPENING = {'"': '"', "«": "»", "“": "”"}
_PLACES = frozenset({"country", "region", "city"})
BODIES = frozenset({"organisation", "agency"})
COMMON_SHAPE = re.compile(
    r"^[يت].*ى$|^ل[تإأ]|^(?:لل|بال|وال|فال|كال|لال|ست|سي)|(?:هم|هما|كم|تين|تان|وا|يه|ًا|اً|ته|تها|ها)$|^(?!ال)...ت$|[\u064b-\u0652]|\d|[A-Za-z]"
)
"""How common words begin and end, which a name seldom does: with particles before the article, with pronouns behind."""
IMPERFECT = re.compile(r"^ي[^واي].{1,3}$|^ت[^وايرشس].(?!ي)..?$|^ت[^ا].ي.$")
"""How verbs of the present and nouns like تحميل begin, where what transcribes a name has a vowel or ر, ش, س behind the first letter."""


@lru_cache(maxsize=1)
def classes() -> dict[str, int]:
    table: dict[str, int] = {}
    for kind, said in rows("arabic.tsv"):
        for word in said.split() if kind in _CLASSES else ():
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
def stops() -> frozenset[str]:
    """Function words as they are written: folded, على would be علي, and أن would be آن."""
    return frozenset(word for kind, said in rows("arabic.tsv") if kind == "stop" for word in said.split())


@lru_cache(maxsize=8)
def told_by(kind: str) -> frozenset[str]:
    """The words of one line about bodies, folded: `purpose`, what they are for, as behind a ل («لعلوم الفضاء»); `scene`, what
    makes a head a spot or a rank («موقع الحادث»); `bearer`, heads that bear a person's title and name («جامعة الأمير محمد»);
    `firm`, heads with a name of their own, to which a country is only added."""
    return frozenset(fold(word) for row, said in rows("arabic.tsv") if row == kind for word in said.split())


@lru_cache(maxsize=1)
def common_stems() -> frozenset[str]:
    """The stems of the lexicon's words that are no names."""
    place = LANGUAGES.index("ar")
    stem = stemmer("ar")
    kinds = _PLACES | BODIES
    terms = (term for one in concepts().values() if one.kind not in kinds for term in one.terms[place])
    return frozenset(stem(word) for term in terms for word, _ in words(term))


@lru_cache(maxsize=12_000)
def classed(word: str) -> tuple[int, int]:
    """What a word may be, and how many letters of it are particles written on to it: و, ف, ب, ل, ك."""
    if word in stops():
        return STOP, 0
    if word.startswith("عبدال") and len(word) > 6:
        return GIVEN, 0
    if word[:1] in ("و", "ف") and word[1:] in stops():
        return STOP, 0
    table = classes()
    folded = fold(word)
    if flag := table.get(folded, 0):
        return flag, 0
    if folded.startswith("لل") and (flag := table.get("ال" + folded[2:], 0)):
        return flag, 1
    for cut in (1, 2):
        if len(folded) > cut + 2 and folded[:1] in PREFIXES and (cut == 1 or folded[1] in PREFIXES):
            flag = table.get(folded[cut:], 0)
            if flag and not (flag == GIVEN and len(folded) - cut < 4):
                return flag, cut
    for own in ("ها", "هم", "ه"):  # «مديرها»: her director
        if folded.endswith(own) and table.get(folded.removesuffix(own), 0) & ROLE:
            return ROLE, 0
    return 0, 0


class ArabicScene:
    def __init__(self, document: Document, so_far: Reading) -> None:
        self.text = text = document.text
        self.words = document.words
        self.length = len(self.words)
        common = common_stems()
        self.flags: list[int] = []
        self.cut: list[int] = []
        self._said = [text[word.start : word.end] for word in self.words]
        for word, said in zip(self.words, self._said, strict=True):
            flag, cut = classed(said)
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
        return self._said[place]

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


def is_unknown(scene: ArabicScene, at: int) -> bool:
    """Is it no word we know: so, beside a title, a name?"""
    flag = scene.flags[at]
    if (flag & (STOP | VERB | COMMON | PLACE | HEAD) and not flag & GIVEN) or at in scene.taken:
        return False
    said = scene.said(at)
    if not flag & GIVEN and COMMON_SHAPE.search(fold(said) if said.endswith("ة") else said):
        return False
    if not flag & GIVEN and IMPERFECT.match(said):
        return False
    return 1 < len(said) < 14 and not scene.cut[at]


def candidate(
    scene: ArabicScene,
    first: int,
    end: int,
    kind: NameKind,
    surety: Surety = "sure",
    *,
    role: str = "",
    known: str = "",
    stop: int = -1,
) -> Candidate:
    stop = scene.words[end - 1].end if stop < 0 else stop
    return Candidate(scene.start(first), stop, kind, surety, role, known)
